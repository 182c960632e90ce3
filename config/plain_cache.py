"""The cache that all instances share: what lies in its table is read as plain data, and never runs.

Django's own unpickles whatever it finds there: who can write in the database would then run what they like in every
instance, beside its keys.
"""

from __future__ import annotations

import base64
import io
import pickle
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router


class PlainDatabaseCache(DatabaseCache):
    """Django's own, of texts, numbers, lists and dictionaries; a value that is anything else is not there."""

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        named = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not named:
            return {}
        connection = connections[router.db_for_read(self.cache_model_class)]
        table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # Django's own, of its own
        places, now = ", ".join(["%s"] * len(named)), datetime.now(UTC).replace(microsecond=0)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {table} WHERE expires >= %s AND cache_key IN ({places})",  # noqa: S608 - a table of ours, and places
                [connection.ops.adapt_datetimefield_value(now), *named],
            )
            rows = cursor.fetchall()
        return {named[key]: value for key, kept in rows for value in _values(kept)}


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _values(kept: str) -> list[Any]:
    """The value that is kept so, or none."""
    try:
        return [_Plain(io.BytesIO(base64.b64decode(kept))).load()]
    except (pickle.UnpicklingError, ValueError, EOFError, LookupError, TypeError, AttributeError):
        return []
