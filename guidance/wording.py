"""What the guideline's own values are called in Norwegian on its pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidance.canonical import decimal_text
from guidance.guideline import Asks, Band, Cites, Guideline, Kind, Limit, MedicineRule, Severity, Unit
from guidance.soundness import Fault
from guidance.states import State

Words = str | Promise

STATES: Mapping[State, Words] = MappingProxyType(
    {
        State.DRAFT: gettext_lazy("Utkast"),
        State.IN_REVIEW: gettext_lazy("Til godkjenning"),
        State.PUBLISHED: gettext_lazy("I kraft"),
        State.SUPERSEDED: gettext_lazy("Avløst"),
        State.WITHDRAWN: gettext_lazy("Trukket tilbake"),
    }
)

SEVERITIES: Mapping[Severity, Words] = MappingProxyType(
    {
        Severity.STOP: gettext_lazy("Stopp"),
        Severity.REASON: gettext_lazy("Krever begrunnelse"),
        Severity.NOTE: gettext_lazy("Til opplysning"),
    }
)
NOT_CONCERNED = gettext_lazy("Ikke berørt")

ASKS: Mapping[Asks, Words] = MappingProxyType(
    {
        Asks.REASON: gettext_lazy("Legen skriver en god grunn"),
        Asks.WEIGHED: gettext_lazy("Legen skriver hvordan nytten er veid mot risikoen"),
        Asks.NO_PLAN: gettext_lazy("Det lages ingen plan"),
        Asks.PRINTED: gettext_lazy("Trykkes ved dosene"),
    }
)

UNITS: Mapping[Unit, Words] = MappingProxyType(
    {
        Unit.DAYS: gettext_lazy("dager"),
        Unit.MG_PER_DAY: gettext_lazy("mg i døgnet"),
        Unit.HOURS: gettext_lazy("timer"),
    }
)

KINDS: Mapping[Kind, Words] = MappingProxyType(
    {
        Kind.ADVICE: gettext_lazy("Rådene"),
        Kind.ASKED: gettext_lazy("Spørres om"),
        Kind.MEASURED: gettext_lazy("Måles"),
        Kind.MEDICINE: gettext_lazy("Leses av legemiddellista"),
    }
)

FLAGS: Mapping[str, Words] = MappingProxyType(
    {
        "antidepressant": gettext_lazy("antidepressivt"),
        "antipsychotic": gettext_lazy("antipsykotisk"),
        "dopaminergic": gettext_lazy("dopaminergt"),
        "cyp3a4_strong": gettext_lazy("sterk CYP3A4-hemmer"),
        "cyp3a4_moderate": gettext_lazy("moderat CYP3A4-hemmer"),
        "serotonergic": gettext_lazy("serotonergt"),
        "cns_depressant": gettext_lazy("demper sentralnervesystemet"),
        "mao_inhibitor": gettext_lazy("MAO-hemmer"),
        "cyp2d6_strong": gettext_lazy("sterk CYP2D6-hemmer"),
        "motility_opposing": gettext_lazy("demper tarmen"),
    }
)

QT: Mapping[str, Words] = MappingProxyType(
    {
        "known": gettext_lazy("kjent"),
        "possible": gettext_lazy("mulig"),
        "conditional": gettext_lazy("under visse forhold"),
    }
)

CONFIDENCE: Mapping[str, Words] = MappingProxyType(
    {
        "high": gettext_lazy("Sikker"),
        "medium": gettext_lazy("Ganske sikker"),
        "low": gettext_lazy("Usikker"),
    }
)

ABOUT: Mapping[str, Words] = MappingProxyType(
    {"woman": gettext_lazy("Kvinnen"), "child": gettext_lazy("Barnet")}
)

DAYS = (gettext_lazy("dag"), gettext_lazy("dager"))
TABLETS_A_DAY = (gettext_lazy("tablett i døgnet"), gettext_lazy("tabletter i døgnet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimenField:
    """What a figure of the regimen is called; `units` are its unit's word for one and for more, "" for none."""

    label: Words
    units: tuple[Words, Words] = ("", "")


REGIMEN: Mapping[str, RegimenField] = MappingProxyType(
    {
        "tablet_mg": RegimenField(label=gettext_lazy("Styrken på én tablett"), units=("mg", "mg")),
        "doses_per_day": RegimenField(label=gettext_lazy("Full dose"), units=TABLETS_A_DAY),
        "lower_doses": RegimenField(
            label=gettext_lazy("Lavere startdoser som legen kan velge"), units=TABLETS_A_DAY
        ),
        "full_days_min": RegimenField(label=gettext_lazy("Full dose, kortest"), units=DAYS),
        "full_days_max": RegimenField(label=gettext_lazy("Full dose, lengst"), units=DAYS),
        "full_days_default": RegimenField(label=gettext_lazy("Full dose, det skjemaet foreslår"), units=DAYS),
        "taper_step_mg": RegimenField(
            label=gettext_lazy("Nedtrapping, mindre i døgnet for hvert trinn"), units=("mg", "mg")
        ),
        "taper_step_days": RegimenField(label=gettext_lazy("Nedtrapping, hvert trinn varer"), units=DAYS),
        "last_week_days": RegimenField(
            label=gettext_lazy("Siste uke med én tablett av og til, om den tas med"), units=DAYS
        ),
        "last_week_every_days": RegimenField(
            label=gettext_lazy("Siste uke, fra én tablett til den neste"), units=DAYS
        ),
        "last_week_first_day": RegimenField(label=gettext_lazy("Siste uke, dagen for den første tabletten")),
        "try_days": RegimenField(label=gettext_lazy("Et kort forsøk først"), units=DAYS),
        "review_after_days": RegimenField(label=gettext_lazy("Effekten vurderes etter"), units=DAYS),
        "slower_times": RegimenField(
            label=gettext_lazy("Langsommere nedtrapping, hvert trinn varer så mange ganger så lenge"),
            units=(gettext_lazy("gang"), gettext_lazy("ganger")),
        ),
        "review_days_max": RegimenField(
            label=gettext_lazy("Første vurdering, siste dag den kan holdes regnet fra start"), units=DAYS
        ),
        "start_days_back": RegimenField(label=gettext_lazy("Start, så langt tilbake i tid"), units=DAYS),
        "start_days_ahead": RegimenField(label=gettext_lazy("Start, så langt fram i tid"), units=DAYS),
        "start_days_default": RegimenField(
            label=gettext_lazy("Start, det skjemaet foreslår regnet fra i dag"), units=DAYS
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the regimen as it is read: «Full dose, lengst», «14 dager»."""

    name: str
    label: str
    value: str
    cites: Cites


def figures(guideline: Guideline) -> tuple[Figure, ...]:
    """The regimen in figures, in the order of its fields; those that the edition is silent about left out."""
    regimen = guideline.regimen
    return tuple(
        Figure(
            name=name,
            label=str(words.label),
            value=_counted(getattr(regimen, name), words.units),
            cites=regimen.cites.get(name, ()),
        )
        for name, words in REGIMEN.items()
        if getattr(regimen, name) is not None
    )


def _counted(value: int | tuple[int, ...], units: tuple[Words, Words]) -> str:
    if value == ():
        return _("ingen")
    return with_unit(_(" eller ").join(map(str, value)) if isinstance(value, tuple) else str(value), units)


def with_unit(number: str, units: tuple[Words, Words]) -> str:
    """«1 dag», «14 dager»; the number alone where it has no unit."""
    one, more = units
    unit = one if number == "1" else more
    return f"{number}\u00a0{unit}" if unit else number


def limit_value(limit: Limit) -> str:
    """«28 dager»."""
    return f"{limit.value}\u00a0{UNITS[limit.unit]}"


def range_of(band: Band, unit: str) -> str:
    """«fra 18 og under 30 år»."""
    bounds = (
        (band.at_least, _("fra %s")),
        (band.above, _("over %s")),
        (band.below, _("under %s")),
    )
    said = [words % with_comma(value) for value, words in bounds if value is not None]
    return f"{_(' og ').join(said)}\u00a0{unit}".strip()


def rule_of(rule: MedicineRule) -> str:
    """Which medicines meet a medicine check: «ATC-kode som begynner med N06A · merket «antidepressivt» i tabellen»."""
    parts = []
    if rule.atc_prefixes:
        parts.append(_("ATC-kode som begynner med %s") % _(" eller ").join(rule.atc_prefixes))
    if rule.flag:
        parts.append(_("merket «%s» i tabellen") % FLAGS.get(rule.flag, rule.flag))
    if rule.qt:
        parts.append(_("QT-forlengelse: %s") % _(" eller ").join(str(QT.get(one, one)) for one in rule.qt))
    if rule.except_atc:
        parts.append(_("unntatt %s") % _(" og ").join(rule.except_atc))
    return " · ".join(parts)


def with_comma(number: Decimal) -> str:
    """A number with a decimal comma."""
    return decimal_text(number).replace(".", ",")


# What soundness calls a field, in the words of the editor's forms.
_FIELDS: Mapping[str, Words] = MappingProxyType(
    {
        "title": gettext_lazy("tittel"),
        "text": gettext_lazy("tekst"),
        "cites": gettext_lazy("kilder"),
        "about": gettext_lazy("gjelder"),
        "question": gettext_lazy("spørsmål"),
        "low": gettext_lazy("laveste verdi"),
        "high": gettext_lazy("høyeste verdi"),
        "ceiling_mg_per_kg": gettext_lazy("tak i døgnet"),
        "term": gettext_lazy("ord"),
        "who": gettext_lazy("hvem"),
        "says": gettext_lazy("sier"),
        "name": gettext_lazy("navn"),
        "publisher": gettext_lazy("utgiver"),
        "pack_tablets": gettext_lazy("pakningen som foreslås"),
        "code": gettext_lazy("kode"),
        "verdicts": gettext_lazy("utslag"),
        "measure": gettext_lazy("mål"),
        "medicine": gettext_lazy("legemidler"),
        "met_by": gettext_lazy("svaret som gir utslag"),
        **{name: field.label for name, field in REGIMEN.items()},
    }
)
_QUOTED = re.compile(r"«([a-z_]+)»")


def named_in_norwegian(fault: Fault) -> str:
    """What is wrong, as a sentence, with fields called what the editor's forms call them."""
    says = _QUOTED.sub(lambda found: f"«{_FIELDS.get(found[1], found[1])}»", fault.says)
    return says[:1].upper() + says[1:]
