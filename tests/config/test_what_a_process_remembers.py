"""What stays in one process's memory, where no other instance sees it: each thing is named and argued in the docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache

from tests.house import ROOT, files

APPS = ("accounts", "config", "designsystemet", "guidance", "prescribing")
REMEMBERS = {"cache", "lru_cache"}
HOLDERS = {
    "ContextVar",
    "Counter",
    "OrderedDict",
    "ThreadPoolExecutor",
    "defaultdict",
    "deque",
    "dict",
    "list",
    "local",
    "set",
}
ARGUED = re.compile(r"^\| `([\w.]+)` \| \S", re.MULTILINE)


def test_all_that_a_process_remembers_is_argued_in_the_docs_and_nothing_else_is() -> None:
    found = {f"{module(path)}.{name}" for path in files(*APPS) if python(path) for name in remembered(path)}

    assert found == set(ARGUED.findall((ROOT / "docs" / "deploy.md").read_text()))


def test_what_is_looked_for_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "@cache\ndef a(): ...\n@functools.lru_cache(maxsize=2)\ndef b(): ...\nkept: list[int] = []\n"
        "said = ContextVar('said')\ncounts: Counter[str] = Counter()\nlater = ThreadPoolExecutor(1)\n"
        "def c():\n    global last\n    last = 1\ncounted = caches['in_this_process']\n"
        "TITLES = {'a': 1}\ndef d():\n    own = []\n"
    )

    assert sorted(remembered(tmp_path / "one.py")) == sorted(
        ("a", "b", "kept", "said", "counts", "later", "last", "in_this_process")
    )


def test_sessions_used_codes_and_limits_lie_in_the_database() -> None:
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert isinstance(caches["default"], DatabaseCache)


def remembered(path: Path) -> Iterator[str]:
    """The names in a module that live as long as its process: remembered answers, containers that begin empty."""
    tree = ast.parse(path.read_text())
    for statement in tree.body:
        yield from _holder(statement)
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() if REMEMBERS & {_name(one) for one in node.decorator_list}:
                yield node.name
            case ast.Global():
                yield from node.names
            case ast.Subscript(value=ast.Name(id="caches"), slice=ast.Constant(value=str(alias))):
                yield alias


def _holder(statement: ast.stmt) -> Iterator[str]:
    """A name of the module that something is put into later."""
    match statement:
        case (
            ast.AnnAssign(target=ast.Name(id=name), value=value)
            | ast.Assign(targets=[ast.Name(id=name)], value=value)
        ):
            empty = value is not None and ast.unparse(value) in ("[]", "{}")
            held = isinstance(value, ast.Call) and _name(value) in HOLDERS and not name.isupper()
            if empty or held:
                yield name


def _name(node: ast.expr) -> str:
    """`lru_cache` of `functools.lru_cache(maxsize=2)`."""
    match node:
        case ast.Call(func=func):
            return _name(func)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def python(path: Path) -> bool:
    return path.suffix == ".py" and "migrations" not in path.parts


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
