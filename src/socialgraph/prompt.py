"""The interactive SPARQL prompt: history, completion, colours, several lines. What a query means is for the caller to say.

Enter asks when every bracket is closed, else it begins a new line; an empty line asks at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from socialgraph.errors import SocialGraphError
from socialgraph.model.completing import Offer, begun, fitting
from socialgraph.model.ids import PREFIXES
from socialgraph.rdf.spelling import is_whole

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

_HELP = {
    "sv": """Skriv en SPARQL-fråga; Enter ställer den när alla klamrar är slutna, en tom rad alltid. Prefixen är kända.
Tab fyller i: prefix, slag, egenskaper, begrepp, källor och entiteter, på namn eller id (sgd:blom<Tab>); ?<Tab> ger frågans variabler.
Pil upp hämtar tidigare frågor.
  .help         denna hjälp
  .prefixes     prefixen
  .save FIL     spara senaste svaret; ändelsen avgör formen (csv, json, md, xlsx, txt)
  .quit         sluta (Ctrl-D)""",
    "en": """Write a SPARQL query; Enter asks it when every bracket is closed, an empty line always. The prefixes are known.
Tab completes: prefixes, kinds, properties, concepts, sources and entities, by name or id (sgd:blom<Tab>); ?<Tab> gives the query's variables.
Arrow up brings former queries back.
  .help         this help
  .prefixes     the prefixes
  .save FILE    save the latest answer; the ending says the form (csv, json, md, xlsx, txt)
  .quit         leave (Ctrl-D)""",
}
_SAY = {
    "sv": {"bar": "bygge {build} · Tab fyller i · .help · Ctrl-D slutar", "nothing": "inget svar att spara än", "which": "ange en fil: .save svar.csv",
           "command": "okänt kommando {text}; .help visar dem som finns"},
    "en": {"bar": "build {build} · Tab completes · .help · Ctrl-D leaves", "nothing": "no answer to save yet", "which": "name a file: .save answer.csv",
           "command": "unknown command {text}; .help shows those there are"},
}  # fmt: skip


class Prompt:
    """A prompt that hands what is written to `ask`, and the latest answer's file to `save`; `say` prints a line for people."""

    def __init__(
        self, *, ask: Callable[[str], None], save: Callable[[str], bool], say: Callable[[str], None], offers: Callable[[], Sequence[Offer]],
        lang: str, build: str, source: Input | None = None, sink: Output | None = None, history: Path | None = None,
    ) -> None:  # fmt: skip
        self._ask, self._save, self._say, self._offers, self._lang, self._build = ask, save, say, offers, lang, build
        self._session = self._made(source, sink, history or _history_file())

    def run(self) -> None:
        """Ask until there is no more: Ctrl-D or `.quit`. Errors are told, and the prompt goes on."""
        self._say(_HELP[self._lang].splitlines()[0])
        while True:
            try:
                text = self._session.prompt().strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if text in (".quit", ".exit", ".q"):
                return
            try:
                self._do(text)
            except SocialGraphError as error:
                self._say(error.text(self._lang))
            except KeyboardInterrupt:
                self._say("")

    def _do(self, text: str) -> None:
        said = _SAY[self._lang]
        command, _, rest = text.partition(" ")
        if not text.startswith("."):
            if text:
                self._ask(text)
        elif command == ".help":
            self._say(_HELP[self._lang])
        elif command == ".prefixes":
            self._say("\n".join(f"{prefix + ':':<10}{space}" for prefix, space in PREFIXES.items()))
        elif command == ".save":
            if not rest.strip():
                self._say(said["which"])
            elif not self._save(rest.strip()):
                self._say(said["nothing"])
        else:
            self._say(said["command"].format(text=command))

    def complete(self, text: str) -> Iterator[tuple[Offer, int]]:
        """What the end of a text may become, and how many characters of it each offer replaces."""
        return ((offer, len(begun(text))) for offer in fitting(text, self._offers()))

    def _made(self, source: Input | None, sink: Output | None, history: Path | None) -> PromptSession[str]:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import CompleteEvent, Completer, Completion
        from prompt_toolkit.filters import completion_is_selected
        from prompt_toolkit.history import FileHistory, InMemoryHistory
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
        from prompt_toolkit.lexers import PygmentsLexer
        from pygments.lexers.rdf import SparqlLexer

        prompt, keys = self, KeyBindings()

        class Offering(Completer):
            def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
                wanted = complete_event.completion_requested or ":" in begun(document.text_before_cursor)
                for offer, length in prompt.complete(document.text_before_cursor) if wanted else ():
                    meta = " · ".join(filter(None, (offer.label, offer.what)))
                    yield Completion(offer.text, start_position=-length, display_meta=meta)

        @keys.add("enter", filter=~completion_is_selected)
        def _enter(event: KeyPressEvent) -> None:
            text, line = event.current_buffer.text, event.current_buffer.document.current_line
            if is_whole(text) or text.startswith(".") or not line.strip():
                event.current_buffer.validate_and_handle()
            else:
                event.current_buffer.insert_text("\n")

        @keys.add("enter", filter=completion_is_selected)
        def _take(event: KeyPressEvent) -> None:
            event.current_buffer.complete_state = None

        return PromptSession(
            "sparql> ", multiline=True, prompt_continuation="      > ", lexer=PygmentsLexer(SparqlLexer), completer=Offering(), key_bindings=keys,
            complete_while_typing=True, history=FileHistory(str(history)) if history else InMemoryHistory(), input=source, output=sink,
            bottom_toolbar=_SAY[self._lang]["bar"].format(build=self._build),
        )  # fmt: skip


def _history_file() -> Path | None:
    """Where former queries are kept, in the user's own folder (XDG Base Directory); none if it cannot be made."""
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "socialgraph"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sparql_history").touch(mode=0o600)
    except OSError:
        return None
    return folder / "sparql_history"
