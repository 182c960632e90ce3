"""How fast it is, as ratios from one run: `python -m tests.bench`, or with the names of sections.

A section is a module here with `measures()`, which yields what it measured. Ratios, since seconds say more about the
machine than about us; both sides of one are timed in turns, so that a busy machine slows both.
"""

import os

import django

# Whatever the shell says: the tests' settings, with a database of its own that is a file, as in life.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("DATABASE_URL", None)
django.setup()
