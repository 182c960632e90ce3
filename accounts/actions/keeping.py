"""What an administrator does to accounts. Whoever acts stays an administrator, so that there is always one."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q

from accounts import sessions
from accounts.access_log import note
from accounts.facts import AccountFacts
from accounts.models import Did, PasswordLink, Practice, RoleHolding, User
from accounts.roles import Deed, Role


class ShutOutError(ValueError):
    """An administrator was about to take away his own keys."""


class NotYours(Exception):
    """Somebody was about to keep an account that is not theirs to keep, or to grant what is not theirs to grant."""


class ChangedMeanwhile(Exception):
    """Another administrator has changed the account since it was shown."""


@transaction.atomic
def make_account(*, at: datetime, username: str, facts: AccountFacts) -> User:
    """A new account from the command line; a practice is made where its name is new.

    Without a password only a link opens it. Raises IntegrityError where the user name is taken.
    """
    user = User.objects.create_user(username, password=facts.password or None)
    set_facts(user=user, facts=facts)
    note(by=None, at=at, did=Did.ACCOUNT_MADE, detail=told(user), practice=user.practice)
    return user


@transaction.atomic
def change_account(*, by: User, at: datetime, user: User, facts: AccountFacts, seen: str = "") -> None:
    """Set what an account is. One that is closed is out at once.

    `seen` is the mark of the facts that the change was made on, where somebody looked at them. Raises ShutOutError,
    NotYours or ChangedMeanwhile.
    """
    by, user = as_they_stand(by, user)
    stood = facts_of(user)
    if seen and seen != stood.mark:
        raise ChangedMeanwhile
    if by == user and not (
        facts.is_open and Role.ADMINISTRATOR in facts.roles and facts.practice == stood.practice
    ):
        raise ShutOutError
    assert_grantable(by=by, facts=facts, stood=stood)
    kept = (facts.email, facts.display_name) == (stood.email, stood.display_name)
    if (
        not kept and user.roles - by.grants
    ):  # a forgotten password is mailed there; the guideline is signed so
        raise NotYours
    set_facts(user=user, facts=facts)
    if stood.is_open and not facts.is_open:
        lock_out(user, at)
    withdraw_what_was_outgrown(user, at)
    did = Did.ACCOUNT_CLOSED if stood.is_open and not facts.is_open else Did.ACCOUNT_CHANGED
    note(by=by, at=at, did=did, detail=told(user), practice=user.practice)


@transaction.atomic
def drop_second_factor(*, by: User, at: datetime, user: User) -> None:
    """For somebody who has lost everything: the account is asked for a new factor at its next login."""
    by, user = as_they_stand(by, user)
    assert_keys_are_theirs(by, user)
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    note(by=by, at=at, did=Did.FACTOR_REMOVED, detail=user.username, practice=user.practice)


@transaction.atomic
def change_practice(*, by: User, at: datetime, practice: Practice, name: str, phone: str) -> None:
    """What a practice is called, and its telephone. Raises NotYours; IntegrityError where the name is taken."""
    if not Practice.objects.administered_by(by).filter(pk=practice.pk).exists():
        raise NotYours
    practice.name, practice.phone = name, phone
    practice.save()
    note(by=by, at=at, did=Did.PRACTICE_CHANGED, detail=f"practice {practice.pk}", practice=practice)


def as_they_stand(by: User, user: User) -> tuple[User, User]:
    """Both rows read anew and held, so that two administrators cannot close each other. Raises NotYours."""
    rows = User.objects.select_for_update(no_key=True).filter(pk__in={by.pk, user.pk}).order_by("pk")
    held = {row.pk: row for row in rows}
    by, user = held[by.pk], held[user.pk]
    if not keeps(by, user):
        raise NotYours
    return by, user


def keeps(by: User, user: User) -> bool:
    """Whether the account is one that `by` keeps."""
    in_reach = User.objects.administered_by(by).filter(pk=user.pk).exists()
    return by.is_active and by.may(Deed.MANAGE_ACCOUNTS) and in_reach


def assert_grantable(*, by: User, facts: AccountFacts, stood: AccountFacts | None = None) -> None:
    """Raises NotYours where `by` may not give or take one of the roles, or reaches into another practice."""
    before = stood.roles if stood else frozenset()
    elsewhere = by.practice is not None and facts.practice != by.practice.name
    if elsewhere or (before ^ facts.roles) - by.grants:
        raise NotYours


def assert_keys_are_theirs(by: User, user: User) -> None:
    """Raises NotYours where new keys would give `by` more than `by` may grant, and ShutOutError on one's own."""
    if by == user:
        raise ShutOutError
    if user.roles - by.grants:
        raise NotYours


def lock_out(user: User, at: datetime) -> None:
    """End the sessions of an account, what links it has, and its tie to the organisation's login."""
    sessions.end_all(user)
    SocialAccount.objects.filter(user=user).delete()
    PasswordLink.objects.filter(user=user).open_at_any_time().update(withdrawn_at=at)


def withdraw_what_was_outgrown(user: User, at: datetime) -> None:
    """Withdraw the links, to `user` or handed out by `user`, that whoever made them could not make any more."""
    about = PasswordLink.objects.open_at_any_time().filter(
        Q(user=user) | Q(made_by=user), made_by__isnull=False
    )
    for link in about.select_related("user", "made_by"):
        by = link.made_by
        if by and not (keeps(by, link.user) and link.user.roles <= by.grants):
            link.withdrawn_at = at
            link.save(update_fields=["withdrawn_at"])


def set_facts(*, user: User, facts: AccountFacts) -> None:
    """Name, address for mail, practice, whether it is open, and exactly these roles."""
    user.display_name, user.email = facts.display_name, facts.email
    user.practice = practice_called(facts.practice)
    user.is_active = facts.is_open
    user.save()
    user.role_holdings.exclude(role__in=facts.roles).delete()
    RoleHolding.objects.bulk_create(
        [RoleHolding(user=user, role=role) for role in facts.roles], ignore_conflicts=True
    )
    user.__dict__.pop("roles", None)  # asked of the database anew


def facts_of(user: User) -> AccountFacts:
    """What an account is now."""
    return AccountFacts(
        display_name=user.display_name,
        email=user.email,
        practice=user.practice.name if user.practice else "",
        roles=user.roles,
        is_open=user.is_active,
    )


def practice_called(name: str) -> Practice | None:
    """The practice of that name, made where it is new; None for ""."""
    return Practice.objects.get_or_create(name=name)[0] if name else None


def told(user: User) -> str:
    """An account as the log tells of it."""
    return f"{user.username}: {', '.join(sorted(user.roles)) or '-'}"
