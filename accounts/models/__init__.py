"""Who there is, and what is remembered of what they did."""

from accounts.models.access_log import AccessRow, Did, LogStays, Segment
from accounts.models.keys import OpenSession, PasswordLink
from accounts.models.people import Accounts, Practice, RoleHolding, User

__all__ = [
    "AccessRow",
    "Accounts",
    "Did",
    "LogStays",
    "OpenSession",
    "PasswordLink",
    "Practice",
    "RoleHolding",
    "Segment",
    "User",
]
