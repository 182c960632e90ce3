"""That limits and regimen stay inside what any edition may say."""

from __future__ import annotations

from collections.abc import Iterator

from guidance.guideline import Asks, Drug, Guideline, Limit, Regimen, Unit
from guidance.places import Path
from guidance.speech import later, said

MAX_MG_A_DAY = 30  # mg a day; S-SPC-M 4.2, S-SPC-D 4.2
MAX_DAYS = 90  # days; W3 for metoclopramide, for domperidone our own
HOURS_IN_A_DAY = 24
SLOWEST_TIMES = 4  # times the usual step; the product's own
LARGEST_PACK = 500  # tablets; the product's own

_HIGHEST = {Unit.MG_PER_DAY: MAX_MG_A_DAY, Unit.DAYS: MAX_DAYS, Unit.HOURS: HOURS_IN_A_DAY}
_UNITS = {Unit.MG_PER_DAY: later("mg i døgnet"), Unit.DAYS: later("dager"), Unit.HOURS: later("timer")}


def faults_in_limits(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Limits out of range, for drugs that are not there, or without the words that they ask for; packs too."""
    known = {drug.code for drug in guideline.drugs}
    for index, limit in enumerate(guideline.limits):
        yield from ((("limits", index, *path), says) for path, says in _limit(limit, known))
    for index, drug in enumerate(guideline.drugs):
        yield from ((("drugs", index, "pack_tablets"), says) for says in _pack(drug))
        for unit in (Unit.DAYS, Unit.MG_PER_DAY):
            if _ceiling(guideline, drug.code, unit) is None:
                yield (
                    ("drugs", index),
                    said(
                        "mangler en grense i %(units)s der det ikke lages noen plan.",
                        units=said(_UNITS[unit]),
                    ),
                )


def _limit(limit: Limit, known: set[str]) -> Iterator[tuple[Path, str]]:
    highest = _HIGHEST[limit.unit]
    if not 1 <= limit.value <= highest:
        yield (
            ("value",),
            said(
                "verdien er %(value)s; den skal være fra 1 til %(highest)s %(units)s.",
                value=limit.value,
                highest=highest,
                units=said(_UNITS[limit.unit]),
            ),
        )
    if not limit.drugs:
        yield ("drugs",), said("gjelder ingen legemidler.")
    for code in limit.drugs:
        if code not in known:
            yield ("drugs", code), said("«%(code)s» er ikke et legemiddel i utgaven.", code=code)
    if limit.asks in {Asks.REASON, Asks.WEIGHED} and not limit.question:
        yield ("question",), said("spør etter en begrunnelse, men har ikke noe spørsmål.")


def _pack(drug: Drug) -> Iterator[str]:
    if drug.pack_tablets is not None and not 1 <= drug.pack_tablets <= LARGEST_PACK:
        yield said(
            "pakningen har %(pack_tablets)s tabletter; den skal ha fra 1 til %(largest_pack)s.",
            pack_tablets=drug.pack_tablets,
            largest_pack=LARGEST_PACK,
        )


def _ceiling(guideline: Guideline, drug: str, unit: Unit) -> int | None:
    """The lowest value above which no plan is made for `drug`."""
    hard = (limit for limit in guideline.limits if limit.asks is Asks.NO_PLAN and limit.unit is unit)
    return min((limit.value for limit in hard if drug in limit.drugs), default=None)


def faults_in_regimen(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """A regimen that gives too much, lasts too long, or does not add up."""
    regimen = guideline.regimen
    faults = [*_doses(regimen), *_lengths(regimen), *_start(regimen), *_totals(guideline)]
    yield from ((("regimen", name), says) for name, says in faults)


def _doses(regimen: Regimen) -> Iterator[tuple[str, str]]:
    for name in ("tablet_mg", "doses_per_day", "taper_step_mg"):
        if getattr(regimen, name) < 1:
            yield (
                name,
                said(
                    "«%(name)s» er %(value)s; den skal være minst 1.", name=name, value=getattr(regimen, name)
                ),
            )
    lower = regimen.lower_doses
    if any(not 1 <= doses < regimen.doses_per_day for doses in lower) or len(set(lower)) < len(lower):
        yield "lower_doses", said("lavere startdoser skal være ulike, minst 1 og lavere enn den vanlige.")
    if regimen.tablet_mg > 0 and regimen.taper_step_mg % regimen.tablet_mg:
        yield "taper_step_mg", said("nedtrappingen går ikke opp i hele tabletter.")


def _lengths(regimen: Regimen) -> Iterator[tuple[str, str]]:
    for name in (
        "full_days_min",
        "full_days_max",
        "taper_step_days",
        "last_week_days",
        "last_week_every_days",
        "try_days",
        "review_after_days",
    ):
        if not 1 <= getattr(regimen, name) <= MAX_DAYS:
            yield (
                name,
                said(
                    "«%(name)s» er %(value)s; den skal være fra 1 til %(max_days)s dager.",
                    name=name,
                    value=getattr(regimen, name),
                    max_days=MAX_DAYS,
                ),
            )
    if not regimen.full_days_min <= regimen.full_days_default <= regimen.full_days_max:
        yield (
            "full_days_default",
            said("vanlig antall dager med full dose ligger utenfor det laveste og det høyeste."),
        )
    if regimen.slower_times is not None and not 1 < regimen.slower_times <= SLOWEST_TIMES:
        yield (
            "slower_times",
            said(
                "en langsommere nedtrapping varer fra 2 til %(slowest_times)s ganger så lenge.",
                slowest_times=SLOWEST_TIMES,
            ),
        )
    latest = regimen.review_days_max
    if latest is not None and not regimen.review_after_days <= latest <= MAX_DAYS:
        yield (
            "review_days_max",
            said("siste dag for vurderingen ligger før den vanlige, eller for langt fram."),
        )
    if not 1 <= regimen.last_week_first_day <= regimen.last_week_every_days:
        yield "last_week_first_day", said("første dose i siste uke ligger utenfor den første runden.")


def _start(regimen: Regimen) -> Iterator[tuple[str, str]]:
    for name in ("start_days_back", "start_days_ahead"):
        if not 0 <= getattr(regimen, name) <= MAX_DAYS:
            yield (
                name,
                said(
                    "«%(name)s» er %(value)s; den skal være fra 0 til %(max_days)s dager.",
                    name=name,
                    value=getattr(regimen, name),
                    max_days=MAX_DAYS,
                ),
            )
    if not -regimen.start_days_back <= regimen.start_days_default <= regimen.start_days_ahead:
        yield "start_days_default", said("vanlig startdag ligger utenfor de dagene som kan velges.")


def _totals(guideline: Guideline) -> Iterator[tuple[str, str]]:
    regimen = guideline.regimen
    mg_a_day = regimen.tablet_mg * regimen.doses_per_day
    mg_ceilings = [
        _ceiling(guideline, drug.code, Unit.MG_PER_DAY) or MAX_MG_A_DAY for drug in guideline.drugs
    ]
    if mg_a_day > (highest := min([MAX_MG_A_DAY, *mg_ceilings])):
        yield (
            "doses_per_day",
            said(
                "doseringen gir %(mg_a_day)s mg i døgnet; mer enn %(highest)s mg er ikke lov.",
                mg_a_day=mg_a_day,
                highest=highest,
            ),
        )
    if regimen.taper_step_mg < 1:
        return
    taper_steps = max(0, (mg_a_day - 1) // regimen.taper_step_mg)
    longest = regimen.full_days_max + taper_steps * regimen.taper_step_days + regimen.last_week_days
    day_ceilings = [_ceiling(guideline, drug.code, Unit.DAYS) or MAX_DAYS for drug in guideline.drugs]
    if longest > (latest := min([MAX_DAYS, *day_ceilings])):
        yield (
            "full_days_max",
            said(
                "den lengste planen er på %(longest)s dager; lenger enn %(latest)s dager er ikke lov.",
                longest=longest,
                latest=latest,
            ),
        )
