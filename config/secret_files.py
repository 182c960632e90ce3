"""Which settings may lie in a file of their own, where a container or systemd keeps what is secret."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

MAY_LIE_IN_A_FILE = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "BACKUP_KEY",
    "METRICS_TOKEN",
    "EMAIL_URL",
    "OIDC_CLIENT_SECRET",
)


class SecretFileUnread(Exception):
    """The environment names a file that cannot be read."""


def read_secret_files(environment: MutableMapping[str, str]) -> None:
    """Give each setting its file's text, without white space around it, where `NAME_FILE` names one.

    What stands in the environment itself is kept. Raises SecretFileUnread; the text is never told.
    """
    for name in MAY_LIE_IN_A_FILE:
        file = environment.get(f"{name}_FILE", "")
        if file and not environment.get(name):
            environment[name] = _text(f"{name}_FILE", file)


def _text(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as why:
        raise SecretFileUnread(f"{name} names {file}, which cannot be read: {type(why).__name__}.") from None
