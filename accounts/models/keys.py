"""What lets somebody in beside the password: the links that choose one, and the sessions that are open."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.people import User
from accounts.tokens import Why, hash_of


class Links(models.QuerySet["PasswordLink"]):
    """Reads of links."""

    def open_at_any_time(self) -> Links:
        """Those that have been neither used nor withdrawn, however old."""
        return self.filter(used_at=None, withdrawn_at=None)

    def open_at(self, at: datetime) -> Links:
        """Those that open something at that time."""
        return self.open_at_any_time().filter(expires_at__gt=at, user__is_active=True)

    def find(self, token: str, at: datetime) -> PasswordLink | None:
        """The open link of that token."""
        return self.open_at(at).select_related("user").filter(token_hash=hash_of(token)).first()


class PasswordLink(models.Model):
    """A link with which somebody chooses the password of their account: once, and in time.

    Only a hash of its token is kept. `made_by` is None where the owner asked for it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="password_links")
    why = models.CharField(max_length=10)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Links] = Links.as_manager()  # type: ignore[assignment]  # more than a manager, by name

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="link_used_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(why__in=[why.value for why in Why]), name="link_is_for_something"
            ),
        )


class OpenSessions(models.QuerySet["OpenSession"]):
    """Reads of sessions."""

    def used_since(self, used: datetime, *, begun_since: datetime) -> OpenSessions:
        """Those that have not run out."""
        return self.filter(last_used__gt=used, began__gt=begun_since)


class OpenSession(models.Model):
    """A browser in which somebody is logged in. `last_used` is right to the minute."""

    user = models.ForeignKey(User, models.CASCADE, related_name="open_sessions")
    key = models.CharField(max_length=40, unique=True)
    began = models.DateTimeField()
    last_used = models.DateTimeField()

    objects: ClassVar[OpenSessions] = OpenSessions.as_manager()  # type: ignore[assignment]  # more than a manager, by name
