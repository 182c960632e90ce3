"""Secrets that lie in files: where a container or systemd puts them."""

from pathlib import Path

import pytest

from config.secret_files import SecretFileUnread, read_secret_files
from tests.config.test_settings import KEY, READY
from tests.house import run


def test_a_site_starts_with_its_key_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")

    told = run(
        "python", "manage.py", "check", **{**READY, "SECRET_KEY": "", "SECRET_KEY_FILE": f"{tmp_path}/key"}
    )

    assert told.returncode == 0, told.stderr


def test_a_file_that_is_not_there_is_named_and_nothing_starts(tmp_path: Path) -> None:
    told = run(
        "python", "manage.py", "check", **{**READY, "SECRET_KEY": "", "SECRET_KEY_FILE": f"{tmp_path}/none"}
    )

    assert told.returncode != 0
    assert f"SECRET_KEY_FILE names {tmp_path}/none, which cannot be read: FileNotFoundError." in told.stderr


def test_a_line_break_at_the_end_of_the_file_is_no_part_of_the_secret(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgres://melkeveien:hemmelig@database/melkeveien\n")
    environment = {"DATABASE_URL_FILE": f"{tmp_path}/url"}

    read_secret_files(environment)

    assert environment["DATABASE_URL"] == "postgres://melkeveien:hemmelig@database/melkeveien"


def test_what_stands_in_the_environment_itself_is_kept(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file")
    environment = {"SECRET_KEY": "said", "SECRET_KEY_FILE": f"{tmp_path}/key"}

    read_secret_files(environment)

    assert environment["SECRET_KEY"] == "said"


def test_a_file_that_is_no_text_is_refused_without_being_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfehidden")

    with pytest.raises(SecretFileUnread, match="UnicodeDecodeError") as refused:
        read_secret_files({"SECRET_KEY_FILE": f"{tmp_path}/key"})

    assert "hidden" not in str(refused.value)
