"""Editing pages: a draft copied, changed, tried, refused, crossed by somebody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from guidance.actions import discard_draft, retire_part
from guidance.models import Change, Deed, Edition
from guidance.part_kinds import BY_FIELD, KINDS, key_of, parts_of
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import AT, change, new_draft, put_in_force, row
from tests.meanwhile import just_after
from tests.queries import few_queries
from tests.settings import DATA_UPLOAD_MAX_NUMBER_FIELDS

DRAFT = "2026-4"
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![bilde](http://169.254.169.254/latest)",
    "[les mer](javascript:alert(1))",
    "[les mer](file:///etc/passwd)",
    "<file:///etc/passwd>",
    "[a]: http://ond.no/x",
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
]


@pytest.fixture
def draft(db: None) -> Edition:
    return new_draft(DRAFT)


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


@pytest.fixture
def approver(fagansvarlig: User) -> Client:
    return as_user(fagansvarlig)


def form_of(field: str, key: str) -> str:
    return reverse("guidance:edit_part", args=(DRAFT, BY_FIELD[field].slug, key))


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def opened(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back if nobody typed anything."""
    response = client.get(address)
    assert response.status_code == 200
    form = response.context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}
    return {**form.standing, **own}


def sent(client: Client, address: str, **typed: Any) -> HttpResponse:
    """The form opened, some of it typed over, and sent."""
    return client.post(address, opened(client, address) | {n.replace("__", "-"): v for n, v in typed.items()})


def told(response: HttpResponse) -> str:
    return response.content.decode()


# --- Who gets in ----------------------------------------------------------------------------------------------------

ADDRESSES = [
    "/utgaver",
    "/utgaver/ny",
    f"/utgaver/{DRAFT}",
    f"/utgaver/{DRAFT}/forhandsvis",
    f"/utgaver/{DRAFT}/egenskaper",
    f"/utgaver/{DRAFT}/forkast",
    f"/utgaver/{DRAFT}/punkter/1",
    f"/utgaver/{DRAFT}/kontroller/ny",
    f"/utgaver/{DRAFT}/kontroller/seizures/ta-ut",
]


@pytest.mark.parametrize("username", ["lege", "jordmor", "admin"])
def test_nobody_but_editors_and_approvers_gets_in(draft: Edition, username: str):
    client = as_user(User.objects.get(username=username))

    for address in ADDRESSES:
        assert client.get(address).status_code == 403, address
    for address in [*ADDRESSES, f"/utgaver/{DRAFT}/godkjenning/publiser"]:
        assert client.post(address).status_code == 403, address


def test_who_has_not_logged_in_is_asked_to(client: Client, draft: Edition):
    assert {client.get(address).status_code for address in ADDRESSES} == {302}
    assert {client.post(address).status_code for address in ADDRESSES} == {302}


def test_editors_and_approvers_get_in(draft: Edition, editor: Client, approver: Client):
    for address in ADDRESSES:
        assert editor.get(address).status_code == 200, address
        assert approver.get(address).status_code == 200, address


# --- The list, and a new edition ------------------------------------------------------------------------------------


def test_the_list_shows_each_edition_with_its_state(draft: Edition, editor: Client):
    shown = page(editor, "/utgaver")

    assert "Utkast 2026-4" in shown
    assert "Utgave 2026-3" in shown
    assert "I kraft" in shown
    assert "Ny utgave" not in shown


def test_a_new_edition_begins_as_a_copy_under_the_code_that_is_suggested(
    db: None, editor: Client, redaktor: User
):
    form = editor.get("/utgaver/ny").context["form"]
    response = editor.post("/utgaver/ny", {"code": form.initial["code"]}, follow=True)

    made = Edition.objects.open_draft()
    assert made is not None
    assert response.redirect_chain == [(f"/utgaver/{made.code}", 302)]
    assert made.created_by == redaktor
    assert made.as_guideline().checks == EDITION.checks
    assert made.mark == ""


@pytest.mark.parametrize("code", ["2026-3", "x", "", "2026-4\x00", "２０２６-2", "2026-4/../x"])
def test_a_code_that_is_taken_or_none_is_refused_beside_the_field(db: None, editor: Client, code: str):
    response = editor.post("/utgaver/ny", {"code": code})

    assert response.status_code == 400
    assert response.context["form"].errors["code"]
    assert Edition.objects.count() == 1


def test_there_is_one_draft_at_a_time(draft: Edition, editor: Client):
    response = editor.post("/utgaver/ny", {"code": "2026-4"})

    assert response.status_code == 400
    assert "Utkastet 2026-4 er åpent." in told(response)


def test_where_nothing_is_published_there_is_nothing_to_copy(no_edition: None, editor: Client):
    assert "Ingen utgave er lastet" in page(editor, "/utgaver")
    assert editor.get("/utgaver/ny").status_code == 404


def test_a_draft_is_thrown_away_only_after_being_asked_once_more(draft: Edition, editor: Client):
    assert "Forkaste utkast 2026-4?" in page(editor, "/utgaver/2026-4/forkast")
    assert Edition.objects.open_draft() == draft

    editor.post("/utgaver/2026-4/forkast")

    assert Edition.objects.open_draft() is None


# --- The draft laid out ---------------------------------------------------------------------------------------------


def test_each_part_of_the_draft_can_be_changed_where_it_stands(draft: Edition, editor: Client):
    shown = page(editor, f"/utgaver/{DRAFT}")

    for kind in (kind for kind in KINDS if not kind.apart):
        for part in parts_of(EDITION, kind.field):
            if (kind.field, key_of(kind.field, part)) not in NOT_SHOWN:
                assert f'href="{form_of(kind.field, key_of(kind.field, part))}' in shown


# A group of no checks has nothing to stand over.
NOT_SHOWN = {
    ("groups", group.code)
    for group in EDITION.groups
    if group.code not in {check.group for check in EDITION.checks}
}


def test_the_draft_costs_few_queries(draft: Edition, editor: Client):
    editor.get(f"/utgaver/{DRAFT}")
    with few_queries():
        editor.get(f"/utgaver/{DRAFT}")


def test_a_form_costs_few_queries(draft: Edition, editor: Client):
    editor.get(form_of("checks", "seizures"))
    with few_queries():
        editor.get(form_of("checks", "seizures"))


def test_a_sound_draft_says_that_nothing_must_be_mended(draft: Edition, editor: Client):
    assert "Koder, kilder og tall henger sammen" in page(editor, f"/utgaver/{DRAFT}")


def test_what_must_be_mended_leads_to_where_it_is_mended(draft: Edition, editor: Client):
    retire_part(
        by=User.objects.get(username="redaktor"), at=AT, row=row(draft, "sources", "S-EMA"), version=1
    )

    shown = page(editor, f"/utgaver/{DRAFT}")

    assert "Dette må rettes før publisering" in shown
    mend = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>: ([^<]+)</li>', shown)
    assert (form_of("positions", "spc-metoclopramide"), "Standpunkt «spc-metoclopramide»") in [
        one[:2] for one in mend
    ]
    assert all("S-EMA" in says for *_, says in mend)
    assert {editor.get(address).status_code for address, *_ in mend} == {200}


@pytest.mark.parametrize("field", ["intro", "news"])
def test_what_must_be_mended_in_the_editions_own_text_leads_to_its_form(
    draft: Edition, editor: Client, field: str
):
    Edition.objects.filter(pk=draft.pk).update(**{field: "<b>Viktig</b>"})

    shown = page(editor, f"/utgaver/{DRAFT}")

    assert f'<li><a href="/utgaver/{DRAFT}/egenskaper">' in shown


def test_the_public_page_can_be_seen_as_it_will_be(draft: Edition, editor: Client, client: Client):
    change(draft, "points", "1", title="Først rådene")

    shown = page(editor, f"/utgaver/{DRAFT}/forhandsvis")

    assert "Forhåndsvisning av et utkast" in shown
    assert "Først rådene" in shown
    assert "mv-edit" not in shown
    assert "Først rådene" not in page(client, "/retningslinjen")


def test_an_edition_that_is_published_is_read_and_not_laid_out_for_editing(db: None, editor: Client):
    assert editor.get("/utgaver/2026-3").headers["Location"] == "/retningslinjen/2026-3"
    assert editor.get("/utgaver/2026-3/forhandsvis").headers["Location"] == "/retningslinjen/2026-3"


# --- A part changed -------------------------------------------------------------------------------------------------


def test_a_sentence_is_changed_and_the_editor_comes_back_to_it(
    draft: Edition, editor: Client, redaktor: User
):
    response = sent(editor, form_of("points", "2"), text="Unngå det **her**.")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/utgaver/{DRAFT}#G2"
    assert draft.as_guideline().points[1].text == "Unngå det **her**."
    shown = page(editor, f"/utgaver/{DRAFT}")
    assert "Unngå det <strong>her</strong>." in shown
    assert "Lagret: «Punkt: Unngå forskrivning»." in shown
    assert Change.objects.filter(edition=draft, by=redaktor, deed=Deed.EDITED).count() == 1


@pytest.mark.parametrize("kind", KINDS, ids=[kind.field for kind in KINDS])
def test_a_form_sent_as_it_was_opened_changes_nothing(draft: Edition, editor: Client, kind: Any):
    before = draft.as_guideline()
    for part in parts_of(EDITION, kind.field)[:3]:
        assert sent(editor, form_of(kind.field, key_of(kind.field, part))).status_code == 302

    assert draft.as_guideline() == before
    assert not Change.objects.filter(edition=draft, deed=Deed.EDITED).exists()


def test_a_severity_is_changed_for_one_drug(draft: Edition, editor: Client):  # G2
    sent(editor, form_of("checks", "seizures"), verdicts__domperidon__severity="stop")

    assert draft.as_guideline().check("seizures").verdicts["domperidon"].severity == "stop"


def test_a_limit_is_changed(draft: Edition, editor: Client):
    sent(editor, form_of("limits", "long-term"), value="21")

    assert draft.as_guideline().limit("long-term").value == 21


def test_a_figure_of_the_regimen_is_changed(draft: Edition, editor: Client):
    response = sent(editor, form_of("regimen", "tall"), taper_step_days="5")

    assert response.headers["Location"] == f"/utgaver/{DRAFT}#dosering-tall"
    assert draft.as_guideline().regimen.taper_step_days == 5


def test_the_review_by_date_is_changed(draft: Edition, editor: Client):
    assert sent(editor, f"/utgaver/{DRAFT}/egenskaper", review_by="29.02.2028").status_code == 302

    draft.refresh_from_db()
    assert f"{draft.review_by}" == "2028-02-29"


def test_a_text_on_her_sheet_is_changed_for_one_drug(draft: Edition, editor: Client):
    sent(editor, form_of("passages", "sheet-what_domperidon"), text="Nytt.")

    guideline = draft.as_guideline()
    assert guideline.passage("sheet-what", "domperidon").text == "Nytt."
    assert guideline.passage("sheet-what", "metoklopramid") == EDITION.passage("sheet-what", "metoklopramid")


def test_a_code_that_is_sent_along_changes_nothing(draft: Edition, editor: Client):
    sent(editor, form_of("checks", "seizures"), code="other", kind="medicine", edition="1", position="0")

    assert draft.as_guideline() == replace(EDITION, code=DRAFT, mark="")


def test_a_medicine_is_added_and_listed_with_the_others(draft: Edition, editor: Client):
    response = sent(
        editor,
        f"/utgaver/{DRAFT}/medisiner/ny",
        atc="N06AX99",
        substance="nyttepressiv",
        brands="Nyttpres\nNyttpres Depot",
        flags=["antidepressant", "serotonergic"],
        qt="possible",
        confidence="medium",
    )

    listed = page(editor, response.headers["Location"])
    assert "nyttepressiv" in listed
    assert "antidepressivt, serotonergt" in listed
    assert draft.as_guideline().medicines[-1].brands == ("Nyttpres", "Nyttpres Depot")


def test_an_example_patient_is_changed_so_that_a_changed_rule_can_be_published(
    draft: Edition, editor: Client, approver: Client
):  # M9
    change(draft, "limits", "dose-interval", value=8)
    listed = page(editor, f"/utgaver/{DRAFT}/eksempelpasienter")
    assert all(escape(vignette.name) in listed for vignette in EDITION.vignettes)
    vignette = EDITION.vignettes[0]
    address = form_of("vignettes", key_of("vignettes", vignette))

    assert sent(editor, address, age="tretti").status_code == 400
    assert sent(editor, address, eligible="no").status_code == 302
    assert vignette.name in page(approver, f"/utgaver/{DRAFT}/godkjenning")
    assert sent(editor, address, eligible="yes").status_code == 302
    assert put_in_force(draft).is_in_force


@pytest.mark.parametrize("slug", ["punkter", "kontroller", "nei"])
def test_only_what_there_is_much_of_has_a_page_of_its_own(draft: Edition, editor: Client, slug: str):
    assert editor.get(f"/utgaver/{DRAFT}/{slug}").status_code == 404


# --- What is refused ------------------------------------------------------------------------------------------------


PLACES = [
    ("points/1", "title"),
    ("checks/seizures", "verdicts-metoklopramid-text"),
    ("limits/eu-5-days", "drugs-metoklopramid-text"),
    ("information/off-label", "told-domperidon"),
    ("sections/prescribing", "statements-1-text"),
    ("passages/sheet-child", "text"),
]


@pytest.mark.parametrize(
    ("attack", "part", "name"),
    [*((attack, "points/1", "text") for attack in ATTACKS), *((ATTACKS[0], *place) for place in PLACES)],
)
def test_html_links_and_images_are_refused_with_a_sentence_and_kept(
    draft: Edition, editor: Client, attack: str, part: str, name: str
):
    response = sent(editor, form_of(*part.split("/")), **{name: attack})

    assert response.status_code == 400
    form = response.context["form"]
    assert any("lenke" in error or "HTML" in error for error in form.errors[name])
    assert form[name].value() == attack
    shown = told(response)
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert not re.search(r'<[^>]*(href|src)="(javascript|file|http)', shown)
    assert not Change.objects.filter(deed=Deed.EDITED).exists()


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ({"tablet_mg": "20"}, "doses_per_day", "Doseringen gir 60 mg i døgnet; mer enn 30 mg er ikke lov."),
        (
            {"doses_per_day": "4"},
            "doses_per_day",
            "Doseringen gir 40 mg i døgnet; mer enn 30 mg er ikke lov.",
        ),
        ({"taper_step_mg": "15"}, "taper_step_mg", "Nedtrappingen går ikke opp i hele tabletter."),
        ({"full_days_default": "15"}, "full_days_default", "utenfor"),
        ({"cites-tablet_mg": "R9"}, "cites-tablet_mg", "verken er et faktum eller en kilde"),
    ],
)
def test_a_regimen_that_gives_too_much_or_does_not_add_up_is_refused_at_its_box(
    draft: Edition, editor: Client, typed: dict[str, str], name: str, said: str
):
    response = sent(editor, form_of("regimen", "tall"), **typed)

    assert response.status_code == 400
    assert said in " ".join(response.context["form"].errors[name])
    assert draft.as_guideline().regimen == EDITION.regimen


@pytest.mark.parametrize("value", ["-5", "0", "91", "999999", "5,5", "fem", "", "１", "1e9", "\u0665"])
def test_a_limit_out_of_range_is_refused_at_its_box(draft: Edition, editor: Client, value: str):
    response = sent(editor, form_of("limits", "eu-5-days"), value=value)

    assert response.status_code == 400
    assert response.context["form"].errors["value"]
    assert response.context["form"]["value"].value() == value


@pytest.mark.parametrize(
    ("cites", "said"),
    [
        ("", "Fyll ut dette feltet."),
        ("G99", "verken er et faktum eller en kilde"),
        ("G2 4.3", "verken er et faktum eller en kilde"),
        ("S-NEI 4.3", "verken er et faktum eller en kilde"),
        ("G1; <b>", "verken er et faktum eller en kilde"),
    ],
)
def test_a_source_that_is_missing_or_none_is_refused_at_its_box(
    draft: Edition, editor: Client, cites: str, said: str
):
    response = sent(editor, form_of("points", "1"), cites=cites)

    assert response.status_code == 400
    assert said in " ".join(response.context["form"].errors["cites"])


def test_what_was_typed_elsewhere_in_the_form_is_kept_when_something_is_refused(
    draft: Edition, editor: Client
):
    response = sent(editor, form_of("points", "1"), title="Ny tittel 🍼", text="Ny tekst.", cites="G99")

    form = response.context["form"]
    assert (form["title"].value(), form["text"].value()) == ("Ny tittel 🍼", "Ny tekst.")
    assert "Dette må rettes" in told(response)


TYPED_BADLY = [
    "\x00",
    "\ufffd",
    "\u202eabc\u202c",
    "a" * 10_001,
    "\uffff",
    "🍼" * 20_000,
    "'; DROP TABLE guidance_point;--",
    "{{ 7*7 }}%s%n",
]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(typed, id=str(n), marks=pytest.mark.sweep if n % 3 else ())
        for n, typed in enumerate(TYPED_BADLY)
    ],
)
def test_nothing_that_is_typed_in_any_box_is_an_error_of_the_programs(
    draft: Edition, editor: Client, typed: str
):
    for part in ("points/1", "checks/weight", "limits/eu-5-days", "regimen/tall", "sources/S-EMA"):
        address = form_of(*part.split("/"))
        boxes = [name for name in opened(editor, address) if name not in ("version", "before")]
        everywhere = dict.fromkeys(boxes, typed)
        for filled in (everywhere, {boxes[len(boxes) // 2]: typed}):
            answer = editor.post(address, opened(editor, address) | filled)
            assert answer.status_code in (302, 400, 413), (address, filled.keys())


@pytest.mark.parametrize(
    "address",
    [
        "/punkter/9",
        "/punkter/1\x00",
        "/nei/1",
        "/kontroller/",
        "/medisiner/N06AB06",
        "/punkter/ny",
        "/rad/ny",
    ],
)
def test_a_part_that_does_not_exist_is_not_found(draft: Edition, editor: Client, address: str):
    assert editor.get(f"/utgaver/{DRAFT}{address}").status_code == 404


def test_a_form_without_its_bookkeeping_is_shown_again_and_not_saved(draft: Edition, editor: Client):
    response = editor.post(form_of("points", "1"), {"title": "Ny", "text": "Ny.", "cites": "G1"})

    assert response.status_code == 409
    assert draft.as_guideline().points[0] == EDITION.points[0]


def test_far_too_many_fields_are_refused(draft: Edition, editor: Client):
    many = {f"f{n}": "1" for n in range(DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    assert editor.post(form_of("points", "1"), many).status_code == 400


# --- Trying it out --------------------------------------------------------------------------------------------------


def test_a_text_can_be_seen_before_it_is_saved_without_javascript(draft: Edition, editor: Client):
    response = sent(editor, form_of("points", "1"), text="Nå *slik*.", preview="1")

    assert response.status_code == 200
    assert "Nå <em>slik</em>." in told(response)
    assert response.context["form"]["text"].value() == "Nå *slik*."
    assert draft.as_guideline().points[0] == EDITION.points[0]


def test_a_text_is_seen_beside_the_form_while_it_is_typed(draft: Edition, editor: Client):
    address = form_of("points", "1")
    filled = opened(editor, address) | {"text": "- en\n- to <b>", "preview": "1"}

    response = editor.post(address, filled, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert "<li>en</li>" in told(response)
    assert "&lt;b&gt;" in told(response)
    assert "<form" not in told(response)
    assert draft.as_guideline().points[0] == EDITION.points[0]


# --- Two who edit the same ------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(
    draft: Edition, editor: Client, approver: Client
):
    address = form_of("points", "1")
    first, second = opened(editor, address), opened(approver, address)
    editor.post(address, first | {"text": "Den førstes tekst.", "title": "Den førstes tittel"})

    crossed = approver.post(address, second | {"text": "Den andres tekst."})

    assert crossed.status_code == 409
    assert "Noen andre har lagret denne delen mens du skrev" in told(crossed)
    assert "Den andre skrev: Den førstes tekst." in told(crossed)
    form = crossed.context["form"]
    assert (form["title"].value(), form["text"].value()) == ("Den førstes tittel", "Den andres tekst.")
    assert draft.as_guideline().points[0].text == "Den førstes tekst."

    again = {name: form[name].value() for name in ("title", "text", "cites", "version", "before")}
    assert approver.post(address, again).status_code == 302
    assert draft.as_guideline().points[0].text == "Den andres tekst."


def test_two_who_edit_different_parts_do_not_meet(draft: Edition, editor: Client, approver: Client):
    first, second = opened(editor, form_of("points", "1")), opened(approver, form_of("points", "2"))

    assert editor.post(form_of("points", "1"), first | {"text": "En."}).status_code == 302
    assert approver.post(form_of("points", "2"), second | {"text": "To."}).status_code == 302


def test_the_editions_own_text_is_guarded_too(draft: Edition, editor: Client, approver: Client):
    address = f"/utgaver/{DRAFT}/egenskaper"
    first, second = opened(editor, address), opened(approver, address)
    editor.post(address, first | {"title": "Den førstes"})

    crossed = approver.post(address, second | {"title": "Den andres"})

    assert crossed.status_code == 409
    assert "Den andre skrev: Den førstes" in told(crossed)


def test_a_part_that_was_taken_out_meanwhile_refuses_and_shows_what_was_typed(
    draft: Edition, editor: Client, redaktor: User
):
    address = form_of("positions", "fhi")
    filled = opened(editor, address)
    retire_part(by=redaktor, at=AT, row=row(draft, "positions", "fhi"), version=1)

    response = editor.post(address, filled | {"says": "Det jeg skrev lenge på."})

    assert response.status_code == 409
    assert "Denne delen er tatt ut av utkastet av noen andre." in told(response)
    assert "Det jeg skrev lenge på." in told(response)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", f"/utgaver/{DRAFT}/forkast"),
        ("post", f"/utgaver/{DRAFT}/egenskaper"),
        ("get", f"/utgaver/{DRAFT}/egenskaper"),
        ("get", f"/utgaver/{DRAFT}/punkter/1"),
        ("post", f"/utgaver/{DRAFT}/standpunkter/fhi/flytt"),
        ("get", f"/utgaver/{DRAFT}"),
        ("get", f"/utgaver/{DRAFT}/forhandsvis"),
    ],
)
def test_a_draft_that_is_thrown_away_while_it_is_looked_up_is_not_found(
    draft: Edition, editor: Client, redaktor: User, method: str, address: str
):
    form = opened(editor, address) if address.endswith("egenskaper") else {}

    with just_after('"guidance_edition"."code" =', lambda: discard_draft(by=redaktor, at=AT, edition=draft)):
        response = getattr(editor, method)(address, form)

    assert response.status_code in {404, 409}
    assert not Edition.objects.filter(code=DRAFT).exists()


def test_a_part_that_is_taken_out_while_it_is_moved_is_gone(draft: Edition, editor: Client, redaktor: User):
    fhi = row(draft, "positions", "fhi")

    with just_after('FROM "guidance_position"', lambda: retire_part(by=redaktor, at=AT, row=fhi, version=1)):
        response = editor.post(form_of("positions", "fhi") + "/flytt", {"way": "up"})

    assert response.status_code == 409
    assert "Denne delen er tatt ut av utkastet av noen andre." in told(response)


def test_bookkeeping_that_is_nested_without_end_is_no_bookkeeping(draft: Edition, editor: Client):
    address = form_of("points", "1")
    filled = opened(editor, address)
    change(draft, "points", "1", text="Den andres tekst.")

    response = editor.post(address, filled | {"text": "Min.", "before": "[" * 70_000})

    assert response.status_code == 409
    assert "Den andre skrev: Den andres tekst." in told(response)


# --- More, fewer, in another order ----------------------------------------------------------------------------------


def test_a_term_is_added(draft: Edition, editor: Client):
    response = sent(
        editor,
        f"/utgaver/{DRAFT}/ord/ny",
        code="prolactin",
        term="prolaktin",
        forms="prolaktin\nprolaktinet",
        text="Hormonet som gjør at brystene lager melk.",
        cites="M1",
    )

    assert response.headers["Location"] == f"/utgaver/{DRAFT}#prolactin"
    assert draft.as_guideline().terms[-1].forms == ("prolaktin", "prolaktinet")


def test_an_asked_check_is_added(draft: Edition, editor: Client):
    assert "Ny kontroll" in page(editor, f"/utgaver/{DRAFT}/kontroller/ny")

    response = sent(
        editor,
        f"/utgaver/{DRAFT}/kontroller/ny?type=asked",
        code="migraine",
        group="mind-nerves",
        title="Migrene",
        question="Har hun migrene?",
        met_by="yes",
        cites="S-OWN",
        verdicts__domperidon__severity="note",
        verdicts__domperidon__text="Migrene.",
        verdicts__domperidon__cites="S-OWN",
    )

    assert response.status_code == 302
    assert draft.as_guideline().check("migraine").verdicts["domperidon"].severity == "note"


def test_a_code_that_stands_already_is_refused_beside_the_box(draft: Edition, editor: Client):
    response = sent(editor, f"/utgaver/{DRAFT}/ord/ny", code="off-label", term="x", text="x", cites="O2")

    assert response.status_code == 400
    assert response.context["form"].errors["code"] == ["«off-label» står to ganger."]


def test_a_code_that_was_taken_out_for_good_never_comes_back(db: None, editor: Client, redaktor: User):
    first = new_draft(DRAFT)
    retire_part(by=redaktor, at=AT, row=row(first, "side_effects", "fainting"), version=1)
    put_in_force(first)
    new_draft("2026-5")

    response = sent(
        editor,
        "/utgaver/2026-5/bivirkninger/ny",
        code="fainting",
        title="Besvimelse",
        about="woman",
        drugs=["domperidon"],
        text="Du besvimer.",
        cites="D4",
    )

    assert response.status_code == 400
    assert "er tatt ut for godt" in response.context["form"].errors["code"][0]


def test_a_part_is_moved_up_and_down_among_its_kind(draft: Edition, editor: Client):
    address = form_of("positions", "fhi") + "/flytt"

    def place() -> int:
        return [position.code for position in draft.as_guideline().positions].index("fhi")

    before = place()
    editor.post(address, {"way": "up"})
    assert place() == before - 1
    editor.post(address, {"way": "down"})
    assert place() == before
    assert editor.get(address).status_code == 405


def test_a_part_is_taken_out_only_after_being_asked_once_more(draft: Edition, editor: Client):
    address = form_of("positions", "fhi") + "/ta-ut"
    assert "Ta ut av utgave 2026-4?" in page(editor, address)

    editor.post(address, {"version": "1"})

    assert "fhi" not in [position.code for position in draft.as_guideline().positions]


def test_a_part_that_somebody_has_just_changed_is_not_taken_out(draft: Edition, editor: Client):
    change(draft, "positions", "fhi", says="Endret.")

    response = editor.post(form_of("positions", "fhi") + "/ta-ut", {"version": "1"}, follow=True)

    assert "Noen andre har endret dette mens du skrev." in told(response)
    assert "fhi" in [position.code for position in draft.as_guideline().positions]


@pytest.mark.parametrize(
    ("field", "key"),
    [("points", "1"), ("advice", "A1"), ("drugs", "domperidon"), ("passages", "melde"), ("regimen", "tall")],
)
def test_what_something_else_counts_on_is_neither_moved_nor_taken_out(
    draft: Edition, editor: Client, field: str, key: str
):
    assert editor.post(form_of(field, key) + "/flytt", {"way": "up"}).status_code == 404
    assert editor.post(form_of(field, key) + "/ta-ut", {"version": "1"}).status_code == 404


# --- What is published stays ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "egenskaper",
        "punkter/1",
        "dosering/tall",
        "ord/ny",
        "punkter/1/flytt",
        "ord/off-label/ta-ut",
        "forkast",
        "angre",
        "godkjenning/send",
        "godkjenning/skriv-under",
        "godkjenning/publiser",
        "godkjenning/ta-tilbake",
    ],
)
def test_an_edition_that_is_published_refuses_every_change_with_a_sentence(
    db: None, approver: Client, address: str
):
    before = Edition.objects.in_force().content_hash

    response = approver.post(f"/utgaver/2026-3/{address}", {"text": "Noe jeg skrev.", "version": "1"})

    assert response.status_code in (403, 404)
    if response.status_code == 403:
        assert "Utgave 2026-3 er publisert og endres ikke." in told(response)
        assert "Noe jeg skrev." in told(response)
    assert Edition.objects.in_force().content_hash == before


def test_a_draft_that_is_published_while_somebody_writes_refuses_and_shows_what_was_typed(
    draft: Edition, editor: Client
):
    filled = opened(editor, form_of("points", "1"))
    put_in_force(draft)

    response = editor.post(form_of("points", "1"), filled | {"text": "Det jeg skrev lenge på."})

    assert response.status_code == 403
    assert "Utgave 2026-4 er publisert og endres ikke." in told(response)
    assert "Det jeg skrev lenge på." in told(response)


def test_a_draft_that_is_thrown_away_while_somebody_writes_refuses_and_shows_what_was_typed(
    draft: Edition, editor: Client, redaktor: User
):
    filled = opened(editor, form_of("points", "1"))
    discard_draft(by=redaktor, at=AT, edition=draft)

    response = editor.post(form_of("points", "1"), filled | {"text": "Det jeg skrev lenge på."})

    assert response.status_code == 404
    assert "Utkastet finnes ikke lenger." in told(response)
    assert "Det jeg skrev lenge på." in told(response)
    assert editor.get(form_of("points", "1")).status_code == 404
