"""Random example patients, in the words of the first edition, for the laws that hold for all of them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guidance.guideline import Vignette
from tests.guidance.first_edition import EDITION

DRUGS = [drug.code for drug in EDITION.drugs]
CHECKS = [check.code for check in EDITION.checks]
ASKED = [check.code for check in EDITION.checks if check.kind == "asked"]
LIMITS = [limit.code for limit in EDITION.limits]
ADVICE = [advice.code for advice in EDITION.advice]

typed = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)
words = typed.map(lambda text: " ".join(unicodedata.normalize("NFC", text).replace("=", "").split())).filter(
    bool
)
wholes, truths = st.integers(0, 9999), st.booleans()
numbers = wholes | st.integers(1, 9998).map(lambda n: Decimal(n) + Decimal("0.5"))
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def in_order(codes: list[str], *, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Some of the codes, in the edition's order."""
    some = st.lists(st.sampled_from(codes), min_size=least, max_size=5, unique=True)
    return some.map(lambda found: sorted(found, key=codes.index))


def by_drug(values: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping from some of the drugs."""
    return st.dictionaries(st.sampled_from(DRUGS), values, min_size=least)


def table(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A table in which every key may be left out."""
    return st.fixed_dictionaries({}, optional=keys)


def vignettes(*, least: int = 0) -> st.SearchStrategy[Vignette]:
    """Patients as a form can say them where `least` is 1; with empty lists and tables where it is 0."""
    replies = ["yes", "no", "unknown", "unanswered"]
    tried = st.sampled_from(["tried", "not-tried", "not-relevant"])
    usual = st.sampled_from(replies if not least else replies[:3])
    situation = table(
        advice=st.just("all") | st.dictionaries(st.sampled_from(ADVICE), tried, min_size=least),
        default_answer=usual,
        answers=st.dictionaries(st.sampled_from(ASKED), st.sampled_from(replies), min_size=least, max_size=4),
        medicines=st.lists(words, min_size=least, max_size=3),
        age=numbers,
        weight_kg=numbers,
        qtc_ms=numbers,
        earlier_days=wholes,
        drug=st.sampled_from(DRUGS),
        doses=wholes,
        start=days,
        full_days=wholes,
        last_week=truths,
    )
    found = by_drug(in_order(CHECKS, least=least), least=least)
    expect = table(
        eligible=truths,
        outcome=by_drug(st.sampled_from(["stop", "unclear", "reason", "clear"]), least=least),
        met=found,
        not_met=found,
        unclear=found,
        matched=st.dictionaries(words, st.sampled_from(["", "N06AB06", "A03"]), min_size=least, max_size=3),
        tablets=wholes,
        days=wholes,
        review_on=days,
        crossed=in_order(LIMITS),
    )
    return st.builds(Vignette, name=words, situation=situation, expect=expect)


_odd = st.none() | truths | wholes | typed | st.lists(wholes, max_size=2) | st.just({"x": [Decimal("0.25")]})
unknown_keys = st.dictionaries(st.from_regex(r"later-[a-z]{1,6}", fullmatch=True), _odd, max_size=2)


@st.composite
def strange_vignettes(draw: Any) -> Vignette:
    """Patients with what the form has no box for: later keys, codes that are gone, texts that no line can hold."""
    known = draw(vignettes())
    gone = {"met": {"domperidon": ["gone"]}, "crossed": ["gone"], "outcome": {"cisaprid": "clear"}}
    odd = {
        "medicines": ["to\nlinjer", "  rom  "],
        "age": Decimal("31.125"),
        "start": date(1999, 12, 31),
        "answers": {"weight": "yes", "gone": "no"},
        "advice": {"A1": "tried", "A99": "tried"},
        "drug": "cisaprid",
    }
    some = draw(st.sets(st.sampled_from([*odd])))
    more = draw(st.sets(st.sampled_from([*gone])))
    return Vignette(
        name=known.name,
        situation={**known.situation, **{key: odd[key] for key in some}, **draw(unknown_keys)},
        expect={**known.expect, **{key: gone[key] for key in more}, **draw(unknown_keys)},
    )
