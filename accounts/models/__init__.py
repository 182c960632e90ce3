"""Who there is, and what is remembered of what they did."""

from accounts.models.people import Accounts, Practice, RoleHolding, User

__all__ = ["Accounts", "Practice", "RoleHolding", "User"]
