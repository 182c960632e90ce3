"""The rows of an edition that weigh an answer: groups, checks, and what a met check means for each drug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q

from guidance import guideline
from guidance.columns import from_column, to_column
from guidance.guideline import Kind, Severity
from guidance.models.row import Inner, Part, cites_something, code_stands_once
from guidance.shape import shapes


class Group(Part):
    """A group of checks that are asked together."""

    part = guideline.Group

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="groups")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    intro = models.TextField("innledning", blank=True)
    none_label = models.TextField("nei til alle", blank=True)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("group"), cites_something("group"))


class Verdict(Inner):
    """What a met check means for one drug."""

    part = guideline.Verdict
    field = "verdicts"
    by_drug = True

    outer = models.ForeignKey("Check", models.CASCADE, related_name="verdicts")
    drug = models.CharField("legemiddel", max_length=50)
    severity = models.CharField("utslag", max_length=10, choices=[(s.value, s.value) for s in Severity])
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Inner.Meta):
        constraints = (
            models.UniqueConstraint(fields=("outer", "drug"), name="one_verdict_a_drug"),
            models.CheckConstraint(
                condition=Q(severity__in=[s.value for s in Severity]), name="verdict_severity_is_known"
            ),
            cites_something("verdict"),
        )


class Band(Inner):
    """A range of a measured value and what it means for one drug."""

    part = guideline.Band
    field = "bands"

    outer = models.ForeignKey("Check", models.CASCADE, related_name="bands")
    drug = models.CharField("legemiddel", max_length=50)
    severity = models.CharField("utslag", max_length=10, choices=[(s.value, s.value) for s in Severity])
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)
    below = models.DecimalField("under", max_digits=7, decimal_places=2, null=True, blank=True)
    above = models.DecimalField("over", max_digits=7, decimal_places=2, null=True, blank=True)
    at_least = models.DecimalField("fra og med", max_digits=7, decimal_places=2, null=True, blank=True)

    class Meta(Inner.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(severity__in=[s.value for s in Severity]), name="band_severity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(below__isnull=False) | Q(above__isnull=False) | Q(at_least__isnull=False),
                name="band_has_a_bound",
            ),
            models.CheckConstraint(
                condition=Q(below__isnull=True)
                | (Q(above__isnull=True) | Q(above__lt=F("below")))
                & (Q(at_least__isnull=True) | Q(at_least__lt=F("below"))),
                name="band_is_not_empty",
            ),
            cites_something("band"),
        )


_OF_MEASURE = tuple(name for name in shapes(guideline.Measure) if name != "bands")
_OF_RULE = tuple(shapes(guideline.MedicineRule))


class Check(Part):
    """One check, with the columns of its measure or its medicine rule where its kind has one."""

    part = guideline.Check
    inner = (Verdict, Band)

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="checks")
    code = models.CharField("kode", max_length=50)
    kind = models.CharField("type", max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    group = models.CharField("gruppe", max_length=50)
    title = models.TextField("tittel")
    question = models.TextField("spørsmål", blank=True)
    help = models.TextField("hjelpetekst", blank=True)
    cites = models.JSONField("kilder", default=list)
    met_by = models.CharField("svar som gir utslag", max_length=3, default="yes")

    unit = models.CharField("enhet", max_length=20, blank=True)
    low = models.DecimalField("lavest", max_digits=7, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("høyest", max_digits=7, decimal_places=2, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("desimaler", null=True, blank=True)
    ceiling_mg_per_kg = models.DecimalField(
        "tak, mg/kg", max_digits=4, decimal_places=2, null=True, blank=True
    )

    atc_prefixes = models.JSONField("ATC begynner med", default=list, blank=True)
    flag = models.CharField("kolonne", max_length=30, blank=True)
    qt = models.JSONField("QT-verdier", default=list, blank=True)
    except_atc = models.JSONField("unntatt ATC", default=list, blank=True)

    class Meta(Part.Meta):
        constraints = (
            code_stands_once("check"),
            cites_something("check"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="check_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(met_by__in=("yes", "no")), name="check_is_met_by_yes_or_no"),
            models.CheckConstraint(
                condition=Q(kind=Kind.MEASURED.value, low__gte=0, high__gt=F("low"), decimals__lte=2)
                & Q(low__isnull=False, high__isnull=False, decimals__isnull=False)
                | ~Q(kind=Kind.MEASURED.value)
                & Q(low=None, high=None, decimals=None, ceiling_mg_per_kg=None, unit=""),
                name="only_a_measured_check_measures",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.MEDICINE.value) & (~Q(atc_prefixes=[]) | ~Q(flag="") | ~Q(qt=[]))
                | ~Q(kind=Kind.MEDICINE.value) & Q(atc_prefixes=[], flag="", qt=[], except_atc=[]),
                name="only_a_medicine_check_has_a_rule",
            ),
        )

    @classmethod
    def columns_of(cls, part: guideline.Check) -> dict[str, Any]:
        """The check's own fields, and those of the measure or the rule inside it."""
        own = [(name, shape) for name, shape in shapes(guideline.Check).items() if name not in _INSIDE]
        columns = {name: to_column(shape, getattr(part, name)) for name, shape in own}
        for inside, names in ((part.measure, _OF_MEASURE), (part.medicine, _OF_RULE)):
            if inside is not None:
                of = shapes(type(inside))
                columns |= {name: to_column(of[name], getattr(inside, name)) for name in names}
        return columns

    @classmethod
    def held(cls, part: guideline.Check, field: str) -> Any:
        """Bands stand in the measure."""
        if field == "bands":
            return part.measure.bands if part.measure else ()
        return part.verdicts

    @classmethod
    def part_from(cls, columns: Mapping[str, Any], inside: Mapping[str, Any]) -> guideline.Check:
        """A check with a measure if it is measured, with a rule if it is about medicines."""
        own = _values(
            guideline.Check, columns, [name for name in shapes(guideline.Check) if name not in _INSIDE]
        )
        measure, rule = None, None
        if own["kind"] is Kind.MEASURED:
            measure = guideline.Measure(
                **_values(guideline.Measure, columns, _OF_MEASURE), bands=inside["bands"]
            )
        if own["kind"] is Kind.MEDICINE:
            rule = guideline.MedicineRule(**_values(guideline.MedicineRule, columns, _OF_RULE))
        return guideline.Check(**own, verdicts=inside["verdicts"], measure=measure, medicine=rule)


_INSIDE = frozenset({"verdicts", "measure", "medicine"})


def _values(part: type, columns: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: from_column(shapes(part)[name], columns[name]) for name in names}
