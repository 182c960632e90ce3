"""What somebody asks the log for, in a row of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import DayField, LineField
from designsystemet.layout import Actions, Beside, Button, Helper, Link, Words
from guidance.log_search import OWN, PROGRAM, Known, Wanted
from guidance.models import Deed
from guidance.part_kinds import KINDS
from guidance.retelling import TRANSLATION

Options = list[tuple[str, Words]]

ALL: tuple[str, Words] = ("", _("Alle"))
LOG = reverse_lazy("guidance:edit_log")
NO_SUCH = _("«%(value)s» finnes ikke i loggen. Velg noe annet.")


class OneOfField(forms.ChoiceField):
    """One of what the log knows. What is typed into the address and is none of it stays, with a sentence."""

    def __init__(self, label: Words, options: Iterable[tuple[str, Words]], typed: str) -> None:
        listed: Options = [ALL, *options]
        self.strange = typed if typed and typed not in dict(listed) else ""
        if self.strange:
            listed.append((self.strange, self.strange[:40]))
        super().__init__(label=label, choices=listed, required=False)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value == self.strange:
            raise ValidationError(NO_SUCH, code="no_such", params={"value": value[:40]})


class LogFilterForm(forms.Form):
    """Which lines to show; it is sent with GET, so that what was asked for stands in the address."""

    fra = DayField(label=_("Fra og med"))
    til = DayField(label=_("Til og med"))
    navn = LineField(label=_("Navnet på delen"), max_length=60)

    def __init__(self, data: Mapping[str, str], *, known: Known) -> None:
        super().__init__(data, use_required_attribute=False)
        people: Options = [*known.people, (PROGRAM, _("programmet"))]
        kinds: Options = [(OWN, _("Utgaven selv")), *((kind.field, kind.noun) for kind in KINDS)]
        options: Mapping[str, tuple[Words, Options]] = {
            "utgave": (_("Utgave"), [(code, code) for code in known.editions]),
            "hvem": (_("Hvem"), people),
            "hva": (_("Hva som ble gjort"), [(deed.value, deed.label) for deed in Deed]),
            "del": (_("Hva slags del"), [*kinds, (TRANSLATION, _("Oversettelse"))]),
        }
        for name, (label, listed) in options.items():
            self.fields[name] = OneOfField(label, listed, data.get(name, "").strip())
        self.helper = Helper(
            Beside("utgave", "hvem", "hva", "del"),
            Beside("fra", "til", "navn"),
            Actions(Button(_("Vis")), Link(_("Vis alt"), str(LOG))),
            method="get",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("fra"), cleaned.get("til")
        if since and until and since > until:
            self.add_error("til", _("Siste dag kommer før den første. Bytt om på dem."))
        return cleaned

    def wanted(self) -> Wanted:
        """What was asked for, once the form is valid."""
        asked = self.cleaned_data
        return Wanted(
            edition=asked["utgave"],
            by=asked["hvem"],
            deed=asked["hva"],
            kind=asked["del"],
            since=asked["fra"],
            until=asked["til"],
            name=asked["navn"],
        )
