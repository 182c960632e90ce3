"""What is done with the links that choose a password: made, withdrawn, used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as forget_failures
from django.db import transaction
from django.urls import reverse

from accounts import sessions
from accounts.access_log import note
from accounts.actions.keeping import (
    NotYours,
    as_they_stand,
    assert_grantable,
    assert_keys_are_theirs,
    lock_out,
    set_facts,
    told,
)
from accounts.facts import AccountFacts
from accounts.lockout import fingerprint_of
from accounts.models import Did, PasswordLink, User
from accounts.tokens import LASTS, Why, hash_of, new_token

SELDOM = timedelta(minutes=10)  # one who has forgotten gets one mail in so long


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link that was just made. Its token stands here and nowhere else."""

    user: User
    why: Why
    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """Where on the site it leads to."""
        return reverse("choose_password", args=[self.token])


@transaction.atomic
def invite(*, by: User, at: datetime, username: str, facts: AccountFacts) -> NewLink:
    """A new account without a password, and the link that chooses one. A practice is made where its name is new.

    Raises IntegrityError where the user name is taken, and NotYours.
    """
    by, _ = as_they_stand(by, by)
    assert_grantable(by=by, facts=facts)
    user = User.objects.create_user(username)
    set_facts(user=user, facts=facts)
    link = _new(user=user, why=Why.INVITED, by=by, at=at)
    note(by=by, at=at, did=Did.INVITED, detail=told(user), practice=user.practice)
    return link


@transaction.atomic
def make_link(*, by: User, at: datetime, user: User) -> NewLink:
    """A link to a new password. All that opened the account so far is over now. Raises NotYours and ShutOutError."""
    by, user = as_they_stand(by, user)
    assert_keys_are_theirs(by, user)
    if not user.is_active:
        raise NotYours
    why = Why.RESET if user.last_login else Why.INVITED
    user.set_unusable_password()
    user.save(update_fields=["password"])
    lock_out(user, at)
    return _made(user=user, why=why, by=by, at=at)


@transaction.atomic
def make_first_link(*, at: datetime, user: User) -> NewLink:
    """The link of an account that was made from the command line."""
    return _made(user=user, why=Why.INVITED, by=None, at=at)


@transaction.atomic
def withdraw_links(*, by: User, at: datetime, user: User) -> int:
    """Let no link of `user` open anything any more. Returns how many did. Raises NotYours."""
    by, user = as_they_stand(by, user)
    withdrawn = PasswordLink.objects.open_at(at).filter(user=user).update(withdrawn_at=at)
    note(by=by, at=at, did=Did.LINK_WITHDRAWN, detail=user.username, practice=user.practice)
    return withdrawn


@transaction.atomic
def forgot(*, at: datetime, username: str) -> NewLink | None:
    """The link for the owner of that name: None where there is no such account, or nothing to send it to, or one
    was sent a moment ago."""
    user = User.objects.filter(username__iexact=username, is_active=True).exclude(email="").first()
    if user is None or not user.has_usable_password():
        return None
    if user.password_links.filter(why=Why.FORGOTTEN, made_at__gt=at - SELDOM).exists():
        return None
    return _made(user=user, why=Why.FORGOTTEN, by=None, at=at)


@transaction.atomic
def choose_password(*, at: datetime, token: str, password: str) -> User | None:
    """Use the link up: from now on this password opens the account, and nothing that was open stays so.

    None where the link opens nothing (any more). A lockout ends with it.
    """
    link = (
        PasswordLink.objects.select_for_update(of=("self",))
        .open_at(at)
        .filter(token_hash=hash_of(token))
        .first()
    )
    if link is None:
        return None
    user = link.user
    link.used_at = at
    link.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    forget_failures(username=fingerprint_of(user.username))
    sessions.end_all(user)
    note(by=user, at=at, did=Did.LINK_USED, detail=link.why)
    return user


def _made(*, user: User, why: Why, by: User | None, at: datetime) -> NewLink:
    """A new link to an account that is there, and its row in the log."""
    link = _new(user=user, why=why, by=by, at=at)
    note(by=by, at=at, did=Did.LINK_MADE, detail=f"{user.username}: {why.value}", practice=user.practice)
    return link


def _new(*, user: User, why: Why, by: User | None, at: datetime) -> NewLink:
    """A new link; those that were open before are withdrawn."""
    user.password_links.open_at_any_time().update(withdrawn_at=at)
    token, expires_at = new_token(), at + LASTS[why]
    PasswordLink.objects.create(
        user=user, why=why, token_hash=hash_of(token), made_by=by, made_at=at, expires_at=expires_at
    )
    return NewLink(user=user, why=why, token=token, expires_at=expires_at)
