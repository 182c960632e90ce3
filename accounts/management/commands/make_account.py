"""Makes an account from the command line: the first administrator, who then makes the others."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import make_account
from accounts.forms import NewAccountForm
from accounts.roles import Role


class Command(BaseCommand):
    help = "Makes an account. The password is asked for, or read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the name that pages show")
        parser.add_argument("--practice", default="", help="the name of a practice; made where it is new")
        parser.add_argument("--role", action="append", default=[], choices=list(Role), help="may be repeated")

    def handle(
        self, *args: Any, username: str, name: str, practice: str, role: list[str], **options: Any
    ) -> None:
        password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        said = {"username": username, "display_name": name or username, "practice": practice, "roles": role}
        form = NewAccountForm({**said, "password": password})
        if not form.is_valid():
            raise CommandError(
                "; ".join(f"{field}: {' '.join(map(str, faults))}" for field, faults in form.errors.items())
            )
        make_account(username=form.cleaned_data["username"], facts=form.facts())
        self.stdout.write(f"{username} can log in.")
