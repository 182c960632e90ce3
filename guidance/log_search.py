"""Which lines of the log somebody asks for, and what there is to ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from guidance.models import Change, Deed

OWN = "edition"  # the kind of a line about the edition's own fields, which the log keeps as ""
PROGRAM = "-"  # who did it where no person did

# Where a part's name stands in its canonical form.
_NAMES = ("title", "term", "who", "name", "substance", "brand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; "" and None ask for all. `by` is a user name or PROGRAM; days are local, both included.

    `name` is some of the letters of a part's name or code.
    """

    edition: str = ""
    by: str = ""
    deed: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands in the log: codes of editions, the last first, and the people (user name, name)."""

    editions: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def lines(wanted: Wanted) -> QuerySet[Change]:
    """The lines, the last first."""
    found = Change.objects.order_by("-at", "-pk")
    for condition in _conditions(wanted):
        found = found.filter(condition)
    return found


def known() -> Known:
    """What the log can be asked for. One query."""
    people = ("by__username", "by__first_name", "by__last_name")
    found = set(Change.objects.order_by().values_list("edition_code", *people).distinct())
    names = {username: f"{first} {last}".strip() for _, username, first, last in found if username}
    return Known(
        editions=tuple(sorted({code for code, *_ in found}, key=_by_number, reverse=True)),
        people=tuple((username, names[username] or username) for username in sorted(names)),
    )


def _conditions(wanted: Wanted) -> Iterable[Q]:
    if wanted.edition:
        yield Q(edition_code=wanted.edition)
    if wanted.by:
        yield Q(by=None) if wanted.by == PROGRAM else Q(by__username=wanted.by)
    if wanted.deed:
        yield Q(deed=wanted.deed)
    if wanted.kind:
        yield Q(kind="", deed=Deed.EDITED) if wanted.kind == OWN else Q(kind=wanted.kind)
    if wanted.since:
        yield Q(at__date__gte=wanted.since)
    if wanted.until:
        yield Q(at__date__lte=wanted.until)
    if wanted.name:
        yield _named(wanted.name)


def _named(letters: str) -> Q:
    """Its code or its name has these letters. SQLite knows the small and capital letters of English alone."""
    condition = Q()
    for spelt in {letters, letters.lower(), letters.capitalize(), letters.upper()}:
        condition |= Q(name__icontains=spelt)
        for name in _NAMES:
            condition |= Q(**{f"before__{name}__icontains": spelt}) | Q(
                **{f"after__{name}__icontains": spelt}
            )
    return condition


def _by_number(code: str) -> tuple[str, int, str]:
    """2026-10 comes after 2026-9."""
    year, _, number = code.partition("-")
    return year, int(number) if number.isdecimal() and number.isascii() else 0, code
