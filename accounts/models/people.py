"""People, the practice each works in, and the roles each holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from accounts.roles import DEEDS_OF, NATIONAL, WITH_SECOND_FACTOR, Deed, Role
from accounts.wording import ROLE_NAMES


class Practices(models.QuerySet["Practice"]):
    """Reads of practices."""

    def administered_by(self, by: User) -> Practices:
        """The administrator's own; all for one who has none."""
        return self.filter(pk=by.practice_id) if by.practice_id else self.all()


class Practice(models.Model):
    """A surgery, a clinic, a health centre: those who share a practice share its courses."""

    name = models.CharField("navn", max_length=120, unique=True)
    phone = models.CharField("telefon", max_length=20, blank=True)

    objects: ClassVar[Practices] = Practices.as_manager()  # type: ignore[assignment]  # more than a manager, by name

    def __str__(self) -> str:
        return self.name


class Accounts(UserManager["User"]):
    """Reads of accounts."""

    use_in_migrations = False

    def administered_by(self, by: User) -> models.QuerySet[User]:
        """The accounts of the administrator's practice; all for one who has none."""
        return self.filter(practice=by.practice_id) if by.practice_id else self.all()

    def listed(self, by: User) -> models.QuerySet[User]:
        """Those that `by` administers, by practice and name, with what a list shows of each."""
        return (
            self.administered_by(by)
            .select_related("practice")
            .prefetch_related("role_holdings")
            .order_by("practice__name", "username")
        )


class User(AbstractUser):
    """Somebody who logs in. A patient never does, and is never stored.

    `language` is "" where none has been chosen.
    """

    display_name = models.CharField("navn", max_length=120, blank=True)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="members")
    language = models.CharField("språk på sidene", max_length=2, choices=settings.LANGUAGES, blank=True)

    objects: ClassVar[Accounts] = Accounts()

    class Meta(AbstractUser.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(language__in=["", *dict(settings.LANGUAGES)]), name="language_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name that pages show."""
        return str(self)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this account holds; asked of the database once a request."""
        return frozenset(Role(holding.role) for holding in self.role_holdings.all())

    @property
    def role_labels(self) -> list[str]:
        """What the roles of this account are called, in the order of the roles."""
        return [str(name) for role, name in ROLE_NAMES.items() if role in self.roles]

    @property
    def deeds(self) -> frozenset[Deed]:
        """All that the roles of this account may do, put together."""
        return frozenset(deed for role in self.roles for deed in DEEDS_OF[role])

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles asks for more than a password."""
        return bool(self.roles & WITH_SECOND_FACTOR)

    @property
    def grants(self) -> frozenset[Role]:
        """The roles that this account may give and take away: an administrator's all, those of a practice fewer."""
        if Role.ADMINISTRATOR not in self.roles:
            return frozenset()
        return frozenset(Role) - NATIONAL if self.practice_id else frozenset(Role)

    def may(self, deed: Deed | str) -> bool:
        """Whether this account may do `deed`. A deed that does not exist is an error, not a no."""
        return Deed(deed) in self.deeds


class RoleHolding(models.Model):
    """That an account holds a role. One account may hold several."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_holdings")
    role = models.CharField(
        "rolle", max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "role"), name="role_held_once"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_is_known"),
        )
