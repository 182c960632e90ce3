"""What the site needs to be told before it starts, and what it says when it is not told."""

import re
import tempfile
from pathlib import Path

from tests.house import run

KEY = "only-in-tests-0123456789-abcdefghijklmnopqrstuvwxyz-only-in-tests"
READY = {
    "DEBUG": "off",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "melkeveien.example",
    "DATABASE_URL": f"sqlite:///{Path(tempfile.gettempdir(), 'not-opened.sqlite3')}",
    "BEHIND_TLS_PROXY": "on",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


def test_with_debug_off_nothing_starts_on_defaults_and_all_that_is_wrong_is_named_at_once() -> None:
    told = run(
        "python", "manage.py", "check", **{**READY, "SECRET_KEY": "short", "DATABASE_URL": "", "HTTPS": "x"}
    )

    assert told.returncode != 0
    assert "the environment lacks DATABASE_URL." in told.stderr
    assert "at least 50 characters" in told.stderr
    assert "HTTPS must be on or off" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_production_settings_pass_djangos_own_check() -> None:
    told = run("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **READY)

    assert told.returncode == 0, told.stderr


def test_there_is_no_demonstration_with_debug_off() -> None:
    told = run("python", "manage.py", "make_demonstration_accounts", **{**READY, "DEMONSTRATION": "on"})

    assert told.returncode == 1
    assert "only with DEBUG on" in told.stderr


def test_what_the_pages_load_can_be_named_by_its_content(tmp_path: Path) -> None:
    program = (
        "from django.conf import settings; from django.core.management import call_command; import django; "
        f"settings.STATIC_ROOT = {str(tmp_path)!r}; django.setup(); call_command('collectstatic', interactive=False)"
    )
    told = run("python", "-c", program, **READY)

    assert told.returncode == 0, told.stderr
    assert (tmp_path / "staticfiles.json").is_file()
    assert list(tmp_path.glob("css/app.*.css.br"))


def test_a_site_prepared_with_debug_off_serves_its_pages_with_files_named_by_content(tmp_path: Path) -> None:
    program = (
        "from django.conf import settings; from django.core.management import call_command; import django; "
        f"settings.STATIC_ROOT = {str(tmp_path / 'static')!r}; django.setup(); call_command('prepare', verbosity=0); "
        "from django.test import Client; page = Client(headers={'host': 'melkeveien.example'}).get('/'); "
        "print(page.status_code, page.content.decode())"
    )
    here = {"HTTPS": "off", "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    told = run("python", "-c", program, **{**READY, **here})

    assert told.stdout.startswith("200 "), told.stderr
    [name] = re.findall(r'href="/static/(css/app\.[0-9a-f]{12}\.css)"', told.stdout)
    assert (tmp_path / "static" / name).is_file()


def test_every_setting_from_the_environment_is_in_the_readme() -> None:
    from tests.house import ROOT

    asked = re.compile(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"')
    sources = ("config/settings.py", "prescribing/documents/press/__init__.py")
    read = {name for source in sources for name in asked.findall((ROOT / source).read_text())}
    rows = re.findall(r"^\| (`[A-Z_]+`.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    assert read | {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"} == {
        name for name in told if not name.endswith("_FILE")
    }
