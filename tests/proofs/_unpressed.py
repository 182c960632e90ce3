"""The site without its typesetters: a server that is killed again and again need not start them each time."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from config.guard import guarded

UNPRESSED = "tests.proofs._unpressed:application"


def __getattr__(name: str) -> object:
    """`application`, made when a server asks for it."""
    if name != "application":
        raise AttributeError(name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    return guarded(get_wsgi_application())
