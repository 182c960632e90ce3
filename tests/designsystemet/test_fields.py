"""How each kind of field looks: its words in order, what describes it, and what was typed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe

from designsystemet import face
from designsystemet.face import draw, dressed, face_of
from tests.designsystemet.gallery import REPLIES, SOURCES, WRONG, EveryKind
from tests.designsystemet.page import attributes, by_id, elements, shown, words


@pytest.fixture
def empty() -> str:
    return shown(EveryKind())


@pytest.fixture
def wrong() -> str:
    return shown(EveryKind(WRONG))


def drawn(field: forms.Field, *, typed: object = None, initial: object = None) -> str:
    """`field` alone in a form, as it is or with something typed."""
    form_class = type("OneField", (forms.Form,), {"field": field})
    form = form_class({"field": typed} if typed is not None else None, initial={"field": initial})
    return draw(form["field"])


def test_a_question_is_a_group_with_its_words_as_the_legend(empty: str) -> None:
    group = by_id(empty, "id_depression")
    [legend] = [child for child in group.children if getattr(child, "name", "") == "legend"]

    assert group.name == "fieldset"
    assert words(legend) == "Har hun kjent risiko for depresjon?"


def test_help_note_sources_and_fault_come_before_the_answers(wrong: str) -> None:
    html = re.sub(r"\s+", " ", wrong)
    group = html[html.index('id="id_epilepsy"') :]

    assert (
        group.index('id="id_epilepsy_helptext"')
        < group.index('id="id_epilepsy_error"')
        < group.index("id_epilepsy_0")
    )
    asked = html[html.index('id="id_depression"') :]
    assert asked.index('class="mv-note"') < asked.index("mv-sources") < asked.index("id_depression_0")


@pytest.mark.parametrize(
    ("name", "described_by"),
    [
        ("depression", "id_depression_helptext id_depression_note"),
        ("epilepsy", "id_epilepsy_error id_epilepsy_helptext"),
        ("weight", "id_weight_error id_weight_helptext"),
        ("start", "id_start_error id_start_helptext"),
        ("reason", "id_reason_counter"),
        ("confirmed", "id_confirmed_error"),
    ],
)
def test_fault_and_help_describe_the_field_and_exist(wrong: str, name: str, described_by: str) -> None:
    assert attributes(by_id(wrong, f"id_{name}"))["aria-describedby"] == described_by
    for one in described_by.split():
        assert words(by_id(wrong, one))


def test_boxes_of_one_label_are_told_apart_by_what_they_are_about() -> None:
    """Eight boxes for days stand beside eight questions: the eye sees which, the ear and the summary are told."""

    class Days(forms.Form):
        a1 = dressed(forms.IntegerField(label="Dager prøvd"), about="Amme ofte", optional=True)

    wrong = shown(Days({"a1": "mange"}))

    [label] = [one for one in elements(wrong) if one.name == "label"]
    [link] = [one for one in elements(wrong) if attributes(one).get("href") == "#id_a1"]
    assert words(label) == "Dager prøvd : Amme ofte (valgfritt)"
    assert words(link).startswith("Dager prøvd, Amme ofte: ")


def test_a_field_with_nothing_to_say_is_described_by_nothing(empty: str) -> None:
    assert "aria-describedby" not in attributes(by_id(empty, "id_place"))


def test_a_wrong_input_says_that_it_is_wrong(wrong: str, empty: str) -> None:
    assert attributes(by_id(wrong, "id_start"))["aria-invalid"] == "true"
    assert "aria-invalid" not in empty


def test_what_was_typed_is_kept_and_harmless(wrong: str) -> None:
    assert attributes(by_id(wrong, "id_start"))["value"] == "31.02.2027"
    assert attributes(by_id(wrong, "id_weight"))["value"] == "900"
    assert attributes(by_id(wrong, "id_place"))["value"] == "hjemme"
    assert words(by_id(wrong, "id_reason")) == "Hun <b>ønsker</b> det"
    assert "<b>ønsker" not in wrong


@pytest.mark.parametrize(
    ("chosen", "mark"),
    [("id_depression_1", "checked"), ("id_told_1", "checked")],
)
def test_what_was_chosen_is_still_chosen(wrong: str, chosen: str, mark: str) -> None:
    assert mark in attributes(by_id(wrong, chosen))
    assert wrong.count(" checked") == 2


def test_the_chosen_line_of_a_list_is_still_chosen(wrong: str) -> None:
    options = [one for one in elements(wrong) if one.name == "option"]

    assert [attributes(one)["value"] for one in options if "selected" in attributes(one)] == ["2"]


def test_an_answer_that_is_no_choice_is_not_printed_as_one() -> None:
    html = drawn(forms.ChoiceField(choices=REPLIES, widget=forms.RadioSelect), typed="maybe")

    assert " checked" not in html


def test_a_single_tick_is_still_ticked() -> None:
    assert " checked" in drawn(forms.BooleanField(label="Bekreftet"), typed="on")
    assert " checked" not in drawn(forms.BooleanField(label="Bekreftet"))


def test_a_secret_is_never_sent_back() -> None:
    html = drawn(forms.CharField(widget=forms.PasswordInput), typed="hemmelig")

    assert 'type="password"' in html
    assert "hemmelig" not in html


@pytest.mark.parametrize(
    ("field", "keyboard"),
    [(forms.IntegerField(), "numeric"), (forms.DecimalField(), "decimal"), (forms.FloatField(), "decimal")],
)
def test_a_number_is_asked_for_in_a_text_box_with_its_keyboard(field: forms.Field, keyboard: str) -> None:
    html = drawn(field)

    assert f'type="text" value="" name="field" id="id_field" inputmode="{keyboard}"' in " ".join(html.split())


def test_a_number_is_written_with_a_comma() -> None:
    assert 'value="72,5"' in drawn(forms.DecimalField(localize=True), initial=Decimal("72.5"))


def test_a_date_is_written_as_a_norwegian_writes_it() -> None:
    html = drawn(forms.DateField(), initial=date(2026, 11, 23))

    assert 'value="23.11.2026"' in html
    assert 'type="text"' in html
    assert "inputmode" not in html  # a phone's number keys have no full stop


def test_a_unit_stands_after_the_box_and_in_the_label(empty: str) -> None:
    [label] = [one for one in elements(empty) if attributes(one).get("for") == "id_weight"]

    assert words(label) == "Vekt (kg) (valgfritt)"
    assert '<span class="ds-field-affix" aria-hidden="true">kg</span>' in empty


def test_a_long_text_is_counted_and_never_cut(empty: str) -> None:
    box = attributes(by_id(empty, "id_reason"))

    assert "maxlength" not in box
    assert attributes(by_id(empty, box["data-counter"]))["data-limit"] == "500"
    assert words(by_id(empty, "id_reason_counter")) == "Høyst 500 tegn"


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    html = drawn(forms.CharField(widget=forms.Textarea), typed="\nandre linje")

    assert ">\n\nandre linje</textarea>" in html.replace("\r", "")


def test_every_source_of_a_question_is_a_badge_of_its_kind(empty: str) -> None:
    badges = [one for one in elements(empty) if attributes(one).get("class") == "mv-source"]

    assert [(attributes(one)["data-kind"], words(one)) for one in badges] == [
        ("guideline", "Kilde: Punkt 2 (åpnes i ny fane)"),
        ("spc", "Kilde: SPC 4.3 (åpnes i ny fane)"),
        ("other", "Kilde: RELIS (åpnes i ny fane)"),
    ]


@pytest.mark.parametrize(
    ("sources", "said"),
    [(SOURCES, False), (SOURCES[:1], False), (SOURCES[1:], True), (SOURCES[2:], True), ([], False)],
)
def test_a_question_that_the_guideline_does_not_ask_says_so(
    sources: list[tuple[str, ...]], said: bool
) -> None:
    html = drawn(dressed(forms.ChoiceField(choices=REPLIES, widget=forms.RadioSelect), cite=sources))

    assert ("ikke fra retningslinjen" in html) is said


def test_short_answers_stand_side_by_side_and_long_ones_below_each_other(empty: str) -> None:
    assert face_of(EveryKind()["epilepsy"]).stacked is False
    assert face_of(EveryKind()["drug"]).stacked is True
    assert "Ikke registrert i Norge." in empty


def test_what_a_widget_carries_is_carried_on() -> None:
    widget = forms.TextInput(
        attrs={"autocomplete": "username", "autofocus": True, "hidden": False, "maxlength": 4}
    )

    html = drawn(forms.CharField(widget=widget))

    assert 'autocomplete="username" autofocus="autofocus"' in html
    assert "hidden" not in html
    assert "maxlength" not in html


def test_a_closed_field_is_closed() -> None:
    assert 'id="id_field" disabled' in " ".join(drawn(forms.CharField(disabled=True)).split())
    assert " disabled>" in drawn(forms.ChoiceField(choices=REPLIES, widget=forms.RadioSelect, disabled=True))


def test_words_of_somebody_else_are_escaped_and_our_own_html_is_not() -> None:
    theirs = drawn(dressed(forms.CharField(label="<i>", help_text="<u>"), note="<s>", details="<em>"))
    ours = drawn(dressed(forms.CharField(), details=mark_safe("<em>Lav</em> terskel.")))

    assert not re.search("<(i|u|s|em)>", theirs)
    assert "<em>Lav</em> terskel." in ours


def test_a_widget_without_a_template_is_refused() -> None:
    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        drawn(forms.SplitDateTimeField())


def remembering(**words: object) -> forms.ChoiceField:
    field = forms.ChoiceField(choices=REPLIES, widget=forms.RadioSelect, **words)
    return dressed(field, remember=True)


@pytest.mark.parametrize("typed", [None, "", "yes", "no", "unknown", "maybe"])
def test_a_remembered_face_is_the_face_drawn_anew(typed: str | None) -> None:
    for _ in range(2):
        plain = forms.ChoiceField(label="Epilepsi?", choices=REPLIES, widget=forms.RadioSelect)
        assert drawn(remembering(label="Epilepsi?"), typed=typed) == drawn(plain, typed=typed)


def test_safe_and_unsafe_words_that_are_spelt_alike_are_remembered_apart() -> None:
    safe = drawn(remembering(label=mark_safe("<b>Hjerte</b>")))
    unsafe = drawn(remembering(label="<b>Hjerte</b>"))

    assert "<b>Hjerte</b>" in safe
    assert "<b>Hjerte</b>" not in unsafe


def test_what_was_typed_is_never_remembered() -> None:
    kept = face._remembered.cache_info().currsize

    html = drawn(dressed(forms.CharField(), remember=True), typed="Kari Nordmann")
    fault = drawn(remembering(), typed="Kari Nordmann")

    assert "Kari Nordmann" in html
    assert "Kari Nordmann" in fault  # Django's own sentence repeats what is no choice
    assert face._remembered.cache_info().currsize == kept


def test_words_that_nobody_vouched_for_are_not_remembered() -> None:
    kept = face._remembered.cache_info().currsize

    drawn(forms.ChoiceField(label="Zoloft til Kari?", choices=REPLIES, widget=forms.RadioSelect))

    assert face._remembered.cache_info().currsize == kept


def test_a_form_without_a_layout_has_the_same_fields() -> None:
    class Login(forms.Form):
        login = forms.CharField(label="Brukernavn")

    simple = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": Login()}))
    single = Template("{% load crispy_forms_tags %}{{ form.login|as_crispy_field }}").render(
        Context({"form": Login()})
    )

    assert "".join(simple.split()) == "".join(single.split()) == "".join(draw(Login()["login"]).split())
