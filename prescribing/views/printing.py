"""Printing for whoever asks: so many sheets a minute as a person could want, and no more."""

from __future__ import annotations

import logging
from time import time

from django.core.cache import cache
from django.http import HttpRequest

from accounts.lockout import fingerprint_of, subscriber
from prescribing.documents.press import Printed, TooManyOfOne, print_pdf

log = logging.getLogger("melkeveien.press")
A_MINUTE = 40
"""Sheets that an account, or an address without one, has set in a minute. What was printed before does not count."""


def print_for(request: HttpRequest, html: str) -> Printed:
    """`html` as PDF. PressError as `press.print_pdf`; TooManyOfOne also where the minute's sheets are used up.

    The count lies where every process sees it; the line at the press is each process's own.
    """
    asker = fingerprint_of(_asker(request))
    key = f"printed-{asker}-{int(time() // 60)}"
    asked = cache.get(key, 0) + 1
    if asked > A_MINUTE:
        raise TooManyOfOne(f"The asker has had {A_MINUTE} documents this minute.")
    cache.set(key, asked, timeout=120)
    printed = print_pdf(html, asker=asker)
    if printed.remarks:  # such as a letter that no font has; what it is may be a word of somebody's
        log.warning("the typesetter had %d remarks on a paper", len(printed.remarks))
    return printed


def _asker(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"address {subscriber(request)}"
