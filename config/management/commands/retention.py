"""Deletes what has been kept long enough: `manage.py retention` shows it, `manage.py retention --delete` does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access_log import delete_sealed, seal
from accounts.models import AccessRow
from accounts.outdated import ended_logins, ended_sessions, old_failures, spent_links
from prescribing.actions import delete_old_drafts, old_drafts
from prescribing.management.command_line import OneSentenceCommand, Refusal
from prescribing.retention import ended_before, left_open, months_before, remove_courses

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """One kind of thing that has been kept long enough: what it is, how many there are, and the verb that deletes."""

    what: str
    count: int
    delete: Callable[[], int]


class Command(OneSentenceCommand):
    help = "Viser hva som er oppbevart lenge nok. Med --delete slettes det."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="slett det som vises")

    def answer(self, **options: Any) -> None:
        """Show what would go, or let it go; then say what stays though nobody has touched it."""
        at, delete = timezone.now(), options["delete"]
        if settings.COURSES_KEPT_MONTHS < 1 or (settings.LOG_KEPT_YEARS or 1) < 1:
            raise Refusal(gettext("COURSES_KEPT_MONTHS og LOG_KEPT_YEARS må være 1 eller mer."))
        self.stdout.write(gettext("Slettet:") if delete else gettext("Dette slettes med --delete:"))
        for overdue in what_is_overdue(at):
            self.stdout.write(f"  {overdue.delete() if delete else overdue.count:>6}  {overdue.what}")
        for remark in remarks(at):
            self.stdout.write(remark)
        if delete:
            sweep_up()


def what_is_overdue(at: datetime) -> Iterator[Overdue]:
    """Everything that this command deletes, the log last: it tells of the rest."""
    months = settings.COURSES_KEPT_MONTHS
    before = months_before(at, months)
    yield Overdue(
        what=gettext("forløp som ble avsluttet for mer enn %(months)d måneder siden, med alt som er signert")
        % {"months": months},
        count=ended_before(before).count(),
        delete=lambda: remove_courses(at=at, before=before),
    )
    yield Overdue(
        what=gettext("utkast som ingen har rørt på 30 dager"),
        count=old_drafts(at=at).count(),
        delete=lambda: delete_old_drafts(at=at),
    )
    yield from _left_of_logins(at)
    if settings.LOG_KEPT_YEARS:
        yield _old_log(at, settings.LOG_KEPT_YEARS)


def _left_of_logins(at: datetime) -> Iterator[Overdue]:
    sessions, logins = ended_sessions(at), ended_logins(at)
    yield Overdue(
        what=gettext("utløpte økter, med det som ble skrevet etter at innloggingen var over"),
        count=sessions.count(),
        delete=lambda: logins.delete() and sessions.delete()[0],
    )
    links = spent_links(at)
    yield Overdue(
        what=gettext("utløpte lenker til passord"), count=links.count(), delete=lambda: links.delete()[0]
    )
    failures = old_failures(at)
    yield Overdue(
        what=gettext("mislykkede innlogginger eldre enn et døgn"),
        count=sum(some.count() for some in failures),
        delete=lambda: sum(some.delete()[0] for some in failures),
    )


def _old_log(at: datetime, years: int) -> Overdue:
    """The rows of the access log up to then, which are sealed first: the seal's hash anchors what follows."""
    before = months_before(at, years * MONTHS_A_YEAR)

    def delete() -> int:
        seal(by=None, at=at, before=before)
        return delete_sealed(by=None, at=at)

    return Overdue(
        what=gettext("rader i tilgangsloggen eldre enn %(years)d år") % {"years": years},
        count=AccessRow.objects.filter(at__lt=before).count(),
        delete=delete,
    )


def remarks(at: datetime) -> Iterator[str]:
    """What stays, and why."""
    if settings.LOG_KEPT_YEARS is None:
        yield gettext("Tilgangsloggen slettes ikke: LOG_KEPT_YEARS er ikke satt.")
    forgotten = left_open(months_before(at, settings.COURSES_KEPT_MONTHS)).count()
    if forgotten:
        yield gettext(
            "%(count)d forløp er ikke avsluttet, og ingen har signert i dem på like lenge. De slettes ikke før noen "
            "har avsluttet dem."
        ) % {"count": forgotten}


def sweep_up() -> None:
    """Give the room back, so that nothing of what was deleted is left in the database's own files."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            return
        for table in ("entry", "print", "draft", "course"):
            cursor.execute(f"VACUUM FULL prescribing_{table}")
        cursor.execute("VACUUM FULL django_session")
