"""The way in: Django behind the guard."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.guard import guarded
from config.headers import HTTPS_ALONE
from prescribing.documents import press

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HSTS = HTTPS_ALONE if settings.HTTPS else ""
application = guarded(get_wsgi_application(), hsts=HSTS)
press.warm()  # returns at once; the first sheet then need not wait for the typesetters to start
