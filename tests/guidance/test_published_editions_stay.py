"""A published edition is not changed: not through the models, not by SQL, not by the ways SQL has round a trigger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.transaction import atomic, set_rollback

from accounts.models import User
from guidance import locks
from guidance.actions import copy_as_draft, recall, save_part, submit
from guidance.canonical import content_hash
from guidance.models import (
    PARTS,
    ROWS,
    Change,
    ContentWasTamperedWith,
    Deed,
    Edition,
    EditionIsFixed,
    IllegalTransition,
    Inner,
    LogIsWrittenOnce,
    Point,
    Row,
    Signature,
    TranslatedSentence,
    Translation,
    Verdict,
)
from guidance.states import FIXED, State
from tests.guidance.first_edition import EDITION
from tests.guidance.published import put_in_force, ready, sign_as
from tests.guidance.sample import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unweighed")]

FIXED_STATES = sorted(FIXED)
NO_WAY = "en utgave kommer ikke i denne tilstanden slik"


@pytest.fixture
def published(db: None) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def draft(published: Edition, redaktor: Any) -> Edition:
    return copy_as_draft(by=redaktor, at=NOON, edition=published, code="2030-1")


@pytest.fixture(params=FIXED_STATES)
def fixed(request: pytest.FixtureRequest, published: Edition, fagansvarlig: Any) -> Edition:
    """The first edition in each of the states in which its text is fixed."""
    if request.param == State.SUPERSEDED:
        Edition.objects.filter(pk=published.pk).update(state=State.SUPERSEDED, ended_at=NOON)
    if request.param == State.WITHDRAWN:
        Edition.objects.filter(pk=published.pk).update(
            state=State.WITHDRAWN, ended_at=NOON, withdrawal_reason="Feil i dosen."
        )
    published.refresh_from_db()
    return published


def text_column(model: type[Any]) -> str:
    names = {field.column for field in model._meta.concrete_fields}
    return next(
        name for name in ("text", "title", "term", "says", "substance", "name", "tablet_mg") if name in names
    )


def one_row(model: type[Row], edition: Edition) -> Row:
    return model.objects.filter(**{model.path_to_edition(): edition.pk}).order_by("pk").first()


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@contextmanager
def refused(says: str = "en publisert utgave endres ikke") -> Iterator[None]:
    """The database itself says no. (What raises in `atomic` has not happened.)"""
    with pytest.raises(DatabaseError, match=says), atomic():
        yield


def is_refused(statement: str, *params: Any) -> bool:
    """Whether the database says no: for many tables at one setting up."""
    try:
        with refused():
            sql(statement, *params)
    except pytest.fail.Exception:
        return False
    return True


def columns(model: type[Any], *, but: tuple[str, ...] = ("id",)) -> str:
    """The columns of a table, to be copied from one row to another; `group` and `limit` are words of SQL."""
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in but)


# --- By the models -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_no_part_of_a_published_edition_is_saved_or_deleted(published: Edition, model: type[Row]) -> None:
    row = one_row(model, published)

    for deed in (row.save, row.delete):
        with pytest.raises(EditionIsFixed, match="Utgave 2026-3 er publisert og endres ikke"):
            deed()


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_many_parts_are_held_to_the_same(published: Edition, model: type[Row]) -> None:
    rows = model.objects.filter(**{model.path_to_edition(): published.pk})

    for deed in (
        lambda: rows.update(position=1),
        rows.delete,
        lambda: model.objects.bulk_update(rows, ["position"]),
        lambda: model.objects.bulk_create([one_row(model, published)]),
    ):
        with pytest.raises(EditionIsFixed):
            deed()


@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("title", "En annen"),
        ("mark", ""),
        ("intro", ""),
        ("code", "2026-9"),
        ("subject", "blodtrykk"),
        ("review_by", date(2099, 1, 1)),
        ("content_hash", "0" * 64),
        ("published_at", NOON),
    ],
)
def test_nothing_of_a_published_edition_itself_is_changed(fixed: Edition, name: str, to: Any) -> None:
    setattr(fixed, name, to)

    with pytest.raises(EditionIsFixed):
        fixed.save()
    with pytest.raises(EditionIsFixed):
        Edition.objects.filter(pk=fixed.pk).update(**{name: to})
    with refused():
        sql(f"UPDATE guidance_edition SET {name} = %s WHERE id = %s", to, fixed.pk)


def test_a_published_edition_is_not_deleted(fixed: Edition) -> None:
    for deed in (fixed.delete, Edition.objects.filter(pk=fixed.pk).delete):
        with pytest.raises(EditionIsFixed):
            deed()


@pytest.mark.parametrize("to", [State.DRAFT, State.IN_REVIEW])
def test_a_published_edition_does_not_become_a_draft_again(fixed: Edition, to: State) -> None:
    fixed.state = to.value

    with pytest.raises(IllegalTransition):
        fixed.save()


def test_an_edition_in_memory_that_is_older_than_the_publication_changes_nothing(draft: Edition) -> None:
    point = draft.points.get(code="1")
    put_in_force(draft)

    with pytest.raises(EditionIsFixed):
        point.save()


# --- While it is being signed ----------------------------------------------------------------------


def test_no_part_changes_under_the_eyes_of_those_who_sign(draft: Edition) -> None:
    ready(draft)

    for row in (one_row(model, draft) for model in ROWS):
        with pytest.raises(EditionIsFixed, match="Utgave 2030-1 er til godkjenning og endres ikke"):
            row.save()
        table = row._meta.db_table
        assert is_refused(f"UPDATE {table} SET position = 99 WHERE id = %s", row.pk), table
        assert is_refused(f"DELETE FROM {table} WHERE id = %s", row.pk), table


def test_nor_does_what_stands_in_the_edition_itself(draft: Edition) -> None:
    ready(draft)
    draft.refresh_from_db()
    draft.title = "En annen"

    with pytest.raises(EditionIsFixed):
        draft.save()
    with pytest.raises(EditionIsFixed):
        Edition.objects.filter(pk=draft.pk).update(title="En annen")
    with refused():
        sql("UPDATE guidance_edition SET title = 'En annen' WHERE id = %s", draft.pk)
    with refused():
        sql("UPDATE guidance_edition SET title = 'En annen', state = 'draft' WHERE id = %s", draft.pk)


@pytest.mark.parametrize("to", [0, 2, 7])
def test_a_review_keeps_its_number(draft: Edition, to: int) -> None:
    ready(draft)

    with refused(NO_WAY):
        sql("UPDATE guidance_edition SET review_round = %s WHERE id = %s", to, draft.pk)


def test_a_new_review_has_a_new_number(draft: Edition) -> None:
    ready(draft)
    sql("UPDATE guidance_edition SET state = 'draft' WHERE id = %s", draft.pk)

    with refused(NO_WAY):
        sql("UPDATE guidance_edition SET state = 'in-review' WHERE id = %s", draft.pk)


# --- By SQL --------------------------------------------------------------------------------------


def refuses_every_change(edition: Edition, model: type[Row]) -> None:
    table, row, names = model._meta.db_table, one_row(model, edition), columns(model)

    with refused():
        sql(f"UPDATE {table} SET {text_column(model)} = {text_column(model)} WHERE id = %s", row.pk)
    with refused():
        sql(f"UPDATE {table} SET position = 99")
    with refused():
        sql(f"DELETE FROM {table} WHERE id = %s", row.pk)
    with refused():
        sql(f"DELETE FROM {table}")
    with refused():
        sql(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = %s", row.pk)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_sql_does_not_update_delete_or_add_a_part(published: Edition, model: type[Row]) -> None:
    refuses_every_change(published, model)

    assert content_hash(published._read()) == published.content_hash


@pytest.mark.parametrize("model", [Point, Verdict], ids=lambda model: model.__name__)
def test_sql_changes_no_part_once_the_edition_has_ended(fixed: Edition, model: type[Row]) -> None:
    refuses_every_change(fixed, model)


def test_sql_moves_no_part_into_or_out_of_a_published_edition(published: Edition, draft: Edition) -> None:
    for model in ROWS:
        table, link = model._meta.db_table, "outer_id" if issubclass(model, Inner) else "edition_id"
        theirs, ours = one_row(model, published), one_row(model, draft)

        move = f"UPDATE {table} SET {link} = %s WHERE id = %s"
        assert is_refused(move, getattr(ours, link), theirs.pk), table
        assert is_refused(move, getattr(theirs, link), ours.pk), table


def refuses_to_truncate(table: str) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL waits for this transaction's own foreign keys
    with refused():
        sql(f"TRUNCATE {table} CASCADE")


def test_the_ways_round_a_delete_trigger_are_closed(published: Edition, draft: Edition) -> None:
    """SQLite's REPLACE deletes what it collides with, PostgreSQL's TRUNCATE everything; neither fires the trigger."""
    for model in ROWS:
        table, names = model._meta.db_table, columns(model)
        if connection.vendor == "postgresql":
            refuses_to_truncate(table)
            continue
        which = (one_row(model, published).pk, one_row(model, draft).pk)
        put = f"INSERT OR REPLACE INTO {table} (id, {names}) SELECT %s, {names} FROM {table} WHERE id = %s"
        assert is_refused(put, *which), table
        assert is_refused(f"UPDATE OR REPLACE {table} SET id = %s WHERE id = %s", *which), table


def test_nothing_takes_the_place_of_a_published_edition(published: Edition, draft: Edition) -> None:
    if connection.vendor == "postgresql":
        for table in ("guidance_edition", "guidance_signature", "guidance_change"):
            refuses_to_truncate(table)
        return
    names = columns(Edition, but=("id", "code"))
    insert = f"INSERT OR REPLACE INTO guidance_edition (id, code, {names}) SELECT %s, %s, {names} FROM guidance_edition"
    with refused(NO_WAY):
        sql(f"{insert} WHERE id = %s", published.pk, "2031-1", draft.pk)
    with refused(NO_WAY):
        sql(f"{insert} WHERE id = %s", 9999, published.code, draft.pk)
    with refused(NO_WAY):
        sql("UPDATE OR REPLACE guidance_edition SET code = %s WHERE id = %s", published.code, draft.pk)
    with refused():
        sql("UPDATE OR REPLACE guidance_edition SET id = %s WHERE id = %s", published.pk, draft.pk)


def test_sql_does_not_delete_a_published_edition(fixed: Edition) -> None:
    with refused():
        sql("DELETE FROM guidance_edition WHERE id = %s", fixed.pk)


@pytest.mark.parametrize("to", State)
def test_sql_takes_a_fixed_edition_only_where_the_table_of_transitions_leads(
    fixed: Edition, to: State
) -> None:
    allowed = fixed.state == State.PUBLISHED and to in {State.SUPERSEDED, State.WITHDRAWN}
    if to == fixed.state:
        return
    if allowed:
        reason = "Feil." if to is State.WITHDRAWN else ""
        sql(
            "UPDATE guidance_edition SET state = %s, ended_at = %s, withdrawal_reason = %s WHERE id = %s",
            to.value,
            NOON,
            reason,
            fixed.pk,
        )
        return
    with refused(NO_WAY):
        sql("UPDATE guidance_edition SET state = %s WHERE id = %s", to.value, fixed.pk)


def test_why_and_when_an_edition_ended_is_not_rewritten(fixed: Edition) -> None:
    with refused():
        sql("UPDATE guidance_edition SET ended_at = %s WHERE id = %s", NOON.replace(year=2040), fixed.pk)
    with refused():
        sql("UPDATE guidance_edition SET withdrawal_reason = 'x' WHERE id = %s", fixed.pk)


# --- Into force without a signature --------------------------------------------------------------

PUBLISH = (
    "UPDATE guidance_edition SET state = 'published', content_hash = %s, published_at = %s WHERE id = %s"
)


@pytest.mark.parametrize("state", FIXED_STATES)
def test_sql_brings_no_edition_into_the_world_published(published: Edition, state: str) -> None:
    columns = [
        field.column for field in Edition._meta.concrete_fields if field.column not in {"id", "code", "state"}
    ]
    names = ", ".join(columns)

    with refused(NO_WAY):
        sql(
            f"INSERT INTO guidance_edition (code, state, {names}) SELECT '2031-1', %s, {names}"
            " FROM guidance_edition WHERE id = %s",
            state,
            published.pk,
        )


def in_review(draft: Edition) -> tuple[Edition, str]:
    ready(draft)
    draft.refresh_from_db()
    return draft, content_hash(draft.as_guideline())


@pytest.mark.parametrize("signers", [(), ("fagansvarlig",)], ids=["nobody", "one"])
def test_sql_publishes_nothing_without_two_signatures(
    published: Edition, draft: Edition, signers: tuple[str, ...]
) -> None:
    draft, digest = in_review(draft)
    for username in signers:
        sign_as(username, draft)
    end(published)

    with refused(NO_WAY):
        sql(PUBLISH, digest, NOON, draft.pk)


def test_two_signatures_of_one_person_are_one(
    published: Edition, draft: Edition, fagansvarlig: Any, redaktor: Any
) -> None:
    draft, digest = in_review(draft)
    sign_as("fagansvarlig", draft)
    sign_raw(draft, fagansvarlig, digest.upper())
    end(published)

    for text_hash in (digest, digest.upper()):
        with refused(NO_WAY):
            sql(PUBLISH, text_hash, NOON, draft.pk)


def test_sql_publishes_nothing_on_signatures_for_another_text(
    published: Edition, draft: Edition, fagansvarlig: Any, fagansvarlig2: Any
) -> None:
    draft, digest = in_review(draft)
    for by in (fagansvarlig, fagansvarlig2):
        sign_raw(draft, by, "1" * 64)
    end(published)

    with refused(NO_WAY):
        sql(PUBLISH, digest, NOON, draft.pk)


def test_a_text_published_under_the_hash_of_another_is_read_by_nobody(
    published: Edition, draft: Edition, fagansvarlig: Any, fagansvarlig2: Any
) -> None:
    draft, _ = in_review(draft)
    for by in (fagansvarlig, fagansvarlig2):
        sign_raw(draft, by, "1" * 64)
    end(published)
    sql(PUBLISH, "1" * 64, NOON, draft.pk)

    with pytest.raises(ContentWasTamperedWith):
        Edition.objects.in_force().as_guideline()


def test_sql_publishes_nothing_on_the_signatures_of_an_earlier_review(
    published: Edition, draft: Edition, redaktor: Any
) -> None:
    draft, digest = in_review(draft)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft)
    recall(by=redaktor, at=NOON, edition=draft)
    submit(by=redaktor, at=NOON, edition=draft)
    end(published)

    with refused(NO_WAY):
        sql(PUBLISH, digest, NOON, draft.pk)


def test_sql_publishes_nothing_from_a_draft(published: Edition, draft: Edition, redaktor: Any) -> None:
    draft, digest = in_review(draft)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft)
    recall(by=redaktor, at=NOON, edition=draft)
    end(published)

    with refused(NO_WAY):
        sql(PUBLISH, digest, NOON, draft.pk)


def test_the_mark_of_the_first_edition_lets_no_second_one_through(published: Edition, draft: Edition) -> None:
    sql("UPDATE guidance_edition SET mark = %s WHERE id = %s", EDITION.mark, draft.pk)
    sql("UPDATE guidance_edition SET state = 'in-review', review_round = 1 WHERE id = %s", draft.pk)
    end(published)

    with refused(NO_WAY):
        sql(PUBLISH, content_hash(draft.as_guideline()), NOON, draft.pk)


def test_sql_puts_no_second_edition_beside_the_one_in_force(draft: Edition) -> None:
    draft, digest = in_review(draft)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft)

    with pytest.raises(DatabaseError), atomic():
        sql(PUBLISH, digest, NOON, draft.pk)
    if connection.vendor == "sqlite":
        with refused(NO_WAY):
            sql(PUBLISH.replace("UPDATE", "UPDATE OR REPLACE"), digest, NOON, draft.pk)


def test_the_control_a_draft_signed_by_two_does_get_into_force_by_sql(
    published: Edition, draft: Edition
) -> None:
    draft, digest = in_review(draft)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft)
    end(published)

    sql(PUBLISH, digest, NOON, draft.pk)

    assert Edition.objects.in_force() == draft


def end(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state=State.SUPERSEDED, ended_at=NOON)


def test_the_control_a_draft_is_changed_as_one_likes(draft: Edition) -> None:
    for model in ROWS:
        with atomic():
            row = one_row(model, draft)
            sql(f"UPDATE {model._meta.db_table} SET position = 99 WHERE id = %s", row.pk)
            row.refresh_from_db()
            assert row.position == 99
            row.save()
            row.delete()
            assert not model.objects.filter(pk=row.pk).exists()
            set_rollback(True)


# --- Signatures and log --------------------------------------------------------------------------


NOT_SO = "en underskrift settes av en fagansvarlig"


def sign_raw(draft: Edition, by: Any, text_hash: str, *, review: int | None = None) -> None:
    """Sign by SQL, past everything that is asked in Python."""
    sql(
        "INSERT INTO guidance_signature (edition_id, by_id, at, content_hash, round, seen)"
        " VALUES (%s, %s, %s, %s, %s, '')",
        draft.pk,
        by.pk,
        NOON,
        text_hash,
        draft.review_round if review is None else review,
    )


def test_a_signature_stays_as_it_was_given(draft: Edition) -> None:
    published = put_in_force(draft)
    signature = Signature.objects.filter(edition=published)[0]

    with pytest.raises(EditionIsFixed):
        signature.delete()
    for statement in (
        "DELETE FROM guidance_signature",
        "UPDATE guidance_signature SET content_hash = ''",
        "UPDATE guidance_signature SET seen = ''",
        "UPDATE guidance_signature SET by_id = by_id",
    ):
        with refused(NOT_SO):
            sql(statement)
    if connection.vendor == "sqlite":
        names = columns(Signature, but=())
        with refused(NOT_SO):
            sql(f"INSERT OR REPLACE INTO guidance_signature ({names}) SELECT {names} FROM guidance_signature")


def test_a_signature_is_not_moved_from_one_text_to_another_while_it_is_in_review(draft: Edition) -> None:
    draft, _ = in_review(draft)
    sign_as("fagansvarlig", draft)

    with refused(NOT_SO):
        sql("UPDATE guidance_signature SET content_hash = %s", "1" * 64)


@pytest.mark.parametrize("username", ["redaktor", "lege", "admin"])
def test_sql_signs_for_nobody_who_is_no_approver(draft: Edition, username: str) -> None:
    draft, digest = in_review(draft)

    with refused(NOT_SO):
        sign_raw(draft, User.objects.get(username=username), digest)


def test_sql_signs_for_no_approver_who_has_edited(draft: Edition, fagansvarlig: Any) -> None:
    row = draft.points.get(code="2")
    save_part(by=fagansvarlig, at=NOON, row=row, part=replace(row.as_part(), title="Undersøk"), version=1)
    draft, digest = in_review(draft)

    with refused(NOT_SO):
        sign_raw(draft, fagansvarlig, digest)
    sql("UPDATE guidance_change SET edition_id = NULL")  # as when a draft is thrown away
    with refused(NOT_SO):
        sign_raw(draft, fagansvarlig, digest)


@pytest.mark.parametrize("review", [0, 2])
def test_sql_signs_in_no_other_review_than_the_one_under_way(
    draft: Edition, fagansvarlig: Any, review: int
) -> None:
    draft, digest = in_review(draft)

    with refused(NOT_SO):
        sign_raw(draft, fagansvarlig, digest, review=review)


def test_sql_signs_no_draft_that_is_not_in_review(draft: Edition, fagansvarlig: Any) -> None:
    with refused(NOT_SO):
        sign_raw(draft, fagansvarlig, content_hash(draft.as_guideline()))


def test_the_log_is_written_once(draft: Edition) -> None:
    line = Change.objects.get(edition=draft)

    for deed in (
        line.save,
        line.delete,
        Change.objects.all().delete,
        lambda: Change.objects.update(name="x"),
    ):
        with pytest.raises(LogIsWrittenOnce):
            deed()
    for statement in (
        "DELETE FROM guidance_change",
        "UPDATE guidance_change SET name = 'x'",
        "UPDATE guidance_change SET edition_id = NULL, name = 'x'",
    ):
        with refused("loggen endres ikke"):
            sql(statement)
    if connection.vendor == "sqlite":
        names = columns(Change, but=())
        with refused("loggen endres ikke"):
            sql(f"INSERT OR REPLACE INTO guidance_change ({names}) SELECT {names} FROM guidance_change")


def test_the_log_of_a_discarded_draft_stays(draft: Edition) -> None:
    draft.delete()

    (line,) = Change.objects.filter(edition_code="2030-1")
    assert (line.deed, line.edition) == (Deed.COPIED, None)


# --- That the locks are up -----------------------------------------------------------------------


def test_every_table_of_an_edition_is_locked() -> None:
    tables = {model._meta.db_table for model in (*ROWS, Edition, Signature, Change)}
    standing = locks.standing(connection)

    assert standing == locks.wanted(connection, apps)
    assert {name.partition("__")[0] for name in standing} == tables


def test_no_table_of_this_app_is_without_a_lock() -> None:
    models = set(apps.get_app_config("guidance").get_models())

    by_their_hash = {
        Translation,
        TranslatedSentence,
    }  # told anew at every reading: guidance.models.translation
    assert models - by_their_hash == {*ROWS, Edition, Signature, Change}
    assert {*PARTS.values()} | {inner for part in PARTS.values() for inner in part.inner} == set(ROWS)


def test_a_database_without_locks_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", "mysql")

    with pytest.raises(NotImplementedError, match="written for SQLite and PostgreSQL, not for mysql"):
        locks.put_up(connection, apps)


def test_locks_that_a_migration_has_lost_go_up_again() -> None:
    locks.take_down(connection)
    assert not locks.standing(connection)

    locks.put_up(connection, apps)
    locks.put_up(connection, apps)

    assert locks.standing(connection) == locks.wanted(connection, apps)


def test_a_lock_that_was_switched_off_goes_up_again() -> None:
    name = sorted(locks.wanted(connection, apps))[0]
    table = name.partition("__")[0]
    on_sqlite = f"DROP TRIGGER {name}"
    sql(on_sqlite if connection.vendor == "sqlite" else f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    assert name not in locks.standing(connection)

    locks.put_up(connection, apps)

    assert locks.standing(connection) == locks.wanted(connection, apps)
