"""How a plan is changed from a day on: what was taken stays, and new phases follow it (G4–G6, M8, P3).

The course remains one plan, counted from its first day, so that every limit is weighed on the whole of it. Tablets
reach only as far as they were agreed; days beyond that, until a late review, are a pause in which none were taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guidance.guideline import Limit, Regimen
from prescribing.answers import PlanChoice
from prescribing.taper.laying_out import Agreed, lay_out
from prescribing.taper.making import agreed
from prescribing.taper.phases import Phase, cut, dose_day_after, joined, last_week, length, pause, phases
from prescribing.taper.plan import Part, Plan, numbered
from prescribing.taper.refusals import PlanRefused, refuse_beyond_ceilings, refuse_impossible
from prescribing.taper.sums import add_up
from prescribing.turns import Change, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A course as phases: all that is planned, and how many days of it are agreed and supplied."""

    planned: tuple[Phase, ...]
    agreed_days: int


def follow(regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice, changes: Sequence[Change]) -> Plan:
    """The course's plan after `changes`, the oldest first; at least one.

    Raises PlanRefused for a change that cannot be made, PlanDoesNotAddUp as `make_plan`.
    """
    refuse_impossible(regimen, limits, choice)
    line = first_line(regimen, choice)
    for change in changes:
        line = changed(regimen, choice, line, change)
    taken = joined(cut(line.planned, line.agreed_days)[0])
    refuse_beyond_ceilings(limits, choice, length(taken))
    plan = lay_out(regimen, limits, choice, taken, _next_review(choice, changes[-1], length(taken)))
    return add_up(plan, limits, rises_on=_rises_on(taken))


def first_line(regimen: Regimen, choice: PlanChoice) -> Line:
    """The course before any change: agreed until the first review, whatever is planned beyond it (G5, G6)."""
    planned = phases(regimen, choice)
    waits_from = agreed(regimen, choice, planned).waits_from or 1
    until = length(planned) if choice.stop_after is None else choice.stop_after
    return Line(planned=planned, agreed_days=min(waits_from - 1, until))


def changed(regimen: Regimen, choice: PlanChoice, line: Line, change: Change) -> Line:
    """`line` with the days before the change as they were, and what the change makes of the rest."""
    day = day_of(choice, change.on)
    if day < 1:
        raise PlanRefused("change-before-start")
    paused = _with_pause(line, day)
    past, rest = cut(paused, day - 1)
    if change.way is Way.STOP:
        return _stopped(past)
    future = _with_or_without_last_week(regimen, past, _ways(regimen, change, past, rest), change.last_week)
    if not length(future):
        raise PlanRefused("no-days-left")
    planned = joined((*past, *future))
    return Line(planned=planned, agreed_days=length(planned))


def _stopped(past: tuple[Phase, ...]) -> Line:
    """What was taken; days without tablets at the end, before a change that never came, are no treatment."""
    while past and past[-1].part is Part.PAUSE:
        past = past[:-1]
    if not length(past):
        raise PlanRefused("nothing-taken")
    return Line(planned=past, agreed_days=length(past))


def _rises_on(taken: Sequence[Phase]) -> set[int]:
    """The days on which a step back begins."""
    return {length(taken[:number]) + 1 for number, phase in enumerate(taken) if phase.stepped_back}


def day_of(choice: PlanChoice, on: date) -> int:
    """The plan day of a date; PlanRefused where the start is unknown, since no day has a date then."""
    if choice.start is None:
        raise PlanRefused("change-without-start")
    return numbered(choice.start, on)


def _late(line: Line, day: int) -> int:
    """Days between the last one agreed and a change on `day`: she had no tablets for them."""
    return max(0, day - 1 - line.agreed_days)


def _with_pause(line: Line, day: int) -> tuple[Phase, ...]:
    """All that is planned, with a pause where it was not agreed."""
    late = _late(line, day)
    if not late:
        return line.planned
    supplied, rest = cut(line.planned, line.agreed_days)
    return (*supplied, pause(late), *rest)


def _next_review(choice: PlanChoice, change: Change, days: int) -> Agreed:
    """The next review, where one is agreed: after the change begins, and at most the day after the last one."""
    if change.review_on is None:
        return Agreed()
    first, day = day_of(choice, change.on), day_of(choice, change.review_on)
    if not first < day <= days + 1:
        raise PlanRefused("next-review", day=day, most=days + 1)
    return Agreed(appointment_day=day)


def _ways(
    regimen: Regimen, change: Change, past: tuple[Phase, ...], rest: tuple[Phase, ...]
) -> tuple[Phase, ...]:
    match change.way:
        case Way.LONGER:
            return _longer(past, rest, change.full_days or 0)
        case Way.HOLD:
            return _hold(regimen, past, rest)
        case Way.BACK:
            return _back(regimen, past, rest)
        case Way.SLOWER:
            return _slower(regimen, past, rest)
        case Way.TAPER:
            return _taper(rest)
    return rest


def full_days(stretch: Sequence[Phase]) -> int:
    """Days on full dose."""
    return length(phase for phase in stretch if phase.part is Part.FULL)


def _longer(past: tuple[Phase, ...], rest: tuple[Phase, ...], days: int) -> tuple[Phase, ...]:
    """Full dose until there are `days` of it in all; also where it has just ended and no taper has begun."""
    now = on_now(past)
    if now.part is not Part.FULL:
        raise PlanRefused("way")
    left, after = _left_of(now, past, rest)
    planned = full_days(past) + left.days
    if days <= planned:
        raise PlanRefused("longer", days=days, least=planned + 1)
    return (replace(left, days=left.days + days - planned), *after)


def _full_is_next(rest: Sequence[Phase]) -> bool:
    return bool(rest) and rest[0].part is Part.FULL


def on_now(past: Sequence[Phase]) -> Phase:
    """The phase she is on: that of the last day with tablets planned. Raises PlanRefused before there is one."""
    taken = [phase for phase in past if phase.part is not Part.PAUSE]
    if not taken:
        raise PlanRefused("way")
    return taken[-1]


def _left_of(now: Phase, past: Sequence[Phase], rest: tuple[Phase, ...]) -> tuple[Phase, tuple[Phase, ...]]:
    """What is left of the phase she is on (0 days where none is), and what comes after it."""
    if rest and (rest[0].part, rest[0].doses) == (now.part, now.doses):
        return rest[0], rest[1:]
    first_dose = 1 if past[-1].part is Part.PAUSE else dose_day_after(now, now.days)
    return replace(now, days=0, first_dose_day=first_dose), rest


def _hold(regimen: Regimen, past: tuple[Phase, ...], rest: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The length of a taper step more on the dose she is on; then what was planned."""
    left, after = _left_of(on_now(past), past, rest)
    return (replace(left, days=left.days + regimen.taper_step_days), *after)


def _back(regimen: Regimen, past: tuple[Phase, ...], rest: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The length of a taper step on the dose before the one she is on; then this one, anew; then what was planned."""
    now = on_now(past)
    higher = [phase for phase in past if _doses_a_day(phase) > _doses_a_day(now)]
    goes_back_already = bool(rest) and _doses_a_day(rest[0]) > _doses_a_day(now)
    if not higher or goes_back_already:
        raise PlanRefused("way")
    before = min(higher, key=_doses_a_day)
    _, after = _left_of(now, past, rest)
    anew = last_week(regimen) if now.part is Part.LAST_WEEK else replace(now, days=regimen.taper_step_days)
    back = replace(before, days=regimen.taper_step_days, stepped_back=True)
    return (back, replace(anew, stepped_back=False), *after)


def _doses_a_day(phase: Phase) -> float:
    """Doses a day on average."""
    return phase.doses / phase.every_days


def _slower(regimen: Regimen, past: tuple[Phase, ...], rest: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """Every taper step that is left lasts longer; of the one she is on, the days taken count."""
    long = regimen.slower_step_days
    slower = []
    for position, phase in enumerate(rest):
        taken = _taken_of(phase, past) if position == 0 else 0
        days = long - taken if phase.part is Part.TAPER else phase.days
        slower.append(replace(phase, days=max(days, phase.days)))
    if length(slower) == length(rest):
        raise PlanRefused("way")
    return tuple(slower)


def _taken_of(phase: Phase, past: Sequence[Phase]) -> int:
    """Days already taken of a phase that goes on."""
    taken = 0
    for before in reversed([one for one in past if one.part is not Part.PAUSE]):
        if (before.part, before.doses) != (phase.part, phase.doses):
            break
        taken += before.days
    return taken


def _taper(rest: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """What comes after the full dose, now. Raises PlanRefused where none is left of that."""
    if not _full_is_next(rest):
        raise PlanRefused("way")
    while _full_is_next(rest):
        rest = rest[1:]
    return rest


def _with_or_without_last_week(
    regimen: Regimen, past: Sequence[Phase], future: tuple[Phase, ...], wanted: bool | None
) -> tuple[Phase, ...]:
    """The optional last week added or left out, where that was chosen anew; one that has begun is not left out."""
    planned = any(phase.part is Part.LAST_WEEK for phase in future)
    begun = any(phase.part is Part.LAST_WEEK for phase in past)
    if wanted is None or wanted is (planned or begun):
        return future
    if begun:
        raise PlanRefused("last-week-begun")
    if wanted:
        return (*future, last_week(regimen))
    return tuple(phase for phase in future if phase.part is not Part.LAST_WEEK)
