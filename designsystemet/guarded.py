"""Free text about one person: what may say who she is, is taken only after a confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import PlainTextField
from designsystemet.identity import Doubt, Kind, doubts, seal_of

CONFIRMS = "ikke-"  # before the name of a field: the name of the tick that confirms what stands in it
NOT_TAKEN = frozenset(
    {"identity_number", "doubt", "misleading", "max_length", "unknown"}
)  # faults of the text itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The tick under a box: `value` is the seal of what it confirms, so that it confirms nothing typed later."""

    name: str
    value: str
    words: str
    ticked: bool


class Confirmed(str):
    """A typed text with the seal of what has been confirmed in it."""

    __slots__ = ("seal",)
    seal: str


class GuardedTextField(PlainTextField):
    """Text that asks about a birth date or a phone number; what has been confirmed is taken as it stands."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "doubt": _(
            "%(found)s kan si hvem hun er. Ta det bort, eller bekreft under feltet. Det er ikke lagret ennå."
        )
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = doubts_now(text)
        if found and getattr(value, "seal", "") != seal_of(found):
            quoted = ", ".join(f"«{doubt.text}»" for doubt in found)
            raise ValidationError(self.error_messages["doubt"], code="doubt", params={"found": quoted})
        return text

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        return GuardedBoundField(form, self, field_name)


class GuardedBoundField(BoundField):
    """The box with the tick that belongs to it."""

    @property
    def data(self) -> Any:
        """What was typed, with what was confirmed in it."""
        typed = super().data
        if not isinstance(typed, str):
            return typed
        confirmed = Confirmed(typed)
        confirmed.seal = self.form.data.get(self._confirms, "")
        return confirmed

    @property
    def question(self) -> Question | None:
        """What is asked about what stands in the box now; what was stored has been confirmed."""
        found = doubts_now(str(self.value() or ""))
        if not found:
            return None
        seal = seal_of(found)
        ticked = not self.form.is_bound or self.form.data.get(self._confirms) == seal
        return Question(name=self._confirms, value=seal, words=_in_words(found), ticked=ticked)

    @property
    def not_taken(self) -> list[str]:
        """Why the text itself is refused: not what else the form lacks."""
        faults = self.form.errors.as_data().get(self.name, ())
        return [str(said) for fault in faults if fault.code in NOT_TAKEN for said in fault]

    @property
    def _confirms(self) -> str:
        return CONFIRMS + self.html_name


def doubts_now(text: str) -> tuple[Doubt, ...]:
    """What in `text` may say who somebody is, today."""
    return doubts(text, timezone.localdate())


def _in_words(found: tuple[Doubt, ...]) -> str:
    match {doubt.kind for doubt in found}:
        case kinds if kinds == {Kind.BIRTH_DATE}:
            return gettext("Dette er ikke en fødselsdato")
        case kinds if kinds == {Kind.PHONE}:
            return gettext("Dette er ikke et telefonnummer")
    return gettext("Dette er ikke en fødselsdato og ikke et telefonnummer")
