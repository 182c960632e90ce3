"""Few stand in line at the press, and nobody there stands in the way of everybody."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep

import pytest

from prescribing.documents.press import AllBusy, TooManyOfOne
from prescribing.documents.press.line import Line


@pytest.fixture
def line() -> Line:
    return Line(3)


@contextmanager
def somebody_waits(line: Line, asker: str) -> Iterator[list[str]]:
    """Another thread that stands in line for `asker` meanwhile; what became of it."""
    became: list[str] = []

    def wait() -> None:
        try:
            with line.turn(asker, 5):
                became.append("came")
        except AllBusy:
            became.append("went")

    before, thread = len(line), threading.Thread(target=wait)
    thread.start()
    assert within(lambda: len(line) > before or bool(became))
    yield became
    thread.join(5)


def within(holds: Callable[[], bool]) -> bool:
    end = monotonic() + 5
    while not holds() and monotonic() < end:
        sleep(0.005)
    return holds()


def test_as_many_as_there_are_places_and_not_one_more(line):
    with ExitStack() as turns:
        for asker in ("a", "b", "c"):
            turns.enter_context(line.turn(asker, 0))
        with pytest.raises(AllBusy), line.turn("d", 0):
            pass
        assert len(line) == 3

    assert len(line) == 0
    with line.turn("d", 0):
        assert len(line) == 1


def test_the_second_of_one_asker_waits_for_the_first(line):
    with ExitStack() as turns:
        first = turns.enter_context(ExitStack())
        first.enter_context(line.turn("a", 0))
        became = turns.enter_context(somebody_waits(line, "a"))
        sleep(0.05)
        assert became == []
        with line.turn("b", 0):
            pass
        first.close()

    assert became == ["came"]


def test_a_third_of_one_asker_is_refused_and_leaves_the_others_their_places(line):
    with ExitStack() as turns:
        first = turns.enter_context(ExitStack())
        first.enter_context(line.turn("a", 0))
        turns.enter_context(somebody_waits(line, "a"))
        with pytest.raises(TooManyOfOne), line.turn("a", 0):
            pass
        with line.turn("b", 0):
            assert len(line) == 3
        first.close()


def test_the_second_gives_up_where_the_first_takes_too_long(line):
    with line.turn("a", 0), pytest.raises(AllBusy), line.turn("a", 0.02):
        pass

    assert len(line) == 0


def test_nobody_in_particular_waits_for_no_other_nobody(line):
    with line.turn("", 0), line.turn("", 0), line.turn("", 0):
        assert len(line) == 3


def test_a_turn_that_ends_in_an_error_is_over(line):
    with pytest.raises(ZeroDivisionError), line.turn("a", 0):
        raise ZeroDivisionError

    with line.turn("a", 0):
        assert len(line) == 1
