"""What the documents name is there: tests, proofs and files; and the privacy note names everything that is stored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.house import ROOT, files
from tests.safety.evidence import missing

WRITTEN = [
    path
    for path in files("docs/*.md", "docs/safety/*.md", "SECURITY.md", "README.md")
    if path.name != "decisions.md"
]
_NAMED = re.compile(
    r"`((?:tests|accounts|config|guidance|prescribing|docs)/[\w./-]+(?:::\w+)?|proof:[\w-]+)`"
)
_LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_what_a_document_names_is_there(path: Path) -> None:
    text = path.read_text()
    gone = [found for found in map(missing, sorted(set(_NAMED.findall(text)))) if found]
    gone += [link for link in _LINKED.findall(text) if not (path.parent / link).exists()]

    assert not gone, f"{path.relative_to(ROOT)}: {gone}"


def test_the_privacy_note_names_every_table() -> None:
    note = (ROOT / "docs" / "privacy.md").read_text()
    stored = {model.__name__ for model in apps.get_models()} - {
        "Group",
        "Permission",
    }  # Django's own are named as such

    assert not {name for name in stored if f"`{name}`" not in note}


def test_it_names_the_tables_too_that_are_no_models(db: None) -> None:
    note = (ROOT / "docs" / "privacy.md").read_text()
    of_models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    others = {*connection.introspection.table_names()} - of_models - {"django_migrations"}

    assert others
    assert not {name for name in others if f"`{name}`" not in note}


def test_the_threats_are_each_proved_by_something_that_runs() -> None:
    section = (ROOT / "docs" / "threat-model.md").read_text().split("## Threats")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][2:]

    assert len(rows) >= 20
    assert not [row for row in rows if not re.search(r"`(?:tests/\S+::test_\w+|proof:[\w-]+)`", row)]
