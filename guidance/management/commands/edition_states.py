"""`manage.py edition_states`: the states of an edition and the ways between them, as the page in docs/."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from guidance.life import page_of_states


class Command(BaseCommand):
    help = "Skriver siden om utgavenes tilstander, docs/edition-states.md, fra tabellen i guidance/states.py."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page_of_states(), ending="")
