"""Whether the site can do its work just now."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

PATIENCE = 2  # seconds
FROM_THE_FILE = "SELECT 1 FROM django_migrations LIMIT 1"  # for a bare SELECT 1, SQLite opens no file


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers within two seconds and takes writes, else 503; plain text, for machines."""
    probe = _probe()
    try:
        told, status = ("ok", 200) if _takes_writes(probe) else ("database takes no writes", 503)
    except Error:
        told, status = "database does not answer", 503
    finally:
        probe.close()
    return HttpResponse(f"{told}\n", status=status, content_type="text/plain; charset=utf-8")


def _takes_writes(probe: BaseDatabaseWrapper) -> bool:
    """False of PostgreSQL's copies, which answer questions; SQLite's has been opened to write, or is not."""
    with probe.cursor() as cursor:
        cursor.execute(FROM_THE_FILE)
        if probe.vendor != "postgresql":
            return True
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone() == ("off",))


def _probe() -> BaseDatabaseWrapper:
    """A connection of its own, less patient than the others, and not queueing for one with them."""
    probe = connection.copy()
    options = probe.settings_dict["OPTIONS"]
    options.pop("pool", None)
    options["timeout" if probe.vendor == "sqlite" else "connect_timeout"] = PATIENCE
    return probe
