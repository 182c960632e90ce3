"""That each check has what its kind needs, and speaks of drugs, groups and medicines that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.guideline import Band, Check, Guideline, Kind, Measure, MedicineRule
from guidance.places import Path
from guidance.soundness.medicines import FLAGS, QT
from guidance.speech import said

_PREFIX = re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z]{1,2}(?:[0-9]{2})?)?)?")
_DECIMALS = 2  # what a row in the database holds
_HIGHEST = 10_000


def faults_in_checks(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Checks, and the information and side effects that name drugs and limits."""
    drugs = {drug.code for drug in guideline.drugs}
    groups = {group.code for group in guideline.groups}
    for index, check in enumerate(guideline.checks):
        if check.group not in groups:
            yield (
                ("checks", index, "group"),
                said("gruppen «%(group)s» finnes ikke i utgaven.", group=check.group),
            )
        yield from ((("checks", index, *path), says) for path, says in _check(check, drugs))
    yield from _named_drugs(guideline, drugs)
    limits = {limit.code for limit in guideline.limits}
    for index, item in enumerate(guideline.information):
        if item.limit and item.limit not in limits:
            yield (
                ("information", index, "limit"),
                said("grensen «%(limit)s» finnes ikke i utgaven.", limit=item.limit),
            )
    for index, effect in enumerate(guideline.side_effects):
        if effect.about not in {"woman", "child"}:
            yield ("side_effects", index, "about"), said("«about» skal være woman eller child.")


def _named_drugs(guideline: Guideline, drugs: set[str]) -> Iterator[tuple[Path, str]]:
    named = [
        *(("information", n, row.told) for n, row in enumerate(guideline.information)),
        *(("side_effects", n, row.drugs) for n, row in enumerate(guideline.side_effects)),
        *(("passages", n, row.drugs) for n, row in enumerate(guideline.passages)),
    ]
    for name, index, codes in named:
        for code in codes:
            if code not in drugs:
                yield (name, index), said("«%(code)s» er ikke et legemiddel i utgaven.", code=code)


def _check(check: Check, drugs: set[str]) -> Iterator[tuple[Path, str]]:
    for code in check.verdicts:
        if code not in drugs:
            yield ("verdicts", code), said("«%(code)s» er ikke et legemiddel i utgaven.", code=code)
    if check.met_by not in {"yes", "no"}:
        yield ("met_by",), said("«met_by» skal være yes eller no.")
    if (check.kind is Kind.MEASURED) != (check.measure is not None):
        yield (), said("bare en kontroll som måles, har et mål («measure»), og den må ha det.")
    if (check.kind is Kind.MEDICINE) != (check.medicine is not None):
        yield (), said("bare en medisinkontroll har en regel («medicine»), og den må ha den.")
    if check.kind in {Kind.MEASURED, Kind.ADVICE} and check.verdicts:
        yield ("verdicts",), said("denne typen kontroll har ikke egne utslag («verdicts»).")
    if check.kind in {Kind.ASKED, Kind.MEASURED} and not check.question:
        yield ("question",), said("mangler spørsmål.")
    if check.measure is not None:
        yield from ((("measure", *path), says) for path, says in _measure(check.measure, drugs))
    if check.medicine is not None:
        yield from ((("medicine",), says) for says in _rule(check.medicine))


def _measure(measure: Measure, drugs: set[str]) -> Iterator[tuple[Path, str]]:
    if not 0 <= measure.low < measure.high <= _HIGHEST:
        yield (
            ("low",),
            said(
                "laveste og høyeste verdi skal ligge i rekkefølge mellom 0 og %(highest)s.", highest=_HIGHEST
            ),
        )
    if not 0 <= measure.decimals <= _DECIMALS:
        yield ("decimals",), said("antall desimaler skal være fra 0 til %(decimals)s.", decimals=_DECIMALS)
    ceiling = measure.ceiling_mg_per_kg
    if ceiling is not None and not 0 < ceiling <= 1:
        yield ("ceiling_mg_per_kg",), said("taket per kilo skal være over 0 og høyst 1 mg.")
    for name in ("low", "high", "ceiling_mg_per_kg"):
        if (value := getattr(measure, name)) is not None and value != round(value, _DECIMALS):
            yield (
                (name,),
                said("«%(name)s» kan ha høyst %(decimals)s desimaler.", name=name, decimals=_DECIMALS),
            )
    for index, band in enumerate(measure.bands):
        yield from ((("bands", index, *path), says) for path, says in _band(band, measure, drugs))


def _band(band: Band, measure: Measure, drugs: set[str]) -> Iterator[tuple[Path, str]]:
    if band.drug not in drugs:
        yield ("drug",), said("«%(drug)s» er ikke et legemiddel i utgaven.", drug=band.drug)
    bounds = [bound for bound in (band.below, band.above, band.at_least) if bound is not None]
    if not bounds:
        yield (), said("et utslag på et mål må ha minst én grense (below, above eller at_least).")
    lower = [bound for bound in (band.above, band.at_least) if bound is not None]
    if band.below is not None and any(bound >= band.below for bound in lower):
        yield (), said("grensene for et utslag på målet utelukker hverandre.")
    for bound in bounds:
        if not measure.low <= bound <= measure.high or bound != round(bound, _DECIMALS):
            yield (
                (),
                said(
                    "grensen %(bound)s kan ikke måles her (fra %(low)s til %(high)s).",
                    bound=bound,
                    low=measure.low,
                    high=measure.high,
                ),
            )


def _rule(rule: MedicineRule) -> Iterator[str]:
    if not (rule.atc_prefixes or rule.flag or rule.qt):
        yield said("medisinregelen treffer ingen medisiner.")
    if rule.flag and rule.flag not in FLAGS:
        yield said("«%(flag)s» er ikke en kolonne i medisintabellen.", flag=rule.flag)
    for value in rule.qt:
        if value not in QT:
            yield said(
                "«%(value)s» er ikke en av verdiene %(values)s.", value=value, values=", ".join(sorted(QT))
            )
    for prefix in (*rule.atc_prefixes, *rule.except_atc):
        if not _PREFIX.fullmatch(prefix):
            yield said("«%(prefix)s» er ikke begynnelsen på en ATC-kode.", prefix=prefix)
