"""How a number that one of our own forms has sent is read."""

from __future__ import annotations

from django.http import HttpRequest


def sent_number(request: HttpRequest, name: str) -> int:
    """The number in the hidden field `name`; 0 where it is missing or was tampered with."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
