"""Which data, which code and which tests each fact of the guideline comes out in, read from all three."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from guidance.facts import FACTS
from guidance.soundness.walk import parts
from tests.guidance.first_edition import EDITION, EDITION_FILE
from tests.house import ROOT, files

DOCUMENT = ROOT / "docs" / "safety" / "traceability.md"
IN_WORDS = ROOT / "docs" / "safety" / "facts.toml"
APPS = ("accounts", "config", "designsystemet", "guidance", "prescribing")

# «G2», «R1–R3», «R1-3»: one fact, or a row of them.
_NAMED = re.compile(r"(?<![\w-])([MWPGRDAO])(\d{1,2})(?:\s?[–-]\s?\1?(\d{1,2}))?(?![\w-])")

_COMMENT = re.compile(r"(?:^|\s)#( .*)$", re.M)

# What reads each kind of part: the code that a fact works through once it stands in the edition's data.
READ_BY = {
    "points": ("guidance/page.py", "templates/guidance/parts/points.html"),
    "sections": ("guidance/page.py", "templates/guidance/parts/background.html"),
    "terms": ("guidance/prose.py", "templates/guidance/parts/words.html"),
    "references": ("templates/guidance/parts/source_list.html",),
    "positions": ("templates/guidance/parts/positions.html",),
    "advice": ("prescribing/forms/advice.py", "prescribing/weighing.py"),
    "groups": ("prescribing/forms/health.py",),
    "checks": ("prescribing/weighing.py",),
    "drugs": ("prescribing/documents/exemption.py",),
    "information": ("prescribing/signing.py", "prescribing/forms/talk.py"),
    "limits": ("prescribing/limits.py",),
    "regimen": ("prescribing/taper/making.py",),
    "side_effects": ("prescribing/reviewing/ways.py",),
    "passages": ("prescribing/documents/handout/frame.py",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One fact's thread. `data` names parts of the edition, `code` modules, `tests` test modules: sorted, once each."""

    fact: str
    says: str
    data: tuple[str, ...]
    code: tuple[str, ...]
    tests: tuple[str, ...]


def traces() -> tuple[Trace, ...]:
    """Each fact of the guideline in its order."""
    says = tomllib.loads(IN_WORDS.read_text())["facts"]
    data, kinds = _in_data()
    code = _naming([path for app in APPS for path in files(f"{app}/*.py") if "migrations" not in path.parts])
    tests = _naming(files("tests/*test_*.py"), ids=True)
    return tuple(
        Trace(
            fact=fact,
            says=says.get(fact, ""),
            data=tuple(data[fact]),
            code=tuple(sorted({*code[fact], *(path for kind in kinds[fact] for path in READ_BY[kind])})),
            tests=tuple(sorted(tests[fact])),
        )
        for fact in FACTS
    )


def faults(thread: Sequence[Trace]) -> Iterator[str]:
    """Each fact that is not carried through, a sentence each."""
    for trace in thread:
        if not trace.says:
            yield f"{trace.fact} is not told in docs/safety/facts.toml"
        for where, found in (("data", trace.data), ("code", trace.code), ("test", trace.tests)):
            if not found:
                yield f"{trace.fact} stands in no {where}"
    yield from (
        f"{path} is not there: READ_BY names it"
        for paths in READ_BY.values()
        for path in paths
        if not (ROOT / path).is_file()
    )


def uncited() -> list[str]:
    """Parts of the edition that say something clinical and name no fact and no source: the way back."""
    return [_name(path) for path, part in parts(EDITION) if hasattr(part, "cites") and not part.cites]


def _citing() -> int:
    return sum(hasattr(part, "cites") for _, part in parts(EDITION))


def facts_in(text: str) -> set[str]:
    """The facts that `text` names, a row of them spelt out; nothing that is no fact."""
    named = set()
    for chapter, first, last in _NAMED.findall(text):
        named |= {f"{chapter}{number}" for number in range(int(first), int(last or first) + 1)}
    return named & set(FACTS)


def _in_data() -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """By fact: the parts of the edition that cite it, and the kinds of those parts."""
    where: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, set[str]] = defaultdict(set)
    for path, part in parts(EDITION):
        for fact in sorted(_cited(part)):
            if _name(path) not in where[fact]:
                where[fact].append(_name(path))
            kinds[fact].add(str(path[0]))
    return where, kinds


def _cited(part: Any) -> set[str]:
    cites = getattr(part, "cites", ())
    rows = cites.values() if hasattr(cites, "values") else [cites]
    return {cite for row in rows for cite in row if cite in FACTS}


def _name(path: tuple[str | int, ...]) -> str:
    """«checks depression-risk»: the part that stands directly in the edition, by its kind and its code."""
    if len(path) < 2 or not isinstance(path[1], int):
        return str(path[0]) if path else "edition"
    part = getattr(EDITION, str(path[0]))[path[1]]
    known_by = next(
        (getattr(part, name) for name in ("code", "number", "name", "title") if hasattr(part, name)), path[1]
    )
    return f"{path[0]} {known_by}"


def _naming(modules: Sequence[Path], *, ids: bool = False) -> dict[str, set[str]]:
    """By fact: the modules that name it in a comment or docstring; with `ids` also in the id of a parametrized test."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules:
        for fact in _named_in(path, ids=ids):
            found[fact].add(str(path.relative_to(ROOT)))
    return found


@lru_cache
def _named_in(path: Path, *, ids: bool) -> frozenset[str]:
    text = path.read_text()
    if not _NAMED.search(text):
        return frozenset()
    tree = ast.parse(text)
    said = _COMMENT.findall(text)
    said += [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)]
    named = facts_in("\n".join(said))
    return frozenset(named | _in_ids(tree) if ids else named)


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def _in_ids(tree: ast.Module) -> set[str]:
    """The facts that stand in a `parametrize`, or in a table of the module that one reads: in the ids of its tests."""
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    inside = [node for call in _parametrized(tree) for node in ast.walk(call)]
    inside += [
        node
        for name in [one.id for one in inside if isinstance(one, ast.Name) and one.id in tables]
        for node in ast.walk(tables[name])
    ]
    return {node.value for node in inside if isinstance(node, ast.Constant)} & set(FACTS)


def _parametrized(tree: ast.Module) -> list[ast.Call]:
    return [
        decorator
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("parametrize")
    ]


def document(thread: Sequence[Trace]) -> str:
    """The threads as a table in Markdown."""
    head = (
        "# From each fact to data, code and test\n\n"
        f"Written by `make safety`. The facts are those of the guideline, numbered as it was read "
        f"([`facts.toml`](facts.toml)); the data is `{EDITION_FILE.relative_to(ROOT)}`; code is what names the fact or "
        "reads the part that cites it; a test names it in its id or beside its name. A test fails when a fact has "
        "no data or no test, and when this page no longer is what the command writes.\n\n"
        f"The way back: {_citing()} parts of the edition say something of their own, and {len(uncited())} of them name "
        "neither a fact nor another source.\n\n"
        "| fact | says | data | code | tests |\n| --- | --- | --- | --- | --- |\n"
    )
    return head + "\n".join(map(_row, thread)) + "\n"


def _row(trace: Trace) -> str:
    cells = (_listed(trace.data), _listed(trace.code), _listed(trace.tests))
    return f"| {trace.fact} | {trace.says} | {' | '.join(cells)} |"


def _listed(names: Sequence[str]) -> str:
    return "<br>".join(f"`{name}`" for name in names)
