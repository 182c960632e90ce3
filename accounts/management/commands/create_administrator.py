"""Makes the first administrator, who then invites the others on the pages."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import Role


class Command(BaseCommand):
    help = (
        "Makes an administrator: without --practice of everything, with it of that practice. "
        "The password is asked for, or read from standard input; with --link a link that chooses it is printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the name that pages show")
        parser.add_argument("--practice", default="", help="the name of a practice; made where it is new")
        parser.add_argument(
            "--link", action="store_true", help="print a link that chooses the password, once"
        )

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        told = {name: options[name] for name in ("name", "practice", "link")}
        made = {"role": [Role.ADMINISTRATOR], "stdout": self.stdout, "stderr": self.stderr}
        call_command("make_account", username, **told, **made)
