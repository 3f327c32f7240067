"""Texts that a spreadsheet would run as formulas: made harmless in files for people, made whole again in what they send back.

After OWASP, "CSV Injection": an apostrophe before such a text. The pair loses nothing: `restore(defuse(t)) == t` for every text.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"  # the last four: the wide forms, which some spreadsheets run too
_RUNS = re.compile(rf"'*[{_STARTS}]")
_DEFUSED = re.compile(rf"'+[{_STARTS}]")


def defuse(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula (or already bears that apostrophe).

    >>> defuse("=HYPERLINK(1)"), defuse("SKR"), defuse("'=1")
    ("'=HYPERLINK(1)", 'SKR', "''=1")
    """
    return "'" + text if _RUNS.match(text) else text


def restore(text: str) -> str:
    """The text without the apostrophe that `defuse` put there.

    >>> restore("'-12"), restore("'t Hooft")
    ('-12', "'t Hooft")
    """
    return text[1:] if _DEFUSED.match(text) else text
