"""The application with a hole: who has forgotten is written to before the answer, by a mail server of 50 ms."""

from importlib import import_module
from time import sleep
from typing import Any

from config.wsgi import application

links = import_module("accounts.views.links")  # when the application stands
mail = links.mail


def unhurried(link: Any, address: str) -> bool:
    sleep(0.05)
    return bool(mail(link, address))


links.mail = unhurried
links.meanwhile = lambda deed: deed()

__all__ = ["application"]
