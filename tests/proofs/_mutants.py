"""How mutmut is run on some modules with some tests, in a copy of the sources, so that nothing is written here.

Laws are tried with twenty examples each, always the same, and the one test that takes seconds is left out: a mutant
that only they would notice counts as a survivor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from tests.house import ROOT, files

COPIED = (
    "accounts",
    "config",
    "designsystemet",
    "guidance",
    "prescribing",
    "tests",
    "templates",
    "manage.py",
)
SETTINGS = """
[tool.mutmut]
source_paths = ["accounts", "config", "designsystemet", "guidance", "prescribing"]
also_copy = ["manage.py", "templates"]
only_mutate = {mutated}
pytest_add_cli_args = ["-p", "no:randomly", "-p", "no:cacheprovider", "-k", "not ten_years"]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
track_dependencies = false
"""
CONFTEST = '''

import functools
import gc

settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=20)
settings.load_profile("mutants")
REMEMBERED = []


def pytest_collection_finish():
    REMEMBERED[:] = [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith(("guidance.", "prescribing."))
    ]


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """What was worked out in one test must not answer in the next: it would hide a mutant."""
    for one in REMEMBERED:
        one.cache_clear()
'''
KILLED = {"killed", "timeout"}  # one that never ends is noticed too


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Modules that are changed, and the tests that should notice; paths from the root. `added` are files by path."""

    name: str
    mutated: tuple[str, ...]
    tests: tuple[str, ...]
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A change that no test noticed: in which function, and the lines before and after."""

    where: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What became of a group's mutants."""

    killed: int
    survivors: tuple[Survivor, ...]

    @property
    def mutants(self) -> int:
        """All that were made."""
        return self.killed + len(self.survivors)


def score(group: Group) -> Score:
    """Run the group, or read what it came to when it was last run on exactly these files."""
    kept = Path(tempfile.gettempdir(), "melkeveien-mutants", f"{group.name}-{_key(group)}.json")
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(asdict(_run(group))))
    told = json.loads(kept.read_text())
    return Score(killed=told["killed"], survivors=tuple(Survivor(**one) for one in told["survivors"]))


def _key(group: Group) -> str:
    """Another one when any of the group's own files is another."""
    paths = files(*group.mutated, *group.tests, "guidance/content/*.toml")
    said = sha256(repr((group, SETTINGS, CONFTEST)).encode())
    for path in paths:
        said.update(path.read_bytes())
    return said.hexdigest()[:16]


def _run(group: Group) -> Score:
    with tempfile.TemporaryDirectory(prefix="melkeveien-mutants-") as folder:
        copy = Path(folder)
        _copy_to(copy, group)
        with (copy / "mutmut.txt").open("w") as told:
            _mutmut(copy, "run", "--max-children", "1", stdout=told)
        return _read(copy)


def _copy_to(copy: Path, group: Group) -> None:
    for path in files(*COPIED):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for name, text in group.added:
        (copy / name).write_text(text)
    with (copy / "tests" / "conftest.py").open("a") as conftest:
        conftest.write(CONFTEST)
    project = (ROOT / "pyproject.toml").read_text()
    lists = {"mutated": json.dumps(group.mutated), "tests": json.dumps(group.tests)}
    (copy / "pyproject.toml").write_text(project + SETTINGS.format(**lists))


def _mutmut(copy: Path, *arguments: str, stdout: object = subprocess.PIPE) -> str:
    """Run it at the root of the copy, behind everybody else on the machine; what it printed."""
    ended = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=copy,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(copy)},
        stdout=stdout,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=lambda: os.nice(10),
    )
    if ended.returncode:
        said = ended.stdout or (copy / "mutmut.txt").read_text()
        raise RuntimeError(f"mutmut {' '.join(arguments)} failed:\n{said[-3000:]}")
    return str(ended.stdout or "")


def _read(copy: Path) -> Score:
    lines = _mutmut(copy, "results", "--all", "true").splitlines()
    states = {name.strip(): state.strip() for name, _, state in (line.rpartition(":") for line in lines)}
    fates = {name: state for name, state in states.items() if "__mutmut_" in name}
    left = [name for name, state in fates.items() if state not in KILLED]
    return Score(killed=len(fates) - len(left), survivors=tuple(_survivor(copy, name) for name in left))


def _survivor(copy: Path, name: str) -> Survivor:
    diff = _mutmut(copy, "show", name).splitlines()
    was = [line[1:].strip() for line in diff if line.startswith("-") and not line.startswith("---")]
    becomes = [line[1:].strip() for line in diff if line.startswith("+") and not line.startswith("+++")]
    module, _, mangled = name.rpartition(".")
    function = mangled.partition("__mutmut_")[0].removeprefix("x_").replace("ǁ", ".").removeprefix("x.")
    return Survivor(where=f"{module}.{function}", was="\n".join(was), becomes="\n".join(becomes))
