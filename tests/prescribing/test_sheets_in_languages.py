"""Her sheets in other languages: public once somebody stands for them, and always in Norwegian too."""

from __future__ import annotations

import page
import pytest

from guidance.models import TranslatedSentence, Translation
from prescribing.models import Print
from tests.cast import as_user
from tests.guidance.translating.loaded import loaded, signed
from tests.paper import assert_tagged, fonts, pdf_facts, pdf_pages, pdf_text
from tests.prescribing.consultation import ready_to_sign
from tests.queries import few_queries

pytestmark = pytest.mark.django_db
ARABIC = "/ark/informasjon/domperidon/ar"


@pytest.mark.parametrize("address", [ARABIC, f"{ARABIC}.pdf", f"{ARABIC}-stor.pdf"])
def test_a_language_that_nobody_has_signed_is_not_found(client, address):
    loaded("ar")

    assert client.get(address).status_code == 404


def test_a_signed_language_is_public_from_then_on(client, fagansvarlig):
    signed("ar", fagansvarlig)

    assert ARABIC in client.get("/ark/").content.decode()
    html = client.get(ARABIC).content.decode()
    assert '<article class="sheet" lang="ar" dir="rtl">' in html
    assert "Arket er oversatt fra norsk, utgave 2026-3. Det er den norske teksten som gjelder." in html
    assert "IKKE KVALITETSSIKRET" not in html
    printed = client.get(f"{ARABIC}.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert pdf_pages(printed.content) == 2


def test_a_text_changed_after_the_signature_is_not_found(client, fagansvarlig):
    signed("ar", fagansvarlig)
    TranslatedSentence.objects.filter(translation__language="ar", source="Hopp over den.").update(text="ж.")

    assert client.get(ARABIC).status_code == 404
    assert ARABIC not in client.get("/ark/").content.decode()


@pytest.mark.parametrize("address", ["xx", "nb.x", "xx.pdf", "ar-liten.pdf", "AR"])
def test_a_language_that_there_is_none_of_is_not_found(client, fagansvarlig, address):
    signed("ar", fagansvarlig)

    assert client.get(f"/ark/informasjon/domperidon/{address}").status_code == 404


def test_the_public_page_says_how_much_is_new_since_it_was_translated(client, fagansvarlig):
    signed("ar", fagansvarlig)
    held = Translation.objects.get(language="ar")
    held.sentences.filter(source__in=["Ta aldri to på en gang.", "Hopp over den."]).delete()
    held = Translation.objects.get(language="ar")
    Translation.objects.filter(pk=held.pk).update(content_hash=held.content_now())

    html = client.get(ARABIC).content.decode()

    assert "Oversettelsen mangler 2 setninger som er nye eller endret. De står på norsk." in html
    assert html.count('<span lang="nb"') == 2


def test_the_public_page_asks_the_database_a_few_times(client, fagansvarlig):
    signed("ar", fagansvarlig)
    client.get(ARABIC)
    with few_queries():
        client.get(ARABIC)
    with few_queries():
        client.get("/ark/")


# --- Her own sheet -----------------------------------------------------------------------------------------------


def test_her_sheet_in_another_language_is_kept_in_norwegian_too(lege, fagansvarlig):
    signed("ar", fagansvarlig)
    consultation = ready_to_sign(lege)
    consultation.signed()
    client, code = consultation.client, consultation.code
    assert 'value="ar"' in client.get(f"/forlop/{code}/ferdig").content.decode()

    response = client.post(f"/forlop/{code}/1/skriv-ut/handout", {"sprak": "ar"}, follow=True)

    assert response.redirect_chain[0][0] == f"/forlop/{code}/1/handout.ar.pdf"
    assert set(Print.objects.values_list("document", "language")) == {("handout", "nb"), ("handout", "ar")}
    assert "жж" in pdf_facts(response.content)["Title"]
    norwegian = client.get(f"/forlop/{code}/1/handout.pdf")
    assert "Ta aldri mer enn" in pdf_text(norwegian.content)
    again = client.post(f"/forlop/{code}/1/skriv-ut/handout", {"sprak": "ar"}, follow=True)
    assert again.content == response.content


def test_a_sheet_in_a_language_withheld_since_is_handed_out_no_more_and_stays_as_what_she_got(
    lege, fagansvarlig
):
    signed("ar", fagansvarlig)
    consultation = ready_to_sign(lege)
    consultation.signed()
    address = f"/forlop/{consultation.code}/1/skriv-ut/handout"
    printed = consultation.client.post(address, {"sprak": "ar"}, follow=True).content
    Translation.objects.filter(language="ar").delete()

    assert consultation.client.post(address, {"sprak": "ar"}).status_code == 404
    kept = consultation.client.get(f"/forlop/{consultation.code}/1/handout.ar.pdf")
    assert kept.content == printed


@pytest.mark.parametrize("language", ["ti", "xx", "\x00", "nb' OR 1"])
def test_no_sheet_is_printed_in_a_language_that_is_not_public(lege, language):
    Translation.objects.filter(language="ti").delete()
    consultation = ready_to_sign(lege)
    consultation.signed()

    response = consultation.client.post(
        f"/forlop/{consultation.code}/1/skriv-ut/handout", {"sprak": language}
    )

    assert response.status_code == 404
    assert not Print.objects.exclude(language="nb").exists()


def test_the_sheet_on_the_screen_speaks_the_language_and_the_page_around_it_norwegian(lege, fagansvarlig):
    signed("ar", fagansvarlig)
    consultation = ready_to_sign(lege)
    consultation.signed()

    html = consultation.client.get(f"/forlop/{consultation.code}/1/ark?sprak=ar").content.decode()

    assert '<article class="sheet" lang="ar" dir="rtl">' in html
    assert '<option value="ar" selected>' in html
    assert "Skriv ut" in html


# --- For those who edit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["plan-metoklopramid", "stopp-domperidon", "rad-metoklopramid"])
def test_editors_see_each_sheet_of_a_language_with_the_warning_on_it(redaktor, paper):
    loaded("ar")

    response = as_user(redaktor).get(f"/utgaver/oversettelser/ar/{paper}.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert "IKKE KVALITETSSIKRET: Ingen har godkjent" in pdf_text(response.content)


@pytest.mark.parametrize("address", ["ar/plan-aspirin", "ar/lapp-domperidon", "xx/plan-domperidon"])
def test_no_preview_of_what_there_is_none_of(redaktor, address):
    loaded("ar")

    assert as_user(redaktor).get(f"/utgaver/oversettelser/{address}.pdf").status_code == 404


@pytest.mark.parametrize("code", ["ar", "ti", "en"])
def test_the_sheets_that_come_with_the_program_are_tagged_and_have_their_letters(redaktor, code):
    printed = as_user(redaktor).get(f"/utgaver/oversettelser/{code}/plan-domperidon.pdf").content

    if code == "ar":  # what pdftotext reads from right to left is in another order than the tags
        assert page.validate_pdf_bytes(printed, profile="ua1").is_compliant
    else:
        assert_tagged(printed, lang=code, title=pdf_facts(printed)["Title"])
    assert not [font for font in fonts(printed) if "not embedded" in font]
    assert pdf_pages(printed) <= 3
    assert "\ufffd" not in pdf_text(printed)
