"""What is asked where a password is chosen or shown to be known."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from designsystemet.layout import Actions, Button, Helper

LONGEST = 200
HELP = _("Minst 15 tegn. En setning er lett å huske, og du kan lime inn fra et passordprogram.")


def new_password(label: Any, help_text: Any = "") -> forms.CharField:
    """A field for a new password, typed or pasted."""
    widget = forms.PasswordInput({"autocomplete": "new-password"})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, strip=False, widget=widget)


def assert_same(form: forms.Form, said: dict[str, Any]) -> None:
    """Say beside the second field that it was typed differently."""
    if "password2" in said and "password1" in said and said["password1"] != said["password2"]:
        form.add_error("password2", _("De to passordene er ikke like."))


class ChoosePasswordForm(forms.Form):
    """A password for who opened a link."""

    password1 = new_password(_("Nytt passord"), HELP)
    password2 = new_password(_("Nytt passord en gang til"))
    helper = Helper("password1", "password2", Actions(Button(_("Lagre passordet"))))

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        assert_same(self, said)
        return said


class ChangePasswordForm(AllauthChangePasswordForm):
    """The old password and the new. A wrong old one counts as it does at the login."""

    helper = Helper("oldpassword", "password1", "password2", Actions(Button(_("Bytt passord"))))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Passordet du har nå")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("Nytt passord")
        self.fields["password1"].help_text = HELP
        self.fields["password1"].max_length = LONGEST
        self.fields["password2"].label = _("Nytt passord en gang til")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_oldpassword(self) -> str:
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise ValidationError(_("Passordet er feil."))
        return self.cleaned_data["oldpassword"]

    def clean(self) -> dict[str, Any]:
        said = forms.Form.clean(self) or {}
        assert_same(self, said)
        return said


class ReauthenticateForm(AllauthReauthenticateForm):
    """The password once more, before something that matters."""

    helper = Helper("password", Actions(Button(_("Bekreft"))), tag=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
