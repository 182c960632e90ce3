"""Prints the head of the access log, to be kept where nobody reaches who reaches the database."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import AccessRow


class Command(BaseCommand):
    help = "Prints the head of the access log. Keep it elsewhere, daily; `verify_log --heads FILE` reads it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(AccessRow.objects.head()))
