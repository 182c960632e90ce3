"""A sentence in another language, and why a translation is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper, Link
from guidance.translating import MOST, Language


class SentenceForm(forms.Form):
    """What a Norwegian sentence is called. `version` is what the writer saw."""

    text = LineField(
        label=_("Oversettelse"),
        on_paper=True,
        required=True,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Skriv oversettelsen.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        version: int = 0,
        language: Language,
        back: str,
    ) -> None:
        super().__init__(data, initial={"text": text, "version": version}, use_required_attribute=False)
        self.fields["text"].widget.attrs |= {"lang": language.code, "dir": language.direction}
        self.helper = Helper(
            "text",
            "version",
            Actions(
                Button(_("Lagre")),
                Button(_("Lagre og gå til neste"), name="next", value="1", variant="secondary"),
                Link(_("Avbryt"), back),
            ),
        )

    def refuse(self, faults: Iterable[str]) -> None:
        """Say what is wrong with the sentence beside it."""
        for fault in faults:
            self.add_error("text", fault)

    def at_version(self, version: int) -> SentenceForm:
        """The same, seen beside a newer version: sending it again writes over that."""
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
        return self


class WithholdForm(forms.Form):
    """Why a translation is taken back from the public."""

    reason = LineField(
        label=_("Hvorfor"), required=True, max_length=500, error_messages={"required": _("Skriv en grunn.")}
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.helper = Helper("reason", Actions(Button(_("Ta den bort fra arkene"), variant="secondary")))
