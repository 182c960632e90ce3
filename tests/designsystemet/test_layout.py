"""How a form lies on its page: the summary of faults, groups, buttons."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from designsystemet.layout import Fields, Group, Helper
from tests.designsystemet.gallery import WRONG, EveryKind
from tests.designsystemet.page import attributes, by_id, elements, shown, words


def faults_of(html: str) -> list[tuple[str, str]]:
    """The summary's links: where each leads, and its words."""
    [summary] = [one for one in elements(html) if one.name == "ds-error-summary"]
    links = [one for one in elements(str(summary)) if one.name == "a"]
    return [(attributes(link)["href"], words(link)) for link in links]


def test_the_summary_leads_to_the_first_input_of_every_wrong_field() -> None:
    html = shown(EveryKind(WRONG))
    faults = faults_of(html)

    assert faults == [
        ("#id_epilepsy_0", "Har hun epilepsi? Svar ja, nei eller vet ikke."),
        ("#id_weight", "Vekt: Verdien må være mindre enn eller lik 250."),
        ("#id_start", "Første dag: Skriv en dato som finnes."),
        ("#id_confirmed", "Rådene er gått gjennom: Bekreft det."),
    ]
    for address, _ in faults:
        assert by_id(html, address.removeprefix("#")).name in {"input", "select", "textarea"}


def test_a_list_is_led_to_as_a_whole() -> None:
    html = shown(EveryKind({**WRONG, "doses": "9"}))

    assert "#id_doses" in [address for address, _ in faults_of(html)]


def test_the_summary_takes_focus_with_and_without_a_script() -> None:
    [summary] = [one for one in elements(shown(EveryKind(WRONG))) if one.name == "ds-error-summary"]

    assert {"tabindex": "-1", "autofocus": "", "role": "group"}.items() <= attributes(summary).items()
    assert words(by_id(shown(EveryKind(WRONG)), attributes(summary)["aria-labelledby"]))


@pytest.mark.parametrize("form", [EveryKind(), EveryKind(initial=WRONG)])
def test_a_form_that_nobody_sent_has_no_faults(form: EveryKind) -> None:
    html = shown(form)

    assert "ds-error-summary" not in html
    assert "ds-validation-message" not in html


def test_a_fault_of_the_whole_form_stands_first_and_leads_nowhere() -> None:
    class Late(EveryKind):
        def clean(self) -> None:
            raise ValidationError("Utgaven er ny. Les svarene igjen.")

    html = shown(Late(WRONG))
    [summary] = [one for one in elements(html) if one.name == "ds-error-summary"]
    lines = [words(one) for one in elements(str(summary)) if one.name == "li"]

    assert lines[0] == "Utgaven er ny. Les svarene igjen."
    assert len(faults_of(html)) == len(lines) - 1


def test_enter_never_presses_no_to_all() -> None:
    buttons = [attributes(one) for one in elements(shown(EveryKind())) if one.name == "button"]

    assert "name" not in buttons[0]
    assert buttons[0]["type"] == "submit"
    assert (buttons[1]["name"], buttons[1]["value"]) == ("none", "health")


def test_the_buttons_stand_in_their_order_with_the_way_back_among_them() -> None:
    html = shown(EveryKind())
    [row] = [one for one in elements(html) if attributes(one).get("class") == "mv-actions"]

    assert [words(one) for one in row.children] == ["Gå videre", "Lagre", "Tilbake"]


def test_a_group_has_a_heading_and_an_intro() -> None:
    html = shown(EveryKind())

    assert '<h2 class="ds-heading">Helse</h2>' in html
    assert "Spør om alt." in html


def test_a_form_posts_with_a_token_and_leaves_checking_to_the_server() -> None:
    [form] = [one for one in elements(shown(EveryKind())) if one.name == "form"]
    carried = attributes(form)

    assert (carried["method"], carried["autocomplete"]) == ("post", "off")
    assert "novalidate" in carried
    assert 'name="csrfmiddlewaretoken"' in shown(EveryKind())


def test_a_page_may_write_the_form_element_itself() -> None:
    class Step(forms.Form):
        place = forms.CharField()
        helper = Helper("place", tag=False)

    html = shown(Step())

    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_field_that_the_layout_forgot_is_shown_all_the_same() -> None:
    html = shown(EveryKind())

    assert attributes(by_id(html, "id_secret"))["type"] == "password"
    assert attributes(by_id(html, "id_version"))["type"] == "hidden"


def test_a_field_that_the_form_lacks_is_an_error() -> None:
    class Short(forms.Form):
        helper = Helper(Group("Helse", "epilepsy"))

    with pytest.raises(KeyError, match="epilepsy"):
        shown(Short())


def test_one_helper_serves_form_after_form() -> None:
    assert shown(EveryKind()) == shown(EveryKind())


def test_a_prefix_keeps_two_forms_of_a_page_apart() -> None:
    html = shown(EveryKind(prefix="a")) + shown(EveryKind(prefix="b"))
    ids = [attributes(one)["id"] for one in elements(html) if "id" in attributes(one)]

    assert len(ids) == len(set(ids))


def test_several_forms_of_a_kind_are_drawn_with_their_count() -> None:
    class Row(forms.Form):
        name = forms.CharField(label="Navn")

    rows = forms.formset_factory(Row, extra=2)
    helper = Helper("name")
    page = Template("{% load crispy_forms_tags %}{% crispy rows helper %}")

    html = page.render(Context({"rows": rows(), "helper": helper, "csrf_token": "token"}))
    plain = Template("{% load crispy_forms_tags %}{{ rows|crispy }}").render(Context({"rows": rows()}))

    for drawn in (html, plain):
        assert 'name="form-TOTAL_FORMS"' in drawn
        assert 'id="id_form-1-name"' in drawn


def test_stock_layout_objects_work_in_the_pack() -> None:
    from crispy_forms.layout import ButtonHolder, Div, Fieldset, Submit

    class Stock(forms.Form):
        place = forms.CharField(label="Sted")
        helper = Helper(
            Fieldset("Hvor", Div("place", css_class="mv-beside")), ButtonHolder(Submit("go", "Gå videre"))
        )

    html = shown(Stock())

    assert "<legend" in html
    assert 'class="mv-beside"' in html
    assert 'type="submit" name="go" value="Gå videre"' in html


def test_parts_can_be_nested() -> None:
    class Nested(forms.Form):
        place = forms.CharField(label="Sted")
        helper = Helper(Group("Ytre", Group("Indre", Fields("place"), level=3)))

    html = shown(Nested())

    assert '<h3 class="ds-heading">Indre</h3>' in html
    assert html.count('id="id_place"') == 1
