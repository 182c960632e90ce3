"""How a draft comes into force: sound, its example patients green, signed by somebody who did not write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from guidance import gate
from guidance.actions import (
    EditRefused,
    NoReasonGiven,
    PublicationRefused,
    TextHasMoved,
    add_part,
    copy_as_draft,
    import_draft,
    move_part,
    publish,
    reasons_against,
    recall,
    retire_part,
    save_edition,
    save_part,
    sign,
    submit,
    withdraw,
)
from guidance.canonical import content_hash
from guidance.guideline import Guideline
from guidance.models import (
    Change,
    Deed,
    Edition,
    EditionIsFixed,
    IllegalTransition,
    NoEditionInForce,
    Signature,
)
from guidance.states import FIXED, OPEN, TRANSITIONS, State, may_become
from tests.guidance import published
from tests.guidance.published import ready, sign_as
from tests.guidance.sample import NOON, SAMPLE

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


@pytest.fixture
def first(db: None) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def draft(first: Edition, redaktor: Any) -> Edition:
    """A copy of the edition in force, with one sentence changed."""
    draft = copy_as_draft(by=redaktor, at=NOON, edition=first, code="2030-1")
    row = draft.points.get(code="1")
    save_part(by=redaktor, at=NOON, row=row, part=replace(row.as_part(), title="Etter gode råd"), version=1)
    return draft


def put_in_force(draft: Edition) -> Edition:
    return published.put_in_force(draft, at=LATER)


def text_hash_of(draft: Edition) -> str:
    draft.refresh_from_db()
    return content_hash(draft.as_guideline())


def publication_refused(draft: Edition, by: Any) -> Sequence[str]:
    with pytest.raises(PublicationRefused) as refused:
        publish(by=by, at=LATER, edition=draft, text_hash=text_hash_of(draft))
    assert Edition.objects.in_force().code == "2026-3"
    return refused.value.reasons


def test_a_published_draft_follows_the_edition_in_force(
    first: Edition, draft: Edition, fagansvarlig: Any
) -> None:
    published = put_in_force(draft)
    first.refresh_from_db()

    assert Edition.objects.in_force() == published
    assert (published.published_at, published.published_by) == (LATER, fagansvarlig)
    assert published.content_hash == content_hash(published.as_guideline())
    assert (first.state, first.ended_at) == (State.SUPERSEDED, LATER)
    assert list(Edition.objects.once_published()) == [published, first]


def test_what_was_published_reads_the_same_after_the_next_has_followed(
    first: Edition, draft: Edition
) -> None:
    text = first.as_guideline()

    put_in_force(draft)

    assert Edition.objects.get(code="2026-3").as_guideline() == text


# --- Sent to review --------------------------------------------------------------------------------


def submission_refused(draft: Edition, by: Any) -> Sequence[str]:
    with pytest.raises(PublicationRefused) as refused:
        submit(by=by, at=LATER, edition=draft)
    draft.refresh_from_db()
    assert (draft.state, draft.review_round) == (State.DRAFT, 0)
    return refused.value.reasons


def with_news(draft: Edition, redaktor: Any) -> Edition:
    draft.refresh_from_db()
    return save_edition(
        by=redaktor, at=NOON, edition=draft, version=draft.version, news="Rådene har ny tittel."
    )


def test_a_draft_that_is_not_sound_is_not_sent_to_review(draft: Edition, redaktor: Any) -> None:
    with_news(draft, redaktor)
    retire_part(by=redaktor, at=NOON, row=draft.groups.get(code="mind-nerves"), version=1)

    reasons = submission_refused(draft, redaktor)

    assert "Kontroll «depression-risk»: gruppen «mind-nerves» finnes ikke i utgaven." in reasons
    assert reasons == reasons_against(draft, draft.as_guideline())


def test_the_mark_belongs_to_the_first_edition(draft: Edition, redaktor: Any) -> None:
    draft = with_news(draft, redaktor)
    save_edition(by=redaktor, at=NOON, edition=draft, version=draft.version, mark="godkjent av ingen")

    assert submission_refused(draft, redaktor) == ("Merket hører til den første utgaven. Det må tas bort.",)


def test_an_edition_says_what_is_new_in_it(draft: Edition, redaktor: Any) -> None:
    assert submission_refused(draft, redaktor) == (
        "Skriv hva som er nytt i utgaven. Legene får se det én gang.",
    )


def test_an_edition_says_when_the_guideline_itself_was_last_read(draft: Edition, redaktor: Any) -> None:
    draft = with_news(draft, redaktor)
    save_edition(by=redaktor, at=NOON, edition=draft, version=draft.version, read_on=None)

    assert submission_refused(draft, redaktor) == ("Skriv når retningslinjen selv sist ble lest.",)


def test_nothing_is_sent_to_review_while_an_example_patient_fails(
    draft: Edition, redaktor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(guideline: Guideline) -> list[str]:
        return [f"{guideline.vignettes[0].name}: ventet 63 tabletter, fikk 42."]

    monkeypatch.setattr(gate, "_checks", [])
    gate.register(check)
    gate.register(check)

    reasons = submission_refused(with_news(draft, redaktor), redaktor)

    assert reasons == (f"{draft.as_guideline().vignettes[0].name}: ventet 63 tabletter, fikk 42.",)


def test_a_draft_is_sent_to_review_once(draft: Edition, redaktor: Any) -> None:
    ready(draft)

    with pytest.raises(IllegalTransition):
        submit(by=redaktor, at=LATER, edition=draft)


def test_a_draft_that_was_never_in_review_is_not_published(
    draft: Edition, redaktor: Any, fagansvarlig: Any
) -> None:
    with_news(draft, redaktor)

    assert publication_refused(draft, fagansvarlig) == ("Utkastet er ikke sendt til godkjenning.",)


# --- Signed by two ---------------------------------------------------------------------------------


def signing_refused(username: str, draft: Edition) -> Sequence[str]:
    before = Signature.objects.count()
    with pytest.raises(PublicationRefused) as refused:
        sign_as(username, draft)
    assert Signature.objects.count() == before
    return refused.value.reasons


@pytest.mark.parametrize(
    ("signers", "says"),
    [
        ((), "2 fagansvarlige må skrive under. Så langt har 0 gjort det."),
        (("fagansvarlig",), "2 fagansvarlige må skrive under. Så langt har 1 gjort det."),
    ],
)
def test_one_signature_is_not_enough(
    signers: Sequence[str], says: str, draft: Edition, fagansvarlig: Any
) -> None:
    ready(draft)
    for username in signers:
        sign_as(username, draft)

    assert publication_refused(draft, fagansvarlig) == (says,)


def test_two_signatures_stand_for_the_text_itself_and_for_what_was_seen(draft: Edition) -> None:
    published = put_in_force(draft)

    signatures = Signature.objects.filter(edition=draft)
    assert [signature.by.get_username() for signature in signatures] == ["fagansvarlig", "fagansvarlig2"]
    assert {signature.content_hash for signature in signatures} == {published.content_hash}
    assert {signature.seen for signature in signatures} == {"<p>Det som er endret.</p>"}


def test_nobody_signs_twice(draft: Edition) -> None:
    ready(draft)
    sign_as("fagansvarlig", draft)

    assert signing_refused("fagansvarlig", draft) == ("Du har alt skrevet under på denne teksten.",)


def test_whoever_is_no_approver_does_not_sign(draft: Edition) -> None:
    ready(draft)

    assert signing_refused("lege", draft) == ("Bare en fagansvarlig kan skrive under.",)


def test_a_draft_that_is_not_in_review_is_not_signed(draft: Edition, redaktor: Any) -> None:
    with_news(draft, redaktor)

    assert signing_refused("fagansvarlig", draft) == ("Utkastet er ikke til godkjenning.",)


def edits(draft: Edition, by: Any) -> None:
    row = draft.points.get(code="2")
    save_part(by=by, at=NOON, row=row, part=replace(row.as_part(), title="Undersøk"), version=row.version)


def retires(draft: Edition, by: Any) -> None:
    retire_part(by=by, at=NOON, row=draft.side_effects.get(code="other"), version=1)


def moves(draft: Edition, by: Any) -> None:
    move_part(by=by, at=NOON, row=draft.terms.all()[0], to=1)


def renames(draft: Edition, by: Any) -> None:
    draft.refresh_from_db()
    save_edition(by=by, at=NOON, edition=draft, version=draft.version, title="En annen tittel")


EDITS = pytest.mark.parametrize("edit", [edits, retires, moves, renames])


@EDITS
def test_an_approver_who_has_edited_the_draft_does_not_sign_it(
    edit: Any, draft: Edition, fagansvarlig: Any
) -> None:
    edit(draft, fagansvarlig)
    ready(draft)

    assert signing_refused("fagansvarlig", draft) == (
        "Du har redigert dette utkastet. En annen må godkjenne det.",
    )


def test_nor_does_an_approver_whose_file_it_is(first: Edition, fagansvarlig: Any) -> None:
    text = replace(first.as_guideline(), code="2030-1", mark="", news="Hentet fra en fil.")
    draft = import_draft(by=fagansvarlig, at=NOON, guideline=text)
    ready(draft)

    assert signing_refused("fagansvarlig", draft) == (
        "Du har redigert dette utkastet. En annen må godkjenne det.",
    )


def test_whoever_only_made_the_copy_may_sign_it(first: Edition, fagansvarlig: Any) -> None:
    draft = copy_as_draft(by=fagansvarlig, at=NOON, edition=first, code="2030-1")

    assert put_in_force(draft).is_in_force


def test_an_approver_of_the_draft_before_may_edit_the_next(first: Edition, draft: Edition) -> None:
    second = put_in_force(draft)
    third = published.new_draft("2030-2")

    published.change(third, "points", "2", title="Undersøk")

    assert put_in_force(third).copied_from == second


@EDITS
def test_any_edit_takes_the_draft_back_and_voids_both_signatures(
    edit: Any, draft: Edition, redaktor: Any, fagansvarlig: Any
) -> None:
    ready(draft)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft)

    edit(draft, redaktor)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert publication_refused(draft, fagansvarlig) == ("Utkastet er ikke sendt til godkjenning.",)
    submit(by=redaktor, at=LATER, edition=draft)
    assert publication_refused(draft, fagansvarlig) == (
        "2 fagansvarlige må skrive under. Så langt har 0 gjort det.",
    )


def test_an_edit_that_is_undone_by_hand_does_not_bring_the_signatures_back(
    draft: Edition, redaktor: Any, fagansvarlig: Any
) -> None:
    ready(draft)
    signed = {sign_as(username, draft).content_hash for username in ("fagansvarlig", "fagansvarlig2")}
    published.change(draft, "points", "2", title="Undersøk")
    published.change(draft, "points", "2", title=Edition.objects.in_force().as_guideline().points[1].title)
    assert signed == {text_hash_of(draft)}

    submit(by=redaktor, at=LATER, edition=draft)

    assert publication_refused(draft, fagansvarlig) == (
        "2 fagansvarlige må skrive under. Så langt har 0 gjort det.",
    )


def test_a_save_that_changes_nothing_voids_nothing(draft: Edition, redaktor: Any) -> None:
    ready(draft)
    row = draft.points.get(code="2")

    save_part(by=redaktor, at=LATER, row=row, part=row.as_part(), version=row.version)

    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


def test_a_draft_taken_back_is_edited_and_sent_again(draft: Edition, redaktor: Any) -> None:
    ready(draft)

    recall(by=redaktor, at=LATER, edition=draft)

    assert put_in_force(draft).review_round == 2


def test_nobody_signs_or_publishes_another_text_than_the_one_they_read(
    draft: Edition, fagansvarlig: Any
) -> None:
    ready(draft)
    read = text_hash_of(draft)
    published.change(draft, "points", "2", title="Undersøk")
    ready(draft)

    with pytest.raises(TextHasMoved, match="Utkastet er endret siden du åpnet denne siden"):
        sign(by=fagansvarlig, at=LATER, edition=draft, text_hash=read, seen="")
    with pytest.raises(TextHasMoved):
        publish(by=fagansvarlig, at=LATER, edition=draft, text_hash=read)


def test_every_step_leaves_a_line_in_the_log(draft: Edition) -> None:
    text_hash = put_in_force(draft).content_hash

    lines = Change.objects.filter(edition=draft).values_list("deed", "by__username", "after")
    assert list(lines)[-4:] == [
        (Deed.SUBMITTED, "redaktor", text_hash),
        (Deed.SIGNED, "fagansvarlig", text_hash),
        (Deed.SIGNED, "fagansvarlig2", text_hash),
        (Deed.PUBLISHED, "fagansvarlig", text_hash),
    ]


def test_a_refusal_says_the_first_reason_and_how_many_there_are() -> None:
    assert str(PublicationRefused(["En.", "To.", "Tre."])) == "En. (2 grunner til.)"
    assert str(PublicationRefused(["En."])) == "En."


def test_a_published_edition_is_not_published_again(first: Edition, fagansvarlig: Any) -> None:
    with pytest.raises(EditionIsFixed):
        publish(by=fagansvarlig, at=LATER, edition=first, text_hash=first.content_hash)


# --- A code that was retired ---------------------------------------------------------------------


def test_a_code_that_an_edition_left_out_never_comes_back(
    draft: Edition, redaktor: Any, fagansvarlig: Any
) -> None:
    row = draft.checks.get(code="infant-heart")
    part = row.as_part()
    retire_part(by=redaktor, at=NOON, row=row, version=1)
    for vignette in draft.vignettes.filter(expect__icontains="infant-heart"):
        retire_part(by=redaktor, at=NOON, row=vignette, version=1)
    for vignette in draft.vignettes.filter(situation__icontains="infant-heart"):
        retire_part(by=redaktor, at=NOON, row=vignette, version=1)
    second = put_in_force(draft)
    third = copy_as_draft(by=redaktor, at=LATER, edition=second, code="2030-2")

    with pytest.raises(EditRefused, match="Kontroll «infant-heart» er tatt ut for godt"):
        add_part(by=redaktor, at=LATER, edition=third, part=part)


def test_nor_does_it_come_back_by_a_file(
    draft: Edition, redaktor: Any, fagansvarlig: Any, first: Edition
) -> None:
    before = first.as_guideline()
    row = draft.side_effects.get(code="other")
    retire_part(by=redaktor, at=NOON, row=row, version=1)
    put_in_force(draft)

    third = import_draft(by=redaktor, at=LATER, guideline=replace(before, code="2030-2", mark=""))

    assert "Bivirkning «other» er tatt ut for godt; koden kan ikke brukes igjen." in reasons_against(
        third, third.as_guideline()
    )


def test_restoring_an_old_edition_restores_its_codes(
    draft: Edition, redaktor: Any, fagansvarlig: Any, first: Edition
) -> None:
    retire_part(by=redaktor, at=NOON, row=draft.side_effects.get(code="other"), version=1)
    put_in_force(draft)

    restored = copy_as_draft(by=redaktor, at=LATER, edition=first, code="2030-2")

    assert put_in_force(restored).is_in_force


# --- Out of force --------------------------------------------------------------------------------


def test_a_withdrawn_edition_says_why_and_nothing_is_in_force(first: Edition, fagansvarlig: Any) -> None:
    withdrawn = withdraw(by=fagansvarlig, at=LATER, edition=first, reason="Feil i dosen.")

    assert (withdrawn.state, withdrawn.ended_at, withdrawn.withdrawal_reason) == (
        State.WITHDRAWN,
        LATER,
        "Feil i dosen.",
    )
    assert Change.objects.filter(edition=first).values_list("deed", "after").last() == (
        Deed.WITHDRAWN,
        "Feil i dosen.",
    )
    with pytest.raises(NoEditionInForce):
        Edition.objects.in_force()


def test_an_edition_follows_a_withdrawn_one(draft: Edition, first: Edition, fagansvarlig: Any) -> None:
    withdraw(by=fagansvarlig, at=LATER, edition=first, reason="Feil i dosen.")

    assert put_in_force(draft).is_in_force


def test_an_edition_is_not_withdrawn_without_a_word(first: Edition, fagansvarlig: Any) -> None:
    with pytest.raises(NoReasonGiven, match="Skriv hvorfor utgaven trekkes tilbake"):
        withdraw(by=fagansvarlig, at=LATER, edition=first, reason=" \n")

    assert Edition.objects.in_force() == first


def test_a_draft_is_not_withdrawn(draft: Edition, fagansvarlig: Any) -> None:
    with pytest.raises(IllegalTransition, match="En utgave kan ikke gå fra «draft» til «withdrawn»"):
        withdraw(by=fagansvarlig, at=LATER, edition=draft, reason="x")


# --- The table of states -------------------------------------------------------------------------


def test_every_state_is_open_or_fixed_and_leads_somewhere_known() -> None:
    assert set(State) == FIXED | OPEN
    assert not FIXED & OPEN
    assert set(TRANSITIONS) == set(State)


def test_nothing_fixed_becomes_open_again() -> None:
    assert not any(may_become(before, after) for before in FIXED for after in OPEN)


def test_an_edition_in_force_is_reached_from_review_alone() -> None:
    leading = {before for before in State if may_become(before, State.PUBLISHED)}

    assert leading == {State.IN_REVIEW}


def test_the_sample_itself_could_be_published_but_for_its_mark(redaktor: Any) -> None:
    draft = import_draft(by=redaktor, at=NOON, guideline=SAMPLE)

    assert reasons_against(draft, draft.as_guideline()) == (
        "Merket hører til den første utgaven. Det må tas bort.",
        "Skriv hva som er nytt i utgaven. Legene får se det én gang.",
        "Skriv når retningslinjen selv sist ble lest.",
    )
