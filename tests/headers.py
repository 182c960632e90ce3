"""What every answer of the site must carry, and what one lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

POLICY = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action '",
)
LOOSE = ("unsafe", "*", "http:", "nonce")
EXACTLY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DENIED = ("camera=()", "microphone=()", "geolocation=()", "usb=()", "payment=()")
YEAR = 31_536_000


def lacking(headers: Mapping[str, str], *, no_store: bool = False, https: bool = False) -> list[str]:
    """What an answer with these headers lacks; `no_store` where nothing may keep it, `https` where it came by TLS."""
    return list(_lacking(headers, no_store=no_store, https=https))


def _lacking(headers: Mapping[str, str], *, no_store: bool, https: bool) -> Iterator[str]:
    policy = headers.get("Content-Security-Policy", "")
    yield from (f"CSP {part}" for part in POLICY if part not in policy)
    yield from (f"CSP holds {part}" for part in LOOSE if part in policy)
    yield from (name for name, value in EXACTLY.items() if headers.get(name) != value)
    yield from (part for part in DENIED if part not in headers.get("Permissions-Policy", ""))
    kept = headers.get("Cache-Control", "")
    if not kept or (no_store and kept != "no-store"):
        yield f"Cache-Control: {kept}"
    if no_store and "Access-Control-Allow-Origin" in headers:
        yield "another site may read it"
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower().replace('"', ""):
        yield f"charset: {kind}"
    if https and f"max-age={YEAR}" not in headers.get("Strict-Transport-Security", ""):
        yield "Strict-Transport-Security"
