"""Identifiers: our own slugs and hashes, and the check digits of other people's numbers.

Slugs are minted once and never changed by a rename; relations, facts and claims are named by a hash of what they are,
so that their IRIs are the same in every build.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

BASE = "https://w3id.org/socialgraph/"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PREFIXES = {
    "sg": BASE + "ontology#", "sgd": BASE + "id/", "sgc": BASE + "concept/", "sgs": BASE + "source/",
    "sgr": BASE + "relation/", "sgf": BASE + "fact/", "sgp": BASE + "claim/", "sgg": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "prov": "http://www.w3.org/ns/prov#", "org": "http://www.w3.org/ns/org#",
}  # fmt: skip
"""Prefixes every query may use without declaring them."""


_SPACES = {space: prefix for prefix, space in PREFIXES.items()}


def prefixed(iri: str) -> str:
    """An IRI as a prefixed name, `?:` before what no prefix of ours covers.

    >>> prefixed("https://w3id.org/socialgraph/id/skr")
    'sgd:skr'
    """
    cut = iri.rfind("#") + 1 or iri.rfind("/") + 1
    return f"{_SPACES.get(iri[:cut], '?')}:{iri[cut:]}"


def is_slug(text: str) -> bool:
    """Whether a text can be an id: lower-case ASCII words and digits joined by single hyphens.

    >>> is_slug("umea-universitet"), is_slug("Umeå")
    (True, False)
    """
    return SLUG.fullmatch(text) is not None


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that name the parts: SHA-256 over them, separated by a character no cell can hold."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _luhn(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_organisation_number(text: str) -> bool:
    """Whether a text is a Swedish organisation number, `NNNNNN-NNNN`, with a right check digit (Luhn, SKV 709).

    >>> is_organisation_number("202100-0555"), is_organisation_number("202100-0556")
    (True, False)
    """
    return re.fullmatch(r"[0-9]{2}[2-9][0-9]{3}-[0-9]{4}", text) is not None and _luhn(text.replace("-", ""))


def is_ror(text: str) -> bool:
    """Whether a text is a ROR id with right checksum (ISO/IEC 7064 MOD 97-10 over Crockford base 32).

    >>> is_ror("https://ror.org/05kb8h459"), is_ror("https://ror.org/05kb8h458")
    (True, False)
    """
    match = re.fullmatch(r"https://ror\.org/(0[0-9abcdefghjkmnpqrstvwxyz]{6})([0-9]{2})", text)
    if not match:
        return False
    number = 0
    for char in match[1]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(char)
    return 98 - (number * 100) % 97 == int(match[2])


def is_orcid(text: str) -> bool:
    """Whether a text is an ORCID with right check character (ISO/IEC 7064 MOD 11-2).

    >>> is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0098")
    (True, False)
    """
    if not re.fullmatch(r"([0-9]{4}-){3}[0-9]{3}[0-9X]", text):
        return False
    total = 0
    for char in text.replace("-", "")[:-1]:
        total = (total + int(char)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == text[-1]


def is_wikidata(text: str) -> bool:
    """Whether a text is a Wikidata item id, `Q` and digits."""
    return re.fullmatch(r"Q[1-9][0-9]*", text) is not None


def is_code(text: str) -> bool:
    """Whether a text is a Swedish county code (two digits) or municipal code (four digits)."""
    return re.fullmatch(r"[0-9]{2}([0-9]{2})?", text) is not None


IDENTIFIERS: dict[str, Callable[[str], bool]] = {
    "organisation_number": is_organisation_number, "code": is_code, "ror": is_ror, "wikidata": is_wikidata, "orcid": is_orcid,
}  # fmt: skip
"""Columns of the register that hold identifiers, and the test each must pass."""
