"""What counts as text: something that is seen, could be read, and does not mislead."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from designsystemet.fields import LineField, PlainTextField


@pytest.mark.parametrize("kind", [PlainTextField, LineField])
@pytest.mark.parametrize(
    "nothing",
    [
        "\u00ad",
        "\u200d\u200c",
        "\u3164",
        "\u2800",
        "\u115f",
        "\u1160",
        "\uffa0",
        " \u00ad \u3164\n",
        "\u0301",
    ],
)
def test_a_text_of_which_nothing_is_seen_is_no_text(kind: type[PlainTextField], nothing: str) -> None:
    assert kind().clean(nothing) == ""
    with pytest.raises(ValidationError, match="Fyll ut"):
        kind(required=True).clean(nothing)


@pytest.mark.parametrize("something", ["a", "7", "–", "+", "e\u0301", "em\u00adne", "👩\u200d🍼", "\u3164a"])
def test_a_text_of_which_something_is_seen_is_kept(something: str) -> None:
    assert PlainTextField().clean(something).replace("é", "e\u0301") == something


def test_bytes_that_are_no_text_are_refused_and_not_kept_as_question_marks() -> None:
    class OneText(forms.Form):
        text = PlainTextField()

    form = OneText(QueryDict(b"text=Zolo%ff%feft"))

    assert not form.is_valid()
    assert "uleselige tegn" in form.errors["text"][0]


@pytest.mark.parametrize("heap", ["a" + "\u0301\u0308\u0323\u0331\u0330", "melk\U000e0100", "melk\ufe00"])
def test_marks_in_heaps_and_selectors_that_are_not_seen_are_refused(heap: str) -> None:
    with pytest.raises(ValidationError, match="usynlige tegn"):
        PlainTextField().clean(heap)


@pytest.mark.parametrize("three", ["a\u0308\u0323\u0331", "ạ̈", "❤\ufe0f"])
def test_three_marks_on_a_letter_are_a_language(three: str) -> None:
    assert PlainTextField().clean(three)


@pytest.mark.parametrize("end", ["\r\n", "\u2028", "\u2029"])
def test_whatever_ends_a_line_ends_it(end: str) -> None:
    assert PlainTextField().clean(f"melk{end}vann") == "melk\nvann"


@pytest.mark.parametrize("box", ["melk 🍼", "母乳", "１０ mg"])
def test_what_would_be_an_empty_box_on_paper_is_refused_where_it_is_printed(box: str) -> None:
    assert PlainTextField().clean(box) == box
    with pytest.raises(ValidationError, match="tomme ruter"):
        PlainTextField(on_paper=True).clean(box)
