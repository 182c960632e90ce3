"""How the form of an example patient lies on the page: who she is, then what is to come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.utils import TEMPLATE_PACK
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from designsystemet.layout import Actions, Beside, Button, Flat, Group, Helper, Link, Words
from guidance.forms.vignette.asked import FOUND

if TYPE_CHECKING:
    from guidance.forms.vignette.form import VignetteForm


class Folded(Flat):
    """Fields that open under `heading`, which tells what is chosen in them; open where something is wrong."""

    def __init__(self, heading: Words, *fields: str) -> None:
        super().__init__(*fields)
        self.heading = heading

    def render(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The fields in `<details>`."""
        opened = any(form[name].errors or getattr(form.fields[name], "note", "") for name in self.fields)
        chosen = ", ".join(said for name in self.fields for said in _chosen(form[name]))
        return format_html(
            '<details class="mv-disclosure"{}><summary>{}</summary><div>{}</div></details>',
            SafeString(" open") if opened else "",
            f"{self.heading}: {chosen}" if chosen else self.heading,
            self.get_rendered_fields(form, context, template_pack),
        )


def _chosen(box: BoundField) -> list[str]:
    """What is chosen in a box, in words: the codes that are ticked, or the question and its answer."""
    titles = {code: str(words) for code, words in box.field.choices}  # type: ignore[attr-defined]  # all have choices
    value = box.value()
    if isinstance(value, list | tuple):
        return [titles[code] for code in value if code in titles]
    return [f"{box.label} ({titles[value].lower()})"] if value and value in titles else []


def laid(form: VignetteForm) -> Helper:
    """The form's groups, and its buttons."""
    return Helper(
        "version",
        "before",
        *(["name"] if form.new else []),
        *_about_her(form),
        *_expected(form),
        Actions(Button(_("Lagre")), Link(_("Avbryt"), form.back)),
    )


def _about_her(form: VignetteForm) -> list[Group]:
    rows, answers = _boxes(form, "advice-"), _boxes(form, "answers-")
    return [
        Group(_("Rådene"), "advice", Folded(_("Hvert råd for seg"), *rows)),
        Group(_("Svarene"), "default_answer", Folded(_("Svar på enkelte spørsmål"), *answers)),
        Group(
            _("Legemidler og mål"),
            "medicines",
            Beside("age", "weight_kg", "qtc_ms"),
            "earlier_days",
        ),
        Group(_("Planen"), "drug", Beside("doses", "start", "full_days"), "last_week"),
    ]


def _expected(form: VignetteForm) -> list[Group]:
    checks = [
        Group(
            _("Kontrollene for %s") % name.lower(),
            *(Folded(words, f"{key}-{code}") for key, words in FOUND.items()),
        )
        for code, name in form.asked.drugs.items()
    ]
    return [
        Group(
            _("Dette skal komme ut"),
            "eligible",
            Beside(*_boxes(form, "outcome-")),
            intro=_("Alt er valgfritt. Det som står her, må stemme før utgaven kan publiseres."),
        ),
        *checks,
        Group(_("Legemidlene"), "matched"),
        Group(
            _("Planen som skal komme ut"), Beside("tablets", "days", "review_on"), "crossed", "crossed-none"
        ),
    ]


def _boxes(form: VignetteForm, beginning: str) -> list[str]:
    return [name for name in form.fields if name.startswith(beginning)]
