"""The house rules, as far as a machine can hold them."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import ROOT, assert_content, files, project

APPS = ("accounts", "config", "designsystemet", "guidance", "prescribing")
EMPTY_NAMES = {"utils", "helpers", "services", "managers", "common", "misc"}
# Assembled from pieces, so that this file does not hold what it looks for.
OUTSIDE = re.compile(
    "|".join((r"py" + r"pi\.org", r"python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"))
)
THIS_MACHINE = re.compile(r"(?<![\w.])/(" + "|".join(("work", "root", "farm")) + r")/[\w.]")
SECRET = re.compile(r"SECRET_KEY\s*=\s*['\"]?[\w-]{40,}")


def test_nobody_imports_against_the_direction_of_the_house() -> None:
    assert_content(
        "lint-imports",
        "--no-cache",
        advice="The layers stand in pyproject.toml under [tool.importlinter]. A module that nobody placed fails: "
        "give it its place there, and among the plain ones if it imports no Django.",
    )


def test_ruff_finds_nothing() -> None:
    assert_content(
        "ruff",
        "check",
        "--output-format=concise",
        ".",
        advice="Mend it, or run `make format` for what mends itself.",
    )


def test_python_is_formatted() -> None:
    assert_content("ruff", "format", "--check", ".", advice="Run `make format`.")


def test_templates_are_formatted() -> None:
    templates = [str(path.relative_to(ROOT)) for path in files("templates/*.html")]

    assert_content("djade", "--check", "--target-version", "5.2", *templates, advice="Run `make format`.")


def test_types_hold() -> None:
    assert_content("mypy", advice="Plain modules are typed strictly; the list stands in pyproject.toml.")


def test_every_migration_has_been_made() -> None:
    assert_content(
        "python", "manage.py", "makemigrations", "--check", "--dry-run", advice="Run makemigrations."
    )


def plain_modules() -> set[str]:
    """What the layers call plain: the lowest layer of an app."""
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}
    lowest = {app: contracts[app]["layers"][-1] for app in ("accounts", "guidance", "prescribing")}
    return {f"{app}.{name}" for app, layer in lowest.items() for name in layer.split(" : ")} | {
        "config.guard"
    }


def test_every_plain_module_is_kept_from_django() -> None:
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}

    assert plain_modules() <= set(contracts["plain"]["source_modules"])


def test_every_plain_module_is_typed_strictly() -> None:
    strict = next(o for o in project()["tool"]["mypy"]["overrides"] if o.get("disallow_untyped_defs"))[
        "module"
    ]

    assert plain_modules() <= {name.removesuffix(".*") for name in strict}


@pytest.mark.parametrize(
    "pattern", [OUTSIDE, THIS_MACHINE, SECRET], ids=["registry", "this machine", "secret"]
)
def test_no_committed_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files()
        if not path.is_relative_to(ROOT / "static" / "vendor")
        for number, line in enumerate(path.read_text(errors="ignore").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert not found, "\n".join(found)


def modules() -> list[Path]:
    return [path for path in files(*(f"{app}/**.py" for app in APPS)) if "migrations" not in path.parts]


def test_every_module_opens_with_a_sentence_about_what_it_knows() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert not silent, "\n".join(silent)


def test_only_a_package_may_be_empty() -> None:
    empty = [path for path in modules() if not path.read_text().strip() and path.name != "__init__.py"]

    assert not empty


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        str(path.relative_to(ROOT)) for path in modules() if {path.stem, *path.parent.parts} & EMPTY_NAMES
    ]

    assert not vague, "\n".join(vague)


def test_no_module_outgrows_what_one_reads_in_a_sitting() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}

    assert not {name: lines for name, lines in long.items() if lines > 450}


def test_every_folder_of_python_is_a_package() -> None:
    folders = {path.parent for path in files(*(f"{app}/**.py" for app in (*APPS, "tests")))}

    assert not {folder for folder in folders if not (folder / "__init__.py").is_file()}


def test_every_dependency_is_locked_with_a_hash() -> None:
    named = re.compile(r"^([\w.-]+)")
    wanted = {named.match(d)[1].lower() for d in project()["project"]["dependencies"]}  # type: ignore[index]
    locked = (ROOT / "requirements.txt").read_text()
    pinned = re.findall(r"^([\w.-]+)==[^\\]*\\\n\s+--hash=sha256:", locked, re.MULTILINE)

    assert wanted <= set(pinned), "Run `make lock`."
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", locked, re.MULTILINE))


def test_every_dependency_says_why_it_is_here() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|test|proof|bench) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    unexplained = [
        line for block in lists for line in block.splitlines() if not re.search(r'",\s+# \w', line)
    ]

    assert len(lists) == 4
    assert not unexplained, "\n".join(unexplained)


def test_each_decision_has_the_next_number() -> None:
    numbers = re.findall(r"^## (\d+)\. ", (ROOT / "docs" / "decisions.md").read_text(), re.MULTILINE)

    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert numbers
