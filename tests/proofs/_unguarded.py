"""The application without what stands before Django: a hole, for a control. Only ever started by a proof."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

APPLICATION = "tests.proofs._unguarded:application"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()


async def as_far_as_it_came(scope: Any, protocol: Any) -> bytes:
    """A body, whole or not."""
    return b"".join([part async for part in protocol])


if "BRIDGED" in os.environ:
    from config import rsgi

    rsgi._gathered = as_far_as_it_came
