"""What somebody with a connection of their own might try, to publish what nobody else has read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from accounts.models import RoleHolding, User
from guidance.actions import PublicationRefused, publish, save_part
from guidance.canonical import content_hash
from guidance.models import Edition, Point
from tests.guidance.published import new_draft, ready, row, sign_as
from tests.guidance.sample import NOON

pytestmark = pytest.mark.django_db

APPROVERS = ("fagansvarlig", "fagansvarlig2")
PUBLISH = (
    "UPDATE guidance_edition SET state = 'published', content_hash = %s, published_at = %s WHERE id = %s"
)


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@contextmanager
def refused(says: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=says), atomic():
        yield


def in_review(*, signed_by: tuple[str, ...] = ()) -> Edition:
    draft = ready(new_draft())
    for username in signed_by:
        sign_as(username, draft)
    return draft


def end_the_one_in_force() -> None:
    sql("UPDATE guidance_edition SET state = 'superseded', ended_at = %s WHERE state = 'published'", NOON)


def columns(model: type[Any], *, but: tuple[str, ...] = ()) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in but)


# --- An editor's lines of the log, lost --------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "to"),
    [
        ("created_at", NOON.replace(year=2040)),
        ("code", "2040-1"),
        ("subject", "blodtrykk"),
        ("copied_from_id", None),
        ("created_by_id", None),
    ],
)
@pytest.mark.parametrize("state", ["draft", "in-review"])
def test_who_has_edited_is_not_forgotten_by_making_the_draft_another(
    column: str, to: Any, state: str
) -> None:
    draft = new_draft()
    point = row(draft, "points", "2")
    approver = User.objects.get(username="fagansvarlig")
    part = replace(point.as_part(), title="Undersøk")
    save_part(by=approver, at=NOON, row=point, part=part, version=point.version)
    if state == "in-review":
        ready(draft)
    sql("UPDATE guidance_change SET edition_id = NULL")  # as when a draft is thrown away

    with refused("en publisert utgave endres ikke"):
        sql(f"UPDATE guidance_edition SET {column} = %s WHERE id = %s", to, draft.pk)


def test_signatures_do_not_come_back_with_an_edition_made_anew_in_the_place_of_theirs() -> None:
    draft = in_review(signed_by=APPROVERS)
    names = columns(Edition, but=("state", "review_round"))
    sql(f"CREATE TEMP TABLE aside AS SELECT * FROM guidance_edition WHERE id = {draft.pk}")

    anew = f"INTO guidance_edition (state, review_round, {names}) SELECT 'draft', 0, {names} FROM aside"
    with refused("en utgave kommer ikke i denne tilstanden slik"):
        if connection.vendor == "sqlite":
            sql(f"INSERT OR REPLACE {anew}")
        else:
            sql("DELETE FROM guidance_edition WHERE id = %s", draft.pk)
            sql(f"INSERT {anew}")
    sql("DROP TABLE aside")


# --- Tables of the same name --------------------------------------------------------------------------


@contextmanager
def shadowed(table: str) -> Iterator[str]:
    """A temporary table of the name of one of ours, which every unqualified name now means; gives ours."""
    ours = f"{'public' if connection.vendor == 'postgresql' else 'main'}.{table}"
    sql(f"CREATE TEMP TABLE {table} AS SELECT * FROM {ours} WHERE 1 = 0")
    yield ours
    sql(f"DROP TABLE {'pg_temp' if connection.vendor == 'postgresql' else 'temp'}.{table}")


def test_the_locks_ask_no_temporary_table_what_is_published() -> None:
    edition = Edition.objects.in_force()

    with shadowed("guidance_edition"), refused("en publisert utgave endres ikke"):
        sql("UPDATE guidance_point SET title = 'x' WHERE edition_id = %s", edition.pk)


def test_the_locks_count_no_signatures_in_a_temporary_table() -> None:
    draft = in_review()
    digest = content_hash(draft.as_guideline())
    end_the_one_in_force()

    with shadowed("guidance_signature"):
        for username in APPROVERS:
            sql(
                "INSERT INTO guidance_signature (edition_id, by_id, at, content_hash, round)"
                " VALUES (%s, %s, %s, %s, %s)",
                *(draft.pk, User.objects.get(username=username).pk, NOON, digest, draft.review_round),
            )
        with refused("en utgave kommer ikke i denne tilstanden slik"):
            sql(PUBLISH, digest, NOON, draft.pk)


# --- Other statements that write ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO guidance_point ({names}) SELECT {names} FROM guidance_point WHERE id = %s"
        " ON CONFLICT (id) DO UPDATE SET title = 'x'",
        "UPDATE guidance_point SET title = 'x' FROM guidance_edition e"
        " WHERE e.id = guidance_point.edition_id AND guidance_point.id = %s",
        "UPDATE guidance_point SET id = 99999 WHERE id = %s",
    ],
    ids=["upsert", "update from", "renumber"],
)
def test_no_other_statement_changes_a_published_part(statement: str) -> None:
    point = Edition.objects.in_force().points.first()

    with refused("en publisert utgave endres ikke"):
        sql(statement.format(names=columns(Point)), point.pk)


def test_no_upsert_changes_a_published_edition() -> None:
    edition, draft = Edition.objects.in_force(), new_draft()
    names = columns(Edition, but=("id", "code"))

    with refused("en utgave kommer ikke i denne tilstanden slik|en publisert utgave endres ikke"):
        sql(
            f"INSERT INTO guidance_edition (id, code, {names}) SELECT %s, '2040-1', {names} FROM guidance_edition"
            " WHERE id = %s ON CONFLICT (id) DO UPDATE SET title = 'x'",
            *(edition.pk, draft.pk),
        )


@pytest.mark.parametrize("name", ["rowid", "_rowid_", "oid"])
def test_sqlites_other_names_of_a_row_replace_no_published_part(name: str) -> None:
    if connection.vendor != "sqlite":
        return
    theirs, ours = Edition.objects.in_force().points.first(), new_draft().points.first()
    names = columns(Point, but=("id",))

    with refused("en publisert utgave endres ikke"):
        sql(
            f"INSERT OR REPLACE INTO guidance_point ({name}, {names})"
            f" SELECT %s, {names} FROM guidance_point WHERE id = %s",
            *(theirs.pk, ours.pk),
        )
    with refused("en publisert utgave endres ikke"):
        sql(f"UPDATE OR REPLACE guidance_point SET {name} = %s WHERE id = %s", theirs.pk, ours.pk)


def test_djangos_own_managers_are_refused_by_the_database() -> None:
    edition = Edition.objects.in_force()
    point = edition.points.first()

    for deed in (
        lambda: Point._base_manager.filter(pk=point.pk).update(title="x"),
        lambda: Point._base_manager.filter(pk=point.pk).delete(),
        lambda: Edition._base_manager.filter(pk=edition.pk).update(title="x"),
        point.save_base,
    ):
        with refused("en publisert utgave endres ikke"):
            deed()


# --- Signatures of those who are approvers no more -----------------------------------------------------


def test_a_signature_counts_only_while_its_owner_is_an_approver() -> None:
    draft = in_review(signed_by=APPROVERS)
    digest = content_hash(draft.as_guideline())
    RoleHolding.objects.filter(user__username="fagansvarlig2", role="approver").delete()

    with pytest.raises(PublicationRefused, match="Så langt har 1 gjort det"):
        publish(by=User.objects.get(username="fagansvarlig"), at=NOON, edition=draft, text_hash=digest)
    end_the_one_in_force()
    with refused("en utgave kommer ikke i denne tilstanden slik"):
        sql(PUBLISH, digest, NOON, draft.pk)
