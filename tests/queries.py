"""How often a page may ask the database: nine times, its session among them.

What the access log writes of the page comes on top: the last row there is, and the new one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 9
OF_THE_LOG = ("accessrow", "SAVEPOINT", "pg_advisory")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries that are asked inside, once it is left."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield asked
    asked += [query["sql"] for query in queries if not any(word in query["sql"] for word in OF_THE_LOG)]


@contextmanager
def few_queries() -> Iterator[None]:
    """No more are asked inside than a page may."""
    with counted() as asked:
        yield
    assert len(asked) <= MOST, "\n".join(asked)
