"""A site of one form that has every kind of field, for the tests of the template pack."""

from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from designsystemet.face import dressed
from designsystemet.layout import Actions, Beside, Button, Group, Helper, Link

REPLIES = [("yes", "Ja"), ("no", "Nei"), ("unknown", "Vet ikke")]
SOURCES = [
    ("Punkt 2", "/retningslinjen#G2"),
    ("SPC 4.3", "/kilder#S-SPC-M", "spc"),
    ("RELIS", "/kilder#R", "other"),
]
DRUGS = [("metoklopramid", "Metoklopramid"), ("domperidon", "Domperidon")]

WRONG = {
    "weight": "900",
    "start": "31.02.2027",
    "reason": "Hun <b>ønsker</b> det",
    "doses": "2",
    "told": ["stop"],
    "depression": "no",
    "place": "hjemme",
}


class EveryKind(forms.Form):
    """One field of each kind, in two groups."""

    depression = dressed(
        forms.ChoiceField(
            label="Har hun kjent risiko for depresjon?",
            choices=REPLIES,
            widget=forms.RadioSelect,
            help_text="Også etter en tidligere fødsel.",
        ),
        cite=SOURCES,
        note="Spør også om familien.",
        details="Lav terskel.",
        remember=True,
    )
    epilepsy = forms.ChoiceField(
        label="Har hun epilepsi?",
        choices=REPLIES,
        widget=forms.RadioSelect,
        help_text="Også i barndommen.",
        error_messages={"required": "Svar ja, nei eller vet ikke."},
    )
    drug = dressed(
        forms.ChoiceField(label="Hva velger dere?", choices=DRUGS, widget=forms.RadioSelect, required=False),
        option_help={"domperidon": "Ikke registrert i Norge."},
    )
    weight = dressed(
        forms.DecimalField(
            label="Vekt", localize=True, max_value=250, required=False, help_text="Sist målt."
        ),
        unit="kg",
        optional=True,
    )
    qtc = dressed(forms.IntegerField(label="QTc", required=False), unit="ms")
    start = forms.DateField(
        label="Første dag",
        help_text="Skriv dd.mm.åååå.",
        error_messages={"invalid": "Skriv en dato som finnes."},
    )
    reason = dressed(
        forms.CharField(label="Hvorfor likevel?", widget=forms.Textarea, max_length=500), limit=500
    )
    doses = forms.ChoiceField(label="Doser i døgnet", choices=[("3", "× 3"), ("2", "× 2")])
    told = forms.MultipleChoiceField(
        label="Hun har fått vite",
        choices=[("off-label", "at bruken er utenfor indikasjonen"), ("stop", "når hun skal slutte")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    confirmed = forms.BooleanField(
        label="Rådene er gått gjennom", error_messages={"required": "Bekreft det."}
    )
    place = forms.CharField(label="Sted", required=False)
    secret = forms.CharField(label="Passord", widget=forms.PasswordInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    helper = Helper(
        Group(
            "Helse", "depression", "epilepsy", intro="Spør om alt.", none=("none", "health", "Nei til alle")
        ),
        Group(
            "Plan", "drug", Beside("weight", "qtc"), "start", "reason", "doses", "told", "confirmed", "place"
        ),
        Actions(
            Button("Gå videre", name="go", value="on"),
            Button("Lagre", name="stay", value="1", variant="secondary"),
            Link("Tilbake", "/for"),
        ),
        attrs={"autocomplete": "off"},
    )


STEPS = [
    {"number": 1, "title": "Råd", "address": "/1", "state": "done"},
    {"number": 2, "title": "Helse", "address": "/2", "state": "here"},
    {"number": 3, "title": "Valg", "address": "", "state": "ahead"},
]
ROWS = [
    {"label": "Vekt", "value": "72 kg", "change": "/1", "missing": False},
    {"label": "Epilepsi", "value": "", "change": "/2", "missing": True},
]
PART_CONTEXT = {
    "steps": STEPS,
    "rows": ROWS,
    "cites": [
        {"label": "Punkt 2", "url": "/retningslinjen#G2", "kind": "guideline"},
        {"label": "SPC 4.3", "url": "/kilder#S", "kind": "spc"},
        {"label": "RELIS", "url": "", "kind": "other"},
    ],
    "outcomes": ["stop", "unclear", "reason", "clear"],
    "severities": ["stop", "reason", "note", "unclear"],
}


@login_not_required
def every_kind(request: HttpRequest) -> HttpResponse:
    """The form, as it was sent or empty."""
    return _page(request, "every_kind.html", {"form": EveryKind(request.POST or None)})


@login_not_required
def every_part(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    return _page(request, "every_part.html", PART_CONTEXT)


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    source = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return HttpResponse(Template(source).render(RequestContext(request, context)))


urlpatterns = [
    path("felt", every_kind),
    path("deler", every_part),
    path("", include("config.urls")),
]
