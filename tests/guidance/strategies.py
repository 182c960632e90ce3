"""Random sound editions, for the laws that hold for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from guidance.facts import FACTS
from guidance.guideline import (
    Advice,
    AgeNote,
    Asks,
    Band,
    Check,
    Drug,
    Group,
    Guideline,
    Information,
    Kind,
    Limit,
    LimitText,
    Measure,
    Medicine,
    MedicineRule,
    Passage,
    Point,
    Position,
    Reference,
    Regimen,
    Section,
    Severity,
    SideEffect,
    Source,
    Statement,
    Term,
    Unit,
    Verdict,
    Vignette,
)
from guidance.soundness.medicines import FLAGS, QT
from guidance.soundness.passages import REQUIRED, REQUIRED_FOR_EXEMPTION, REQUIRED_ONCE

# A whole edition is slow to make, and takes for ever to shrink: a failing one is read as it is.
whole_editions = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example),
)

_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_PRINTABLE = st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs"), exclude_characters=f"[<{_TURNING}")

lines = st.text(_PRINTABLE, min_size=1, max_size=12)
texts = st.lists(st.text(_PRINTABLE, max_size=12), min_size=1, max_size=3).map("\n".join).filter(bool)
maybe = st.just("") | texts
codes = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9-]{0,6}[A-Za-z0-9])?", fullmatch=True)
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
atc_codes = st.from_regex(r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}", fullmatch=True)


def unique(values: st.SearchStrategy[Any], *, most: int = 3, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """A few different values."""
    return st.lists(values, min_size=least, max_size=most, unique=True)


def numbers(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Decimals with two places at most."""
    return st.decimals(low, high, places=2, allow_nan=False, allow_infinity=False)


def cites(sources: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Facts, and sources with or without a section."""
    places = ["", " 4.3", " L19.3.1"]
    named = [f"{source}{place}" for source in sources for place in places]
    return st.lists(st.sampled_from([*FACTS, *named]), min_size=1, max_size=3).map(tuple)


def by_some(
    drugs: Sequence[str], values: st.SearchStrategy[Any], *, least: int = 0
) -> st.SearchStrategy[Any]:
    """A mapping from some of the drugs."""
    return st.dictionaries(st.sampled_from(drugs), values, min_size=least, max_size=len(drugs))


@st.composite
def bands(draw: Any, drugs: Sequence[str], cited: Any, low: Decimal, high: Decimal) -> Band:
    first, second = sorted([draw(numbers(int(low), int(high))), draw(numbers(int(low), int(high)))])
    shape = draw(st.sampled_from(["below", "above", "at_least", "both"] if first < second else ["above"]))
    return Band(
        drug=draw(st.sampled_from(drugs)),
        severity=draw(st.sampled_from(Severity)),
        text=draw(texts),
        cites=draw(cited),
        below=second if shape in {"below", "both"} else None,
        above=first if shape in {"above", "both"} else None,
        at_least=first if shape == "at_least" else None,
    )


@st.composite
def checks(draw: Any, code: str, groups: Sequence[str], drugs: Sequence[str], cited: Any) -> Check:
    kind = draw(st.sampled_from(Kind))
    verdict = st.builds(Verdict, severity=st.sampled_from(Severity), text=texts, cites=cited)
    measure = rule = None
    if kind is Kind.MEASURED:
        low, high = Decimal(draw(st.integers(0, 10))), Decimal(draw(st.integers(20, 900)))
        measure = Measure(
            unit=draw(lines.filter(lambda unit: len(unit) <= 12)),
            low=low,
            high=high,
            decimals=draw(st.integers(0, 2)),
            ceiling_mg_per_kg=draw(st.none() | numbers(0, 1).filter(bool)),
            bands=tuple(draw(st.lists(bands(drugs, cited, low, high), max_size=3))),
        )
    if kind is Kind.MEDICINE:
        rule = MedicineRule(
            atc_prefixes=tuple(draw(unique(st.sampled_from(["N06A", "N", "C03", "A03FA01"])))),
            flag=draw(st.sampled_from(sorted(FLAGS))),
            qt=tuple(draw(unique(st.sampled_from(sorted(QT))))),
            except_atc=tuple(draw(unique(atc_codes))),
        )
    return Check(
        code=code,
        kind=kind,
        group=draw(st.sampled_from(groups)),
        title=draw(texts),
        question=draw(texts if kind in {Kind.ASKED, Kind.MEASURED} else maybe),
        help=draw(maybe),
        cites=draw(cited),
        met_by=draw(st.sampled_from(["yes", "no"])),
        verdicts=draw(by_some(drugs, verdict)) if kind in {Kind.ASKED, Kind.MEDICINE} else {},
        measure=measure,
        medicine=rule,
    )


@st.composite
def regimens(draw: Any, cited: Any) -> Regimen:
    full_days = sorted(draw(st.lists(st.integers(1, 30), min_size=3, max_size=3)))
    doses, every = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    tablet, ahead = draw(st.integers(1, 10)), draw(st.integers(0, 60))
    return Regimen(
        tablet_mg=tablet,
        doses_per_day=doses,
        lower_doses=tuple(draw(unique(st.integers(1, doses - 1)))) if doses > 1 else (),
        full_days_min=full_days[0],
        full_days_default=full_days[1],
        full_days_max=full_days[2],
        taper_step_mg=tablet,
        taper_step_days=draw(st.integers(1, 10)),
        last_week_days=draw(st.integers(1, 14)),
        last_week_every_days=every,
        last_week_first_day=draw(st.integers(1, every)),
        try_days=draw(st.integers(1, 14)),
        review_after_days=draw(st.integers(1, 14)),
        start_days_back=draw(st.integers(0, 30)),
        start_days_ahead=ahead,
        start_days_default=draw(st.integers(0, ahead)),
        slower_times=draw(st.none() | st.integers(2, 4)),
        review_days_max=draw(st.none() | st.integers(14, 30)),
        cites={name: draw(cited) for name in Regimen.__dataclass_fields__ if name != "cites"},
    )


@st.composite
def limits(draw: Any, drugs: Sequence[str], cited: Any) -> tuple[Limit, ...]:
    """Two ceilings for all drugs, and some other limits."""

    def limit(code: str, unit: Unit, value: int, asks: Asks, of: Sequence[str]) -> Limit:
        text = st.builds(LimitText, text=texts, cites=cited)
        return Limit(
            code=code,
            title=draw(texts),
            unit=unit,
            value=value,
            asks=asks,
            counts_earlier=draw(st.booleans()),
            drugs={drug: draw(text) for drug in of},
            question=draw(texts),
            offered=draw(maybe),
            offered_at_review=draw(maybe),
        )

    others = draw(unique(codes.map(lambda code: f"other-{code}"), most=2))
    return (
        limit("days", Unit.DAYS, draw(st.integers(74, 90)), Asks.NO_PLAN, drugs),
        limit("dose", Unit.MG_PER_DAY, 30, Asks.NO_PLAN, drugs),
        *(limit(code, Unit.DAYS, 5, draw(st.sampled_from(list(Asks)[:2])), drugs[:1]) for code in others),
    )


@st.composite
def vignettes(draw: Any, name: str, drugs: Sequence[str], check_codes: Sequence[str]) -> Vignette:
    situation = st.fixed_dictionaries(
        {},
        optional={
            "advice": st.just("all") | st.just({"A1": "tried"}),
            "default_answer": st.sampled_from(["yes", "no", "unknown", "unanswered"]),
            "medicines": st.lists(lines, max_size=2),
            "age": st.integers(0, 99),
            "weight_kg": st.integers(30, 200) | st.just(Decimal("59.9")),
            "drug": st.sampled_from(drugs),
            "start": days,
            "last_week": st.booleans(),
        },
    )
    expect = st.fixed_dictionaries(
        {},
        optional={
            "eligible": st.booleans(),
            "outcome": by_some(drugs, st.sampled_from(["stop", "clear"])),
            "met": by_some(drugs, unique(st.sampled_from(check_codes)) if check_codes else st.just([])),
            "matched": st.dictionaries(lines, st.just("") | atc_codes, max_size=2),
            "tablets": st.integers(0, 100),
            "review_on": days,
            "crossed": st.just(["days"]),
        },
    )
    return Vignette(name=name, situation=draw(situation), expect=draw(expect))


def _required(drugs: Sequence[Drug]) -> list[Passage]:
    exempt = tuple(drug.code for drug in drugs if drug.needs_exemption)
    passages = [
        Passage(code=code, title="", text=code, drugs=(), cites=("G1",))
        for code in (*REQUIRED, *REQUIRED_ONCE)
    ]
    if exempt:
        passages += [
            Passage(code=code, title="", text=code, drugs=exempt, cites=("D1",))
            for code in REQUIRED_FOR_EXEMPTION
        ]
    return passages


@st.composite
def guidelines(draw: Any) -> Guideline:
    """A sound guideline with a little of everything, or nothing where nothing is needed."""
    source_codes = draw(unique(st.from_regex(r"S-[A-Z0-9]{1,4}(-[A-Z0-9])?", fullmatch=True)))
    cited = cites(source_codes)

    def some(build: Any, *, least: int = 0, **parts: Any) -> tuple[Any, ...]:
        named = [
            draw(st.builds(build, code=st.just(code), **parts)) for code in draw(unique(codes, least=least))
        ]
        return tuple(named)

    drugs = some(
        Drug,
        least=1,
        atc=atc_codes,
        name=texts,
        brand=maybe,
        needs_exemption=st.booleans(),
        summary=maybe,
        cost=maybe,
        indication=maybe,
        intake=maybe,
        cites=cited,
        pack_tablets=st.none() | st.integers(1, 500),
    )
    drug_codes = [drug.code for drug in drugs]
    groups = some(Group, least=1, title=texts, intro=maybe, none_label=maybe, cites=cited)
    group_codes = [group.code for group in groups]
    made = tuple(draw(checks(code, group_codes, drug_codes, cited)) for code in draw(unique(codes, most=4)))
    ceilings = draw(limits(drug_codes, cited))
    statements = st.lists(
        st.builds(Statement, code=st.uuids().map(str), text=texts, cites=cited), max_size=2
    ).map(tuple)
    some_drugs = st.lists(st.sampled_from(drug_codes), min_size=1, unique=True).map(tuple)
    return Guideline(
        subject="melkeveien",
        code=draw(st.from_regex(r"20[0-9]{2}-[0-9]", fullmatch=True)),
        title=draw(texts),
        publisher=draw(texts),
        dated=draw(maybe),
        mark=draw(maybe),
        review_by=draw(days),
        read_on=draw(st.none() | days),
        intro=draw(maybe),
        news=draw(maybe),
        sources=tuple(
            Source(
                code=code,
                title=draw(texts),
                published=draw(maybe),
                read_on=draw(days),
                url=draw(maybe),
                used_for=draw(maybe),
            )
            for code in source_codes
        ),
        references=tuple(
            Reference(number=number, text=draw(texts), cites=draw(cited))
            for number in draw(unique(st.integers(1, 99)))
        ),
        points=some(Point, title=texts, text=texts, cites=cited),
        sections=some(Section, title=texts, statements=statements),
        terms=some(Term, term=texts, forms=st.lists(texts, max_size=2).map(tuple), text=texts, cites=cited),
        age_notes=some(AgeNote, about=cited, text=texts, cites=cited),
        positions=some(Position, who=texts, says=texts, dated=maybe, cites=cited),
        drugs=drugs,
        advice=tuple(
            Advice(code="A1", title=draw(texts), text=draw(texts), prompt=draw(maybe), cites=draw(cited))
            for _ in range(1)
        ),
        groups=groups,
        checks=made,
        information=some(
            Information,
            title=texts,
            told=by_some(drug_codes, texts),
            limit=st.just("") | st.just("days"),
            cites=cited,
        ),
        limits=ceilings,
        regimen=draw(regimens(cited)),
        side_effects=some(
            SideEffect,
            title=texts,
            question=maybe,
            text=texts,
            act=maybe,
            about=st.sampled_from(["woman", "child"]),
            serious=st.booleans(),
            drugs=some_drugs,
            cites=cited,
        ),
        passages=(
            *_required(drugs),
            *some(Passage, title=maybe, text=texts, drugs=st.just(()) | some_drugs, cites=cited),
        ),
        medicines=tuple(
            Medicine(
                atc=atc,
                substance=draw(texts),
                brands=tuple(draw(unique(lines))),
                qt=draw(st.just("") | st.sampled_from(sorted(QT))),
                flags=frozenset(draw(unique(st.sampled_from(sorted(FLAGS))))),
                note=draw(maybe),
                confidence=draw(st.sampled_from(["", "high", "medium"])),
            )
            for atc in draw(unique(atc_codes))
        ),
        vignettes=tuple(
            draw(vignettes(name, drug_codes, [check.code for check in made])) for name in draw(unique(texts))
        ),
    )
