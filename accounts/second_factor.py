"""What it takes beside the password: who needs it, until when it may wait, and whether a code is right."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.lockout import fingerprint_of
from accounts.models import AccessRow, Did, User

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # a recovery code alone is no second factor
RECOGNISED_BY = "recognised_by"  # in the session, till a login is whole: what stood for the password then
STEP = "second factor"  # what a failure is called in the log, before the name's hash
WRONG_A_DAY = 30  # from all addresses together: whoever tries has the password, and perhaps many addresses
COUNTER = "counter"  # in the data of an authenticator: the half minute whose code was used last


def is_required(user: User) -> bool:
    """Whether `user` may not do without it for good. The demonstration asks nobody."""
    return settings.SECOND_FACTOR_REQUIRED and user.needs_second_factor


def has_one(user: User) -> bool:
    """Whether `user` has set one up."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=MAIN).exists()


def due(user: User) -> datetime:
    """Until when an account that needs one may do without."""
    return user.date_joined + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)


def may_be_removed(authenticator: Authenticator) -> bool:
    """Whether another stays, or none is needed."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN)
    return not is_required(authenticator.user) or others.exclude(pk=authenticator.pk).exists()


def remember_password(request: HttpRequest, user: User) -> None:
    """The first half of a login is done: what it was done with must still hold when the second half is."""
    request.session[RECOGNISED_BY] = user.get_session_auth_hash()


def is_same_login(request: HttpRequest, user: User) -> bool:
    """Whether the account has the password that it had at the first half of this login."""
    then = request.session.pop(RECOGNISED_BY, None)
    return then is None or constant_time_compare(then, user.get_session_auth_hash())


def is_locked(request: HttpRequest, user: User) -> bool:
    """Whether too many wrong passwords or codes came from there; the answer is then the page that says so."""
    locked = not AxesProxyHandler.is_allowed(request, _credentials(user)) or _wrong_today(user) >= WRONG_A_DAY
    request.axes_locked_out = locked  # type: ignore[attr-defined]  # axes reads it off the request
    return locked


def count_failure(request: HttpRequest, user: User) -> None:
    """A wrong code counts as a wrong password does: five lock this user at this address."""
    user_login_failed.send(sender=__name__, credentials=_credentials(user), request=request)


def _credentials(user: User) -> dict[str, str]:
    return {"username": user.get_username(), "step": STEP}


def _wrong_today(user: User) -> int:
    """Wrong codes and passkeys of the last 24 hours, as the log has them; of who is locked out it has none."""
    since = datetime.fromtimestamp(time.time(), tz=UTC) - timedelta(days=1)
    of = f"{STEP} {fingerprint_of(user.get_username())}"
    return AccessRow.objects.filter(
        user=None, did=Did.LOGIN_FAILED, detail__endswith=of, at__gt=since
    ).count()


@transaction.atomic
def take_code(user: User, code: str) -> Authenticator | None:
    """The authenticator that `code` is right for, and it is used up: None where it is wrong or was used before."""
    held = Authenticator.objects.select_for_update().filter(user=user)
    for authenticator in held.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        is_totp = authenticator.type == Authenticator.Type.TOTP
        if _take_totp(authenticator, code) if is_totp else authenticator.wrap().validate_code(code):
            authenticator.user = user
            return authenticator
    return None


def _take_totp(authenticator: Authenticator, code: str) -> bool:
    """A code is good for its half minute, once; the one that set the app up has been used."""
    now = int(time.time()) // mfa_settings.TOTP_PERIOD
    set_up = int(authenticator.created_at.timestamp()) // mfa_settings.TOTP_PERIOD
    if now <= authenticator.data.get(COUNTER, set_up):
        return False
    if not validate_totp_code(decrypt(authenticator.data["secret"]), code):
        return False
    authenticator.data[COUNTER] = now
    authenticator.save(update_fields=["data"])
    return True
