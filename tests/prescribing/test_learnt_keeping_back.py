"""No count below five can be found in what is told, whatever a reader reckons with."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prescribing.learnt import FEWEST, Figures, Kinds, Lesson, Standing, Told, figures, released
from prescribing.learnt.counting import REST, counted, splits
from prescribing.learnt.keeping_back import Split, kept_back, ranges
from prescribing.record import Ending
from prescribing.turns import Effect, Outcome

KINDS = Kinds(
    drugs=("metoklopramid", "domperidon"),
    side_effects=("low-mood", "sleepiness", "other"),
    checks=("depression-risk", "long-qt", "eu-5-days", "eu-1-week", "long-term"),
    bands=3,
    one_drug=("eu-5-days", "eu-1-week"),
)
FIRST_LIMIT = {"metoklopramid": "eu-5-days", "domperidon": "eu-1-week"}
SMALL = range(FEWEST)


def subsets(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes))


@st.composite
def treatments(draw: st.DrawFn) -> Lesson:
    """A course with a plan, as any could have gone."""
    drug = draw(st.sampled_from(KINDS.drugs))
    outcome = draw(st.none() | st.sampled_from(Outcome))
    effect = draw(st.none() | st.sampled_from(Effect))
    asked = draw(st.booleans())
    over = draw(subsets(("depression-risk", "long-qt", "long-term")))
    return Lesson(
        ending=Ending.PRESCRIBED,
        drug=drug,
        standing=Standing.ENDED if outcome else Standing.RUNNING,
        begun=draw(st.booleans()),
        outcome=outcome,
        effect=effect,
        emptied=draw(st.booleans()) if effect else None,
        asked=asked,
        side_effects=draw(subsets(KINDS.side_effects)) if asked else frozenset(),
        band=draw(st.integers(0, 2)) if outcome else None,
        overridden=over | draw(st.sampled_from([frozenset[str](), frozenset({FIRST_LIMIT[drug]})])),
    )


@st.composite
def practices(draw: st.DrawFn) -> list[Lesson]:
    """Practices whose courses go alike in groups, so that counts are small, large and just at five."""
    lesson = treatments() | st.sampled_from(Ending).map(_ended_at_once)
    groups = draw(st.lists(st.tuples(lesson, st.integers(1, 14)), min_size=1, max_size=8))
    return [told for told, times in groups for _ in range(times)]


def _ended_at_once(ending: Ending) -> Lesson:
    if ending is Ending.PRESCRIBED:
        return Lesson(ending=ending, drug="metoklopramid", standing=Standing.RUNNING)
    return Lesson(ending=ending)


# --- the law, over whole practices ------------------------------------------------------------------------


@given(practices())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_a_small_count_could_be_anything_from_none_to_four(practice: list[Lesson]) -> None:
    sums = splits(KINDS)
    counts = counted(practice, sums)
    told = figures(practice, KINDS).told

    known = ranges(counts, sums, told)

    small = [name for name, count in counts.items() if count in SMALL]
    assert [name for name in small if not known[name].keeps_a_small_one] == []
    assert all(known[name].is_wide for name in counts if told[name] is Told.BACK)


@given(practices())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_small_is_handed_on_and_what_is_told_is_true(practice: list[Lesson]) -> None:
    counts = counted(practice, splits(KINDS))
    shown = figures(practice, KINDS)

    assert all(count >= FEWEST for count in shown.exact.values())
    assert all(counts[name] == count for name, count in shown.exact.items())
    assert all(counts[name] in SMALL for name, told in shown.told.items() if told is Told.UNDER)
    assert all(counts[name] >= FEWEST for name, told in shown.told.items() if told is Told.BACK)


@given(practices())
@settings(max_examples=60)
def test_every_sum_adds_up(practice: list[Lesson]) -> None:
    sums = splits(KINDS)
    counts = counted(practice, sums)

    assert min(counts.values()) >= 0
    for split in sums:
        assert counts[split.whole] == sum(counts[part] for part in split.parts)


def test_the_sums_hang_together_as_a_tree() -> None:
    """What `ranges` finds out is all that can be found out only where they do."""
    sums = splits(KINDS)
    names = {name for split in sums for name in split.names}
    reached, grows = {sums[0].whole}, True
    while grows:
        touched = [split for split in sums if reached & set(split.names)]
        grows = not reached >= (new := {name for split in touched for name in split.names})
        reached |= new

    assert reached == names
    assert sum(len(split.names) - 1 for split in sums) == len(names) - 1


# --- the law again, against a reader who tries every possibility --------------------------------------------

TREE = (
    Split(whole="all", parts=("one", "two", "three")),
    Split(whole="one", parts=("one-a", "one-b")),
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, int]:
    a, b, two, three = (draw(st.integers(0, 9)) for _ in range(4))
    return {
        "all": a + b + two + three,
        "one": a + b,
        "two": two,
        "three": three,
        "one-a": a,
        "one-b": b,
    }


def possible(told: Mapping[str, Told], counts: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Every practice that could be behind what is told; what is held back is tried up to 18."""
    for a, b, two, three in product(
        *(_values(told[n], counts[n]) for n in ("one-a", "one-b", "two", "three"))
    ):
        tried = {"all": a + b + two + three, "one": a + b, "two": two, "three": three, "one-a": a, "one-b": b}
        if all(tried[name] in _values(told[name], counts[name], most=200) for name in ("all", "one")):
            yield tried


def _values(told: Told, count: int, most: int = 18) -> Sequence[int]:
    values = {Told.EXACT: [count], Told.UNDER: SMALL, Told.BACK: range(FEWEST, most)}
    return values.get(told, range(most))


@given(trees())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_who_tries_every_possibility_finds_no_small_count(counts: dict[str, int]) -> None:
    told = kept_back(counts, TREE)
    tried = list(possible(told, counts))

    for name in [name for name, count in counts.items() if count in SMALL]:
        assert {one[name] for one in tried} >= set(SMALL), name


def test_the_reader_is_no_fool() -> None:
    """The control: where small counts alone are hidden, both readers find one at once."""
    counts = {"all": 30, "one": 18, "two": 2, "three": 10, "one-a": 9, "one-b": 9}
    careless = {name: Told.UNDER if count < FEWEST else Told.EXACT for name, count in counts.items()}

    assert ranges(counts, TREE, careless)["two"].low == ranges(counts, TREE, careless)["two"].high == 2
    assert {one["two"] for one in possible(careless, counts)} == {2}


def test_counts_that_do_not_add_up_are_told_by_nobody() -> None:
    with pytest.raises(ValueError, match="all"):
        kept_back({"all": 30, "one": 10, "two": 10, "three": 9, "one-a": 5, "one-b": 5}, TREE)


# --- worked examples ----------------------------------------------------------------------------------------


def told_of(**counts: int) -> dict[str, Told]:
    """A whole, `all`, of named parts."""
    parts = tuple(counts)
    return kept_back({"all": sum(counts.values()), **counts}, [Split(whole="all", parts=parts)])


def test_four_is_never_told_and_five_is() -> None:
    assert told_of(a=4, b=5, c=6, d=0) == {
        "all": Told.EXACT,
        "a": Told.UNDER,
        "b": Told.EXACT,
        "c": Told.EXACT,
        "d": Told.UNDER,
    }


def test_none_is_told_as_any_other_small_count() -> None:
    assert told_of(a=0, b=4, c=12, d=9)["a"] is Told.UNDER


def test_one_small_count_alone_takes_another_along() -> None:
    told = told_of(a=2, b=20, c=20)

    assert told["a"] is Told.UNDER
    assert Told.BACK in told.values()


def test_nine_are_not_divided_and_ten_are() -> None:
    assert set(told_of(a=5, b=4).values()) == {Told.EXACT, Told.NOTHING}
    assert told_of(a=5, b=5) == dict.fromkeys(("all", "a", "b"), Told.EXACT)


def test_nearly_all_is_said_of_a_row_that_leaves_fewer_than_five() -> None:
    lessons = [
        Lesson(ending=Ending.PRESCRIBED, drug="metoklopramid", standing=Standing.RUNNING, begun=number > 2)
        for number in range(20)
    ]
    shown = figures(lessons, KINDS)

    assert shown.nearly_all("begun")
    assert shown.told[REST + "begun"] is Told.UNDER
    assert not shown.nearly_all("asked")


def test_a_practice_without_courses_tells_nothing() -> None:
    shown = figures([], KINDS)

    assert isinstance(shown, Figures)
    assert shown.exact == {}
    assert set(shown.told.values()) <= {Told.UNDER, Told.NOTHING}


# --- two days -----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 20), max_size=60), st.integers(0, 60))
def test_two_days_differ_by_nothing_or_by_five_courses_at_least(line: list[int], earlier: int) -> None:
    before, after = released(line[:earlier]), released(line)

    assert before <= after <= len(line)
    assert before == after or len(set(line[before:after])) >= FEWEST


def test_the_fifth_course_moves_the_figures_and_a_second_entry_of_one_does_not() -> None:
    assert released("abcd") == 0
    assert released("abcda") == 0
    assert released("abcdae") == 6
    assert released("abcdefghi") == 5
    assert released("abcdefghij") == 10
