"""A translation is changed by some, signed by another, and public as long as its text is the one that was signed."""

from __future__ import annotations

from dataclasses import replace

import polib
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from guidance.actions import (
    SentenceCollision,
    SentenceRefused,
    TranslationNotSigned,
    load_translation,
    save_sentence,
    sign_translation,
    withhold_translation,
)
from guidance.models import Change, Deed, Edition, TranslatedSentence, Translation, TranslationState, labels
from tests.guidance.published import change, change_own, new_draft, put_in_force
from tests.guidance.translating.loaded import AT, foreign, loaded, signed, whole
from tests.sheet_labels import catalogue_file

pytestmark = pytest.mark.django_db
SKIP = "Hopp over den."


def edit(translation, by, text="жжж жжжж.", *, source=SKIP, version=1):
    return save_sentence(by=by, at=AT, translation=translation, source=source, text=text, version=version)


def sign(translation, by):
    return sign_translation(by=by, at=AT, translation=translation, content_hash=translation.content_now())


def follow(field, key, **changed):
    """Let an edition with one part changed come into force."""
    draft = new_draft()
    change(draft, field, key, **changed)
    change_own(draft, mark="")
    return put_in_force(draft)


def again(translation):
    return Translation.objects.get(pk=translation.pk)


def test_an_approver_signs_and_it_is_public(fagansvarlig):
    translation = loaded("ar")
    assert not translation.is_public

    sign(translation, fagansvarlig)

    found = again(translation)
    assert found.is_public
    assert (found.reviewed_by, found.reviewed_at, found.edition_code) == (fagansvarlig, AT, "2026-3")
    assert found.about.code in [one.language for one in Translation.objects.public()]


def test_any_edit_takes_the_signature_away(redaktor, fagansvarlig):
    translation = signed("ar", fagansvarlig)

    edit(translation, redaktor)

    found = again(translation)
    assert found.state == TranslationState.DRAFT
    assert not found.is_public
    assert found.reviewed_by is None


def test_whoever_has_edited_cannot_sign_until_somebody_else_has(fagansvarlig, fagansvarlig2):
    translation = loaded("ar")
    edit(translation, fagansvarlig)
    with pytest.raises(TranslationNotSigned, match="Du har endret"):
        sign(again(translation), fagansvarlig)

    sign(again(translation), fagansvarlig2)
    edit(translation, fagansvarlig2, "жж жж.", version=2)

    assert sign(again(translation), fagansvarlig).state == TranslationState.REVIEWED


def test_whoever_has_edited_does_not_sign_what_somebody_else_has_withheld(fagansvarlig, fagansvarlig2):
    translation = loaded("ar")
    edit(translation, fagansvarlig)
    sign(again(translation), fagansvarlig2)
    withhold_translation(by=fagansvarlig2, at=AT, translation=translation, reason="Feil dose.")

    with pytest.raises(TranslationNotSigned, match="Du har endret denne oversettelsen"):
        sign(again(translation), fagansvarlig)
    assert sign(again(translation), fagansvarlig2).is_public


def test_nobody_signs_another_text_than_the_one_that_was_read(redaktor, fagansvarlig):
    translation = loaded("ar")
    read = translation.content_now()
    edit(translation, redaktor)

    with pytest.raises(TranslationNotSigned, match="endret siden du leste"):
        sign_translation(by=fagansvarlig, at=AT, translation=again(translation), content_hash=read)


@pytest.mark.parametrize(
    ("text", "says"), [("", "1 setninger i utgaven er ikke oversatt"), ("Ring 112!", "1 setninger har feil")]
)
def test_what_is_not_whole_and_sound_is_not_signed(fagansvarlig, text, says):
    translation = loaded("ar", **{SKIP: text})

    with pytest.raises(TranslationNotSigned, match=says):
        sign(translation, fagansvarlig)


def test_a_language_without_the_fixed_words_of_the_sheets_is_not_signed(fagansvarlig, settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    labels.cache_clear()
    try:
        with pytest.raises(TranslationNotSigned, match="faste ord"):
            sign(loaded("ar"), fagansvarlig)
    finally:
        labels.cache_clear()


def test_a_fixed_word_that_the_program_says_otherwise_ends_the_signature(fagansvarlig, settings, tmp_path):
    translation = signed("ar", fagansvarlig)
    catalogue = tmp_path / "ar" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    said = polib.pofile(str(catalogue_file("ar")))
    said.find("Ring legen:").msgstr = "жжж:"
    said.save_as_mofile(str(catalogue / "django.mo"))

    settings.LOCALE_PATHS = [tmp_path]
    labels.cache_clear()
    try:
        assert not again(translation).is_public
    finally:
        labels.cache_clear()


def test_a_sentence_changed_behind_our_back_is_public_no_more(fagansvarlig):
    translation = signed("ar", fagansvarlig)

    TranslatedSentence.objects.filter(translation=translation, source=SKIP).update(text="жж 100 mg")

    assert again(translation).state == TranslationState.REVIEWED
    assert not again(translation).is_public


@pytest.mark.parametrize(
    "statement", ["state = 'reviewed'", "state = 'supplied'", "reviewed_at = '2026-11-23'"]
)
def test_the_database_takes_no_signature_without_hash_reviewer_and_time(statement):
    loaded("ar")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE guidance_translation SET {statement} WHERE language = 'ar'")


def test_the_database_knows_its_languages():
    with pytest.raises(DatabaseError), transaction.atomic():
        Translation.objects.create(language="xx", edition_code="2026-3")


def test_two_who_write_at_once_are_told(redaktor, fagansvarlig):
    translation = loaded("ar")
    edit(translation, redaktor)

    with pytest.raises(SentenceCollision) as collision:
        edit(translation, fagansvarlig, "жжжж жж.")

    assert collision.value.theirs.text == "жжж жжжж."


@pytest.mark.parametrize("text", ["", "Ring 113.", "\u202eжжж", "<b>жжж</b>"])
def test_a_faulty_sentence_is_refused_and_nothing_is_changed(redaktor, fagansvarlig, text):
    translation = signed("ar", fagansvarlig)

    with pytest.raises(SentenceRefused):
        edit(translation, redaktor, text)

    assert again(translation).is_public


def test_saving_the_same_again_changes_nothing(redaktor, fagansvarlig):
    translation = signed("ar", fagansvarlig)

    edit(translation, redaktor, foreign(SKIP))

    assert again(translation).is_public


def test_a_changed_source_leaves_exactly_its_sentence_behind(fagansvarlig, fagansvarlig2):
    """Whoever has edited a translation has edited no edition: both approvers still sign the one that follows."""
    translation = loaded("ar")
    edit(translation, fagansvarlig)
    sign(again(translation), fagansvarlig2)
    follow("passages", "sheet-missed-dose", text="Hopp over den glemte. Ta aldri to på en gang.")

    missing = again(translation).missing_from(Edition.objects.in_force().as_guideline())

    assert missing == ("Hopp over den glemte.",)
    assert again(translation).is_public  # the rest of it is as it was signed


def test_withholding_takes_it_from_the_public_with_a_reason_in_the_log(fagansvarlig):
    translation = signed("ar", fagansvarlig)

    withhold_translation(by=fagansvarlig, at=AT, translation=translation, reason="Feil dose.")

    assert not again(translation).is_public
    line = Change.objects.latest("pk")
    assert (line.deed, line.kind, line.name, line.after) == (
        Deed.WITHDRAWN,
        "translation",
        "ar",
        {"reason": "Feil dose."},
    )


def test_each_deed_leaves_a_line_in_the_log(redaktor, fagansvarlig):
    translation = loaded("ar")
    edit(translation, redaktor)
    sign(again(translation), fagansvarlig)

    lines = Change.objects.filter(kind="translation", name="ar").order_by("pk")
    assert [(line.deed, line.by) for line in lines][-3:] == [
        (Deed.LOADED, None),
        (Deed.EDITED, redaktor),
        (Deed.SIGNED, fagansvarlig),
    ]
    edited = lines[len(lines) - 2]
    assert edited.before == {"source": SKIP, "text": foreign(SKIP)}
    assert edited.after == {"source": SKIP, "text": "жжж жжжж."}


# --- Loading ---------------------------------------------------------------------------------------------------


def test_loading_again_changes_nothing_and_a_new_file_replaces_what_nobody_has_touched():
    loaded("ar", digest="one")
    assert not load_translation(at=AT, file=whole("ar", **{SKIP: "ж."}), digest="one")
    assert load_translation(at=AT, file=whole("ar", **{SKIP: "ж."}), digest="two")

    assert Translation.objects.get(language="ar").pairs[SKIP] == "ж."


def test_loading_never_writes_over_an_edit(redaktor):
    translation = loaded("ar", digest="one")
    edit(translation, redaktor)

    assert not load_translation(at=AT, file=whole("ar"), digest="two")
    assert again(translation).pairs[SKIP] == "жжж жжжж."


@pytest.mark.parametrize(("text", "public"), [("жжж.", True), ("", False)])
def test_what_is_supplied_is_public_only_where_it_is_whole(text, public):
    Translation.objects.filter(language="ar").delete()

    load_translation(at=AT, file=replace(whole("ar", **{SKIP: text}), supplied=True), digest="one")

    assert Translation.objects.get(language="ar").is_public is public
