"""What is asked of somebody who logs in."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext_lazy as _

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
