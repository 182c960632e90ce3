"""The roles, as data: which deeds each may do."""

from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """Something that not everybody may do."""

    ASSESS = "assess"  # own drafts: begin, answer, sign, end
    SEE_COURSES = "see-courses"  # the practice's courses: list, answers, notes, review
    SEE_COURSE_SHEET = (
        "see-course-sheet"  # a running course of the own practice by its code: its sheet, no more
    )
    EDIT_EDITION = "edit-edition"
    PUBLISH_EDITION = "publish-edition"
    MANAGE_ACCOUNTS = "manage-accounts"
    SEE_ACCESS_LOG = "see-access-log"


class Role(StrEnum):
    """What a role is called in the database."""

    PRESCRIBER = "prescriber"
    MIDWIFE = "midwife"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDescription:
    """A role and its deeds.

    `second_factor`: a password alone is too little for it. `national`: it is about the guideline that all read, so that
    only an administrator without a practice may grant it, or hand new keys to somebody who holds it.
    """

    role: Role
    deeds: frozenset[Deed]
    second_factor: bool = True
    national: bool = False


ROLES = (
    RoleDescription(
        role=Role.PRESCRIBER,
        deeds=frozenset({Deed.ASSESS, Deed.SEE_COURSES, Deed.SEE_COURSE_SHEET}),
    ),
    RoleDescription(
        role=Role.MIDWIFE,
        deeds=frozenset({Deed.SEE_COURSE_SHEET}),
        second_factor=False,
    ),
    RoleDescription(
        role=Role.EDITOR,
        deeds=frozenset({Deed.EDIT_EDITION}),
        national=True,
    ),
    RoleDescription(
        role=Role.APPROVER,
        deeds=frozenset({Deed.EDIT_EDITION, Deed.PUBLISH_EDITION}),
        national=True,
    ),
    RoleDescription(
        role=Role.ADMINISTRATOR,
        deeds=frozenset({Deed.MANAGE_ACCOUNTS, Deed.SEE_ACCESS_LOG}),
    ),
)

DEEDS_OF = {description.role: description.deeds for description in ROLES}
WITH_SECOND_FACTOR = frozenset(description.role for description in ROLES if description.second_factor)
NATIONAL = frozenset(description.role for description in ROLES if description.national)
