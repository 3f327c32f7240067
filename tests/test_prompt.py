"""The prompt, typed at through a pipe; and what a SPARQL writer is offered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from socialgraph import SocialGraph
from socialgraph.errors import QueryInvalid
from socialgraph.model.completing import Offer, fitting
from socialgraph.prompt import Prompt

Typed = Callable[..., tuple[list[str], list[str], list[str]]]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """What is asked, saved and said when keys are pressed."""

    def typing(keys: str, *, offers: tuple[Offer, ...] = (), fail: bool = False) -> tuple[list[str], list[str], list[str]]:
        asked: list[str] = []
        saved: list[str] = []
        said: list[str] = []

        def ask(text: str) -> None:
            asked.append(text)
            if fail:
                raise QueryInvalid("line 1", sv="rad 1")

        def save(path: str) -> bool:
            saved.append(path)
            return bool(asked)

        with create_pipe_input() as pipe:
            pipe.send_text(keys)
            prompt = Prompt(
                ask=ask, save=save, say=said.append, offers=lambda: offers, lang="sv", build="0123456789ab", source=pipe, sink=DummyOutput(),
                history=tmp_path / "history",
            )  # fmt: skip
            with ThreadPoolExecutor(max_workers=1) as pool:  # another test may have left this thread an event loop of its own
                pool.submit(prompt.run).result(timeout=30)
        return asked, saved, said

    return typing


QUIT = "\x04"


def test_enter_asks_a_whole_query_and_begins_a_line_in_one_that_is_not(typed: Typed) -> None:
    asked, *_ = typed("ASK {\r?x a sg:Fact }\r" + "SELECT ?x { ?x a sg:Fact }\r" + QUIT)
    assert asked == ["ASK {\n?x a sg:Fact }", "SELECT ?x { ?x a sg:Fact }"]


def test_an_empty_line_asks_what_is_not_whole_so_that_the_error_is_seen(typed: Typed) -> None:
    asked, _, said = typed("ASK {\r\r" + QUIT, fail=True)
    assert asked == ["ASK {"]
    assert said[-1] == "rad 1"


def test_an_error_does_not_end_the_prompt(typed: Typed) -> None:
    asked, _, said = typed("ASK {}\rASK {?x a sg:Fact}\r" + QUIT, fail=True)
    assert len(asked) == 2
    assert said[-2:] == ["rad 1", "rad 1"]


def test_commands(typed: Typed) -> None:
    asked, saved, said = typed(".help\r.prefixes\r.save a.csv\r.save\r.nonsense\rASK {}\r.save b.csv\r.quit\rASK {}\r" + QUIT)
    assert asked == ["ASK {}"], "nothing is asked after .quit"
    assert saved == ["a.csv", "b.csv"]
    assert "Tab" in said[1]
    assert "sgd:      https://w3id.org/socialgraph/id/" in said[2]
    assert said[3:] == ["inget svar att spara än", "ange en fil: .save svar.csv", "okänt kommando .nonsense; .help visar dem som finns"]


def test_history_is_kept_and_brought_back(typed: Typed) -> None:
    typed("ASK {}\r" + QUIT)
    asked, *_ = typed("\x1b[A\r" + QUIT)
    assert asked == ["ASK {}"]


def test_ctrl_c_drops_what_is_written_and_goes_on(typed: Typed) -> None:
    asked, *_ = typed("SELECT\x03ASK {}\r" + QUIT)
    assert asked == ["ASK {}"]


# ── offers


@pytest.fixture(scope="module")
def offers(world: SocialGraph) -> tuple[Offer, ...]:
    return world.offers()


FITTING = {
    "a class by id": ("?x a sg:Staff", "sg:StaffLoan"),
    "a property by its Swedish label": ("?x sg:lånar", "sg:lendsStaffTo"),
    "by its English label": ("?x sg:borrows", "sg:borrowsStaffFrom"),
    "by a later word of a label": ("?x sg:personal", "sg:lendsStaffTo"),
    "a label without a prefix": ("{ ?x utlåning", "sg:StaffLoan"),
    "an entity by a word of its name": ("{ sgd:stöd", "sgd:stodenheten"),
    "without its dots": ("{ sgd:stod", "sgd:stodenheten"),
    "an entity by its abbreviation": ("{ sgd:KFX", "sgd:exempelforbundet"),
    "a former name": ("{ sgd:landstingens", "sgd:kommunernas-forbund"),
    "a concept": ("sg:status sgc:plan", "sgc:planned"),
    "a source by title": ("dcterms:source sgs:exempel-2018", "sgs:exempel-2018-04"),
    "a keyword": ("SELECT ?x WHERE { } ORD", "ORDER"),
    "a prefix": ("{ ?x skos", "skos:"),
}


@pytest.mark.parametrize("case", FITTING)
def test_what_is_begun_is_offered(offers: tuple[Offer, ...], case: str) -> None:
    text, wanted = FITTING[case]
    assert wanted in [offer.text for offer in fitting(text, offers)]


def test_the_name_itself_comes_before_labels_and_other_prefixes_never(offers: tuple[Offer, ...]) -> None:
    found = [offer.text for offer in fitting("?x sg:from", offers)]
    assert found[0] == "sg:from"
    assert all(text.startswith("sg:") for text in found)


def test_variables_are_those_of_the_query(offers: tuple[Offer, ...]) -> None:
    assert [o.text for o in fitting("SELECT ?loan ?lender { ?loan a sg:StaffLoan ; sg:from ?le", offers)] == ["?lender"]


def test_nothing_is_offered_for_nothing(offers: tuple[Offer, ...]) -> None:
    assert fitting("SELECT ?x { ", offers) == []
    assert fitting("SELECT ?x { ?x a zzzz", offers) == []


def test_everything_offered_is_in_the_graph(world: SocialGraph, offers: tuple[Offer, ...]) -> None:
    named = [offer.text for offer in offers if offer.text.partition(":")[0] in ("sg", "sgd", "sgc", "sgs") and not offer.text.endswith(":")]
    assert len(named) > 200
    world._asked(at="", known_by="", sources=()).check("SELECT * { VALUES ?x { " + " ".join(named) + " } }")
