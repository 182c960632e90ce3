"""Restores one backup after another, each on a database of its own: `python -m tests.proofs._restoring FILE ADDRESS …`.

Each in a fork of one process that has read the program, so that time is the restore's. Prints seconds and exit code.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from urllib.parse import urlsplit


def main(pairs: list[str]) -> None:
    import django

    django.setup()
    for file, address in zip(pairs[::2], pairs[1::2], strict=True):
        started = monotonic()
        child = os.fork()
        if child == 0:
            _restore(file, address)
        _, status = os.waitpid(child, 0)
        print(f"{monotonic() - started:.1f} {os.waitstatus_to_exitcode(status)}", flush=True)


def _restore(file: str, address: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    path = urlsplit(address).path.removeprefix("/")
    connection.settings_dict["NAME"] = path
    code = 0
    try:
        call_command("restore", file, stdout=sys.stderr)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
