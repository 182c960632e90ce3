"""What is asked of somebody who sets up a second factor, or shows it."""

from __future__ import annotations

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import count_failure, is_locked, take_code
from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper

# What a browser's answer that is no answer makes the parsers say.
NONSENSE = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)
ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}


class CountedCode:
    """A wrong code counts as a wrong password does; a right one is good once, on every instance."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        if not is_locked(context.request, self.user):
            found = take_code(self.user, self.cleaned_data["code"])
            if found is not None:
                self.authenticator = found
                return self.cleaned_data["code"]
            count_failure(context.request, self.user)
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(CountedCode, AuthenticateForm):
    """The code at the login."""

    helper = Helper("code", Actions(Button(_("Logg inn"))))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)


class CodeAgainForm(CountedCode, ReauthenticateForm):
    """The code once more, before something that matters."""

    helper = Helper("code", Actions(Button(_("Bekreft"))), tag=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self)


def ask_for_code(form: forms.Form) -> None:
    """The field with our words."""
    form.fields["code"] = forms.CharField(
        label=_("Kode"),
        help_text=_("Seks sifre fra appen, eller en reservekode."),
        max_length=40,
        widget=forms.TextInput(ONE_TIME),
    )


class AppForm(ActivateTOTPForm):
    """The first code of an app."""

    helper = Helper("code", Actions(Button(_("Slå på"))), tag=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Kode fra appen"),
            help_text=_("Seks sifre."),
            max_length=40,
            widget=forms.TextInput(ONE_TIME),
        )


class CredentialField(forms.JSONField):
    """What the browser wrote; nothing that no browser writes is an error of the server's."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise
        except (RecursionError, ValueError) as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense

    def bound_data(self, data: Any, initial: Any) -> None:
        """Never shown again: the browser is asked anew."""


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey with a name of its own."""

    helper = Helper("name", "credential", tag=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(label=_("Navn på passnøkkelen"), max_length=60, required=False)
        self.fields["credential"] = CredentialField()
        self.initial["name"] = str(_("Passnøkkel"))

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError:
            raise
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense


class CountedPasskey:
    """A wrong answer of a passkey counts too."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()  # type: ignore[attr-defined]  # of the form it is mixed into

    def clean_credential(self) -> Any:
        if is_locked(context.request, self.user):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that it is mixed into
        except (ValidationError, *NONSENSE) as wrong:
            count_failure(context.request, self.user)
            raise ValidationError(_("Passnøkkelen ble ikke godtatt.")) from wrong


class PasskeyForm(CountedPasskey, AuthenticateWebAuthnForm):
    """The passkey at the login."""


class PasskeyAgainForm(CountedPasskey, ReauthenticateWebAuthnForm):
    """The passkey once more."""


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    helper = Helper("name", Actions(Button(_("Lagre"))))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(label=_("Navn på passnøkkelen"), max_length=60, required=True)
