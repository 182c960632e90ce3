"""That an example patient is told in words the edition knows. Whether she passes is not asked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from guidance.guideline import Guideline, Vignette
from guidance.places import Path
from guidance.speech import later, said

Found = Iterator[tuple[Path, str]]

_REPLIES = frozenset({"yes", "no", "unknown"})
_OUTCOMES = frozenset({"stop", "unclear", "reason", "clear"})
_ADVICE = frozenset({"tried", "not-tried", "not-relevant"})
_NUMBERS = ("age", "weight_kg", "qtc_ms")
_MOST = 9999  # of what is measured, in any unit
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
    """Keys, codes and values that an example patient cannot have, each with the path to its key."""
    words = _Words(guideline)
    for index, vignette in enumerate(guideline.vignettes):
        path: Path = ("vignettes", index)
        if not vignette.name:
            yield path, said("mangler navn.")
        for key, says in words.misused_in(vignette):
            yield (*path, *key), says


class _Words:
    """The codes an example patient may use."""

    def __init__(self, guideline: Guideline) -> None:
        self.drugs = {drug.code for drug in guideline.drugs}
        self.advice = {advice.code for advice in guideline.advice}
        self.checks = {check.code for check in guideline.checks}
        self.limits = {limit.code for limit in guideline.limits}

    def misused_in(self, vignette: Vignette) -> Found:
        """What is wrong, with the path to its key through the patient."""
        tables = {
            "situation": (vignette.situation, _KEYS, later("nøkkel"), self._situation),
            "expect": (vignette.expect, _EXPECTED, later("nøkkel i expect"), self._expect),
        }
        for table, (held, known, called, misused) in tables.items():
            for key in held:
                yield from _at((table, key), _outside(called, [key], known))
            for path, says in chain(_wrong_types(held), misused(held)):
                yield (table, *path), says

    def _situation(self, situation: Mapping[str, Any]) -> Found:
        yield from _at(("advice",), self._misused_advice(situation.get("advice", {})))
        usual = [situation.get("default_answer", "no")]
        yield from _at(("default_answer",), _outside("default_answer", usual, _REPLIES | {"unanswered"}))
        yield from _coded(situation, "answers", self.checks, _REPLIES | {"unanswered"})
        yield from _texts(situation, "medicines")
        drug = [situation["drug"]] if "drug" in situation else []
        yield from _at(("drug",), _outside(later("legemiddel"), drug, self.drugs))

    def _misused_advice(self, advice: Any) -> Iterator[str]:
        if isinstance(advice, Mapping):
            yield from _outside(later("råd"), advice, self.advice)
            yield from _outside(later("svar på råd"), advice.values(), _ADVICE)
        elif advice != "all":
            yield said('«advice» skal være "all" eller en tabell.')

    def _expect(self, expect: Mapping[str, Any]) -> Found:
        yield from _coded(expect, "outcome", self.drugs, _OUTCOMES)
        for name in ("met", "not_met", "unclear"):
            yield from _at((name,), self._misused_findings(name, expect.get(name, {})))
        yield from _texts(expect, "crossed")
        yield from _at(("crossed",), _outside(later("grense"), expect.get("crossed", []), self.limits))
        if not isinstance(expect.get("matched", {}), Mapping):
            yield ("matched",), said("«matched» skal være en tabell.")

    def _misused_findings(self, name: str, found: Any) -> Iterator[str]:
        if not isinstance(found, Mapping) or not all(isinstance(codes, list) for codes in found.values()):
            yield said("«%(name)s» skal være en tabell med en liste for hvert legemiddel.", name=name)
            return
        yield from _outside(later("legemiddel"), found, self.drugs)
        yield from _outside(
            later("kontroll"), (code for codes in found.values() for code in codes), self.checks
        )


def _at(path: Path, sentences: Iterable[str]) -> Found:
    for says in sentences:
        yield path, says


def _coded(table: Mapping[str, Any], name: str, codes: Iterable[str], values: Iterable[str]) -> Found:
    found = table.get(name, {})
    if not isinstance(found, Mapping):
        yield (name,), said("«%(name)s» skal være en tabell.", name=name)
        return
    yield from _at((name,), _outside(later("kode i %(name)s"), found, codes, name=name))
    yield from _at((name,), _outside(later("verdi i %(name)s"), found.values(), values, name=name))


def _texts(table: Mapping[str, Any], name: str) -> Found:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        yield (name,), said("«%(name)s» skal være en liste med tekster.", name=name)


def _outside(what: str, found: Iterable[Any], known: Iterable[str], **figures: str) -> Iterator[str]:
    """A sentence for each that is not known; `what` they are is said with the `figures` in it."""
    allowed = frozenset(known)
    for value in found:
        if not isinstance(value, str) or value not in allowed:
            yield said("ukjent %(what)s: «%(value)s».", what=said(what, **figures), value=value)


def _wrong_types(table: Mapping[str, Any]) -> Found:
    wanted: list[tuple[tuple[str, ...], tuple[type, ...], str]] = [
        (_NUMBERS, (int, Decimal), later("et tall")),
        (_WHOLE, (int,), later("et helt tall")),
        (_DATES, (date,), later("en dato")),
        (_TRUTHS, (bool,), later("true eller false")),
    ]
    for names, types, called in wanted:
        for name in names:
            value = table.get(name)
            is_truth = isinstance(value, bool)
            if value is not None and (not isinstance(value, types) or is_truth != (bool in types)):
                yield (name,), said("«%(name)s» skal være %(called)s.", name=name, called=said(called))
            elif name in _NUMBERS and value is not None and not _is_measurable(value):
                yield (name,), said("«%(name)s» skal være et tall fra 0 til %(most)s.", name=name, most=_MOST)


def _is_measurable(value: Any) -> bool:
    """Whether anybody could have measured it: TOML has numbers that are none, and some without end."""
    number = Decimal(value)
    return number.is_finite() and 0 <= number <= _MOST
