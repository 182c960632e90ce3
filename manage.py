#!/usr/bin/env python
"""The command line of Melkeveien."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.mendable import sentence

    try:
        execute_from_command_line(sys.argv)
    except Exception as fault:
        said = sentence(fault)
        if said is None or "--traceback" in sys.argv:
            raise
        sys.exit(said)


if __name__ == "__main__":
    main()
