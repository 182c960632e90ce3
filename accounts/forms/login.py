"""What is asked of somebody at the door."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper


class LoginForm(AllauthLoginForm):
    """User name and password, with our words and our look."""

    helper = Helper("login", "password", Actions(Button(_("Logg inn"))))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Brukernavn")
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenForm(forms.Form):
    """Whose password has been forgotten."""

    username = LineField(
        label=_("Brukernavn"),
        max_length=150,
        required=True,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    helper = Helper("username", Actions(Button(_("Send lenke"))))


class LanguageForm(forms.Form):
    """The language of the pages."""

    language = forms.ChoiceField(
        label=_("Språk på sidene"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    helper = Helper("language", Actions(Button(_("Bytt språk"), variant="secondary")), tag=False)
