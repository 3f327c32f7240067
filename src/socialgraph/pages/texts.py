"""The fixed words of the pages, in Swedish and English. Names of kinds come with the picture, never from here.

`{n}` and the like are filled in where the text is used; a pair `…_one` / `…_many` is chosen by number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from socialgraph.model.picture import Picture, Text
from socialgraph.model.words import date_words

LANGUAGES: Final = ("sv", "en")

MODES: Final[Mapping[str, Text]] = {
    "certain": Text("säkra uppgifter", "certain facts"),
    "presumed": Text("säkra och förmodade uppgifter", "certain and presumed facts"),
    "possible": Text("alla möjliga uppgifter", "all possible facts"),
}

STATES: Final[Mapping[str, Text]] = {
    "certain": Text("säker", "certain"),
    "presumed": Text("förmodad", "presumed"),
    "possible": Text("möjlig", "possible"),
    "planned": Text("planerad", "planned"),
    "wished": Text("önskad", "wished"),
    "ended": Text("avslutad", "ended"),
}

STATUSES: Final[Mapping[str, Text]] = {
    "actual": Text("gäller enligt källan", "in force according to the source"),
    "planned": Text("planerat", "planned"),
    "wished": Text("önskat", "wished for"),
    "ended": Text("avslutat", "ended"),
    "denied": Text("förnekas", "denied"),
}

TEXTS: Final[Mapping[str, Text]] = {
    # the page
    "skip": Text("Hoppa till tabellen", "Skip to the table"),
    "other_language": Text("English", "Svenska"),
    "script_needed": Text(
        "Sidan ritas av skript som ligger i filen. Slå på JavaScript för att se bilden och tabellen.",
        "This page is drawn by scripts inside the file. Turn on JavaScript to see the picture and the table.",
    ),
    "sources_one": Text("1 källa", "1 source"),
    "sources_many": Text("{n} källor", "{n} sources"),
    "relations_one": Text("1 relation", "1 relation"),
    "relations_many": Text("{n} relationer", "{n} relations"),
    "entities_one": Text("1 entitet", "1 entity"),
    "entities_many": Text("{n} entiteter", "{n} entities"),
    # search
    "search": Text("Sök namn", "Search names"),
    "search_hint": Text("Namn, nu eller tidigare", "Name, past or present"),
    "search_none": Text("Inget namn passar", "No name fits"),
    "search_found_one": Text("1 träff. Pil ned för att välja.", "1 hit. Arrow down to choose."),
    "search_found_many": Text("{n} träffar. Pil ned för att välja.", "{n} hits. Arrow down to choose."),
    "hidden_by_filter": Text("döljs av filtret", "hidden by the filter"),
    # filters
    "filters": Text("Filter", "Filters"),
    "relation_kinds": Text("Slag av relation", "Kinds of relation"),
    "entity_kinds": Text("Slag av entitet", "Kinds of entity"),
    "states": Text("Läge den dagen", "State that day"),
    "all": Text("Alla", "All"),
    "none": Text("Inga", "None"),
    "show_all": Text("Visa allt", "Show everything"),
    "filter_cleared": Text("Filtret är nollställt.", "The filter is cleared."),
    "shown": Text(
        "Visar {edges} av {all_edges} relationer, {nodes} av {all_nodes} entiteter.",
        "Showing {edges} of {all_edges} relations, {nodes} of {all_nodes} entities.",
    ),
    # time
    "time": Text("Tid", "Time"),
    "day": Text("Dag", "Day"),
    "mode": Text("Visa", "Show"),
    "mode_certain": Text("bara säkert", "certain only"),
    "mode_presumed": Text("säkert och förmodat", "certain and presumed"),
    "mode_possible": Text("allt möjligt", "all possible"),
    "play": Text("Spela upp tiden", "Play through time"),
    "stop": Text("Stanna", "Stop"),
    "compare": Text("jämför med", "compare with"),
    "since": Text("Tidigare dag att jämföra med", "Earlier day to compare with"),
    "began": Text("började efter {day}", "began after {day}"),
    "gone": Text("gällde {day}, inte nu", "held on {day}, not now"),
    "began_short": Text("tillkommit", "come"),
    "gone_short": Text("upphört", "gone"),
    "say_day": Text("{day}: {relations} syns.", "{day}: {relations} shown."),
    "say_compared": Text("{began} har tillkommit och {gone} upphört sedan {day}.", "{began} have come and {gone} gone since {day}."),
    "showing": Text("Visar", "Showing"),
    "known_by": Text("känt till och med {day}", "known by {day}"),
    "build": Text("bygge {id}", "build {id}"),
    "empty_day": Text("Inget av detta är känt för den dagen", "Nothing of this is known for that day"),
    "empty_day_why": Text("Det första som kan visas börjar {day}.", "The first that can be shown begins {day}."),
    "go_there": Text("Gå dit", "Go there"),
    # the picture
    "picture": Text("Nätverksbild", "Network picture"),
    "picture_help": Text(
        "Piltangenter stegar genom relationerna hos vald entitet. Enter följer relationen. Escape avmarkerar."
        " Plus och minus zoomar, 0 visar allt. Samma innehåll finns i tabellen under bilden.",
        "Arrow keys step through the relations of the chosen entity. Enter follows the relation. Escape clears."
        " Plus and minus zoom, 0 shows everything. The table below the picture holds the same content.",
    ),
    "stories": Text("Berättelser", "Stories"),
    "story": Text("Berättelse", "Story"),
    "story_step": Text("{title} · steg {i} av {n}", "{title} · step {i} of {n}"),
    "story_relations": Text("Det steget vilar på", "What the step rests on"),
    "story_back": Text("Föregående", "Previous"),
    "story_next": Text("Nästa", "Next"),
    "story_end": Text("Avsluta", "End"),
    "take": Text("Ta med", "Take along"),
    "take_png": Text("Bild (PNG)", "Image (PNG)"),
    "take_svg": Text("Teckning (SVG)", "Drawing (SVG)"),
    "take_csv": Text("Tabell (CSV)", "Table (CSV)"),
    "take_xlsx": Text("Tabell (Excel)", "Table (Excel)"),
    "about_view": Text("Om tabellen", "About the table"),
    "source": Text("Källa", "Source"),
    "link": Text("Länk", "Link"),
    "take_gexf": Text("Nätverk med tid (GEXF)", "Network with time (GEXF)"),
    "take_graphml": Text("Nätverk (GraphML)", "Network (GraphML)"),
    "take_sparql": Text("Frågan i SPARQL", "The query in SPARQL"),
    "take_link": Text("Länk till det som visas", "Link to what is shown"),
    "take_sparql_how": Text(
        "Frågan ger relationerna i bilden. Kör den med socialgraph sparql, eller i vilken SPARQL 1.1-motor som helst som har grafen.",
        "The query gives the relations in the picture. Run it with socialgraph sparql, or in any SPARQL 1.1 engine that holds the graph.",
    ),
    "take_link_how": Text(
        "Länken öppnar samma dag, läge, filter, fokus och språk, i den här filen.",
        "The link opens the same day, mode, filters, focus and language, in this file.",
    ),
    "copy": Text("Kopiera", "Copy"),
    "copied": Text("Kopierat", "Copied"),
    "close_box": Text("Stäng", "Close"),
    "lost_address": Text(
        "Länken säger något som inte finns här: {what}. Resten visas.", "The link says something that is not here: {what}. The rest is shown."
    ),
    "cut": Text(
        "{n} entiteter till ryms inte i en läsbar bild (högst {most}). Välj län, ämne eller fokus.",
        "{n} more entities do not fit in a readable picture (at most {most}). Choose a county, a topic or a focus.",
    ),
    "accessible": Text(
        "Tillgänglighet: sidan ska följa WCAG 2.1 AA. Bilden finns också som tabell, allt nås med tangentbord, inget sägs med färg ensam. Brister"
        " tar vi gärna emot; se docs/accessibility.md i projektet.",
        "Accessibility: this page is meant to meet WCAG 2.1 AA. The picture is also a table, everything is reached by keyboard, nothing is said by"
        " colour alone. Please report what falls short; see docs/accessibility.md in the project.",
    ),
    "zoom_in": Text("Zooma in", "Zoom in"),
    "zoom_out": Text("Zooma ut", "Zoom out"),
    "fit": Text("Visa hela bilden", "Show the whole picture"),
    "save": Text("Spara som bild", "Save as image"),
    "legend": Text("Teckenförklaring", "Legend"),
    "empty_picture": Text("Inget är känt för den här frågan", "Nothing is known for this question"),
    "empty_picture_why": Text(
        "Källorna säger inget om den här dagen i det här läget. Prova en annan dag, läget ”möjligt” eller fler källor.",
        "The sources say nothing about this day in this mode. Try another day, the mode “possible” or more sources.",
    ),
    "empty_filter": Text("Filtret döljer allt", "The filter hides everything"),
    "empty_filter_why": Text(
        "Här finns {relations} och {entities}, men inget som är förbockat i filtret låter dem synas.",
        "There are {relations} and {entities}, but nothing ticked in the filter lets them show.",
    ),
    # the panel
    "panel": Text("Om det valda", "About the selection"),
    "about": Text("Om bilden", "About the picture"),
    "about_what": Text("{entities} och {relations}, ur {sources}.", "{entities} and {relations}, from {sources}."),
    "about_how": Text(
        "Klicka på en entitet för namn, fakta och relationer. Klicka på en linje för att se vem som säger det, var och när.",
        "Click an entity for its names, facts and relations. Click a line to see who says so, where and when.",
    ),
    "keys": Text("Tangentbord", "Keyboard"),
    "sources": Text("Källor", "Sources"),
    "close": Text("Avmarkera", "Clear selection"),
    "names": Text("Namn genom tiden", "Names over time"),
    "facts": Text("Fakta", "Facts"),
    "relations": Text("Relationer", "Relations"),
    "no_relations": Text("Inga relationer i den här bilden.", "No relations in this picture."),
    "some_hidden": Text("{n} av dem döljs av filtret.", "{n} of them are hidden by the filter."),
    "hidden_now": Text("Detta döljs av filtret och syns inte i bilden.", "This is hidden by the filter and not seen in the picture."),
    "not_that_day": Text("gäller inte den dagen", "does not hold that day"),
    "focus": Text("Bara detta och grannar, steg:", "Only this and neighbours, steps:"),
    "focus_steps": Text("Visa grannar till och med steg {n}", "Show neighbours up to step {n}"),
    "focus_off": Text("Visa alla", "Show all"),
    "path": Text("Väg", "Path"),
    "path_to": Text("Väg till …", "Path to …"),
    "path_go": Text("Visa väg", "Show path"),
    "path_title": Text("Från {from} till {to}", "From {from} to {to}"),
    "path_none": Text(
        "Ingen väg över relationer som syns {day}. Prova en annan dag, fler relationer eller navarna.",
        "No path over relations that are seen on {day}. Try another day, more relations or the hubs.",
    ),
    "path_steps_one": Text("1 steg, kortast möjliga väg", "1 step, a shortest path"),
    "path_steps_many": Text("{n} steg, en kortaste väg", "{n} steps, a shortest path"),
    "binders": Text("Har relationer till båda samtidigt", "Related to both at the same time"),
    "binders_how": Text("Båda relationerna syns {day}.", "Both relations are seen on {day}."),
    "binders_none": Text("Ingen som syns har relationer till båda {day}.", "Nobody seen is related to both on {day}."),
    "every": Text("alla", "all"),
    "only_county": Text("Län", "County"),
    "only_topic": Text("Ämne", "Topic"),
    "only_source": Text("Källa", "Source"),
    "fold": Text("Vik ihop det som bara hör till en", "Fold what belongs to one only"),
    "folded": Text("{n} som bara hör till en annan är hopvikta i den (+).", "{n} that belong to one other only are folded into it (+)."),
    "unfold": Text("Visa {n} som bara hör hit", "Show {n} that belong here only"),
    "fold_again": Text("Vik ihop {n} som bara hör hit", "Fold {n} that belong here only"),
    "no_hubs": Text("Dölj nav ({n} relationer eller fler)", "Hide hubs ({n} relations or more)"),
    "evidence": Text("Belägg", "Evidence"),
    "evidence_one": Text("1 belägg", "1 witness"),
    "evidence_many": Text("{n} belägg", "{n} witnesses"),
    "disputed": Text("Källorna säger inte detsamma. Beläggen står sida vid sida.", "The sources do not say the same. The witnesses stand side by side."),
    "no_evidence": Text("Inget belägg följer med.", "No evidence is given."),
    "period": Text("Period", "Period"),
    "state": Text("Läge", "State"),
    "kind": Text("Slag", "Kind"),
    "between": Text("Mellan", "Between"),
    # evidence
    "publisher": Text("Utgivare", "Publisher"),
    "published": Text("Publicerad", "Published"),
    "date_stated": Text("{date}, datum som källan anger", "{date}, date stated by the source"),
    "date_inferred": Text("{date}, datum som vi har slutit oss till", "{date}, date inferred by us"),
    "date_unknown": Text("okänt datum", "date unknown"),
    "where": Text("Var", "Where"),
    "locator_title": Text("rubriken", "the title"),
    "locator_paragraph": Text("stycke {p}", "paragraph {p}"),
    "locator_sentence": Text("mening {s}", "sentence {s}"),
    "says_period": Text("Tid enligt källan", "Time by the source"),
    "says_status": Text("Ställning", "Standing"),
    "stated": Text("Ordagrant", "As printed"),
    "documents": Text("Finns i", "Found in"),
    "note": Text("Läsning", "Reading"),
    "open_source": Text("Öppna källan", "Open the source"),
    "no_period": Text("källan anger ingen tid", "the source gives no time"),
    "from_to": Text("från {since} till {until}", "from {since} to {until}"),
    "from_only": Text("från {since}, slut ej angivet", "from {since}, end not given"),
    "to_only": Text("till {until}, början ej angiven", "to {until}, start not given"),
    "span": Text("{a} till {b}", "{a} to {b}"),
    "about_date": Text("omkring {date}", "about {date}"),
    "unsure_date": Text("{date} (osäkert)", "{date} (uncertain)"),
    "open_start": Text("tidigare", "earlier"),
    "open_end": Text("tills vidare", "further notice"),
    "months": Text(
        "januari februari mars april maj juni juli augusti september oktober november december",
        "January February March April May June July August September October November December",
    ),
    "seasons": Text("våren sommaren hösten vintern", "spring summer autumn winter"),
    # the table
    "table": Text("Tabell", "Table"),
    "table_caption": Text("Relationerna som syns i bilden just nu: {n}", "The relations seen in the picture right now: {n}"),
    "table_empty": Text("Inga relationer syns i bilden.", "No relations are seen in the picture."),
    "col_kind": Text("Slag", "Kind"),
    "col_relation": Text("Relation", "Relation"),
    "col_period": Text("Period", "Period"),
    "col_state": Text("Läge", "State"),
    "col_sources": Text("Källor", "Sources"),
    "to_picture": Text("Till bilden", "To the picture"),
    # what is said aloud
    "say_node": Text("{label}, {kind}, {relations}.", "{label}, {kind}, {relations}."),
    "say_step": Text("{i} av {n}: {sentence}", "{i} of {n}: {sentence}"),
    "say_cleared": Text("Inget är valt.", "Nothing is selected."),
    "say_alone": Text("{label} har inga relationer som syns.", "{label} has no visible relations."),
    "say_none": Text("Bilden är tom.", "The picture is empty."),
}


def summary(picture: Picture) -> Text:
    """The line under the title: which day, which mode, how many sources, which build.

    >>> nothing = Picture(Text("", ""), "2018-04-30", "certain", "", "b7", (), (), (), (), (), ())
    >>> summary(nothing).sv
    'Visar 30 april 2018, säkra uppgifter, 0 källor, bygge b7'
    """
    mode = MODES.get(picture.mode, Text(picture.mode, picture.mode))
    count = len(picture.sources)
    sources = TEXTS["sources_one" if count == 1 else "sources_many"]
    swedish = [date_words(picture.at, "sv") if picture.at else "alla tider", mode.sv, sources.sv.format(n=count)]
    english = [date_words(picture.at, "en") if picture.at else "all times", mode.en, sources.en.format(n=count)]
    if picture.known_by:
        swedish.append(f"känt till och med {picture.known_by}")
        english.append(f"known by {picture.known_by}")
    if picture.build:
        swedish.append(f"bygge {picture.build}")
        english.append(f"build {picture.build}")
    return Text("Visar " + ", ".join(filter(None, swedish)), "Showing " + ", ".join(filter(None, english)))


def fill(texts: Mapping[str, Text], name: str, lang: str, /, **values: object) -> str:
    """A fixed text in a language, filled in."""
    return str(getattr(texts[name], lang)).format(**values)


def fill_count(texts: Mapping[str, Text], name: str, number: int, lang: str) -> str:
    """The text for a number: `…_none` for none if there is one, `…_one`, else `…_many`."""
    ending = "one" if number == 1 else "none" if number == 0 and f"{name}_none" in texts else "many"
    return fill(texts, f"{name}_{ending}", lang, n=number)
