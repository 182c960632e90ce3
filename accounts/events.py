"""What Django, axes and allauth tell of: each login, failure, logout and second factor gets its row in the log."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import second_factor, sessions
from accounts.access_log import note
from accounts.kept_typing import keep_forms_good
from accounts.lockout import fingerprint, tried
from accounts.models import Did, OpenSession, User
from accounts.second_factor_wall import HAS_ONE


@receiver(user_logged_in)
@transaction.atomic
def has_logged_in(request: HttpRequest, user: User, **told: Any) -> None:
    at = timezone.now()
    sessions.begin(request, user, at=at)
    keep_forms_good(request, user)
    note(by=user, at=at, did=Did.LOGGED_IN)


@receiver(authentication_step_completed)
def was_recognised(request: HttpRequest, user: User, method: str, **told: Any) -> None:
    """By password, or by the organisation; perhaps a code is asked for besides."""
    if not request.user.is_authenticated and method != "mfa":
        second_factor.remember_password(request, user)


@receiver(user_logged_out)
def has_logged_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    if user is not None:
        OpenSession.objects.filter(key=request.session.session_key).delete()
        note(by=user, at=timezone.now(), did=Did.LOGGED_OUT)


@receiver(user_login_failed)
def came_not_in(credentials: dict[str, Any], request: HttpRequest | None = None, **told: Any) -> None:
    """Of what was typed as a user name stands the keyed hash here, as in the list of failures."""
    if request is not None and not getattr(request, "axes_locked_out", False):
        detail = f"{credentials.get('step', 'password')} {fingerprint(request, credentials)}"
        _note_at_the_door(tried(request, credentials), Did.LOGIN_FAILED, detail)


@receiver(user_locked_out)
def was_locked_out(request: Any, username: str, **told: Any) -> None:
    _note_at_the_door(request.tried_as, Did.LOCKED_OUT, username)  # axes was given the hash


def _note_at_the_door(name: str, did: Did, detail: str) -> None:
    """In the log of the practice whose account it is; a name that is no account's is nobody's."""
    account = User.objects.select_related("practice").filter(username__iexact=name).first()
    of = f"{account.username}: {detail}" if account else detail
    note(by=None, at=timezone.now(), did=did, detail=of, practice=account.practice if account else None)


@receiver(password_changed)
def has_changed_the_password(request: HttpRequest, user: User, **told: Any) -> None:
    """Every other session ends."""
    at = timezone.now()
    sessions.only_here(request, user, at=at)
    note(by=user, at=at, did=Did.PASSWORD_CHANGED)


@receiver(mfa.authenticator_added)
def added_a_factor(user: User, authenticator: Authenticator, **told: Any) -> None:
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    did = Did.RECOVERY_CODES_MADE if is_codes else Did.FACTOR_ADDED
    note(by=user, at=timezone.now(), did=did, detail=authenticator.type)


@receiver(mfa.authenticator_reset)
def made_new_recovery_codes(user: User, authenticator: Authenticator, **told: Any) -> None:
    note(by=user, at=timezone.now(), did=Did.RECOVERY_CODES_MADE, detail=authenticator.type)


@receiver(mfa.authenticator_removed)
def removed_a_factor(request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    request.session.pop(HAS_ONE, None)
    note(by=user, at=timezone.now(), did=Did.FACTOR_REMOVED, detail=authenticator.type)


@receiver(mfa.authenticator_used)
def used_a_factor(user: User, authenticator: Authenticator, **told: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(by=user, at=timezone.now(), did=Did.RECOVERY_CODE_USED)
