"""The decision table, every cell of it: each check with each answer, alone and in pairs, for both drugs and every dose.

What is expected stands in `_decision_table`, typed from the description of the checks. Two answers together do what
each does alone, and the worst of it is the outcome; whole women drawn at random have as many answers as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product
from random import Random

from guidance.guideline import Guideline, Kind, Severity, Verdict
from prescribing.answers import Answers, ListedMedicine, Reply
from prescribing.weighing import weigh
from tests.prescribing.first_edition import FIRST_EDITION
from tests.proofs import _decision_table as table
from tests.proofs.proof import Finding

WHAT = "the checks against a decision table typed from their description"
GOAL = "0 differences: every check × every answer × both drugs × every dose, alone and in pairs"

DRUGS = ("metoklopramid", "domperidon")
DOSES = (3, 2, 1)
WOMEN = 20_000
Found = frozenset[tuple[str, str, str]]  # check, met or unclear, severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: `subject` is what it answers, `value` the reply, the number, the ATC code, or None for silence."""

    subject: str
    value: str | None

    def found(self, doses: int) -> tuple[Found, Found]:
        """What the table says it does, for each drug."""
        if self.subject in table.ASKED:
            return _asked(self.subject, self.value)
        if self.subject == "medicines":
            return _medicine(self.value)
        if self.value is None:
            return frozenset(), frozenset()
        first, second = table.measured(self.subject, Decimal(self.value), doses)
        return _met([self.subject], [first]), _met([self.subject], [second])


def _asked(check: str, value: str | None) -> tuple[Found, Found]:
    meets, *severities = table.ASKED[check]
    if value == meets:
        return _both([check], [severities])
    return _unclear([check], [severities]) if value in {None, "unknown"} else (frozenset(), frozenset())


def _medicine(atc: str | None) -> tuple[Found, Found]:
    if atc is None:
        return _unclear(table.MEDICINE, table.MEDICINE.values())
    checks = table.EXAMPLES[atc] if atc else ()
    return _both(checks, [table.MEDICINE[check] for check in checks])


def _both(checks: Iterable[str], severities: Iterable[Sequence[str]]) -> tuple[Found, Found]:
    checks, severities = list(checks), list(severities)
    first, second = ([one[drug] for one in severities] for drug in (0, 1))
    return _met(checks, first), _met(checks, second)


def _met(checks: Iterable[str], severities: Iterable[str]) -> Found:
    return frozenset(
        (check, "met", severity) for check, severity in zip(checks, severities, strict=True) if severity
    )


def _unclear(checks: Iterable[str], severities: Iterable[Sequence[str]]) -> tuple[Found, Found]:
    waiting = {table.STOP, table.REASON}
    rows = list(zip(checks, severities, strict=True))
    first, second = (
        frozenset((check, "unclear", said[drug]) for check, said in rows if said[drug] in waiting)
        for drug in (0, 1)
    )
    return first, second


def every_answer() -> list[Answer]:
    """Each answer that can be given, and silence."""
    asked = product(table.ASKED, (*(reply.value for reply in Reply), None))
    numbers = {
        "age": table.AGE,
        "qtc": table.QTC,
        "weight": table.WEIGHT,
        "earlier-courses": table.EARLIER_DAYS,
    }
    measured = [(check, value) for check, values in numbers.items() for value in (*values, None)]
    taken = product(["medicines"], (*table.EXAMPLES, "", None))
    return [Answer(subject=subject, value=value) for subject, value in (*asked, *measured, *taken)]


def outcome(found: Iterable[tuple[str, str, str]]) -> str:
    """The worst: stop, unclear, reason, clear."""
    states = {(state, severity) for _, state, severity in found}
    if ("met", "stop") in states:
        return "stop"
    if any(state == "unclear" for state, _ in states):
        return "unclear"
    return "reason" if ("met", "reason") in states else "clear"


def told(answers: Sequence[Answer]) -> Answers:
    """A woman with nothing against treatment, who answers so."""
    replies = {check: "yes" if meets == "no" else "no" for check, (meets, *_) in table.ASKED.items()}
    replies |= {one.subject: one.value for one in answers if one.subject in table.ASKED and one.value}
    silent = {one.subject for one in answers if one.value is None}
    codes = [one.value for one in answers if one.subject == "medicines" and one.value]
    return Answers(
        replies={check: Reply(reply) for check, reply in replies.items() if check not in silent},
        measured={
            one.subject: Decimal(one.value) for one in answers if one.subject in table.MEASURED and one.value
        },
        medicines=None
        if "medicines" in silent
        else tuple(ListedMedicine(typed=code, atc=(code,)) for code in codes),
    )


def differences(edition: Guideline, answers: Sequence[Answer], doses: int) -> int:
    """How many of the two drugs come out otherwise than the table says."""
    made = weigh(edition, told(answers), doses=doses)
    wrong = 0
    for drug, code in enumerate(DRUGS):
        expected: Found = frozenset().union(*(one.found(doses)[drug] for one in answers))
        found = [(one.check, one.state.value, one.severity.value) for one in made.findings(code)]
        same = len(found) == len(expected) and frozenset(found) == expected
        wrong += not same or made.outcome(code).value != outcome(expected)
    return wrong


def pairs(answers: Sequence[Answer]) -> list[tuple[Answer, ...]]:
    """Every two answers that one woman can give: to two questions, or two medicines on one list."""
    return [
        (one, other)
        for one, other in combinations(answers, 2)
        if one.subject != other.subject or (one.subject == "medicines" and one.value and other.value)
    ]


def women(random: Random, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """One answer to everything, and up to four medicines."""
    subjects: dict[str, list[Answer]] = {}
    for one in answers:
        subjects.setdefault(one.subject, []).append(one)
    medicines = [one for one in subjects.pop("medicines") if one.value]
    usual = [random.choice(one[1:2] if random.random() < 0.9 else one) for one in subjects.values()]
    return (*usual, *random.sample(medicines, random.randint(0, 4)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was asked and what differed."""

    single: int
    pairs: int
    women: int
    wrong: int


def compare(edition: Guideline, drawn: int) -> Tally:
    """The whole table; `drawn` women at random."""
    answers, random = every_answer(), Random(0)
    single = [(one,) for one in answers]
    double = pairs(answers)
    whole = [women(random, answers) for _ in range(drawn)]
    cells = [*product((*single, *double), DOSES), *((one, random.choice(DOSES)) for one in whole)]
    wrong = sum(differences(edition, given, doses) for given, doses in cells)
    cells_each = len(DOSES) * len(DRUGS)
    return Tally(
        single=len(single) * cells_each, pairs=len(double) * cells_each, women=drawn * 2, wrong=wrong
    )


def measure() -> Finding:
    """The edition that the program brings along."""
    same = _codes(FIRST_EDITION) == {*table.ASKED, *table.MEDICINE, *table.MEASURED}
    made = compare(FIRST_EDITION, WOMEN)
    counts = f"{made.single:,} cells alone, {made.pairs:,} in pairs, {made.women:,} of whole women"
    unlisted = "" if same else "; the table and the edition do not name the same checks"
    return Finding(figure=f"{made.wrong} differences in {counts}{unlisted}", holds=same and not made.wrong)


def _codes(edition: Guideline) -> set[str]:
    return {check.code for check in edition.checks if check.kind is not Kind.ADVICE}


def control() -> Finding:
    """Each verdict and each band made one step milder, or left out, by itself: each must be found by answers alone."""
    alone = [(one,) for one in every_answer()]
    holes = list(_holes(FIRST_EDITION))
    found = sum(
        any(differences(hole, given, doses) for given, doses in product(alone, DOSES)) for hole in holes
    )
    return Finding(
        figure=f"{found} of {len(holes)} editions with one verdict or band milder or gone",
        holds=found < len(holes),
    )


MILDER = {Severity.STOP: Severity.REASON, Severity.REASON: Severity.NOTE, Severity.NOTE: None}


def _holes(edition: Guideline) -> Iterable[Guideline]:
    for position, check in enumerate(edition.checks):
        for drug, verdict in check.verdicts.items():
            others: dict[str, Verdict] = {code: one for code, one in check.verdicts.items() if code != drug}
            milder = MILDER[verdict.severity]
            changed = others if milder is None else others | {drug: replace(verdict, severity=milder)}
            yield _with(edition, position, verdicts=changed)
        for number, band in enumerate(check.measure.bands if check.measure else ()):
            left = (*check.measure.bands[:number], *check.measure.bands[number + 1 :])
            milder = MILDER[band.severity]
            bands = left if milder is None else (*left, replace(band, severity=milder))
            yield _with(edition, position, measure=replace(check.measure, bands=bands))


def _with(edition: Guideline, position: int, **changed: object) -> Guideline:
    checks = list(edition.checks)
    checks[position] = replace(checks[position], **changed)  # type: ignore[arg-type]
    return replace(edition, checks=tuple(checks))
