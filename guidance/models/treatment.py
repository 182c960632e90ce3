"""The rows of an edition that a plan is made of: drugs, advice, regimen, limits, what she is told and asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual

from guidance import guideline
from guidance.guideline import Asks, Unit
from guidance.models.row import Inner, Part, cites_something, code_stands_once
from guidance.soundness.figures import HOURS_IN_A_DAY, LARGEST_PACK, MAX_DAYS, MAX_MG_A_DAY


class Drug(Part):
    """A drug that the guideline speaks of."""

    part = guideline.Drug

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="drugs")
    code = models.CharField("kode", max_length=50)
    atc = models.CharField("ATC-kode", max_length=7)
    name = models.TextField("navn")
    brand = models.TextField("salgsnavn", blank=True)
    needs_exemption = models.BooleanField("krever godkjenningsfritak", default=False)
    summary = models.TextField("kort om legemiddelet", blank=True)
    cost = models.TextField("hva valget koster", blank=True)
    indication = models.TextField("bruksområde på resepten", blank=True)
    intake = models.TextField("hvordan det tas", blank=True)
    cites = models.JSONField("kilder", default=list)
    pack_tablets = models.PositiveSmallIntegerField("tabletter i pakningen", null=True, blank=True)

    class Meta(Part.Meta):
        constraints = (
            code_stands_once("drug"),
            cites_something("drug"),
            models.CheckConstraint(
                condition=Q(pack_tablets=None) | Q(pack_tablets__range=(1, LARGEST_PACK)),
                name="pack_is_in_range",
            ),
        )


class Advice(Part):
    """One of the eight pieces of advice."""

    part = guideline.Advice

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="advice")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    text = models.TextField("tekst til henne")
    prompt = models.TextField("spørsmål til legen", blank=True)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("advice"), cites_something("advice"))


class Told(Inner):
    """The sentence she is told about one drug."""

    field = "told"
    by_drug = True

    outer = models.ForeignKey("Information", models.CASCADE, related_name="told")
    drug = models.CharField("legemiddel", max_length=50)
    text = models.TextField("tekst")

    class Meta(Inner.Meta):
        constraints = (models.UniqueConstraint(fields=("outer", "drug"), name="told_once_a_drug"),)

    @classmethod
    def columns_of(cls, part: str) -> dict[str, Any]:
        return {"text": part}

    @classmethod
    def part_from(cls, columns: Mapping[str, Any], inside: Mapping[str, Any]) -> str:
        return str(columns["text"])


class Information(Part):
    """What she must be told before signing."""

    part = guideline.Information
    inner = (Told,)

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="information")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    limit = models.CharField("grense", max_length=50, blank=True)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (code_stands_once("information"), cites_something("information"))


class LimitText(Inner):
    """A limit as it stands for one drug."""

    part = guideline.LimitText
    field = "drugs"
    by_drug = True

    outer = models.ForeignKey("Limit", models.CASCADE, related_name="drugs")
    drug = models.CharField("legemiddel", max_length=50)
    text = models.TextField("tekst")
    cites = models.JSONField("kilder", default=list)

    class Meta(Inner.Meta):
        constraints = (
            models.UniqueConstraint(fields=("outer", "drug"), name="one_limit_text_a_drug"),
            cites_something("limit_text"),
        )


class Limit(Part):
    """A limit on days, dose or interval."""

    part = guideline.Limit
    inner = (LimitText,)

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="limits")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    unit = models.CharField("enhet", max_length=12, choices=[(unit.value, unit.value) for unit in Unit])
    value = models.PositiveSmallIntegerField("verdi")
    asks = models.CharField("ber om", max_length=10, choices=[(asks.value, asks.value) for asks in Asks])
    counts_earlier = models.BooleanField("regner med tidligere dager", default=False)
    question = models.TextField("spørsmål", blank=True)
    offered = models.TextField("ferdig begrunnelse", blank=True)
    offered_at_review = models.TextField("ferdig begrunnelse ved en vurdering", blank=True, default="")

    class Meta(Part.Meta):
        constraints = (
            code_stands_once("limit"),
            models.CheckConstraint(
                condition=Q(asks__in=[asks.value for asks in Asks]), name="limit_asks_something_known"
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.DAYS.value, value__range=(1, MAX_DAYS))
                | Q(unit=Unit.MG_PER_DAY.value, value__range=(1, MAX_MG_A_DAY))
                | Q(unit=Unit.HOURS.value, value__range=(1, HOURS_IN_A_DAY)),
                name="limit_is_in_range",
            ),
        )


class Regimen(Part):
    """The regimen; one an edition."""

    part = guideline.Regimen

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="regimens")
    tablet_mg = models.PositiveSmallIntegerField("mg i tabletten")
    doses_per_day = models.PositiveSmallIntegerField("doser om dagen")
    lower_doses = models.JSONField("lavere startdoser", default=list, blank=True)
    full_days_min = models.PositiveSmallIntegerField("dager med full dose, minst")
    full_days_max = models.PositiveSmallIntegerField("dager med full dose, mest")
    full_days_default = models.PositiveSmallIntegerField("dager med full dose, vanligst")
    taper_step_mg = models.PositiveSmallIntegerField("nedtrapping, mg om dagen")
    taper_step_days = models.PositiveSmallIntegerField("dager på hvert trinn")
    last_week_days = models.PositiveSmallIntegerField("dager i siste uke")
    last_week_every_days = models.PositiveSmallIntegerField("dager mellom dosene i siste uke")
    last_week_first_day = models.PositiveSmallIntegerField("første dose i siste uke, dag")
    try_days = models.PositiveSmallIntegerField("dager i et kort forsøk")
    review_after_days = models.PositiveSmallIntegerField("dager til vurderingen")
    start_days_back = models.PositiveSmallIntegerField("start, dager tilbake")
    start_days_ahead = models.PositiveSmallIntegerField("start, dager fram")
    start_days_default = models.SmallIntegerField("start, vanligst")
    slower_times = models.PositiveSmallIntegerField("langsommere nedtrapping, ganger", null=True, blank=True)
    review_days_max = models.PositiveSmallIntegerField("dager til siste vurderingsdag", null=True, blank=True)
    cites = models.JSONField("kilder", default=dict)

    class Meta(Part.Meta):
        constraints = (
            models.UniqueConstraint(fields=("edition",), name="one_regimen_an_edition"),
            models.CheckConstraint(condition=~Q(cites={}), name="regimen_cites_something"),
            models.CheckConstraint(
                condition=Q(tablet_mg__gte=1, doses_per_day__gte=1)
                & Q(LessThanOrEqual(F("tablet_mg") * F("doses_per_day"), MAX_MG_A_DAY)),
                name="regimen_stays_below_the_highest_dose",
            ),
            models.CheckConstraint(
                condition=Q(full_days_min__gte=1)
                & Q(full_days_default__gte=F("full_days_min"))
                & Q(full_days_max__gte=F("full_days_default"))
                & Q(full_days_max__lte=MAX_DAYS),
                name="regimen_full_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(taper_step_mg__gte=1, taper_step_days__gte=1, last_week_days__gte=1)
                & Q(last_week_first_day__gte=1, last_week_every_days__gte=F("last_week_first_day"))
                & Q(try_days__gte=1, review_after_days__gte=1),
                name="regimen_counts_from_one",
            ),
        )


class SideEffect(Part):
    """A side effect that the review asks about and the sheet warns of."""

    part = guideline.SideEffect

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="side_effects")
    code = models.CharField("kode", max_length=50)
    title = models.TextField("tittel")
    question = models.TextField("spørsmål", blank=True)
    text = models.TextField("tekst til henne")
    act = models.TextField("hva hun gjør", blank=True)
    about = models.CharField("gjelder", max_length=10)
    serious = models.BooleanField("alvorlig", default=False)
    drugs = models.JSONField("legemidler", default=list)
    cites = models.JSONField("kilder", default=list)

    class Meta(Part.Meta):
        constraints = (
            code_stands_once("side_effect"),
            cites_something("side_effect"),
            models.CheckConstraint(
                condition=Q(about__in=("woman", "child")), name="side_effect_is_hers_or_the_childs"
            ),
        )


class Medicine(Part):
    """A row of the medicine table."""

    part = guideline.Medicine

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="medicines")
    atc = models.CharField("ATC-kode", max_length=7)
    substance = models.TextField("virkestoff")
    brands = models.JSONField("salgsnavn", default=list, blank=True)
    qt = models.CharField("QT", max_length=12, blank=True)
    flags = models.JSONField("kolonner", default=list, blank=True)
    note = models.TextField("merknad", blank=True)
    confidence = models.CharField("sikkerhet", max_length=10, blank=True)

    class Meta(Part.Meta):
        constraints = (
            models.UniqueConstraint(fields=("edition", "atc", "substance"), name="medicine_stands_once"),
        )


class Vignette(Part):
    """An example patient."""

    part = guideline.Vignette

    edition = models.ForeignKey("Edition", models.CASCADE, related_name="vignettes")
    name = models.TextField("navn")
    situation = models.JSONField("situasjon", default=dict)
    expect = models.JSONField("ventet", default=dict)

    class Meta(Part.Meta):
        constraints = (models.UniqueConstraint(fields=("edition", "name"), name="vignette_name_stands_once"),)
