"""What of a draft holds when another edition has come into force: an answer to words that have changed does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from guidance.guideline import Advice, Check, Guideline, Information, Limit
from prescribing.answers import AdviceAnswer, Answers, ListedMedicine, Reply
from prescribing.case import Case
from prescribing.medicine_list import listed, matcher
from prescribing.readiness import StepName, answered_in, missing, reason_asked_in, words_asked_in
from prescribing.record import Ending, Record

Part = TypeVar("Part", Advice, Check, Information, Limit)


class Why(StrEnum):
    """Why a thing is asked for, or to be looked at again."""

    OPEN = "open"  # it must be answered before signing
    TABLETS = "tablets"  # the plan has come to another number of tablets
    PLAN = "plan"  # the plan has come to other days or doses
    MEASURED = "measured"  # a measured value no longer fits what is measured
    REASON = "reason"  # the prescriber's words stand, and what asked for them has changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """One thing that an edition made new in a draft, with the form's field that it stands in."""

    why: Why
    step: StepName
    field: str
    subject: str = ""


def anew_to_json(anew: Anew) -> dict[str, str]:
    """`anew` as plain JSON data."""
    return {"why": anew.why.value, "step": anew.step.value, "field": anew.field, "subject": anew.subject}


def anew_from_json(data: Mapping[str, str]) -> Anew:
    """What `anew_to_json` wrote."""
    return Anew(
        why=Why(data["why"]), step=StepName(data["step"]), field=data["field"], subject=data["subject"]
    )


def carried(record: Record, before: Guideline, now: Guideline) -> Record:
    """`record`, answered under `before`, as it holds under `now`.

    Kept are answers to questions that are asked and weighed as before, advice in the same words, what was decided
    about medicines that are matched as before, what she was told in the same words, and the prescriber's own words.
    What is new or changed is unanswered. Her decision stands only on what she was told.
    """
    there = record.drug in {drug.code for drug in now.drugs}
    return replace(
        record,
        answers=Answers(
            advice=_advice(record, before, now),
            replies=_replies(record, before, now),
            measured=_measured(record, before, now),
            medicines=_medicines(record, before, now),
        ),
        insufficient_effect=record.insufficient_effect and not _unlike_advice(before, now),
        drug=record.drug if there else "",
        choice=record.choice if there else None,
        reasons={drug: _words(words, before, now) for drug, words in record.reasons.items()},
        told=tuple(code for code in record.told if _told_alike(before, now, code, record.drug)),
        wants=record.wants if there and not _tells_anew(record, before, now) else None,
    )


def asked_anew(before: Case, now: Case, today: date) -> tuple[Anew, ...]:
    """What there is to answer or to look at since a draft, `before` under its own edition, is `now` under another.

    What was missing before is not new: it waits in its step.
    """
    return (*_open(before, now, today), *_plan(before, now), *_look_again(before, now))


def _open(before: Case, now: Case, today: date) -> Iterator[Anew]:
    waited = {(one.step, one.field) for one in missing(before, Ending.PRESCRIBED, today)}
    for one in missing(now, Ending.PRESCRIBED, today):
        if (one.step, one.field) not in waited:
            yield Anew(why=Why.OPEN, step=one.step, field=one.field, subject=one.subject)


def _plan(before: Case, now: Case) -> Iterator[Anew]:
    """The same choice, computed to another plan."""
    was, is_now = before.plan, now.plan
    if was is None or is_now is None or replace(was, crossed=()) == replace(is_now, crossed=()):
        return  # limits that it passes now ask for themselves
    if was.tablets != is_now.tablets:
        change = f"{was.tablets} → {is_now.tablets}"
        yield Anew(why=Why.TABLETS, step=StepName.PLAN, field="start", subject=change)
    else:
        yield Anew(why=Why.PLAN, step=StepName.PLAN, field="start")


def _look_again(before: Case, now: Case) -> Iterator[Anew]:
    """What may be left blank, and words that answer something else than they did."""
    for code in before.record.answers.measured:
        if code not in now.record.answers.measured:
            check = _find(now.guideline.checks, code)
            if check is not None and check.measure is not None:
                step, field = answered_in(check)
                yield Anew(why=Why.MEASURED, step=step, field=field, subject=check.title)
    for code, words in now.record.reasons_for_drug().items():
        if words and not _asks_alike(before.guideline, now.guideline, code, now.record.drug):
            yield from _reason(now, code)


def _reason(now: Case, code: str) -> Iterator[Anew]:
    limit, check = _find(now.guideline.limits, code), _find(now.guideline.checks, code)
    if limit is not None:
        yield Anew(why=Why.REASON, step=StepName.TALK, field=words_asked_in(limit), subject=limit.title)
    elif check is not None and any(met.check == code for met in now.weighing.met(now.record.drug)):
        step, field = reason_asked_in(now.guideline, now.record.drug, code)
        yield Anew(why=Why.REASON, step=step, field=field, subject=check.title)


def _asks_alike(before: Guideline, now: Guideline, code: str, drug: str) -> bool:
    """Whether what asked for a reason asks for it in the same words; what is gone asks for nothing."""
    limits = _find(before.limits, code), _find(now.limits, code)
    if limits[1] is not None:
        return limits[0] is not None and _limit(limits[0], drug) == _limit(limits[1], drug)
    return _find(now.checks, code) is None or asked_alike(before, now, code)


def _limit(limit: Limit, drug: str) -> tuple[object, ...]:
    text = limit.drugs.get(drug)
    return (limit.unit, limit.value, limit.asks, limit.counts_earlier, limit.question, text and text.text)


# --- answers -------------------------------------------------------------------------------------------


def asked_alike(before: Guideline, now: Guideline, code: str) -> bool:
    """Whether both editions have the check, asked in the same words and weighed alike. Sources may differ."""
    was, is_now = _find(before.checks, code), _find(now.checks, code)
    return was is not None and is_now is not None and _meaning(was) == _meaning(is_now)


def _meaning(check: Check) -> Check:
    """The check without its place and its sources."""
    verdicts = {drug: replace(verdict, cites=()) for drug, verdict in check.verdicts.items()}
    measure = check.measure and replace(
        check.measure, bands=tuple(replace(band, cites=()) for band in check.measure.bands)
    )
    return replace(check, group="", cites=(), verdicts=verdicts, measure=measure)


def _replies(record: Record, before: Guideline, now: Guideline) -> Mapping[str, Reply]:
    replies = record.answers.replies.items()
    return {code: reply for code, reply in replies if asked_alike(before, now, code)}


def _advice(record: Record, before: Guideline, now: Guideline) -> Mapping[str, AdviceAnswer]:
    unlike = _unlike_advice(before, now)
    known = {piece.code for piece in now.advice} - unlike
    return {code: given for code, given in record.answers.advice.items() if code in known}


def _unlike_advice(before: Guideline, now: Guideline) -> frozenset[str]:
    """The codes of advice that is new, or given in other words."""
    said = {piece.code: replace(piece, cites=()) for piece in before.advice}
    return frozenset(piece.code for piece in now.advice if said.get(piece.code) != replace(piece, cites=()))


def _measured(record: Record, before: Guideline, now: Guideline) -> Mapping[str, Decimal]:
    """What was measured is a fact, weighed anew; it stands as long as it is in the unit and the range that is asked."""
    kept: dict[str, Decimal] = {}
    for code, value in record.answers.measured.items():
        was, is_now = _find(before.checks, code), _find(now.checks, code)
        if was and was.measure and is_now and is_now.measure and was.measure.unit == is_now.measure.unit:
            low, high = is_now.measure.low, is_now.measure.high
            kept |= {code: value} if low <= value <= high else {}
    return kept


def _medicines(record: Record, before: Guideline, now: Guideline) -> tuple[ListedMedicine, ...] | None:
    """Her list; a line that the edition's table now takes for something else waits to be looked at again."""
    medicines = record.answers.medicines
    if medicines is None:
        return None
    then, today = matcher(before), matcher(now)
    return tuple(
        medicine
        if then.match(medicine.typed).atc == today.match(medicine.typed).atc
        else listed(today.match(medicine.typed))
        for medicine in medicines
    )


# --- words ---------------------------------------------------------------------------------------------


def _words(words: Mapping[str, str], before: Guideline, now: Guideline) -> Mapping[str, str]:
    """The prescriber's words; a ready-made reason that is no longer offered was never theirs."""
    return {
        code: text
        for code, text in words.items()
        if not text or text != _offered(before, code) or text == _offered(now, code)
    }


def _offered(guideline: Guideline, code: str) -> str:
    limit = _find(guideline.limits, code)
    return limit.offered if limit else ""


def _told_alike(before: Guideline, now: Guideline, code: str, drug: str) -> bool:
    was, is_now = _find(before.information, code), _find(now.information, code)
    return was is not None and is_now is not None and was.told.get(drug) == is_now.told.get(drug)


def _tells_anew(record: Record, before: Guideline, now: Guideline) -> bool:
    """Whether `now` tells her something about her drug that `before` did not, or tells it in other words."""
    told = (item for item in now.information if record.drug in item.told)
    return any(
        not _told_alike(before, now, item.code, record.drug)
        for item in told
        if item.code in record.told or not item.limit
    )


def _find(parts: tuple[Part, ...], code: str) -> Part | None:
    return next((part for part in parts if part.code == code), None)
