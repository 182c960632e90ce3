"""What somebody has seen of an edition's news."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from guidance.models import Edition
from prescribing.models import SeenNews


def see_news(*, by: User, at: datetime, edition: Edition) -> None:
    """`by` has seen what is new in `edition`; a second time changes nothing."""
    SeenNews.objects.get_or_create(user=by, edition=edition, defaults={"at": at})
