"""How the secrets of a second factor are kept: encrypted with a key that is made from SECRET_KEY."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(ValueError):
    """It was sealed with a key that is gone."""


def seal(text: str) -> str:
    """`text`, so that the database alone does not tell it."""
    return _box().encrypt(text.encode()).decode("ascii")


def open_sealed(sealed: str) -> str:
    """What was sealed with SECRET_KEY, or one of SECRET_KEY_FALLBACKS. Raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as broken:
        raise Unreadable from broken


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (
        salted_hmac("accounts.sealing", "a key", secret=key, algorithm="sha256").digest() for key in keys
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
