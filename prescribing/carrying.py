"""What of a draft holds when another edition has come into force: an answer to words that have changed does not."""

from __future__ import annotations

from dataclasses import replace

from guidance.guideline import Check, Guideline
from prescribing.answers import ListedMedicine
from prescribing.medicine_list import listed, matcher
from prescribing.record import Record


def carried(record: Record, before: Guideline, now: Guideline) -> Record:
    """`record`, answered under `before`, as it holds under `now`.

    Kept are answers to questions that are asked and weighed as before, what was decided about medicines that are
    matched as before, what she was told in the same words, and the prescriber's own words. What is new or changed is
    unanswered. Her decision stands only on what she was told.
    """
    told = tuple(
        code for code in record.told if _told(before, code, record.drug) == _told(now, code, record.drug)
    )
    replies = {
        code: reply
        for code, reply in record.answers.replies.items()
        if _asked(before, code) == _asked(now, code)
    }
    return replace(
        record,
        answers=replace(record.answers, replies=replies, medicines=_medicines(record, before, now)),
        told=told,
        wants=record.wants if told == record.told else None,
    )


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


def _told(guideline: Guideline, code: str, drug: str) -> str | None:
    """The sentence that she was told; None where the edition has none."""
    return next((item.told.get(drug) for item in guideline.information if item.code == code), None)


def _asked(guideline: Guideline, code: str) -> Check | None:
    """The check as it is asked and weighed; None where the edition has none."""
    return next((check for check in guideline.checks if check.code == code), None)
