"""The roles, as data: what each is called and which deeds it may do."""

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
    """A role in Norwegian, and its deeds."""

    role: Role
    label: str
    deeds: frozenset[Deed]


ROLES = (
    RoleDescription(
        role=Role.PRESCRIBER,
        label="Lege",
        deeds=frozenset({Deed.ASSESS, Deed.SEE_COURSES, Deed.SEE_COURSE_SHEET}),
    ),
    RoleDescription(
        role=Role.MIDWIFE,
        label="Jordmor eller helsesykepleier",
        deeds=frozenset({Deed.SEE_COURSE_SHEET}),
    ),
    RoleDescription(
        role=Role.EDITOR,
        label="Redaktør",
        deeds=frozenset({Deed.EDIT_EDITION}),
    ),
    RoleDescription(
        role=Role.APPROVER,
        label="Fagansvarlig",
        deeds=frozenset({Deed.EDIT_EDITION, Deed.PUBLISH_EDITION}),
    ),
    RoleDescription(
        role=Role.ADMINISTRATOR,
        label="Administrator",
        deeds=frozenset({Deed.MANAGE_ACCOUNTS, Deed.SEE_ACCESS_LOG}),
    ),
)

DEEDS_OF = {description.role: description.deeds for description in ROLES}
