"""How fast a sheet is printed: against typst, and by two workers against one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count

import typst

from prescribing.documents import press
from prescribing.documents.handout import handout_html
from prescribing.documents.press.crew import Crew
from tests import paper
from tests.bench.measuring import Deed, Measure, in_turns
from tests.bench.typst_twin import twin
from tests.prescribing.documents.cases import case, choice, record

ROUNDS = 60
BATCH = 24
PATIENT = replace(press.LIMITS, wait_seconds=120, seconds=60)

_numbers = count()


def measures() -> Iterator[Measure]:
    """Both comparisons."""
    yield from against_typst()
    yield two_workers_against_one()


def against_typst() -> Iterator[Measure]:
    """Her sheet for 35 days with new dates and a new code each time; its back stands, as it does in life.

    Typst remembers what it has set, word by word. It is asked twice: for text in a size it never met, of which it
    remembers nothing, and for what we are asked for, the last sheet with other dates. The first is the yardstick; what
    we print of which we remember nothing but fonts and styles stands beside it.
    """
    compiler = typst.Compiler()
    they_say_the_same(a_handout(), compiler)
    deeds = {
        "her sheet by the press": Deed(a_handout, print_by_press),
        "the same with nothing standing": Deed(lambda: unmarked(a_handout()), print_by_press),
        "its twin by typst": Deed(
            lambda: twin(a_handout(), points=9.5 + next(_numbers) / 1e6),
            lambda text: compiler.compile(input=text),
        ),
        "its twin by typst that remembers": Deed(
            lambda: twin(a_handout()), lambda text: compiler.compile(input=text)
        ),
    }
    in_turns(deeds, rounds=3)
    taken = in_turns(deeds, rounds=ROUNDS)
    ours, whole, yardstick, remembering = taken.values()
    yield Measure(name="two-page handout, tagged, warm, to typst", figure=ours / yardstick, at_most=6)
    yield Measure(name="  with nothing standing", figure=whole / yardstick)
    yield Measure(name="  with what both remember", figure=ours / remembering)
    for name, seconds in taken.items():
        yield Measure(name=f"  {name}", figure=seconds * 1000, unit="ms")


def two_workers_against_one() -> Measure:
    """How many more sheets two workers print in the same time."""
    crews = {size: Crew(size) for size in (1, 2)}
    try:
        deeds = {str(size): Deed(a_batch, partial(print_batch, crew)) for size, crew in crews.items()}
        in_turns(deeds, rounds=2)
        taken = in_turns(deeds, rounds=7)
    finally:
        for crew in crews.values():
            crew.stop()
    return Measure(name="sheets by two workers, to one", figure=taken["1"] / taken["2"], at_least=1.7)


def print_by_press(html: str) -> None:
    """Print one sheet as a view does."""
    press.print_pdf(html, limits=PATIENT)


def a_batch() -> list[str]:
    """Sheets that were not printed yet."""
    return [a_handout() for _ in range(BATCH)]


def print_batch(crew: Crew, sheets: list[str]) -> None:
    """Print `sheets`, asked for by two callers."""
    with ThreadPoolExecutor(2) as callers:
        list(callers.map(lambda html: crew.print(html, PATIENT), sheets))


def a_handout() -> str:
    """Her sheet for a plan of 35 days, with dates and a code that no other had."""
    number = next(_numbers)
    start = date(2026, 1, 1) + timedelta(days=number % 3650)
    hers = case(record(choice(start=start, last_week=True)))
    return handout_html(replace(hers, course=f"K{number % 10}F-{number:03}"))


def unmarked(html: str) -> str:
    """The document without the comments that let its back stand."""
    return html.replace("<!--standing-->", "").replace("<!--/standing-->", "")


def they_say_the_same(html: str, compiler: typst.Compiler) -> None:
    """Both print the same words, on as many pages, with tags: else there is nothing to compare."""
    pdfs = press.print_pdf(html, limits=PATIENT).pdf, compiler.compile(input=twin(html))
    for pdf in pdfs:
        assert paper.pdf_facts(pdf)["Tagged"] == "yes"
        assert paper.pdf_pages(pdf) == 2
    ours, theirs = (sorted(paper.words(pdf)) for pdf in pdfs)
    assert ours == theirs
