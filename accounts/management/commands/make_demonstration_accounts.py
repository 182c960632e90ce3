"""Makes the accounts that the demonstration is tried with."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions import make_account
from accounts.facts import AccountFacts
from accounts.models import User
from accounts.roles import Role

PASSWORD = "melkeveien-demo"  # noqa: S105 - known to everybody, and only where DEBUG is on


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the cast."""

    username: str
    name: str
    practice: str
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
        ("redaktor", "Redaktør Demo", "", Role.EDITOR),
        ("fagansvarlig", "Fagansvarlig Demo", "", Role.APPROVER),
        ("fagansvarlig2", "Fagansvarlig To Demo", "", Role.APPROVER),
        ("admin", "Administrator Demo", "", Role.ADMINISTRATOR),
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
                make_account(
                    at=timezone.now(),
                    username=member.username,
                    facts=AccountFacts(
                        display_name=member.name,
                        practice=member.practice,
                        roles=member.roles,
                        password=PASSWORD,
                    ),
                )
