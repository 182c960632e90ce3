"""What is asked about an example patient, in words, in the order of the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designsystemet.face import dressed
from designsystemet.fields import DayField, NumberField
from guidance.forms.fields import ListField
from guidance.forms.vignette.fields import MatchedField, OrderedCodesField
from guidance.forms.vignette.questions import (
    EACH,
    NOTHING,
    Options,
    Question,
    advice,
    by_code,
    exactly,
    one_box,
    whole_where_it_is,
    yes_or_no,
)
from guidance.guideline import Guideline, Kind, Vignette
from guidance.soundness.texts import LONGEST

UNSAID = ("", gettext_lazy("Sies ikke"))
TRUTHS: Options = [UNSAID, ("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nei"))]
REPLIES: Options = [
    ("yes", gettext_lazy("Ja")),
    ("no", gettext_lazy("Nei")),
    ("unknown", gettext_lazy("Vet ikke")),
    ("unanswered", gettext_lazy("Ubesvart")),
]
TRIED: Options = [
    ("", gettext_lazy("Ikke gått gjennom")),
    ("tried", gettext_lazy("Prøvd")),
    ("not-tried", gettext_lazy("Ikke prøvd")),
    ("not-relevant", gettext_lazy("Ikke aktuelt")),
]
OUTCOMES: Options = [
    UNSAID,
    ("clear", gettext_lazy("Ingen innvendinger")),
    ("reason", gettext_lazy("Mulig, med begrunnelse")),
    ("unclear", gettext_lazy("Uavklart")),
    ("stop", gettext_lazy("Stopp")),
]
FOUND: Mapping[str, Any] = {
    "met": gettext_lazy("Skal slå ut"),
    "not_met": gettext_lazy("Skal ikke slå ut"),
    "unclear": gettext_lazy("Skal være uavklart"),
}


class Asked:
    """The questions about one patient of `guideline`.

    A code that she names and the edition does not know gets a box too, or nobody could take it away.
    """

    def __init__(self, guideline: Guideline, vignette: Vignette) -> None:
        self.guideline = guideline
        self.situation, self.expect = vignette.situation, vignette.expect
        named = {
            key: found for key in ("outcome", *FOUND) if isinstance(found := self.expect.get(key), Mapping)
        }
        self.drugs = _with_unknown(
            {drug.code: drug.name for drug in guideline.drugs},
            [
                *([self.situation["drug"]] if "drug" in self.situation else []),
                *(code for found in named.values() for code in found),
            ],
        )
        self.checks = _with_unknown(
            {check.code: check.title for check in guideline.checks},
            [code for key in named.keys() & FOUND for codes in named[key].values() for code in codes],
        )

    def about_her(self) -> list[Question]:
        """Her situation."""
        return [self._advice(), self._default_answer(), self._answers(), *self._measured(), *self._plan()]

    def expected(self) -> list[Question]:
        """What is to come out."""
        eligible = _choice(_("Rådene er gått gjennom"), TRUTHS)
        return [
            yes_or_no("eligible", eligible, self.expect.get("eligible", NOTHING)),
            self._outcome(),
            *self._findings(),
            self._matched(),
            *self._plan_expected(),
        ]

    def _advice(self) -> Question:
        held = self.situation.get("advice", NOTHING)
        codes = {piece.code: f"{piece.code} {piece.title}" for piece in self.guideline.advice}
        rows = _with_unknown(codes, held if isinstance(held, Mapping) else ())
        choices = [
            ("", _("Ingen er gått gjennom")),
            ("all", _("Alle er prøvd")),
            (EACH, _("Hvert råd for seg")),
        ]
        which = _choice(
            _("Rådene"), choices, help=_("Velger du «Hvert råd for seg», gjelder svarene under. Ellers ikke.")
        )
        return advice(which, {code: _select(title, TRIED) for code, title in rows.items()}, held)

    def _default_answer(self) -> Question:
        field = _choice(_("Spørsmål som ikke er nevnt under, er besvart med"), REPLIES)
        held = self.situation.get("default_answer", "unanswered")
        return one_box(
            "default_answer", field, held, of=lambda typed: NOTHING if typed == "unanswered" else typed
        )

    def _answers(self) -> Question:
        held = self.situation.get("answers", NOTHING)
        asked = {check.code: check.title for check in self.guideline.checks if check.kind is Kind.ASKED}
        titles = {check.code: check.title for check in self.guideline.checks}
        for code in () if held is NOTHING else held:
            asked.setdefault(code, titles.get(code) or _unknown(code))
        choices = [("", _("Som ellers")), *REPLIES]
        return by_code("answers", {code: _select(title, choices) for code, title in asked.items()}, held)

    def _measured(self) -> list[Question]:
        medicines = dressed(ListField(lines=True, max_length=LONGEST, widget=_area(3)), optional=True)
        medicines.label, medicines.help_text = (
            _("Legemidler"),
            _("Slik en lege ville skrevet dem, ett på hver linje. Tomt: hun bruker ingen."),
        )
        held = self.situation.get
        return [
            one_box("medicines", medicines, held("medicines", NOTHING), of=list),
            _number("age", _("Alder"), _("år"), held("age", NOTHING), decimals=2),
            _number("weight_kg", _("Vekt"), _("kg"), held("weight_kg", NOTHING), decimals=2),
            _number("qtc_ms", _("QTc"), _("ms"), held("qtc_ms", NOTHING), decimals=2),
            _number("earlier_days", _("Tidligere dager"), _("dager"), held("earlier_days", NOTHING)),
        ]

    def _plan(self) -> list[Question]:
        regimen, held = self.guideline.regimen, self.situation.get
        drug = _choice(_("Legemiddel"), [("", _("Ingen plan")), *self.drugs.items()])
        usual_doses = _("Tomt: %s.") % regimen.doses_per_day
        usual_days = _("Tomt: %s.") % regimen.full_days_default
        last_week = _choice(_("Siste uke med"), TRUTHS, help=_("Sies det ikke, er den ikke med."))
        return [
            one_box("drug", drug, held("drug", "")),
            _number("doses", _("Doser i døgnet"), "", held("doses", NOTHING), help=usual_doses),
            _day("start", _("Start"), held("start", NOTHING)),
            _number("full_days", _("Dager med full dose"), "", held("full_days", NOTHING), help=usual_days),
            yes_or_no("last_week", last_week, held("last_week", NOTHING)),
        ]

    def _outcome(self) -> Question:
        fields = {
            code: _select(_("Utfall for %s") % name.lower(), OUTCOMES) for code, name in self.drugs.items()
        }
        return by_code("outcome", fields, self.expect.get("outcome", NOTHING))

    def _findings(self) -> list[Question]:
        return [
            by_code(
                key,
                {code: _codes(f"{words}: {name.lower()}", self.checks) for code, name in self.drugs.items()},
                self.expect.get(key, NOTHING),
                several=True,
            )
            for key, words in FOUND.items()
        ]

    def _matched(self) -> Question:
        field = dressed(MatchedField(max_length=LONGEST, widget=_area(3)), optional=True)
        field.label = _("Slik skal legemidlene kjennes igjen")
        field.help_text = _(
            "Ett på hver linje: Zoloft 50 mg = N06AB06. Tomt etter likhetstegnet: ikke gjenkjent."
        )
        return one_box("matched", field, self.expect.get("matched", NOTHING), of=dict)

    def _plan_expected(self) -> list[Question]:
        held = self.expect.get
        crossed = held("crossed", NOTHING)
        limits = _with_unknown(
            {limit.code: limit.title for limit in self.guideline.limits},
            () if crossed is NOTHING else crossed,
        )
        none = dressed(forms.BooleanField(label=_("Nøyaktig ingen"), required=False))
        exactly_these = _codes(_("Nøyaktig disse grensene passeres"), limits)
        exactly_these.help_text = _("Ingen kryss: det sies ikke noe om grensene.")
        return [
            _number("tablets", _("Tabletter"), "", held("tablets", NOTHING)),
            _number("days", _("Dager"), "", held("days", NOTHING)),
            _day("review_on", _("Vurdering"), held("review_on", NOTHING)),
            exactly("crossed", exactly_these, none, crossed),
        ]


def _unknown(code: object) -> str:
    return _("%s (finnes ikke i utgaven)") % code


def _with_unknown(known: Mapping[str, str], named: Iterable[Any]) -> dict[str, str]:
    return {**known, **{str(code): _unknown(code) for code in named if code not in known}}


def _number(key: str, label: str, unit: str, held: Any, *, decimals: int = 0, help: str = "") -> Question:  # noqa: A002 - as Django's
    field = dressed(NumberField(low=0, high=9999, decimals=decimals), unit=unit, optional=True)
    field.label, field.help_text = label, help
    return one_box(key, field, held, of=whole_where_it_is)


def _day(key: str, label: str, held: Any) -> Question:
    field = dressed(DayField(), optional=True)
    field.label, field.help_text = label, _("dd.mm.åååå")
    return one_box(key, field, held)


def _choice(label: str, choices: Options, *, help: str = "") -> forms.ChoiceField:  # noqa: A002 - as Django's
    field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False)
    field.label, field.help_text = label, help
    return dressed(field)


def _select(label: str, choices: Options) -> forms.ChoiceField:
    return dressed(forms.ChoiceField(label=label, choices=choices, widget=forms.Select, required=False))


def _codes(label: str, titles: Mapping[str, str]) -> OrderedCodesField:
    return dressed(OrderedCodesField(label=label, choices=[*titles.items()], required=False))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
