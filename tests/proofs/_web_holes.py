"""The application as a proof about the web needs it: with papers that are bombs, and for a control with a guard out.

`HOLE` in the environment names the guard. Only ever started by a proof, on a scratch database.
"""

from __future__ import annotations

import os
from typing import Any

APPLICATION = "tests.proofs._web_holes:application"
QUICK_REFUSAL, NO_HEADERS, NO_LIMITS = "quick-refusal", "no-headers", "no-limits"
OUTERMOST = "config.carry_headers.carry_headers"


def refuse_strangers_quickly() -> None:
    """A password is hashed only where there is an account, and failures are not counted."""
    from allauth.account.auth_backends import AuthenticationBackend
    from django.conf import settings

    AuthenticationBackend._mitigate_timing_attack = lambda self, password: None
    settings.AXES_ENABLED = False


def without_the_outermost() -> None:
    """No middleware fills in what an answer lacks."""
    from django.conf import settings

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != OUTERMOST]


def without_limits() -> None:
    """A document may take what it likes, and everybody may wait."""
    from prescribing.documents import press
    from prescribing.documents.press.crew import Limits

    limits = Limits(
        pages=10**6, letters=10**9, mebibytes=3000, cpu_seconds=600, seconds=600.0, wait_seconds=600.0
    )
    press.print_pdf.__kwdefaults__["limits"] = limits
    press._workers().line._places = 10**6


HOLES = {
    QUICK_REFUSAL: refuse_strangers_quickly,
    NO_HEADERS: without_the_outermost,
    NO_LIMITS: without_limits,
}


def _breaks(*_: Any, **__: Any) -> str:
    raise ValueError("on purpose")


def _papers() -> dict[str, Any]:
    """What the public papers' own view prints besides: each bomb, and one that breaks before it is printed."""
    from tests.proofs._bombs import BOMBS, document

    bombs = {f"bombe-{name}": (lambda *_, name=name, **__: document(name)) for name in BOMBS}
    return {**bombs, "brutt": _breaks}


def _application() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    settings.DEBUG = False  # errors are answered as they are where patients are
    django.setup()
    if hole := os.environ.get("HOLE", ""):
        HOLES[hole]()
    from config.wsgi import application
    from prescribing.views import public

    public.PAPERS |= _papers()
    return application


if "SERVED" in os.environ:
    application = _application()
