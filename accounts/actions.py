"""What can be done to accounts."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import Practice, RoleHolding, User
from accounts.roles import Role


@transaction.atomic
def make_account(
    *, username: str, display_name: str, password: str, practice: Practice | None, roles: Collection[Role]
) -> User:
    """A new account that can log in and holds `roles`. Raises IntegrityError where the name is taken."""
    user = User.objects.create_user(username, password=password, display_name=display_name, practice=practice)
    RoleHolding.objects.bulk_create(RoleHolding(user=user, role=role) for role in roles)
    return user
