"""Which headers go with every answer, whoever gives it: a page, an error, a PDF, a file, a refusal of the guard's."""

from __future__ import annotations

DENIED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "window-management",
    "xr-spatial-tracking",
)
"""What a browser could do for a page, and ours never asks for."""

OURS_ALONE = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
"""What our own pages do: copy a note, and log in with a passkey."""

GUARDING = {
    "Content-Security-Policy": "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'none'",
    "Permissions-Policy": ", ".join(
        [*(f"{feature}=()" for feature in DENIED), *(f"{feature}=(self)" for feature in OURS_ALONE)]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What an answer carries that says nothing else for itself: the strictest of each."""

HTTPS_ALONE = "max-age=31536000; includeSubDomains; preload"
"""Strict-Transport-Security, where the answer itself travels so."""


def of_a_refusal(hsts: str = "") -> list[tuple[str, str]]:
    """What an answer in plain text carries that is given before Django is asked; `hsts` where that is set.

    A browser heeds Strict-Transport-Security only where it came by TLS.
    """
    said = [("Content-Type", "text/plain; charset=utf-8"), *GUARDING.items()]
    return [*said, ("Strict-Transport-Security", hsts)] if hsts else said
