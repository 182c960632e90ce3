"""Two texts compared word for word: both can be put together again, and what changed is easy to see."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.difference import How, Mention, Run, item_runs, new_side, old_side, shortened, text_runs
from guidance.difference.figures import in_text
from guidance.difference.words import tokens
from guidance.telling.reading import readable
from guidance.templatetags.differences import seen

# Few words and marks, so that the two texts have something in common; and any text at all.
_words = st.lists(
    st.sampled_from(["melk", "ammer", "30", "10,5", "mg", " ", "\n", "\n\n", ". ", ", ", "- "]), max_size=30
)
similar = _words.map("".join)
prose = st.lists(st.sampled_from(["Hun ammer ofte.", "Gi 10 mg.", "Vent.", "\n\n"]), max_size=60).map(
    " ".join
)
anything = similar | prose | st.text(max_size=30)


def joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def marked(before: str, after: str) -> str:
    """The comparison on one line: what is gone in [-…-], what is added in {+…+}."""
    marks = {How.SAME: "{}", How.GONE: "[-{}-]", How.ADDED: "{{+{}+}}", How.CUT: "<{}>"}
    return "".join(marks[run.how].format(run.text) for run in text_runs(before, after))


@given(anything, anything)
def test_both_texts_can_be_put_together_again_to_the_letter(before: str, after: str) -> None:
    runs = text_runs(before, after)

    assert joined(old_side(runs)) == normalize("NFC", before)
    assert joined(new_side(runs)) == normalize("NFC", after)
    assert all(run.text for run in runs)


@given(anything)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {run.how for run in text_runs(text, text)} <= {How.SAME}


@given(anything, anything)
def test_two_changes_never_touch_and_the_old_words_stand_first(before: str, after: str) -> None:
    order = [run.how for run in text_runs(before, after)]

    for pair in pairwise(order):
        assert pair in {
            (How.SAME, How.GONE),
            (How.SAME, How.ADDED),
            (How.GONE, How.ADDED),
            (How.GONE, How.SAME),
            (How.ADDED, How.SAME),
        }


@given(prose, prose)
def test_what_is_left_out_was_the_same_in_both(before: str, after: str) -> None:
    runs = text_runs(before, after)
    short = shortened(runs)

    assert joined(short) == joined(runs)
    assert [run for run in short if run.how in {How.GONE, How.ADDED}] == [
        run for run in runs if run.how in {How.GONE, How.ADDED}
    ]


@given(anything, anything)
def test_a_side_laid_out_for_reading_loses_no_letter(before: str, after: str) -> None:
    for side in (old_side(text_runs(before, after)), new_side(text_runs(before, after))):
        assert joined(readable(side)).split() == joined(side).split()


@given(st.text())
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.lists(st.text(max_size=3), max_size=6), st.lists(st.text(max_size=3), max_size=6))
def test_both_lists_can_be_put_together_again(before: list[str], after: list[str]) -> None:
    runs = item_runs(before, after)

    assert [run.text for run in old_side(runs)] == before
    assert [run.text for run in new_side(runs)] == after


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Gi 30 mg i døgnet.", "Gi 20 mg i døgnet.", "Gi [-30-]{+20+} mg i døgnet."),
        ("Gi 0,5 mg.", "Gi 5 mg.", "Gi [-0,5-]{+5+} mg."),
        ("Hun ammer ofte.", "Hun ammer.", "Hun ammer[- ofte-]."),
        ("Ta den tidlig, så.", "Bruk det sent, så.", "[-Ta den tidlig-]{+Bruk det sent+}, så."),
        ("Én. To.", "Én. Ny. To.", "Én.{+ Ny.+} To."),
        ("Her 5. Slutt.", "Her 6. Slutt.\n\nMer.", "Her [-5-]{+6+}. Slutt.{+\n\nMer.+}"),
        ("a b", "a  b", "a[- -]{+  +}b"),
        ("", "Ny.", "{+Ny.+}"),
        ("Na\u030ar.", "N\u00e5r.", "Når."),
    ],
    ids=[
        "number",
        "decimals",
        "word gone",
        "in one piece",
        "sentence",
        "paragraph",
        "space",
        "new",
        "accent",
    ],
)
def test_a_change_is_marked_as_a_reader_would_mark_it(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_long_text_shows_the_words_near_its_change() -> None:
    words = " ".join(f"ord{chr(97 + n % 26)}" for n in range(200))
    runs = shortened(text_runs(f"{words} fem {words}", f"{words} seks {words}"))

    assert [run.how for run in runs] == [
        How.CUT,
        How.SAME,
        How.GONE,
        How.ADDED,
        How.SAME,
        How.CUT,
    ]
    assert [len(run.text.split()) for run in runs if run.how is How.SAME] == [12, 12]


def test_a_text_that_is_all_new_is_never_left_out() -> None:
    assert [run.how for run in shortened(text_runs("", "ord " * 200))] == [How.ADDED]


def test_a_changed_line_break_is_drawn() -> None:
    (_, gone, added, _) = text_runs("Én\nto.", "Én to.")

    assert (seen(gone), seen(added)) == ("¶\n", "␣")


def test_the_mark_of_an_added_paragraph_does_not_take_in_the_empty_line() -> None:
    side = readable(new_side(text_runs("Én.", "Én.\n\nTo.")))

    assert [(run.how, run.text) for run in side] == [
        (How.SAME, "Én."),
        (How.SAME, "\n\n"),
        (How.ADDED, "To."),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Én linje\nog en til.", "Én linje og en til."),
        ("Avsnitt.\n\nNytt.", "Avsnitt.\n\nNytt."),
        ("Liste:\n- én\n- to", "Liste:\n- én\n- to"),
        ("Liste:\n1. én\n2. to", "Liste:\n1. én\n2. to"),
    ],
)
def test_lines_run_on_but_paragraphs_and_lists_stay(text: str, read: str) -> None:
    assert joined(readable(text_runs(text, text))) == read


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("Gi 30 mg.", "Gi 20 mg.", [("30", "20")]),
        ("Gi 10 mg i 5 dager.", "Gi 5 mg i 10 dager.", [("10", "5"), ("5", "10")]),
        ("Vent fem dager.", "Vent seks dager.", [("fem", "seks")]),
        ("Vent i 7–14 dager.", "Vent i 7–21 dager.", [("14", "21")]),
        ("Gi 10 mg.", "Gi 10 mg. Etter 5 dager: slutt.", [(None, "5")]),
        ("Etter 5 dager: slutt.", "Slutt.", [("5", None)]),
        ("Gi 10 mg daglig.", "Det gis 10 mg hver dag.", []),
        ("Gi 10 mg og 20 mg.", "Ta 20 mg og 20 mg.", [("10", "20")]),
    ],
)
def test_numbers_that_changed_inside_a_text_are_found(
    before: str, after: str, rows: list[tuple[str | None, str | None]]
) -> None:
    found = [
        (was.number if was else None, now.number if now else None)
        for was, now in in_text(text_runs(before, after))
    ]

    assert found == rows


def test_a_number_is_told_with_the_words_of_its_own_line() -> None:
    ((was, now),) = in_text(
        text_runs("Først.\nGi høyst 30 mg\ni døgnet.", "Først.\nGi høyst 20 mg\ni døgnet.")
    )

    assert was == Mention(lead="Gi høyst ", number="30", tail=" mg")
    assert now == Mention(lead="Gi høyst ", number="20", tail=" mg")


def test_the_longest_texts_are_compared_in_a_blink_even_where_all_words_are_the_same() -> None:
    for before, after in [("ja " * 3_300, "ja " * 3_200 + "nei"), ("ja nei " * 1_400, "nei ja " * 1_400)]:
        start = perf_counter()
        runs = text_runs(before, after)
        took = perf_counter() - start

        assert joined(new_side(runs)) == after
        assert took < 2  # seconds; some hundredths on an idle machine
