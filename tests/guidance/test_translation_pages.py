"""The editors' pages of a language: what is left first, one sentence at a time, and the signature."""

from __future__ import annotations

import pytest

from guidance.models import TranslatedSentence, Translation, TranslationState, key_of_sentence
from guidance.translating import read_translation
from tests.cast import as_user
from tests.guidance.published import change, new_draft
from tests.guidance.translating.loaded import foreign, loaded, signed, whole
from tests.queries import few_queries

pytestmark = pytest.mark.django_db
SKIP = "Hopp over den."
KEY = key_of_sentence(SKIP)
ONE = f"/utgaver/oversettelser/ar/setning/{KEY}"


def page(client, address="/utgaver/oversettelser/ar"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_left_stands_alone_until_nothing_is(redaktor):
    loaded("ar", **{SKIP: ""})
    client = as_user(redaktor)
    assert "Gjenstår (1)" in page(client)
    assert page(client).count('<p lang="nb">') == 1

    client.post(ONE, {"text": "жжж жжж.", "version": 1})

    assert "Gjenstår (0)" in page(client)
    assert page(client).count('<p lang="nb">') == 50


def test_what_an_open_draft_will_say_can_be_translated_before_it_is_published(redaktor):
    loaded("ar")
    change(new_draft(), "passages", "sheet-missed-dose", text="Hopp over den glemte tabletten.")
    client = as_user(redaktor)

    html = page(client)
    assert "Setninger som er nye i utkast 2026-4, er med" in html
    assert "Hopp over den glemte tabletten." in html
    key = key_of_sentence("Hopp over den glemte tabletten.")
    client.post(f"/utgaver/oversettelser/ar/setning/{key}", {"text": "жжж жжж.", "version": 0})

    assert "Gjenstår (0)" in page(client)


def test_a_sentence_that_was_changed_shows_what_it_was_before(redaktor):
    loaded("ar", **{SKIP: ""})
    TranslatedSentence.objects.create(
        translation=Translation.objects.get(language="ar"),
        key=key_of_sentence("Hopp over den da."),
        source="Hopp over den da.",
        text="жжж ж жж.",
    )

    html = page(as_user(redaktor), ONE)

    assert "Hopp over den da." in html
    assert "жжж ж жж." in html


def test_saving_leads_to_the_next_that_is_left(redaktor):
    loaded("ar", **{SKIP: "", "Ta aldri to på en gang.": ""})

    response = as_user(redaktor).post(ONE, {"text": "жжж жжж.", "version": 1, "next": "1"})

    assert response["Location"].endswith(key_of_sentence("Ta aldri to på en gang."))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Skriv oversettelsen."),
        ("Ring 113.", "Tallene er andre enn på norsk"),
        ("\u202eжжж", "snur skriveretningen"),
        ("<script>", "klammer"),
        ("ж" * 1001, "for lang"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_sentence_and_kept(redaktor, text, says):
    loaded("ar")

    response = as_user(redaktor).post(ONE, {"text": text, "version": 1})

    assert response.status_code == 400
    assert says in response.content.decode()
    assert Translation.objects.get(language="ar").pairs[SKIP] == foreign(SKIP)


def test_the_second_of_two_sees_both_texts_and_may_write_over(redaktor, fagansvarlig):
    loaded("ar")
    as_user(redaktor).post(ONE, {"text": "жжж жжж.", "version": 1})
    second = as_user(fagansvarlig)

    response = second.post(ONE, {"text": "ж ж ж.", "version": 1})

    assert response.status_code == 409
    html = response.content.decode()
    assert "жжж жжж." in html
    assert "ж ж ж." in html
    assert second.post(ONE, {"text": "ж ж ж.", "version": 2}).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_form_that_was_tampered_with_stores_nothing(redaktor, version):
    loaded("ar")

    assert as_user(redaktor).post(ONE, {"text": "жжж жжж.", "version": version}).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["xx", "nb", "ar/setning/abc", "ar/setning/" + key_of_sentence("Finnes ikke."), "xx/gjennomgang"],
)
def test_what_is_not_there_is_not_found(redaktor, address):
    assert as_user(redaktor).get(f"/utgaver/oversettelser/{address}").status_code == 404


def test_an_approver_reads_it_through_and_signs(fagansvarlig):
    translation = loaded("ar")
    client = as_user(fagansvarlig)
    html = page(client, "/utgaver/oversettelser/ar/gjennomgang")
    assert translation.content_now() in html
    assert foreign("Ta aldri to på en gang.") in html
    assert "Ring legen:" in html  # a fixed word of the sheets

    response = client.post(
        "/utgaver/oversettelser/ar/skriv-under", {"content_hash": translation.content_now()}, follow=True
    )

    assert "Arkene finnes nå på arabisk." in response.content.decode()
    assert Translation.objects.get(language="ar").state == TranslationState.REVIEWED


def test_a_signature_for_another_text_is_refused_with_the_reason(fagansvarlig):
    loaded("ar")

    response = as_user(fagansvarlig).post("/utgaver/oversettelser/ar/skriv-under", {"content_hash": "0" * 64})

    assert response.status_code == 409
    assert "Teksten er endret siden du leste den." in response.content.decode()


def test_an_editor_is_offered_no_signature(redaktor):
    loaded("ar")
    html = page(as_user(redaktor), "/utgaver/oversettelser/ar/gjennomgang")

    assert "Godkjenn oversettelsen" not in html
    assert as_user(redaktor).post("/utgaver/oversettelser/ar/skriv-under").status_code == 403


def test_whoever_has_edited_is_told_why_there_is_no_signature(fagansvarlig):
    loaded("ar")
    client = as_user(fagansvarlig)
    client.post(ONE, {"text": "жжж жжж.", "version": 1})

    html = page(client, "/utgaver/oversettelser/ar/gjennomgang")

    assert "Du har endret denne oversettelsen." in html
    assert "Godkjenn oversettelsen" not in html


@pytest.mark.parametrize(("reason", "status"), [("", 400), ("Feil dose.", 302)])
def test_taking_it_from_the_sheets_needs_a_reason(fagansvarlig, reason, status):
    signed("ar", fagansvarlig)

    response = as_user(fagansvarlig).post("/utgaver/oversettelser/ar/hold-tilbake", {"reason": reason})

    assert response.status_code == status
    assert Translation.objects.get(language="ar").is_public is (status == 400)


def test_the_file_of_a_language_reads_back(redaktor):
    loaded("ar")

    response = as_user(redaktor).get("/utgaver/oversettelser/ar/fil")

    assert read_translation(response.content.decode()).sentences == whole("ar").sentences
    assert 'filename="ar.toml"' in response["Content-Disposition"]


def test_the_pages_ask_the_database_a_few_times(redaktor):
    loaded("ar")
    client = as_user(redaktor)
    for address in ("", "/ar", "/ar/gjennomgang", f"/ar/setning/{KEY}"):
        page(client, f"/utgaver/oversettelser{address}")
        with few_queries():
            page(client, f"/utgaver/oversettelser{address}")
