"""The settings as the tests meet them: the demonstration's, whatever the checkout's `.env` says."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.update(
    DEBUG="on", SECRET_KEY="only-in-tests", ALLOWED_HOSTS="localhost,127.0.0.1,testserver", SITE_ADDRESS=""
)
os.environ.setdefault("DATABASE_URL", "sqlite:///unused-outside-tests.sqlite3")

from config.settings import *  # noqa: F403
from config.settings import DATABASES

# A file, not memory: the server's threads and the test must meet in it as two connections, as in life.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    folder = Path(tempfile.mkdtemp(prefix="melkeveien-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": folder / "test.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
