"""How a link reaches the one whom it is for: by mail where mail is set up, else shown once for copying."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from time import sleep

from django.conf import settings
from django.core.mail import send_mail
from django.db import connections
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions import NewLink

log = logging.getLogger("melkeveien.mail")
UNTIL_THE_ANSWER_IS_OUT = 0.25  # seconds
_later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Where the link leads to; whether it was to be mailed, and was."""

    address: str
    tried: bool
    mailed: bool


def hand_over(request: HttpRequest, link: NewLink) -> HandedOver:
    """Mail the link, if there is a way."""
    address = site_of(request) + link.path
    tried = settings.MAIL_IS_SENT and bool(link.user.email)
    return HandedOver(address=address, tried=tried, mailed=tried and mail(link, address))


def site_of(request: HttpRequest) -> str:
    """What the addresses in a letter begin with: the public address, where it is set."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"


def mail(link: NewLink, address: str) -> bool:
    """Whether the mail server took the letter."""
    with translation.override(link.user.language or settings.LANGUAGE_CODE):
        text = render_to_string(
            "accounts/letter.txt", {"link": link, "why": link.why.value, "address": address}
        )
        subject = _("Velg passord i Melkeveien")
    try:
        send_mail(subject, text, None, [link.user.email])
    except OSError:  # what smtplib's errors are too; their words may hold the address
        log.warning("the mail server did not take a letter")
        return False
    return True


def meanwhile(deed: Callable[[], object]) -> Future[None]:
    """Do it after the answer has been given, so that the answer's time tells nothing."""

    def done() -> None:
        sleep(UNTIL_THE_ANSWER_IS_OUT)  # what is done beside it would make it slower
        try:
            deed()
        finally:
            connections.close_all()

    return _later.submit(copy_context().run, done)
