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
    PublicationRefused,
    add_part,
    copy_as_draft,
    import_draft,
    publish,
    reasons_against,
    retire_part,
    save_edition,
    save_part,
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


def test_a_published_draft_follows_the_edition_in_force(
    first: Edition, draft: Edition, fagansvarlig: Any
) -> None:
    published = publish(by=fagansvarlig, at=LATER, edition=draft)
    first.refresh_from_db()

    assert Edition.objects.in_force() == published
    assert (published.published_at, published.published_by) == (LATER, fagansvarlig)
    assert published.content_hash == content_hash(published.as_guideline())
    assert (first.state, first.ended_at) == (State.SUPERSEDED, LATER)
    assert list(Edition.objects.once_published()) == [published, first]


def test_the_approver_signs_the_text_itself(draft: Edition, fagansvarlig: Any) -> None:
    published = publish(by=fagansvarlig, at=LATER, edition=draft)

    (signature,) = Signature.objects.filter(edition=draft)
    assert (signature.by, signature.at, signature.content_hash) == (
        fagansvarlig,
        LATER,
        published.content_hash,
    )
    assert Change.objects.filter(edition=draft).values_list("deed", "after").last() == (
        Deed.PUBLISHED,
        published.content_hash,
    )


def test_what_was_published_reads_the_same_after_the_next_has_followed(
    first: Edition, draft: Edition, fagansvarlig: Any
) -> None:
    text = first.as_guideline()

    publish(by=fagansvarlig, at=LATER, edition=draft)

    assert Edition.objects.get(code="2026-2").as_guideline() == text


def refusal(by: Any, draft: Edition) -> Sequence[str]:
    with pytest.raises(PublicationRefused) as refused:
        publish(by=by, at=LATER, edition=draft)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert not Signature.objects.exists()
    assert Edition.objects.in_force().code == "2026-2"
    return refused.value.reasons


def test_nobody_publishes_what_they_have_edited(draft: Edition, redaktor: Any) -> None:
    assert refusal(redaktor, draft) == ("Du har redigert dette utkastet. En annen må godkjenne det.",)


def test_whoever_only_made_the_copy_may_publish_it(first: Edition, fagansvarlig: Any) -> None:
    draft = copy_as_draft(by=fagansvarlig, at=NOON, edition=first, code="2030-1")

    assert publish(by=fagansvarlig, at=LATER, edition=draft).is_in_force


def test_a_draft_that_is_not_sound_is_not_published(draft: Edition, redaktor: Any, fagansvarlig: Any) -> None:
    group = draft.groups.get(code="mind-nerves")
    retire_part(by=redaktor, at=NOON, row=group, version=1)

    reasons = refusal(fagansvarlig, draft)

    assert "Kontroll «depression-risk»: gruppen «mind-nerves» finnes ikke i utgaven." in reasons
    assert reasons == reasons_against(draft)


def test_the_mark_belongs_to_the_first_edition(draft: Edition, redaktor: Any, fagansvarlig: Any) -> None:
    save_edition(by=redaktor, at=NOON, edition=draft, version=1, mark="godkjent av ingen")

    assert refusal(fagansvarlig, draft) == ("Merket hører til den første utgaven. Det må tas bort.",)


def test_nothing_is_published_while_an_example_patient_fails(
    draft: Edition, fagansvarlig: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(guideline: Guideline) -> list[str]:
        return [f"{guideline.vignettes[0].name}: ventet 63 tabletter, fikk 42."]

    monkeypatch.setattr(gate, "_checks", [])
    gate.register(check)
    gate.register(check)

    reasons = refusal(fagansvarlig, draft)

    assert reasons == (f"{draft.as_guideline().vignettes[0].name}: ventet 63 tabletter, fikk 42.",)


def test_a_refusal_says_the_first_reason_and_how_many_there_are() -> None:
    assert str(PublicationRefused(["En.", "To.", "Tre."])) == "En. (2 grunner til.)"
    assert str(PublicationRefused(["En."])) == "En."


def test_a_published_edition_is_not_published_again(first: Edition, fagansvarlig: Any) -> None:
    with pytest.raises(EditionIsFixed):
        publish(by=fagansvarlig, at=LATER, edition=first)


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
    second = publish(by=fagansvarlig, at=LATER, edition=draft)
    third = copy_as_draft(by=redaktor, at=LATER, edition=second, code="2030-2")

    with pytest.raises(EditRefused, match="Kontroll «infant-heart» er tatt ut for godt"):
        add_part(by=redaktor, at=LATER, edition=third, part=part)


def test_nor_does_it_come_back_by_a_file(
    draft: Edition, redaktor: Any, fagansvarlig: Any, first: Edition
) -> None:
    before = first.as_guideline()
    row = draft.side_effects.get(code="other")
    retire_part(by=redaktor, at=NOON, row=row, version=1)
    publish(by=fagansvarlig, at=LATER, edition=draft)

    third = import_draft(by=redaktor, at=LATER, guideline=replace(before, code="2030-2", mark=""))

    assert reasons_against(third) == ("Bivirkning «other» er tatt ut for godt; koden kan ikke brukes igjen.",)


def test_restoring_an_old_edition_restores_its_codes(
    draft: Edition, redaktor: Any, fagansvarlig: Any, first: Edition
) -> None:
    retire_part(by=redaktor, at=NOON, row=draft.side_effects.get(code="other"), version=1)
    publish(by=fagansvarlig, at=LATER, edition=draft)

    restored = copy_as_draft(by=redaktor, at=LATER, edition=first, code="2030-2")

    assert reasons_against(restored) == ()


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

    assert publish(by=fagansvarlig, at=LATER, edition=draft).is_in_force


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


def test_an_edition_in_force_is_reached_from_a_draft_alone() -> None:
    leading = {before for before in State if may_become(before, State.PUBLISHED)}

    assert leading == OPEN


def test_the_sample_itself_could_be_published_but_for_its_mark(redaktor: Any) -> None:
    draft = import_draft(by=redaktor, at=NOON, guideline=SAMPLE)

    assert reasons_against(draft) == ("Merket hører til den første utgaven. Det må tas bort.",)
