"""The press: HTML in, tagged PDF out, by worker processes with limits.

    printed = press.print_pdf(html)
    printed.pdf, printed.pages, printed.refused

A document names its language (`<html lang="nb">`) and its title, and no stylesheet: all are set by
static/css/paper.css, whose head says which elements and classes there are. The same HTML gives the same bytes.

`warm()` when a server starts spares the first sheet a second; `close()` ends the workers, and so does the end of this
process. PRESS_WORKERS in the environment is their number, 2 unless set.
"""

import atexit
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable

from prescribing.documents.press.crew import Crew, Limits
from prescribing.documents.press.printed import (
    AddressRefused,
    AllBusy,
    PressError,
    Printed,
    TookTooLong,
    TooLarge,
    TooManyOfOne,
    Unprintable,
    content_key,
)

__all__ = [
    "AddressRefused",
    "AllBusy",
    "Limits",
    "PressError",
    "Printed",
    "TooLarge",
    "TooManyOfOne",
    "TookTooLong",
    "Unprintable",
    "close",
    "content_key",
    "print_pdf",
    "tally",
    "waiting",
    "warm",
]

WORKERS = 2
LIMITS = Limits()

log = logging.getLogger(__name__)

_crew: Crew | None = None
_hiring = threading.Lock()
_tally: Counter[str] = Counter()


def print_pdf(html: str, *, asker: str = "", limits: Limits = LIMITS, strict: bool = False) -> Printed:
    """The whole HTML document `html` as PDF/UA-1.

    Pictures are files of the project, addressed from static/ (`img/mark.svg`). Any other address is left out, reported
    in `refused` and logged; with `strict`, or where nothing can be printed without it, it is an error. Any thread
    may call. `asker` is whoever it is for, by any name: nobody has two printed at a time.

    PressError where there is no PDF: TooLarge, TookTooLong, AddressRefused, Unprintable, AllBusy, TooManyOfOne.
    """
    printed = _counted(lambda: _workers().print(html, limits, asker=asker))
    for address in printed.refused:
        log.warning("A document asked for %r, and did not get it.", address)
    if strict and printed.refused:
        raise AddressRefused(printed.refused)
    return printed


def _counted(work: Callable[[], Printed]) -> Printed:
    outcome = "Printed"
    try:
        return work()
    except PressError as error:
        outcome = type(error).__name__
        raise
    finally:
        with _hiring:
            _tally[outcome] += 1


def tally() -> dict[str, int]:
    """How many documents came to what since this process began: `Printed`, or the name of a PressError."""
    with _hiring:
        return dict(_tally)


def waiting() -> int:
    """Documents that are printed or wait for it just now."""
    return len(_workers().line)


def warm() -> None:
    """Start the workers, so that the first document need not wait for them. Returns at once."""
    _workers().start()


def close() -> None:
    """End the workers. A later document starts them anew."""
    if _crew:
        _crew.stop()


def _workers() -> Crew:
    global _crew  # noqa: PLW0603 # one crew a process
    with _hiring:
        if _crew is None:
            _crew = Crew(_size())
        return _crew


def _size() -> int:
    wanted = os.environ.get("PRESS_WORKERS", str(WORKERS))
    if not wanted.isdecimal() or int(wanted) < 1:
        raise ValueError(f"PRESS_WORKERS must be a number from 1, not {wanted!r}.")
    return int(wanted)


def _begin_anew() -> None:
    """After a fork the workers are still our parent's; we hire our own when we need them."""
    global _crew, _hiring
    crew, _crew, _hiring = _crew, None, threading.Lock()
    if crew:
        crew.disown()


atexit.register(close)
os.register_at_fork(after_in_child=_begin_anew)
