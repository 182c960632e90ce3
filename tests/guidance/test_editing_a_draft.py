"""A draft: how it comes to be, and how its parts are changed without one editor writing over another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from guidance.actions import (
    CodeIsTaken,
    DraftIsOpen,
    EditCollision,
    EditRefused,
    add_part,
    copy_as_draft,
    discard_draft,
    import_draft,
    move_part,
    retire_part,
    save_edition,
    save_part,
)
from guidance.guideline import Check, Kind, Severity, Verdict
from guidance.models import Change, Deed, Edition, EditionIsFixed, Part
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import NOON, SAMPLE

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def published(db: None) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def draft(redaktor: Any) -> Edition:
    return import_draft(by=redaktor, at=NOON, guideline=SAMPLE)


def log_of(draft: Edition) -> list[tuple[Any, ...]]:
    return list(Change.objects.filter(edition=draft).values_list("deed", "kind", "name"))


# --- Beginning and ending ------------------------------------------------------------------------


def test_a_copy_has_all_the_content_but_the_code_and_the_mark(redaktor: Any, published: Edition) -> None:
    draft = copy_as_draft(by=redaktor, at=NOON, edition=published, code="2030-2")

    assert draft.as_guideline() == replace(EDITION, code="2030-2", mark="")
    assert (draft.state, draft.copied_from, draft.created_by, draft.created_at) == (
        "draft",
        published,
        redaktor,
        NOON,
    )
    assert Edition.objects.in_force() == published
    assert log_of(draft) == [(Deed.COPIED, "", "2026-3")]


def test_there_is_one_draft_at_a_time(redaktor: Any, published: Edition, draft: Edition) -> None:
    with pytest.raises(DraftIsOpen, match="Utkastet 2030-1 er åpent"):
        copy_as_draft(by=redaktor, at=NOON, edition=published, code="2030-2")

    assert Edition.objects.count() == 2


def test_a_code_is_used_once(redaktor: Any, published: Edition) -> None:
    with pytest.raises(CodeIsTaken, match="Det finnes alt en utgave 2026-3"):
        copy_as_draft(by=redaktor, at=NOON, edition=published, code="2026-3")


def test_an_imported_draft_is_the_file_to_the_letter(draft: Edition, published: Edition) -> None:
    assert draft.as_guideline() == SAMPLE
    assert draft.copied_from == published


def test_a_discarded_draft_makes_room_for_another(redaktor: Any, draft: Edition) -> None:
    discard_draft(by=redaktor, at=LATER, edition=draft)

    again = import_draft(by=redaktor, at=LATER, guideline=SAMPLE)
    assert again.as_guideline() == SAMPLE
    assert list(Change.objects.filter(edition_code="2030-1").values_list("deed", flat=True)) == [
        Deed.IMPORTED,
        Deed.DISCARDED,
        Deed.IMPORTED,
    ]


def test_a_published_edition_is_not_discarded(redaktor: Any, published: Edition) -> None:
    with pytest.raises(EditionIsFixed):
        discard_draft(by=redaktor, at=LATER, edition=published)


# --- One part ------------------------------------------------------------------------------------


def test_a_sentence_is_changed_and_everything_else_stays(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")
    part = replace(row.as_part(), text="Kan brukes når alle råd er fulgt.")

    saved = save_part(by=redaktor, at=LATER, row=row, part=part, version=row.version)

    assert saved.version == 2
    assert draft.as_guideline() == replace(SAMPLE, points=(part, SAMPLE.points[1]))
    line = Change.objects.filter(edition=draft).last()
    assert line is not None
    assert (line.by, line.at, line.deed, line.kind, line.name) == (
        redaktor,
        LATER,
        Deed.EDITED,
        "points",
        "1",
    )
    assert (line.before["text"], line.after["text"]) == (SAMPLE.points[0].text, part.text)


def test_a_check_is_changed_with_its_verdicts(redaktor: Any, draft: Edition) -> None:
    row = draft.checks.get(code="depression-risk")
    verdicts = {"domperidon": Verdict(severity=Severity.STOP, text="Skal ikke brukes.", cites=("S-SPC-D",))}
    part = replace(row.as_part(), verdicts=verdicts)

    save_part(by=redaktor, at=LATER, row=row, part=part, version=1)

    assert draft.as_guideline().check("depression-risk") == part
    assert draft.checks.get(code="depression-risk").as_part() == part


def test_a_measure_is_changed_with_its_bands(redaktor: Any, draft: Edition) -> None:
    row = draft.checks.get(code="weight")
    measure = row.as_part().measure
    part = replace(row.as_part(), measure=replace(measure, bands=tuple(reversed(measure.bands))))

    save_part(by=redaktor, at=LATER, row=row, part=part, version=1)

    assert draft.as_guideline().check("weight") == part


def test_the_regimen_is_changed(redaktor: Any, draft: Edition) -> None:
    (row,) = draft.regimens.all()
    part = replace(row.as_part(), last_week_first_day=2)

    save_part(by=redaktor, at=LATER, row=row, part=part, version=1)

    assert draft.as_guideline().regimen.last_week_first_day == 2


def test_what_was_typed_is_tidied(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")
    typed = replace(row.as_part(), text="\r\nFørste linje.  \r\nAndre på linje.\t\n\n")

    save_part(by=redaktor, at=LATER, row=row, part=typed, version=1)

    assert draft.as_guideline().points[0].text == "Første linje.\nAndre på linje."


def test_saving_what_stands_there_already_is_no_change(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")

    saved = save_part(by=redaktor, at=LATER, row=row, part=row.as_part(), version=1)

    assert saved.version == 1
    assert log_of(draft) == [(Deed.IMPORTED, "", "")]


def test_the_second_of_two_editors_is_shown_the_firsts_text(
    redaktor: Any, fagansvarlig: Any, draft: Edition
) -> None:
    first, second = draft.points.get(code="1"), draft.points.get(code="1")
    theirs, mine = (
        replace(first.as_part(), text="Hennes tekst."),
        replace(second.as_part(), text="Hans tekst."),
    )
    save_part(by=redaktor, at=LATER, row=first, part=theirs, version=1)

    with pytest.raises(EditCollision, match="Noen andre har endret dette mens du skrev") as collision:
        save_part(by=fagansvarlig, at=LATER, row=second, part=mine, version=1)

    assert collision.value.theirs == theirs
    assert draft.as_guideline().points[0] == theirs


def test_a_part_that_is_sent_twice_is_saved_once(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")
    part, version = replace(row.as_part(), text="Kan brukes når alle råd er fulgt."), draft.version

    for _ in range(2):
        saved = save_part(by=redaktor, at=LATER, row=row, part=part, version=1)
        save_edition(by=redaktor, at=LATER, edition=draft, version=version, title="Amming")

    assert saved.version == 2
    assert [deed for deed, *_ in log_of(draft)].count(Deed.EDITED) == 2  # the part, and the title


def test_two_editors_on_two_parts_do_not_disturb_each_other(
    redaktor: Any, fagansvarlig: Any, draft: Edition
) -> None:
    one, two = draft.points.all()

    save_part(by=redaktor, at=LATER, row=one, part=replace(one.as_part(), text="Den ene."), version=1)
    save_part(by=fagansvarlig, at=LATER, row=two, part=replace(two.as_part(), text="Den andre."), version=1)

    assert [point.text for point in draft.as_guideline().points] == ["Den ene.", "Den andre."]


def test_a_part_that_was_retired_meanwhile_is_told_so(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")
    retire_part(by=redaktor, at=LATER, row=draft.points.get(code="1"), version=1)

    with pytest.raises(EditCollision) as collision:
        save_part(by=redaktor, at=LATER, row=row, part=row.as_part(), version=1)

    assert collision.value.theirs is None


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        (("points", "1"), {"code": "7"}, "1: koden kan ikke endres."),
        (("points", "1"), {"cites": ()}, "Punkt «1»: mangler kilde («cites» er tom)."),
        (("points", "1"), {"text": "a <script>"}, "Punkt «1»: teksten har HTML («<script>»)."),
        (
            ("limits", "eu-5-days"),
            {"value": -5},
            "Grense «eu-5-days»: verdien er -5; den skal være fra 1 til 90 dager.",
        ),
        (
            ("checks", "weight"),
            {"kind": Kind.ASKED},
            "Kontroll «weight»: bare en kontroll som måles, har et mål",
        ),
    ],
)
def test_a_part_that_is_not_sound_is_refused_with_the_draft_as_it_was(
    redaktor: Any, draft: Edition, part: tuple[str, str], change: dict[str, Any], says: str
) -> None:
    field, code = part
    row = getattr(draft, field).get(code=code)

    with pytest.raises(EditRefused) as refused:
        save_part(by=redaktor, at=LATER, row=row, part=replace(row.as_part(), **change), version=1)

    assert str(refused.value).startswith(says)
    assert draft.as_guideline() == SAMPLE
    assert log_of(draft) == [(Deed.IMPORTED, "", "")]


def test_a_regimen_above_30_mg_is_refused(redaktor: Any, draft: Edition) -> None:
    (row,) = draft.regimens.all()

    with pytest.raises(EditRefused, match="doseringen gir 40 mg i døgnet; mer enn 30 mg er ikke lov"):
        save_part(by=redaktor, at=LATER, row=row, part=replace(row.as_part(), doses_per_day=4), version=1)


def test_nothing_of_a_published_edition_is_saved(redaktor: Any, published: Edition) -> None:
    row = published.points.get(code="1")

    for deed in (
        lambda: save_part(by=redaktor, at=LATER, row=row, part=replace(row.as_part(), text="x"), version=1),
        lambda: add_part(by=redaktor, at=LATER, edition=published, part=row.as_part()),
        lambda: retire_part(by=redaktor, at=LATER, row=row, version=1),
        lambda: move_part(by=redaktor, at=LATER, row=row, to=1),
        lambda: save_edition(by=redaktor, at=LATER, edition=published, version=1, title="x"),
    ):
        with pytest.raises(EditionIsFixed):
            deed()


# --- The edition itself --------------------------------------------------------------------------


def test_the_editions_own_text_is_changed(redaktor: Any, draft: Edition) -> None:
    saved = save_edition(
        by=redaktor,
        at=LATER,
        edition=draft,
        version=1,
        title="Ny tittel",
        review_by=date(2032, 1, 1),
        code="x",
    )

    assert saved.version == 2
    assert saved.as_guideline() == replace(SAMPLE, title="Ny tittel", review_by=date(2032, 1, 1))
    line = Change.objects.filter(edition=draft).last()
    assert line is not None
    assert line.after == {"title": "Ny tittel", "review_by": "2032-01-01"}


def test_saving_the_editions_text_as_it_stands_is_no_change(redaktor: Any, draft: Edition) -> None:
    saved = save_edition(by=redaktor, at=LATER, edition=draft, version=1, title=SAMPLE.title)

    assert (saved.version, len(log_of(draft))) == (1, 1)


def test_the_editions_own_text_is_guarded_like_a_part(redaktor: Any, draft: Edition) -> None:
    save_edition(by=redaktor, at=LATER, edition=draft, version=1, title="Den enes")

    with pytest.raises(EditCollision) as collision:
        save_edition(by=redaktor, at=LATER, edition=draft, version=1, title="Den andres")
    with pytest.raises(EditRefused, match="Utgaven: «title» er tom"):
        save_edition(by=redaktor, at=LATER, edition=draft, version=2, title="  ")

    assert collision.value.theirs["title"] == "Den enes"


# --- Adding, retiring, moving --------------------------------------------------------------------

NEW = Check(
    code="glaucoma",
    kind=Kind.ASKED,
    group="mind-nerves",
    title="Grønn stær",
    question="Har hun grønn stær?",
    help="",
    cites=("S-SPC-M",),
    verdicts={"metoklopramid": Verdict(severity=Severity.NOTE, text="Se an.", cites=("S-SPC-M",))},
)


def codes(draft: Edition) -> list[str]:
    return [check.code for check in draft.as_guideline().checks]


def test_a_check_is_added_last_or_after_another(redaktor: Any, draft: Edition) -> None:
    before = codes(draft)

    last = add_part(by=redaktor, at=LATER, edition=draft, part=NEW)
    add_part(
        by=redaktor,
        at=LATER,
        edition=draft,
        part=replace(NEW, code="asthma"),
        place=1,
    )

    assert codes(draft) == [before[0], "asthma", *before[1:], "glaucoma"]
    assert last.as_part() == NEW
    assert log_of(draft)[1:] == [(Deed.ADDED, "checks", "glaucoma"), (Deed.ADDED, "checks", "asthma")]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (replace(NEW, code="weight"), "Kontroll «weight»: «weight» står to ganger."),
        (replace(NEW, cites=()), "Kontroll «glaucoma»: mangler kilde"),
        (replace(NEW, group="x"), "Kontroll «glaucoma»: gruppen «x» finnes ikke i utgaven."),
    ],
)
def test_a_check_that_is_not_sound_is_not_added(
    redaktor: Any, draft: Edition, part: Check, says: str
) -> None:
    with pytest.raises(EditRefused) as refused:
        add_part(by=redaktor, at=LATER, edition=draft, part=part)

    assert str(refused.value).startswith(says)
    assert draft.as_guideline() == SAMPLE


def test_a_retired_check_is_gone_with_all_that_stood_in_it(redaktor: Any, draft: Edition) -> None:
    retire_part(by=redaktor, at=LATER, row=draft.checks.get(code="weight"), version=1)

    assert "weight" not in codes(draft)
    line = Change.objects.filter(edition=draft).last()
    assert line is not None
    assert (line.deed, line.name, line.before["measure"]["unit"]) == (Deed.RETIRED, "weight", "kg")


def test_a_part_that_somebody_has_changed_is_not_retired_unseen(redaktor: Any, draft: Edition) -> None:
    row = draft.points.get(code="1")
    save_part(by=redaktor, at=LATER, row=row, part=replace(row.as_part(), text="Nytt."), version=1)

    with pytest.raises(EditCollision):
        retire_part(by=redaktor, at=LATER, row=row, version=1)


def test_what_was_retired_in_this_draft_can_be_put_back(redaktor: Any, published: Edition) -> None:
    draft = copy_as_draft(by=redaktor, at=NOON, edition=published, code="2030-2")
    row: Part = draft.checks.get(code="seizures")
    part = row.as_part()
    retire_part(by=redaktor, at=LATER, row=row, version=1)

    assert add_part(by=redaktor, at=LATER, edition=draft, part=part).as_part() == part


@pytest.mark.parametrize(("to", "order"), [(0, "CAB"), (1, "ACB"), (2, "ABC"), (9, "ABC"), (-3, "CAB")])
def test_a_part_is_moved_among_its_kind(redaktor: Any, draft: Edition, to: int, order: str) -> None:
    names = dict(zip("ABC", [group.code for group in SAMPLE.groups], strict=True))

    move_part(by=redaktor, at=LATER, row=draft.groups.get(code=names["C"]), to=to)

    assert [group.code for group in draft.as_guideline().groups] == [names[letter] for letter in order]
    assert log_of(draft)[-1] == (Deed.MOVED, "groups", names["C"])
