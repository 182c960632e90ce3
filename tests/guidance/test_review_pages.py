"""The pages on which a draft is sent to review, signed by two, published, taken back, and an edition withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from guidance.actions import drafting, retire_part, withdraw
from guidance.forms.withdrawal import WithdrawalForm
from guidance.guideline import Guideline, Severity
from guidance.models import Edition, Signature
from guidance.states import State
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import AT, change, change_own, new_draft, ready, row, sign_as

DRAFT = "2026-4"
REVIEW = f"/utgaver/{DRAFT}/godkjenning"


@pytest.fixture
def draft(db: None) -> Edition:
    """A draft with one sentence changed, and what is new said."""
    draft = new_draft(DRAFT)
    change(draft, "points", "1", title="Først rådene")
    change_own(draft, news="Rådene har fått en ny tittel.")
    return draft


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


@pytest.fixture
def first(fagansvarlig: User) -> Client:
    return as_user(fagansvarlig)


@pytest.fixture
def second(fagansvarlig2: User) -> Client:
    return as_user(fagansvarlig2)


def shown(client: Client) -> str:
    response = client.get(REVIEW)
    assert response.status_code == 200
    return response.content.decode()


def does(client: Client, deed: str, **typed: Any) -> HttpResponse:
    """Press a button of the page as it is shown now."""
    context = client.get(REVIEW).context
    fields = {"seen": context["content_hash"], "against": context["before"].code} | typed
    return client.post(f"{REVIEW}/{deed}", fields, follow=True)


def told(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.sweep  # tests/journeys/test_editor.py goes this way in a browser
def test_an_edition_comes_into_force_through_an_editor_and_two_approvers(
    draft: Edition, editor: Client, first: Client, second: Client
):
    assert "Send til godkjenning</button>" in shown(editor)
    assert "Utkastet er sendt til godkjenning." in told(does(editor, "send"))
    assert "Skriv under på denne teksten" in shown(first)
    assert "Du har skrevet under på utgave 2026-4." in told(does(first, "skriv-under"))
    assert "1 av 2 underskrifter." in shown(second)
    does(second, "skriv-under")
    assert "Utgaven kan publiseres." in shown(second)

    response = does(second, "publiser")

    assert "Utgave 2026-4 er publisert og gjelder fra nå." in told(response)
    assert "Først rådene" in told(response)
    assert Edition.objects.in_force().code == DRAFT


def test_the_page_shows_what_changes_before_anybody_signs(draft: Edition, first: Client):
    ready(draft)

    page = shown(first)

    assert "Dette endres fra 2026-3 til 2026-4" in page
    assert "rådene</ins>" in page or "Først rådene" in page
    assert "eksempelpasienter" in page


def test_what_an_approver_saw_is_kept_as_it_was(draft: Edition, editor: Client, first: Client):
    ready(draft)
    does(first, "skriv-under")
    signature = Signature.objects.get(edition=draft)
    change(draft, "points", "2", title="Noe helt annet")

    page = told(editor.get(f"/utgaver/{DRAFT}/underskrift/{signature.pk}"))

    assert signature.content_hash in page
    assert "Dette endres fra 2026-3 til 2026-4" in page
    assert "Noe helt annet" not in page


def test_an_editor_neither_signs_nor_publishes(draft: Edition, editor: Client):
    ready(draft)

    assert "Skriv under" not in shown(editor)
    for deed in ("skriv-under", "publiser"):
        assert editor.post(f"{REVIEW}/{deed}").status_code == 403
        assert editor.get(f"{REVIEW}/{deed}").status_code in {403, 405}
    assert Edition.objects.in_force().code == "2026-3"


def test_an_approver_who_has_edited_is_told_why_there_is_no_button(
    draft: Edition, first: Client, fagansvarlig: User
):
    title = draft.points.get(code="2").as_part().title
    address = f"/utgaver/{DRAFT}/punkter/2"
    form = first.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}
    first.post(address, {**form.standing, **own, "title": f"{title}!"})
    ready(draft)

    assert "Du har redigert dette utkastet. En annen må godkjenne det." in shown(first)
    assert "Skriv under på denne teksten" not in shown(first)
    response = does(first, "skriv-under")
    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_one_approver_cannot_publish_alone(draft: Edition, first: Client):
    ready(draft)
    does(first, "skriv-under")

    assert "Publiser utgave 2026-4</button>" not in shown(first)
    response = does(first, "publiser")

    assert response.status_code == 409
    assert "2 fagansvarlige må skrive under. Så langt har 1 gjort det." in told(response)
    assert Edition.objects.in_force().code == "2026-3"


def test_a_draft_is_not_published_past_the_review(draft: Edition, first: Client):
    response = does(first, "publiser")

    assert response.status_code == 409
    assert "Utkastet er ikke sendt til godkjenning." in told(response)


def test_what_is_signed_is_what_the_approver_has_seen(draft: Edition, first: Client):
    ready(draft)
    seen = first.get(REVIEW).context["content_hash"]
    change_own(draft, title="Endret i siste liten")
    ready(draft)

    response = does(first, "skriv-under", seen=seen)

    assert response.status_code == 409
    assert "Utkastet er endret siden du åpnet denne siden." in told(response)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("against", ["2026-2", ""])
def test_nor_is_it_signed_against_another_edition_than_the_one_compared_with(
    draft: Edition, first: Client, against: str
):
    ready(draft)

    assert does(first, "skriv-under", against=against).status_code == 409
    assert not Signature.objects.exists()


def test_a_draft_that_does_not_hold_together_is_not_sent(draft: Edition, editor: Client, redaktor: User):
    retire_part(by=redaktor, at=AT, row=row(draft, "sources", "S-EMA"), version=1)

    assert "Dette må rettes før publisering" in shown(editor)
    assert "Send til godkjenning</button>" not in shown(editor)
    assert does(editor, "send").status_code == 409


def test_a_draft_whose_example_patients_fail_is_not_sent(draft: Edition, editor: Client):  # G2
    verdicts = {
        drug: replace(verdict, severity=Severity.NOTE)
        for drug, verdict in EDITION.check("antidepressant").verdicts.items()
    }
    change(draft, "checks", "antidepressant", verdicts=verdicts)

    assert "Dette må på plass først" in shown(editor)
    assert does(editor, "send").status_code == 409


def test_an_editor_takes_the_draft_back_and_the_signatures_fall_away(
    draft: Edition, editor: Client, first: Client
):
    ready(draft)
    sign_as("fagansvarlig", draft)

    assert "Underskriftene faller bort" in shown(editor)
    assert "Utkastet er tatt tilbake." in told(does(editor, "ta-tilbake"))
    assert "0 av 2 underskrifter." in shown(first)


def test_whoever_edits_a_draft_in_review_is_warned(draft: Edition, editor: Client):
    ready(draft)

    page = told(editor.get(f"/utgaver/{DRAFT}"))

    assert "Endrer du noe, tas utkastet tilbake, og underskriftene faller bort." in page


# --- Out of force -----------------------------------------------------------------------------------


def test_the_list_leads_to_the_review_of_a_draft_once_it_is_sent(
    draft: Edition, editor: Client, first: Client
):
    way = f'class="ds-button" href="{REVIEW}"'
    assert way not in told(first.get("/utgaver"))

    does(editor, "send")

    assert way in told(first.get("/utgaver"))


def test_editors_read_on_the_list_why_an_edition_was_withdrawn(db: None, editor: Client, first: Client):
    first.post("/utgaver/2026-3/trekk-tilbake", {"reason": "Feil i dosen. Ring legen."})

    assert "Feil i dosen. Ring legen." in told(editor.get("/utgaver"))
    assert "ingen setninger å oversette" in told(editor.get("/utgaver/oversettelser"))


def test_an_approver_withdraws_the_edition_in_force_with_a_reason(db: None, first: Client):
    address = "/utgaver/2026-3/trekk-tilbake"
    assert "Hvorfor trekkes utgaven tilbake?" in told(first.get(address))

    assert first.post(address, {"reason": "  "}).status_code == 400
    first.post(address, {"reason": "Feil i dosen. Ring legen."})

    edition = Edition.objects.get(code="2026-3")
    assert (edition.state, edition.withdrawal_reason) == (State.WITHDRAWN, "Feil i dosen. Ring legen.")


def test_an_editor_does_not_withdraw_and_a_draft_is_not_withdrawn(
    draft: Edition, editor: Client, first: Client
):
    assert editor.post("/utgaver/2026-3/trekk-tilbake", {"reason": "Feil."}).status_code == 403
    assert first.post(f"/utgaver/{DRAFT}/trekk-tilbake", {"reason": "Feil."}).status_code == 404
    assert Edition.objects.in_force().code == "2026-3"


def test_a_draft_is_thrown_away_while_it_is_in_review_too(
    draft: Edition, editor: Client, first: Client
) -> None:
    does(editor, "send")
    does(first, "skriv-under")

    response = editor.post(f"/utgaver/{DRAFT}/forkast", follow=True)

    assert "Utkastet 2026-4 er forkastet." in told(response)
    assert not Edition.objects.filter(code=DRAFT).exists()
    assert not Signature.objects.exists()


def test_the_second_of_two_who_withdraw_at_once_is_told(
    db: None, first: Client, fagansvarlig2: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = Edition.objects.in_force()

    def the_other_is_faster(form: WithdrawalForm) -> None:
        withdraw(by=fagansvarlig2, at=AT, edition=edition, reason="Feil i dosen.")

    monkeypatch.setattr(WithdrawalForm, "clean", the_other_is_faster)
    response = first.post(f"/utgaver/{edition.code}/trekk-tilbake", {"reason": "Feil."}, follow=True)

    assert "En utgave kan ikke gå fra «withdrawn» til «withdrawn»." in told(response)
    edition.refresh_from_db()
    assert edition.withdrawal_reason == "Feil i dosen."


def test_the_second_of_two_who_begin_a_draft_at_once_is_told(
    db: None, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse, asked = drafting._refuse_a_second, []

    def before_the_other_is_there(guideline: Guideline) -> None:
        if asked:
            refuse(guideline)
        asked.append(guideline)

    new_draft(DRAFT)
    monkeypatch.setattr(drafting, "_refuse_a_second", before_the_other_is_there)

    response = editor.post("/utgaver/ny", {"code": "2026-5"})

    assert (response.status_code, len(asked)) == (400, 1)
    assert f"Utkastet {DRAFT} er åpent." in told(response)


def test_the_languages_say_what_an_open_draft_will_leave_untranslated(draft: Edition, editor: Client):
    assert "i utkast 2026-4" not in told(editor.get("/utgaver/oversettelser"))

    change(draft, "passages", "sheet-missed-dose", text="Da hopper du over den.")

    assert "1 ny setning i utkast 2026-4 er ikke oversatt." in told(editor.get("/utgaver/oversettelser"))


def test_the_front_page_leads_those_who_edit_and_sign_to_the_draft(draft: Edition, first: Client, lege: User):
    assert f'href="/utgaver/{DRAFT}"' in told(first.get("/"))

    ready(draft)

    assert f'href="{REVIEW}"' in told(first.get("/"))
    assert DRAFT not in told(as_user(lege).get("/"))
