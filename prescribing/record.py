"""What one assessment holds, as the steps fill it in: one value, and its JSON form that a row stores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from prescribing.answers import (
    AdviceAnswer,
    AdviceState,
    Answers,
    ListedMedicine,
    PlanChoice,
    Reply,
    Slot,
)
from prescribing.turns import Change, Effect, Outcome, Start, Turn, TurnKind, Way


class Ending(StrEnum):
    """How an assessment ends; each is an end in its own right."""

    PRESCRIBED = "prescribed"
    NOT_YET = "not-yet"
    NOT_ADVISABLE = "not-advisable"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything answered in one assessment.

    `insufficient_effect`: the doctor has confirmed *without sufficient effect* (G1).
    `reasons` holds the prescriber's words by drug and by check or limit code; words for a drug that was
    not chosen in the end are kept, and printed nowhere.
    `replaced`: the same drug already on her list is replaced (True) or kept beside (False).
    `told` holds codes of information items ticked; `wants` is her own decision.
    `ending_reason` is the doctor's own words for *ikke aktuelt* or hers for *ønsker det ikke*.
    `turns` are the reviews and changes after the first plan, the oldest first.
    """

    answers: Answers = field(default_factory=Answers)
    insufficient_effect: bool = False
    drug: str = ""
    choice: PlanChoice | None = None
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replaced: bool | None = None
    told: tuple[str, ...] = ()
    wants: bool | None = None
    ending: Ending = Ending.PRESCRIBED
    ending_reason: str = ""
    turns: tuple[Turn, ...] = ()

    def reasons_for_drug(self) -> Mapping[str, str]:
        """The words written for the chosen drug, by check or limit code."""
        return self.reasons.get(self.drug, {})

    def answered_so_far(self) -> frozenset[str]:
        """The codes of all that has asked for words in this course, for the chosen drug, and got them."""
        return frozenset((*self.reasons_for_drug(), *(code for turn in self.turns for code in turn.reasons)))

    def told_so_far(self) -> frozenset[str]:
        """The codes of all that she has been told in this course."""
        return frozenset((*self.told, *(code for turn in self.turns for code in turn.told)))


def to_json(record: Record) -> dict[str, Any]:
    """`record` as plain JSON data; `from_json` gives it back unchanged."""
    answers = record.answers
    return {
        "advice": {code: {"state": a.state.value, "days": a.days} for code, a in answers.advice.items()},
        "replies": {code: reply.value for code, reply in answers.replies.items()},
        "measured": {code: str(value) for code, value in answers.measured.items()},
        "medicines": None
        if answers.medicines is None
        else [
            {"typed": m.typed, "atc": list(m.atc), "assumed": m.assumed, "assessed": m.assessed}
            for m in answers.medicines
        ],
        "insufficient_effect": record.insufficient_effect,
        "drug": record.drug,
        "choice": None if record.choice is None else choice_to_json(record.choice),
        "reasons": {drug: dict(words) for drug, words in record.reasons.items()},
        "replaced": record.replaced,
        "told": list(record.told),
        "wants": record.wants,
        "ending": record.ending.value,
        "ending_reason": record.ending_reason,
        "turns": [turn_to_json(turn) for turn in record.turns],
    }


def from_json(data: Mapping[str, Any]) -> Record:
    """The record that `to_json` wrote. An empty mapping is an assessment with nothing answered."""
    medicines = data.get("medicines")
    choice = data.get("choice")
    return Record(
        answers=Answers(
            advice={
                code: AdviceAnswer(state=AdviceState(a["state"]), days=a["days"])
                for code, a in data.get("advice", {}).items()
            },
            replies={code: Reply(reply) for code, reply in data.get("replies", {}).items()},
            measured={code: Decimal(value) for code, value in data.get("measured", {}).items()},
            medicines=None
            if medicines is None
            else tuple(ListedMedicine(**{**m, "atc": tuple(m["atc"])}) for m in medicines),
        ),
        insufficient_effect=data.get("insufficient_effect", False),
        drug=data.get("drug", ""),
        choice=None if choice is None else choice_from_json(choice),
        reasons=data.get("reasons", {}),
        replaced=data.get("replaced"),
        told=tuple(data.get("told", ())),
        wants=data.get("wants"),
        ending=Ending(data.get("ending", Ending.PRESCRIBED)),
        ending_reason=data.get("ending_reason", ""),
        turns=tuple(turn_from_json(turn) for turn in data.get("turns", ())),
    )


def choice_to_json(choice: PlanChoice) -> dict[str, Any]:
    """The chosen plan as plain JSON data; dates as ISO text."""
    return {
        "drug": choice.drug,
        "doses": choice.doses,
        "full_days": choice.full_days,
        "last_week": choice.last_week,
        "stop_after": choice.stop_after,
        "start": _iso(choice.start),
        "review_on": _iso(choice.review_on),
        "review_day_supplied": choice.review_day_supplied,
        "earlier_days": choice.earlier_days,
        "dropped": [slot.value for slot in choice.dropped],
    }


def choice_from_json(data: Mapping[str, Any]) -> PlanChoice:
    """The chosen plan that `choice_to_json` wrote."""
    first, second = (Slot(slot) for slot in data["dropped"])
    return PlanChoice(
        drug=data["drug"],
        doses=data["doses"],
        full_days=data["full_days"],
        last_week=data["last_week"],
        stop_after=data["stop_after"],
        start=_day(data["start"]),
        review_on=_day(data["review_on"]),
        review_day_supplied=data.get("review_day_supplied", False),
        earlier_days=data["earlier_days"],
        dropped=(first, second),
    )


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """A turn as plain JSON data; dates as ISO text."""
    change, start = turn.change, turn.start
    return {
        "kind": turn.kind.value,
        "on": turn.on.isoformat(),
        "effect": turn.effect and turn.effect.value,
        "emptying": turn.emptying,
        "side_effects": dict(turn.side_effects),
        "other": turn.other,
        "change": change
        and {
            "way": change.way.value,
            "on": change.on.isoformat(),
            "full_days": change.full_days,
            "last_week": change.last_week,
            "review_on": _iso(change.review_on),
        },
        "start": start
        and {
            "on": start.on.isoformat(),
            "review_on": _iso(start.review_on),
            "review_day_supplied": start.review_day_supplied,
        },
        "reasons": dict(turn.reasons),
        "told": list(turn.told),
        "outcome": turn.outcome and turn.outcome.value,
        "outcome_words": turn.outcome_words,
    }


def turn_from_json(data: Mapping[str, Any]) -> Turn:
    """The turn that `turn_to_json` wrote."""
    change, start = data["change"], data["start"]
    return Turn(
        kind=TurnKind(data["kind"]),
        on=date.fromisoformat(data["on"]),
        effect=data["effect"] and Effect(data["effect"]),
        emptying=data["emptying"],
        side_effects=data["side_effects"],
        other=data["other"],
        change=change
        and Change(
            way=Way(change["way"]),
            on=date.fromisoformat(change["on"]),
            full_days=change["full_days"],
            last_week=change["last_week"],
            review_on=_day(change["review_on"]),
        ),
        start=start
        and Start(
            on=date.fromisoformat(start["on"]),
            review_on=_day(start["review_on"]),
            review_day_supplied=start["review_day_supplied"],
        ),
        reasons=data["reasons"],
        told=tuple(data["told"]),
        outcome=data["outcome"] and Outcome(data["outcome"]),
        outcome_words=data["outcome_words"],
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
