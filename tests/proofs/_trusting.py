"""The site with a hole: whoever claims a user name is tied to its account, though somebody else is already."""

from config.wsgi import application  # sets Django up; the others come after

# isort: split
from accounts import organisation
from accounts.models import User

__all__ = ("application",)


def whoever_claims_it(sociallogin: object) -> User | None:
    claims = sociallogin.account.extra_data.get("userinfo", {})  # type: ignore[attr-defined]  # allauth's own
    return User.objects.filter(username=claims.get("preferred_username")).first()


organisation.account_for = whoever_claims_it
