"""What a link for choosing a password is made of, and how long it lasts."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum


class Why(StrEnum):
    """What a link was made for."""

    INVITED = "invited"
    RESET = "reset"  # by an administrator
    FORGOTTEN = "forgotten"  # by the owner, and mailed


LASTS = {
    Why.INVITED: timedelta(days=7),
    Why.RESET: timedelta(days=1),
    Why.FORGOTTEN: timedelta(hours=1),
}


def new_token() -> str:
    """43 characters that nobody guesses: 256 random bits, for an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token, 64 hexadecimal digits. A plain hash will do for what has 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
