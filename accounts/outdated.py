"""What is left of logins when they are over: sessions and links that have run out, and failures that lock nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from accounts.models import OpenSession, PasswordLink

FAILURES_KEPT = timedelta(days=1)  # the longest lock is a quarter of an hour (AXES_COOLOFF_TIME)


def ended_sessions(at: datetime) -> QuerySet[Session]:
    """The sessions that have run out; what somebody typed after a login ran out lies in one of them too."""
    return Session.objects.filter(expire_date__lt=at)


def ended_logins(at: datetime) -> QuerySet[OpenSession]:
    """The rows beside them: no login lasts longer, and the row of one that nobody came back to stays."""
    return OpenSession.objects.filter(began__lt=at - timedelta(hours=settings.SESSION_HOURS))


def spent_links(at: datetime) -> QuerySet[PasswordLink]:
    """The links to a password whose time is over, used or not; what became of each stands in the access log."""
    return PasswordLink.objects.filter(expires_at__lt=at)


def old_failures(at: datetime) -> tuple[QuerySet[AccessAttempt | AccessFailureLog | AccessLog], ...]:
    """What axes has kept of logins for longer than a day."""
    kept = (AccessAttempt, AccessFailureLog, AccessLog)
    return tuple(model.objects.filter(attempt_time__lt=at - FAILURES_KEPT) for model in kept)
