"""What the house tests read: the committed files, the project file, the tools."""

import os
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent


def run(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the virtual environment at the root of the checkout; `environ` is added to what it inherits."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [str(TOOLS / command[0]), *command[1:]],
        cwd=ROOT,
        env={**inherited, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_content(*command: str, advice: str) -> None:
    """The tool finds nothing; what it finds is told, and then what to do about it."""
    told = run(*command)
    assert told.returncode == 0, f"{' '.join(command)}\n{told.stdout[-6000:]}{told.stderr[-2000:]}\n{advice}"


@lru_cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@lru_cache
def files(*patterns: str) -> tuple[Path, ...]:
    """The files that are committed, or would be: what git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())
