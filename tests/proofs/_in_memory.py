"""The settings of a site, but with sessions and limits in each process's own memory: a hole, for a control."""

from config.settings import *  # noqa: F403

CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "in_this_process")
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
