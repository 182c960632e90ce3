"""Makes the accounts that the demonstration is tried with."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import make_account
from accounts.models import Practice, User
from accounts.roles import Role

PASSWORD = "melkeveien-demo"  # noqa: S105 - known to everybody, and only where DEBUG is on


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the cast."""

    username: str
    name: str
    practice: str | None
    roles: frozenset[Role]


CENTRE = "Melkeveien legesenter"
HARBOUR = "Havnegata legekontor"

CAST = tuple(
    Member(username=username, name=name, practice=practice, roles=frozenset({role}))
    for username, name, practice, role in (
        ("lege", "Lege Demo", CENTRE, Role.PRESCRIBER),
        ("lege2", "Lege To Demo", CENTRE, Role.PRESCRIBER),
        ("lege3", "Lege Tre Demo", HARBOUR, Role.PRESCRIBER),
        ("jordmor", "Jordmor Demo", CENTRE, Role.MIDWIFE),
        ("redaktor", "Redaktør Demo", None, Role.EDITOR),
        ("fagansvarlig", "Fagansvarlig Demo", None, Role.APPROVER),
        ("fagansvarlig2", "Fagansvarlig To Demo", None, Role.APPROVER),
        ("admin", "Administrator Demo", None, Role.ADMINISTRATOR),
    )
)


class Command(BaseCommand):
    help = "Makes the demonstration's accounts. Refuses outside the demonstration; leaves what is there as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration's accounts have a known password: they are made only with DEBUG on."
            )
        there = set(User.objects.values_list("username", flat=True))
        for member in CAST:
            if member.username not in there:
                make(member)


def make(member: Member) -> User:
    """One account of the cast."""
    practice = Practice.objects.get_or_create(name=member.practice)[0] if member.practice else None
    return make_account(
        username=member.username,
        display_name=member.name,
        password=PASSWORD,
        practice=practice,
        roles=member.roles,
    )
