"""The hazard log: docs/safety/hazards.toml read, judged by the rules of ISO 14971, and laid out as a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.house import ROOT
from tests.safety.evidence import is_test, missing

SOURCE = ROOT / "docs" / "safety" / "hazards.toml"
DOCUMENT = ROOT / "docs" / "safety" / "hazard-log.md"

SEVERITIES = ("", "negligible", "minor", "moderate", "major", "catastrophic")
LIKELIHOODS = ("", "very unlikely", "unlikely", "possible", "likely", "very likely")
KINDS = ("design", "protection", "information")
OPEN = "open"
STATUSES = ("controlled", "controlled, clinician to confirm", OPEN)

# The highest product of severity and likelihood that is still in the band.
BANDS = ((4, "acceptable"), (9, "tolerable"), (25, "unacceptable"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """`severity` and `likelihood` from 1 to 5, as the plan defines them."""

    severity: int
    likelihood: int

    @property
    def score(self) -> int:
        """Their product."""
        return self.severity * self.likelihood

    @property
    def band(self) -> str:
        """What the plan says of such a risk."""
        return next(name for highest, name in BANDS if self.score <= highest)

    def __str__(self) -> str:
        return f"{self.severity} × {self.likelihood} = {self.score}, {self.band}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """`kind` is design, protection or information, in that order of preference; `by` and `tests` are references."""

    kind: str
    what: str
    by: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One row of the log. `argued` says why a residual risk above acceptable is kept, or when it will not be."""

    id: str
    name: str
    cause: str
    harm: str
    initial: Risk
    controls: tuple[Control, ...]
    residual: Risk
    argued: str
    status: str


def read_hazards(text: str) -> tuple[Hazard, ...]:
    """Every hazard of a TOML text in the form of hazards.toml. Raises KeyError for one that lacks a field."""
    return tuple(_hazard(row) for row in tomllib.loads(text)["hazard"])


def hazards() -> tuple[Hazard, ...]:
    """Those of the log as it stands."""
    return read_hazards(SOURCE.read_text())


def released() -> tuple[str, ...]:
    """The ids that a release has had, and that the log must therefore hold."""
    return tuple(tomllib.loads(SOURCE.read_text())["released"])


def _hazard(row: dict[str, Any]) -> Hazard:
    words = {key: row[key] for key in ("id", "name", "cause", "harm", "status")}
    return Hazard(
        **words,
        argued=row.get("argued", ""),
        initial=Risk(severity=row["initial"][0], likelihood=row["initial"][1]),
        residual=Risk(severity=row["residual"][0], likelihood=row["residual"][1]),
        controls=tuple(
            Control(kind=one["kind"], what=one["what"], by=tuple(one["by"]), tests=tuple(one["tests"]))
            for one in row["control"]
        ),
    )


def faults(log: Sequence[Hazard], once: Sequence[str]) -> Iterator[str]:
    """What is wrong with the log, a sentence each; `once` are the ids that a release has had."""
    ids = [hazard.id for hazard in log]
    yield from (f"{gone} was in a release and is gone" for gone in once if gone not in ids)
    yield from (f"{one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    if ids != sorted(ids):
        yield "the hazards do not stand in the order of their ids"
    for hazard in log:
        yield from (f"{hazard.id}: {fault}" for fault in _faults_of(hazard))


def _faults_of(hazard: Hazard) -> Iterator[str]:
    if not re.fullmatch(r"H\d\d", hazard.id):
        yield "an id is H and two digits"
    if hazard.status not in STATUSES:
        yield f"no such status: {hazard.status}"
    yield from _faults_of_risk(hazard)
    if not hazard.controls:
        yield "it has no control"
    for control in hazard.controls:
        yield from _faults_of_control(control)


def _faults_of_risk(hazard: Hazard) -> Iterator[str]:
    for risk in (hazard.initial, hazard.residual):
        if not (1 <= risk.severity <= 5 and 1 <= risk.likelihood <= 5):
            yield f"severity and likelihood lie between 1 and 5: {risk.severity}, {risk.likelihood}"
    if hazard.residual.score > hazard.initial.score:
        yield f"what is left ({hazard.residual.score}) is more than there was ({hazard.initial.score})"
    if hazard.residual.severity != hazard.initial.severity:
        yield "a control makes harm less likely, not less grave: the severity stays"
    if hazard.residual.score > BANDS[1][0] and hazard.status != OPEN:
        yield f"what is left is unacceptable ({hazard.residual.score}), and the hazard is not called open"
    if hazard.residual.score > BANDS[0][0] and not hazard.argued:
        yield "what is left is more than acceptable, and nothing argues for it"


def _faults_of_control(control: Control) -> Iterator[str]:
    if control.kind not in KINDS:
        yield f"no such kind of control: {control.kind}"
    if not control.by:
        yield f"nothing carries out «{control.what}»"
    if not any(is_test(reference) for reference in control.tests):
        yield f"no test proves «{control.what}»"
    yield from filter(None, map(missing, (*control.by, *control.tests)))


def document(log: Sequence[Hazard]) -> str:
    """The log in Markdown: a table of all, then each by itself."""
    head = (
        "# Hazard log\n\n"
        "Written by `make safety` from `hazards.toml`; the scales and the rule of acceptance stand in "
        "[`plan.md`](plan.md). Severity × likelihood, first without and then with the controls. Clinical wording and "
        "every estimate wait for the clinical safety officer, who is yet to be named.\n\n"
        "| id | hazard | before | after | status |\n| --- | --- | --- | --- | --- |\n"
    )
    table = "\n".join(
        f"| [{one.id}](#{one.id.lower()}) | {one.name} | {one.initial} | {one.residual} | {one.status} |"
        for one in log
    )
    return f"{head}{table}\n\n" + "\n".join(map(_told, log))


def _told(hazard: Hazard) -> str:
    severity, likelihood = SEVERITIES[hazard.initial.severity], LIKELIHOODS[hazard.initial.likelihood]
    lines = [
        f"## {hazard.id}",
        f"**{hazard.name}**\n",
        f"- Cause: {hazard.cause}",
        f"- Harm: {hazard.harm}",
        f"- Before the controls: {hazard.initial} ({severity}, {likelihood})",
    ]
    for control in hazard.controls:
        lines.append(f"- {control.kind.capitalize()}: {control.what}")
        lines.append(f"  - in {_references(control.by)}")
        lines.append(f"  - proved by {_references(control.tests)}")
    lines.append(f"- After them: {hazard.residual}")
    if hazard.argued:
        lines.append(f"- About what is left: {hazard.argued}")
    return "\n".join(lines) + "\n"


def _references(references: Sequence[str]) -> str:
    return ", ".join(f"`{one}`" for one in references)
