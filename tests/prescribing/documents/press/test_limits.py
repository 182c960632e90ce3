"""A document that is too much for the press is refused with its reason, and the next one is printed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from prescribing.documents import press
from prescribing.documents.press.crew import Crew, Limits

SMALL = '<!doctype html><html lang="nb"><title>Lite</title><h1>Lite ark</h1></html>'
LIMITS = Limits()
DEEP = "<div>" * 20_000
WIDE = "<table><tr>" + "<td>x" * 4_000 + "</table>"
NESTED = "<table><tr><td>" * 300


def document(inside: str) -> str:
    return f'<!doctype html><html lang="nb"><title>For mye</title><body>{inside}</body></html>'


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    crew = Crew(1)
    yield crew
    crew.stop()


def still_prints(crew: Crew) -> bool:
    return crew.print(SMALL, LIMITS).pages == 1


def test_pages_up_to_the_limit_are_printed_and_not_one_more(crew):
    two = document('<div class="page">a</div><div class="page">b</div>')

    assert crew.print(two, replace(LIMITS, pages=2)).pages == 2
    with pytest.raises(press.TooLarge, match="2 pages"):
        crew.print(two, replace(LIMITS, pages=1))


def test_too_many_pages_cost_no_worker(crew):
    still_prints(crew)
    before = crew.pids

    with pytest.raises(press.TooLarge):
        crew.print(document('<div class="page">a</div>' * 4), replace(LIMITS, pages=3))

    assert still_prints(crew)
    assert crew.pids == before


def test_letters_up_to_the_limit_are_printed_and_not_one_more(crew):
    assert crew.print(SMALL, replace(LIMITS, letters=len(SMALL))).pages == 1
    with pytest.raises(press.TooLarge, match="letters"):
        crew.print(SMALL, replace(LIMITS, letters=len(SMALL) - 1))


def test_a_document_that_takes_too_much_computing_is_ended(crew):
    with pytest.raises(press.TookTooLong, match="computing"):
        crew.print(document(DEEP), replace(LIMITS, cpu_seconds=1, seconds=60))

    assert still_prints(crew)


def test_the_limit_on_computing_is_each_documents_own(crew):
    sheet = document("<p>En linje til.</p>" * 100)

    for _ in range(12):  # together they compute for longer than one may
        crew.print(sheet, replace(LIMITS, cpu_seconds=1, seconds=60))

    assert crew.print(sheet, replace(LIMITS, cpu_seconds=1, seconds=60)).pages == 3


def test_a_document_that_takes_too_long_by_the_clock_is_ended(crew):
    still_prints(crew)
    before = crew.pids

    with pytest.raises(press.TookTooLong, match="in time"):
        crew.print(document(DEEP), replace(LIMITS, seconds=0.4))

    assert still_prints(crew)
    assert crew.pids != before


def test_a_document_that_takes_too_much_memory_is_ended_and_passes_where_there_is_enough(crew):
    # Short of memory, Python raises MemoryError where it can, and C code whatever comes: hence either.
    with pytest.raises((press.TooLarge, press.Unprintable)):
        crew.print(document(WIDE), replace(LIMITS, mebibytes=8, cpu_seconds=60, seconds=60))

    assert still_prints(crew)
    assert crew.print(document(WIDE), replace(LIMITS, cpu_seconds=60, seconds=60)).pages >= 1


@pytest.mark.parametrize(
    ("bomb", "kind"),
    [
        (NESTED, "RecursionError"),
        ('<p style="font-size: 1e9px">x</p>', "ZeroDivisionError"),
    ],
)
def test_a_document_that_breaks_the_typesetter_is_told_by_the_kind_of_break_alone(crew, bomb, kind):
    with pytest.raises(press.Unprintable, match=kind) as broken:
        crew.print(document(bomb + "hemmelig"), LIMITS)

    assert "hemmelig" not in str(broken.value)
    assert still_prints(crew)


def test_every_reason_is_a_press_error():
    for reason in (press.TooLarge, press.TookTooLong, press.AddressRefused, press.Unprintable, press.AllBusy):
        assert issubclass(reason, press.PressError)
