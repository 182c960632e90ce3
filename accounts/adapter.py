"""What allauth is told about accounts here: nobody signs up, and a failed login says no more than it must."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    error_messages = {  # noqa: RUF012 - allauth reads it from the class
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Brukernavnet eller passordet er feil."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
