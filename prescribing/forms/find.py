"""A course code, as it is typed from a sheet or a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from designsystemet.identity import holds_identity_number
from designsystemet.layout import Helper
from prescribing.course_code import CodeWrong, Fault, read_code

WRONG = {
    Fault.LENGTH: _("En kode har seks tegn, for eksempel K7F-3QC."),
    Fault.SYMBOL: _("Koden har et tegn som ikke finnes i noen kode. Se etter på arket."),
    Fault.CHECK: _("Koden stemmer ikke. Ett tegn er trolig feil; se etter på arket."),
}
IDENTITY_NUMBER = _("Det ser ut som et fødselsnummer. Her søkes det bare med koden fra arket eller notatet.")


class FindCourseForm(forms.Form):
    """One wrong character is caught here, and never opens another course."""

    NOT_HERE = _("Det finnes ikke noe forløp med denne koden ved kontoret ditt.")
    NOT_RUNNING = _("Koden gjelder et forløp som ikke pågår.")

    code = forms.CharField(
        label=_("Kode fra arket eller notatet"),
        max_length=40,
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    use_required_attribute = False
    helper = Helper(tag=False)

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except CodeWrong as wrong:
            raise forms.ValidationError(WRONG[wrong.fault], code=wrong.fault) from None

    def clean(self) -> dict[str, Any]:
        """An identity number is not even shown again."""
        if holds_identity_number(self.data.get("code", "")):
            self.data = {}
            self.errors.pop("code", None)
            self.add_error("code", IDENTITY_NUMBER)
        return self.cleaned_data

    def address_of(self, name: str, *args: Any) -> str:
        """Where a found course is shown."""
        return reverse(name, args=args)
