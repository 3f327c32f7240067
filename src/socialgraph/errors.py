"""Every error socialgraph raises: one base, one class per situation.

A message says where, what was found, what was expected and how to mend it. Only `cli/` and `server/` turn them into
exit codes and statuses. What a check says about the *data* is a finding (`model/findings.py`), not an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socialgraph.model.findings import Finding


class SocialGraphError(Exception):
    """Base of every error socialgraph raises on purpose; its text is meant for the user.

    The message is English; what those who ask may meet is also told in Swedish (`sv`), which `text` gives.
    """

    def __init__(self, message: str, *, sv: str = "") -> None:
        super().__init__(message)
        self.sv = sv

    def text(self, lang: str = "en") -> str:
        """The message in a language; English where there is no Swedish one."""
        return self.sv if lang == "sv" and self.sv else str(self)


class ProjectNotFound(SocialGraphError):
    """No project folder where one was said to be."""


class BuildMissing(SocialGraphError):
    """There is no build to read; the text names the command that makes one."""


class BuildFailed(SocialGraphError):
    """The build stopped at a gate; the former build stands. `findings` says why."""

    def __init__(self, message: str, findings: Sequence[Finding] = (), *, sv: str = "") -> None:
        super().__init__(message, sv=sv)
        self.findings = tuple(findings)

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings that stopped it: errors, without warnings and notes."""
        return tuple(f for f in self.findings if f.severity == "error")


class OntologyError(SocialGraphError):
    """The ontology lacks something the program needs of it."""


class DateNotUnderstood(SocialGraphError, ValueError):
    """A date text is not EDTF, or not a day where a day is needed."""


class UnknownEntity(SocialGraphError, LookupError):
    """No entity has that id, name or number; the text lists near ones."""


class UnknownName(SocialGraphError, LookupError):
    """A kind, concept, source or other vocabulary word that does not exist; the text lists near ones."""


class UnknownQuestion(SocialGraphError, LookupError):
    """The catalogue has no question of that name; the text lists near ones."""


class OutlineInvalid(SocialGraphError):
    """The outline of a report cannot be read, or asks for what there is not."""


class SiteBroken(SocialGraphError):
    """A page of the static site leads to a page that is no part of it, or the folder it should go to holds something else."""


class QuestionInvalid(SocialGraphError):
    """A `.rq` file has a header that cannot be read, or a parameter that is not declared."""


class ParameterInvalid(SocialGraphError, ValueError):
    """A value handed to a question does not fit the parameter's kind, or is missing."""


class QueryInvalid(SocialGraphError):
    """SPARQL that does not parse; the text gives line and column."""


class QueryRefused(SocialGraphError):
    """SPARQL that would write, or reach outside the store (`SERVICE`, `FROM`, `LOAD`)."""


class StoreUnreachable(SocialGraphError):
    """A store elsewhere does not answer, refuses, or holds no whole build; the text says what was asked and what came back."""


class ReasonerMissing(SocialGraphError):
    """The reasoner's extra is not installed; the text says how to install it."""


class ExtraMissing(SocialGraphError):
    """An optional package is needed; the text names the extra that brings it."""
