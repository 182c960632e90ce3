"""What can be done to accounts."""

from axes.utils import reset as forget_failures
from django.db import transaction

from accounts.facts import AccountFacts
from accounts.lockout import fingerprint_of
from accounts.models import Practice, RoleHolding, User
from accounts.roles import Role


class ShutOutError(ValueError):
    """An administrator was about to take away his own keys."""


@transaction.atomic
def make_account(*, username: str, facts: AccountFacts) -> User:
    """A new account that can log in. A practice is made where its name is new.

    Raises IntegrityError where the user name is taken.
    """
    user = User.objects.create_user(username, password=facts.password)
    set_facts(user=user, facts=facts)
    return user


@transaction.atomic
def change_account(*, by: User, user: User, facts: AccountFacts) -> None:
    """Set what an account is. A new password ends its sessions and its lockout. Raises ShutOutError."""
    if by == user and not (facts.is_open and Role.ADMINISTRATOR in facts.roles):
        raise ShutOutError
    if facts.password:
        user.set_password(facts.password)
        forget_failures(username=fingerprint_of(user.username))
    set_facts(user=user, facts=facts)


def set_facts(*, user: User, facts: AccountFacts) -> None:
    """Name, practice, whether it is open, and exactly these roles."""
    user.display_name = facts.display_name
    user.practice = practice_called(facts.practice)
    user.is_active = facts.is_open
    user.save()
    user.role_holdings.exclude(role__in=facts.roles).delete()
    RoleHolding.objects.bulk_create(
        [RoleHolding(user=user, role=role) for role in facts.roles], ignore_conflicts=True
    )


def choose_language(*, by: User, language: str) -> None:
    """Remember the language that `by` wants the pages in."""
    by.language = language
    by.save(update_fields=["language"])


def practice_called(name: str) -> Practice | None:
    """The practice of that name, made where it is new; None for ""."""
    return Practice.objects.get_or_create(name=name)[0] if name else None
