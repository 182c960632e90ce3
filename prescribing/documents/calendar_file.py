"""Which dates of a plan go into her own calendar, as an iCalendar file (RFC 5545) that names nobody and no drug.

Every event is one whole day without a time zone, so it stays on its date wherever she travels. An event keeps its
UID from file to file of one course, so a newer file replaces what an older one put there. There is no METHOD: a
published one must name an organizer, and nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import icalendar
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from prescribing.documents import dosage, norwegian, notice
from prescribing.documents.dosage import Stretch
from prescribing.documents.told_in import in_its_language
from prescribing.taper import Day, Plan

PRODUCT = "-//Melkeveien//Kalenderfil//NB"
CONTENT_TYPE = "text/calendar; charset=utf-8"
UID_LENGTH = 32  # hexadecimal digits
REVIEW, LAST = "review", "last"
APPOINTMENT = gettext_lazy("Time hos legen")


class NoCalendarFile(Exception):
    """Nothing has a date: the start is unknown, or the plan has nothing from the day asked for."""


class Status(StrEnum):
    """How sure an event is, in RFC 5545's own words."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"  # only if the review agrees to it
    CANCELLED = "CANCELLED"  # stood in the file of an earlier plan


SAID_FIRST: Mapping[Status, str | Promise] = {
    Status.TENTATIVE: gettext_lazy("Bare etter avtale: %(what)s"),
    Status.CANCELLED: gettext_lazy("Gjelder ikke lenger: %(what)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One day in her calendar. `key` is the same in each file of a course: review, last, from-day-8."""

    key: str
    on: date
    what: str
    details: tuple[str, ...] = ()
    status: Status = Status.CONFIRMED

    @property
    def summary(self) -> str:
        """What stands in the calendar: what happens, behind how sure that is."""
        if self.status not in SAID_FIRST:
            return self.what
        return str(SAID_FIRST[self.status]) % {"what": self.what[:1].lower() + self.what[1:]}


@in_its_language
def calendar_file(
    plan: Plan | None,
    *,
    seed: str,
    stamped: datetime,
    sequence: int = 0,
    drug_name: str = "",
    first_day: int = 1,
    ended: bool = False,
    replaces: Iterable[Plan] = (),
) -> bytes:
    """The file of `plan` from plan day `first_day` on; None where nothing is planned any more. Raises NoCalendarFile.

    `seed` tells one course from another (its code); it cannot be found from the file. `stamped` (aware) and
    `sequence` grow from file to file of one course. `replaces` are the plans that earlier files of the course were
    made of, the oldest first: what they had from `first_day` on, and this one has not, is called off.
    Where the course has `ended` no dose is told of any more, not even on the day of the stop.
    """
    coming = tuple(events(plan, first_day=first_day)) if plan else ()
    called_off = _called_off(coming, replaces, first_day)
    if ended:
        coming = tuple(event for event in coming if event.key == LAST)
    if not (coming or called_off):
        raise NoCalendarFile
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    for event in sorted((*coming, *called_off), key=lambda event: event.on):
        component = _component(event, drug_name)
        component.add("uid", _uid(seed, event.key))
        component.add("sequence", sequence)
        component.add("dtstamp", stamped.astimezone(UTC))
        component.add("last-modified", stamped.astimezone(UTC))
        calendar.add_component(component)
    return calendar.to_ical()


def events(plan: Plan, *, first_day: int = 1) -> Iterator[Event]:
    """What happens from plan day `first_day` on: each dose on its first day, the review, the last day with tablets."""
    if plan.start is None:
        return
    yield from _doses(plan, first_day)
    if plan.appointment is not None and (plan.appointment_day or 0) >= first_day:
        yield Event(key=REVIEW, on=plan.appointment, what=_review(plan))
    if plan.last_dose is not None and plan.tablets and plan.last_dose_day >= first_day:
        what = gettext("Siste dag med tabletter")
        yield Event(key=LAST, on=plan.last_dose, what=what, status=_status(plan.days[plan.last_dose_day - 1]))


def _doses(plan: Plan, first_day: int) -> Iterator[Event]:
    """An event where a dose begins, or where it goes on at `first_day`; a pause has one too."""
    stretches = {stretch.first_day: stretch for stretch in dosage.whole_steps(plan) if stretch.tablets}
    for position, step in enumerate(plan.steps):
        days = [day for day in plan.days if day.step == position and day.number >= first_day]
        if days and (on := days[0].on):
            stretch = stretches.get(step.first_day)
            yield Event(
                key=f"from-day-{days[0].number}",
                on=on,
                what=dosage.dose_in_words(stretch, strength=False) if stretch else gettext("Ingen tabletter"),
                details=tuple(_in_full(days, stretch)),
                status=_status(days[0]),
            )


def _in_full(days: Sequence[Day], stretch: Stretch | None) -> Iterator[str]:
    """How long a dose lasts, for how long only if the review agrees, and when on the day it is taken."""
    agreed = [day for day in days if day.after_review is days[0].after_review]
    if agreed[-1].on and len(days) > 1:
        yield gettext("Til og med %(day)s.") % {"day": norwegian.date_in_words(agreed[-1].on)}
    if days[-1].on and days[-1] is not agreed[-1]:
        last = norwegian.date_in_words(days[-1].on)
        yield gettext("Videre til og med %(day)s bare etter avtale.") % {"day": last}
    if stretch and stretch.every_days > 1:
        dates = [norwegian.short_date(day.on) for day in days if day.tablets and day.on]
        yield gettext("Dager med tablett: %(dates)s") % {"dates": norwegian.listed(dates)}
    if stretch:
        slots = norwegian.listed([str(dosage.SLOT_NAMES[slot]) for slot in stretch.slots])
        yield gettext("Tas %(slots)s.") % {"slots": slots}


def _status(day: Day) -> Status:
    return Status.TENTATIVE if day.after_review else Status.CONFIRMED


def _review(plan: Plan) -> str:
    if any(day.after_review for day in plan.days):
        return gettext("Time hos legen. Tabletter videre bare etter avtale")
    return str(APPOINTMENT)


def _called_off(coming: Sequence[Event], replaced: Iterable[Plan], first_day: int) -> tuple[Event, ...]:
    """What the replaced plans have from `first_day` on, and this plan has not; also a dose that ends just then."""
    before = {
        event.key: replace(event, status=Status.CANCELLED, details=(), what=_in_short(event))
        for plan in replaced
        for event in events(plan, first_day=first_day)
        if not (event.key == REVIEW and plan.appointment_day == first_day)  # it is being held
    }
    kept = {event.key for event in coming}
    return tuple(event for event in before.values() if event.key not in kept)


def _in_short(event: Event) -> str:
    return str(APPOINTMENT) if event.key == REVIEW else event.what


def _component(event: Event, drug_name: str) -> icalendar.Event:
    """`event` in the names of RFC 5545, as a private whole day that keeps her free."""
    summary = f"{event.summary} ({drug_name})" if drug_name else event.summary
    closing = gettext("Arket fra legen gjelder. Har du fått flere ark, gjelder det nyeste.")
    lines = filter(None, [*event.details, closing, notice.demonstration()])
    component = icalendar.Event()
    component.add("summary", norwegian.unbound(summary))
    component.add("description", norwegian.unbound("\n".join(lines)))
    component.add("dtstart", event.on)
    component.add("dtend", event.on + timedelta(days=1))  # the first day that is no part of it
    component.add("status", event.status.value)
    component.add("transp", "TRANSPARENT")
    component.add("class", "PRIVATE")
    return component


def _uid(seed: str, key: str) -> str:
    """One name for one event of one course, as long as the site has the key that its first file was made with.

    A key that was changed is the last of SECRET_KEY_FALLBACKS: by another name, what a newer file calls off would
    stay in her calendar. There are few enough course codes to try them all; without the key it cannot be done.
    """
    oldest = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
    told = f"{seed} {key}"
    digest = salted_hmac("prescribing.documents.calendar_file", told, secret=oldest, algorithm="sha256")
    return digest.hexdigest()[:UID_LENGTH]
