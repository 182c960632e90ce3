"""OWASP ASVS 5.0.0: what each requirement of levels 1 and 2 is met by here (docs/asvs.toml), judged and counted.

The standard's own wording is not copied: a requirement is its number and a few words of ours.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.house import ROOT
from tests.safety.evidence import is_test, missing

SOURCE = ROOT / "docs" / "asvs.toml"
DOCUMENT = ROOT / "docs" / "asvs.md"

# The level of each requirement, in order, by section: 345 in all, 70 of level 1, 183 of level 2, 92 of level 3.
# fmt: off
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}
# fmt: on
LEVEL = {
    f"{section}.{number}": int(level)
    for section, levels in LEVELS.items()
    for number, level in enumerate(levels, 1)
}

STATUSES = ("test", "reason", "open", "deployment", "not-applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One requirement. `about` is our own few words; `by` are references to tests and proofs; `why` is the reason."""

    id: str
    status: str
    about: str
    by: tuple[str, ...] = ()
    why: str = ""

    @property
    def level(self) -> int:
        """1, 2 or 3; 0 for an id that the standard does not have."""
        return LEVEL.get(self.id, 0)


def read_requirements(text: str) -> tuple[Requirement, ...]:
    """Each requirement of a TOML text in the form of docs/asvs.toml."""
    rows = tomllib.loads(text)["requirement"]
    return tuple(
        Requirement(
            id=row["id"],
            status=row["status"],
            about=row["about"],
            by=tuple(row.get("by", ())),
            why=row.get("why", ""),
        )
        for row in rows
    )


def requirements() -> tuple[Requirement, ...]:
    """Those of docs/asvs.toml."""
    return read_requirements(SOURCE.read_text())


def faults(rows: Sequence[Requirement]) -> Iterator[str]:
    """What is wrong with the list, a sentence each: one that is left out, is no requirement, or has no evidence."""
    ids = [row.id for row in rows]
    wanted = [one for one, level in LEVEL.items() if level < 3]
    yield from (f"{one} is left out" for one in wanted if one not in ids)
    yield from (f"{one} stands {count} times" for one, count in Counter(ids).items() if count > 1)
    for row in rows:
        yield from (f"{row.id}: {fault}" for fault in _faults_of(row))


def _faults_of(row: Requirement) -> Iterator[str]:
    if not row.level:
        yield "the standard has no such requirement"
    if row.status not in STATUSES:
        yield f"no such status: {row.status}"
    if not row.about:
        yield "nothing says what it is about"
    if row.status == "test" and not any(map(is_test, row.by)):
        yield "it names no test"
    if row.status != "test" and not row.why:
        yield "it has no written reason"
    yield from filter(None, map(missing, row.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many requirements of the levels 1 and 2 there are of each status."""

    tested: int
    reasoned: int
    open: int
    deployment: int
    not_applicable: int

    @property
    def apply(self) -> int:
        """Those that concern the program itself."""
        return self.tested + self.reasoned + self.open


def count(rows: Sequence[Requirement], *, levels: tuple[int, ...] = (1, 2)) -> Count:
    """The sums over `rows` of these levels."""
    found = Counter(row.status for row in rows if row.level in levels)
    return Count(
        tested=found["test"],
        reasoned=found["reason"],
        open=found["open"],
        deployment=found["deployment"],
        not_applicable=found["not-applicable"],
    )


def document(rows: Sequence[Requirement]) -> str:
    """The list in Markdown, with its sums."""
    both, third = count(rows), count(rows, levels=(3,))
    table = "\n".join(
        f"| {row.id} | {row.level} | {row.about} | {row.status} | {_evidence(row)} |" for row in rows
    )
    return (
        "# OWASP ASVS 5.0.0\n\n"
        "Written by `make safety` from `asvs.toml`. The words are ours; the standard's own stand in the standard. "
        f"Levels 1 and 2: {both.apply} apply to the program ({both.tested} with a test, {both.reasoned} with a "
        f"reason, {both.open} open), {both.deployment} are for whoever runs it, {both.not_applicable} are about what "
        "it does not have. "
        f"Of level 3, {third.apply} are met as well ({third.tested} with a test).\n\n"
        "| id | level | about | status | by |\n| --- | --- | --- | --- | --- |\n"
        f"{table}\n"
    )


def _evidence(row: Requirement) -> str:
    tests = "<br>".join(f"`{one}`" for one in row.by)
    return "<br>".join(filter(None, (tests, row.why)))
