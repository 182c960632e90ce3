"""Whether the site can do its work just now."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

PATIENCE = 2  # seconds
FROM_THE_FILE = "SELECT 1 FROM django_migrations LIMIT 1"  # for a bare SELECT 1, SQLite opens no file


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers within two seconds, else 503; plain text, for machines."""
    probe = _probe()
    try:
        with probe.cursor() as cursor:
            cursor.execute(FROM_THE_FILE)
    except Error:
        return HttpResponse(
            "database does not answer\n", status=503, content_type="text/plain; charset=utf-8"
        )
    finally:
        probe.close()
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _probe() -> BaseDatabaseWrapper:
    """A connection of its own, less patient than the others, and not queueing for one with them."""
    probe = connection.copy()
    options = probe.settings_dict["OPTIONS"]
    options.pop("pool", None)
    options["timeout" if probe.vendor == "sqlite" else "connect_timeout"] = PATIENCE
    return probe
