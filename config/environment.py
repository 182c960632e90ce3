"""What the environment must say before the site serves anybody, and everything that it says wrongly."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BEHIND_TLS_PROXY")
SWITCHES = ("DEBUG", "DEMONSTRATION", "HTTPS", "BEHIND_TLS_PROXY", "METRICS")
ON, OFF = frozenset({"on", "true", "yes", "1"}), frozenset({"off", "false", "no", "0"})

DEMONSTRATION_KEY = "only-for-a-demonstration-on-this-machine"
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 12
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]", re.I)
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?/?", re.I)
SHORTEST_TOKEN = 24
LOG_FORMATS = ("text", "json")
NUMBERS = {
    "SESSION_IDLE_MINUTES": 1,
    "SESSION_HOURS": 1,
    "SESSIONS_PER_ACCOUNT": 0,
    "SECOND_FACTOR_GRACE_DAYS": 0,
    "COURSES_KEPT_MONTHS": 1,
    "LOG_KEPT_YEARS": 1,
    "PRESS_WORKERS": 1,
}
"""The least that each may be."""
NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|https://[^\s]+)")

Said = Mapping[str, str]


def complaints(said: Said) -> tuple[str, ...]:
    """A sentence for each thing that keeps the site from serving patients' doctors; empty where nothing does.

    `said` is the environment. Nothing is asked of the demonstration but that its switches can be read.
    """
    asked = (
        _switches,
        _words,
        _numbers,
        *(
            (_missing, _key, _hosts, _database, _address, _provider, _metrics)
            if not is_on(said, "DEBUG")
            else ()
        ),
    )
    return tuple(sentence for ask in asked for sentence in ask(said))


def is_on(said: Said, name: str, *, default: bool = False) -> bool:
    """Whether a switch is on; `default` where nothing is said of it."""
    word = said.get(name, "").strip().lower()
    return word in ON if word else default


def _words(said: Said) -> Iterator[str]:
    if said.get("LOG_FORMAT", "text") not in LOG_FORMATS:
        yield f"LOG_FORMAT must be {' or '.join(LOG_FORMATS)}."
    contact = said.get("SECURITY_CONTACT", "")
    if contact and not CONTACT.fullmatch(contact):
        yield "SECURITY_CONTACT must be one address that begins with mailto: or https://."


def _switches(said: Said) -> Iterator[str]:
    for name in SWITCHES:
        word = said.get(name, "").strip()
        if word and word.lower() not in ON | OFF:
            yield f"{name} must be on or off, not {word!r}."


def _numbers(said: Said) -> Iterator[str]:
    for name, least in NUMBERS.items():
        word = said.get(name, str(least)).strip()
        if not NUMBER.fullmatch(word) or int(word) < least:
            yield f"{name} must be a whole number from {least}, not {word!r}, or be left out."


def _missing(said: Said) -> Iterator[str]:
    missing = [name for name in REQUIRED if not said.get(name, "").strip()]
    if not is_on(said, "HTTPS", default=True) and "BEHIND_TLS_PROXY" in missing:
        missing.remove("BEHIND_TLS_PROXY")  # then nobody ends TLS that we need to know of
    if missing:
        yield f"the environment lacks {', '.join(missing)}."


def _key(said: Said) -> Iterator[str]:
    key = said.get("SECRET_KEY", "")
    if not key.strip():
        return
    if len(key) < SHORTEST_KEY:
        yield f"SECRET_KEY must have at least {SHORTEST_KEY} characters."
    if key.startswith((DEMONSTRATION_KEY, "django-insecure")):
        yield "SECRET_KEY is one that everybody knows."
    if len(set(key)) < FEWEST_CHARACTERS or key in (key + key)[1:-1]:
        yield f"SECRET_KEY must be random: at least {FEWEST_CHARACTERS} different characters, and no repetition."


def _hosts(said: Said) -> Iterator[str]:
    for host in filter(None, (part.strip() for part in said.get("ALLOWED_HOSTS", "").split(","))):
        if not HOST.fullmatch(host):
            yield f"ALLOWED_HOSTS must name hosts, without scheme, port or *, not {host!r}."


def _database(said: Said) -> Iterator[str]:
    """A URL may hold a password, so none is ever repeated."""
    url = said.get("DATABASE_URL", "").strip()
    if not url:
        return
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        yield from _sqlite(Path(unquote(rest.removeprefix("/").partition("?")[0])))
    elif scheme not in ("postgres", "postgresql") or not urlsplit(url).path.strip("/"):
        yield "DATABASE_URL must be sqlite:////a/path or postgres://user:password@host/name."


def _sqlite(path: Path) -> Iterator[str]:
    if not path.is_absolute():
        yield "DATABASE_URL must give SQLite the whole path: sqlite:////a/path."
    elif not path.parent.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        yield f"DATABASE_URL: {path.parent} must be a folder that this user may write in."
    elif path.exists() and not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
        yield f"DATABASE_URL: {path} must be a file that this user may write."


def _address(said: Said) -> Iterator[str]:
    address = said.get("SITE_ADDRESS", "").strip()
    if not address:
        if said.get("EMAIL_URL", "").strip():
            yield "EMAIL_URL is set: SITE_ADDRESS must be too, or whoever asks says where the links in a letter lead."
        return
    if not ORIGIN.fullmatch(address):
        yield f"SITE_ADDRESS must be scheme and host, such as https://melkeveien.example, not {address!r}."
    elif is_on(said, "HTTPS", default=True) and not address.lower().startswith("https:"):
        yield "SITE_ADDRESS must begin with https://, since HTTPS is on."


def _provider(said: Said) -> Iterator[str]:
    """What it tells of somebody is believed because it came over TLS: no signature is judged besides."""
    server = said.get("OIDC_SERVER", "").strip()
    if server and is_on(said, "HTTPS", default=True) and not server.lower().startswith("https://"):
        yield f"OIDC_SERVER must begin with https://, since HTTPS is on, not {server!r}."


def _metrics(said: Said) -> Iterator[str]:
    if is_on(said, "METRICS") and len(said.get("METRICS_TOKEN", "")) < SHORTEST_TOKEN:
        yield f"METRICS is on: METRICS_TOKEN must have at least {SHORTEST_TOKEN} characters."
