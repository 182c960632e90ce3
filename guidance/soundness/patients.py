"""That an example patient is told in words the edition knows. Whether she passes is not asked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guidance.guideline import Guideline, Vignette
from guidance.places import Path

_REPLIES = frozenset({"yes", "no", "unknown"})
_OUTCOMES = frozenset({"stop", "unclear", "reason", "clear"})
_ADVICE = frozenset({"tried", "not-tried", "not-relevant"})
_NUMBERS = ("age", "weight_kg", "qtc_ms")
_WHOLE = ("earlier_days", "doses", "full_days", "tablets", "days")
_DATES = ("start", "review_on")
_TRUTHS = ("last_week", "eligible")
_KEYS = frozenset(
    {"advice", "default_answer", "answers", "medicines", "drug", *_NUMBERS, "earlier_days", "doses"}
    | {"start", "full_days", "last_week"}
)
_EXPECTED = frozenset(
    {"eligible", "outcome", "met", "not_met", "unclear", "matched", "tablets", "days", "review_on", "crossed"}
)


def faults_in_vignettes(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Keys, codes and values that an example patient cannot have."""
    words = _Words(guideline)
    for index, vignette in enumerate(guideline.vignettes):
        path: Path = ("vignettes", index)
        if not vignette.name:
            yield path, "mangler navn."
        for says in words.misused_in(vignette):
            yield path, says


class _Words:
    """The codes an example patient may use."""

    def __init__(self, guideline: Guideline) -> None:
        self.drugs = {drug.code for drug in guideline.drugs}
        self.advice = {advice.code for advice in guideline.advice}
        self.checks = {check.code for check in guideline.checks}
        self.limits = {limit.code for limit in guideline.limits}

    def misused_in(self, vignette: Vignette) -> Iterator[str]:
        situation, expect = vignette.situation, vignette.expect
        yield from _outside("nøkkel", situation, _KEYS)
        yield from _outside("nøkkel i expect", expect, _EXPECTED)
        yield from _wrong_types({**situation, **expect})
        yield from self._situation(situation)
        yield from self._expect(expect)

    def _situation(self, situation: Mapping[str, Any]) -> Iterator[str]:
        advice = situation.get("advice", {})
        if isinstance(advice, Mapping):
            yield from _outside("råd", advice, self.advice)
            yield from _outside("svar på råd", advice.values(), _ADVICE)
        elif advice != "all":
            yield '«advice» skal være "all" eller en tabell.'
        yield from _outside(
            "default_answer", [situation.get("default_answer", "no")], _REPLIES | {"unanswered"}
        )
        yield from _coded(situation, "answers", self.checks, _REPLIES | {"unanswered"})
        yield from _texts(situation, "medicines")
        yield from _outside("legemiddel", [situation["drug"]] if "drug" in situation else [], self.drugs)

    def _expect(self, expect: Mapping[str, Any]) -> Iterator[str]:
        yield from _coded(expect, "outcome", self.drugs, _OUTCOMES)
        for name in ("met", "not_met", "unclear"):
            found = expect.get(name, {})
            if not isinstance(found, Mapping) or not all(isinstance(codes, list) for codes in found.values()):
                yield f"«{name}» skal være en tabell med en liste for hvert legemiddel."
                continue
            yield from _outside("legemiddel", found, self.drugs)
            yield from _outside("kontroll", (code for codes in found.values() for code in codes), self.checks)
        yield from _texts(expect, "crossed")
        yield from _outside("grense", expect.get("crossed", []), self.limits)
        if not isinstance(expect.get("matched", {}), Mapping):
            yield "«matched» skal være en tabell."


def _coded(table: Mapping[str, Any], name: str, codes: Iterable[str], values: Iterable[str]) -> Iterator[str]:
    found = table.get(name, {})
    if not isinstance(found, Mapping):
        yield f"«{name}» skal være en tabell."
        return
    yield from _outside(f"kode i {name}", found, codes)
    yield from _outside(f"verdi i {name}", found.values(), values)


def _texts(table: Mapping[str, Any], name: str) -> Iterator[str]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        yield f"«{name}» skal være en liste med tekster."


def _outside(what: str, found: Iterable[Any], known: Iterable[str]) -> Iterator[str]:
    allowed = frozenset(known)
    for value in found:
        if not isinstance(value, str) or value not in allowed:
            yield f"ukjent {what}: «{value}»."


def _wrong_types(table: Mapping[str, Any]) -> Iterator[str]:
    wanted: list[tuple[tuple[str, ...], tuple[type, ...], str]] = [
        (_NUMBERS, (int, Decimal), "et tall"),
        (_WHOLE, (int,), "et helt tall"),
        (_DATES, (date,), "en dato"),
        (_TRUTHS, (bool,), "true eller false"),
    ]
    for names, types, called in wanted:
        for name in names:
            value = table.get(name)
            is_truth = isinstance(value, bool)
            if value is not None and (not isinstance(value, types) or is_truth != (bool in types)):
                yield f"«{name}» skal være {called}."
