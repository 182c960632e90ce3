"""An application with a hole, behind the server as the product is: `BRIDGED` in the environment names it."""

from __future__ import annotations

import os
from importlib import import_module

APPLICATION = "tests.proofs._bridged:application"

if "BRIDGED" in os.environ:
    module, _, name = os.environ["BRIDGED"].partition(":")
    with_a_hole = getattr(import_module(module), name)  # sets Django up, before what follows needs it

    from config.rsgi import Bridge
    from config.wsgi import HSTS

    application = Bridge(with_a_hole, hsts=HSTS)
