"""Asks the server on this machine whether it can do its work; exit code 0 if so. For containers, which have no curl."""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException

PATIENCE = 4  # seconds


def is_alive(port: int, host: str) -> bool:
    """Whether `/healthz` answers 200 on `port`, asked as `host`."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    first = os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0].strip().lstrip(".")
    sys.exit(not is_alive(int(os.environ.get("GRANIAN_PORT", "8000")), first))
