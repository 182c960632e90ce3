"""Where somebody logs in and out, and looks after their keys. allauth's names, our addresses; nothing is stored.

What of allauth we do not use is not mounted.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as door
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control

from accounts.views import links, organisation, own, second_factor


def unstored(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address whose page no browser or proxy keeps, whoever asks for it."""
    return path(route, cache_control(no_store=True)(view), name=name)


urlpatterns = [
    unstored("", own.my_account, "my_account"),
    unstored("okter/avslutt", own.end_other_sessions, "end_other_sessions"),
    unstored("send-igjen", own.send_again, "send_again"),
    path("sprak", own.choose_language, name="choose_language"),
    unstored("logg-inn/", door.login, "account_login"),
    unstored("organisasjon/<slug:provider_id>/", organisation.go, "openid_connect_login"),
    unstored("organisasjon/<slug:provider_id>/svar/", organisation.come_back, "openid_connect_callback"),
    unstored("organisasjon/avbrutt", organisation.failed, "socialaccount_login_cancelled"),
    unstored("logg-ut/", door.logout, "account_logout"),
    unstored("inaktiv/", door.account_inactive, "account_inactive"),
    unstored("bekreft/", door.reauthenticate, "account_reauthenticate"),
    unstored("passord/", door.password_change, "account_change_password"),
    unstored("passord/nytt", own.no_password, "account_set_password"),
    unstored("glemt-passord", links.forgotten, "forgotten"),
    unstored("velg-passord/<str:token>", links.choose_password, "choose_password"),
    unstored("totrinn/", factor.index, "mfa_index"),
    unstored("totrinn/authenticate/", factor.authenticate, "mfa_authenticate"),
    unstored("totrinn/reauthenticate/", factor.reauthenticate, "mfa_reauthenticate"),
    unstored("totrinn/totp/activate/", app.activate_totp, "mfa_activate_totp"),
    unstored("totrinn/totp/deactivate/", app.deactivate_totp, "mfa_deactivate_totp"),
    unstored("totrinn/totp/bytt/", second_factor.ReplaceAppView.as_view(), "replace_app"),
    unstored("totrinn/recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    unstored(
        "totrinn/recovery-codes/generate/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"
    ),
    unstored(
        "totrinn/recovery-codes/download/", codes.download_recovery_codes, "mfa_download_recovery_codes"
    ),
    unstored("totrinn/webauthn/", passkeys.list_webauthn, "mfa_list_webauthn"),
    unstored("totrinn/webauthn/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    unstored(
        "totrinn/webauthn/reauthenticate/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"
    ),
    unstored("totrinn/webauthn/keys/<int:pk>/edit/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    unstored(
        "totrinn/webauthn/keys/<int:pk>/remove/",
        second_factor.RemovePasskeyView.as_view(),
        "mfa_remove_webauthn",
    ),
]
