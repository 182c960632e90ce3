"""What allauth is told about accounts here: nobody signs up, and what it keeps of a second factor is sealed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts import lockout, sealing, second_factor
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    error_messages = {  # noqa: RUF012 - allauth reads it from the class
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Brukernavnet eller passordet er feil."),
        "incorrect_password": _("Passordet er feil."),
        "enter_current_password": _("Passordet er feil."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Whose password was changed, or account closed, between password and code begins anew."""
        if not (user.is_active and second_factor.is_same_login(request, user)):
            request.session.flush()
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as counts for a lockout."""
        return lockout.address(request) or ""


class MFAAdapter(DefaultMFAAdapter):
    """The secrets are sealed, and what is needed stays until something else has taken its place."""

    error_messages = {  # noqa: RUF012 - allauth reads it from the class
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Koden er feil, eller den er brukt. Vent på den neste i appen."),
        "cannot_delete_authenticator": _(
            "Rollen din krever totrinns innlogging. Legg til en annen app eller passnøkkel først."
        ),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed; a secret that nobody knows where it cannot be read, so that nothing opens it."""
        try:
            return sealing.open_sealed(encrypted_text)
        except sealing.Unreadable:
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return second_factor.may_be_removed(authenticator)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Melkeveien"}
