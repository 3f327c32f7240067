"""Links to answers: a question, what was asked, and the build that answered, as one line that can be cited and asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from socialgraph.errors import ParameterInvalid

SCOPE = ("at", "mode", "known_by", "build")
"""What every link may say besides the parameters of its question, each once; `source` may be said several times."""


@dataclass(frozen=True, slots=True)
class Link:
    """A question with its parameters, day, mode, known-by, sources and build; what is empty is not said.

    >>> link = Link("staff-loans", {"organisation": "skr"}, at="2018-04-30", mode="certain", build="89c0c17580e6")
    >>> print(link)
    staff-loans?organisation=skr&at=2018-04-30&mode=certain&build=89c0c17580e6
    >>> Link.parse(str(link)) == link
    True
    """

    question: str
    parameters: Mapping[str, str]
    at: str = ""
    mode: str = ""
    known_by: str = ""
    sources: Sequence[str] = ()
    build: str = ""

    def __str__(self) -> str:
        said = [*sorted(self.parameters.items()), ("at", self.at), ("mode", self.mode), ("known_by", self.known_by)]
        said += [("source", source) for source in self.sources] + [("build", self.build)]
        return f"{self.question}?{urlencode([(name, value) for name, value in said if value])}"

    @classmethod
    def parse(cls, text: str) -> Link:
        """The link a text is. Raises `ParameterInvalid` where a part says nothing or is said twice."""
        question, _, rest = text.partition("?")
        try:
            pairs = parse_qsl(rest, keep_blank_values=True, strict_parsing=bool(rest), errors="strict")
        except ValueError as error:
            raise ParameterInvalid(
                f"'{text}' is no link to an answer; write question?name=value&name=value ({error})",
                sv=f"'{text}' är ingen länk till ett svar; skriv fråga?namn=värde&namn=värde ({error})",
            ) from error
        names = [name for name, _ in pairs if name != "source"]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ParameterInvalid(
                f"'{twice[0]}' is said twice in the link '{text}'; say it once", sv=f"'{twice[0]}' står två gånger i länken '{text}'; skriv det en gång"
            )
        given = dict(pairs)
        scope = {name: given.get(name, "") for name in SCOPE}
        return cls(question, {k: v for k, v in given.items() if k not in (*SCOPE, "source")}, sources=tuple(v for k, v in pairs if k == "source"), **scope)
