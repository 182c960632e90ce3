"""The application without what stands before Django: a hole, for a control. Only ever started by a proof."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

APPLICATION = "tests.proofs._unguarded:application"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
