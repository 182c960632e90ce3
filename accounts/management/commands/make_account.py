"""Makes an account from the command line."""

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import make_account, make_first_link
from accounts.forms import CommandLineAccountForm
from accounts.roles import Role


class Command(BaseCommand):
    help = (
        "Makes an account. The password is asked for, or read from standard input; "
        "with --link a link that chooses it is printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the name that pages show")
        parser.add_argument("--practice", default="", help="the name of a practice; made where it is new")
        parser.add_argument("--role", action="append", default=[], choices=list(Role), help="may be repeated")
        parser.add_argument(
            "--link", action="store_true", help="print a link that chooses the password, once"
        )

    def handle(self, *args: Any, username: str, link: bool, role: list[str], **options: Any) -> None:
        said = {
            "username": username,
            "display_name": options["name"] or username,
            "practice": options["practice"],
            "roles": role,
            "password": "" if link else typed_password(),
        }
        form = CommandLineAccountForm(said)  # type: ignore[arg-type]  # a dictionary will do for what is no request
        if not form.is_valid():
            raise CommandError(
                "; ".join(f"{field}: {' '.join(map(str, faults))}" for field, faults in form.errors.items())
            )
        at = timezone.now()
        user = make_account(at=at, username=form.cleaned_data["username"], facts=form.facts())
        if not link:
            self.stdout.write(f"{user.username} can log in.")
            return
        made = make_first_link(at=at, user=user)
        self.stdout.write(f"{settings.SITE_ADDRESS}{made.path}")
        self.stderr.write(
            f"{user.username} chooses a password there, once, until {made.expires_at:%d.%m.%Y}."
        )


def typed_password() -> str:
    """From the terminal without showing it, else the first line of standard input."""
    password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not password:
        raise CommandError("A password is needed, or --link.")
    return password
