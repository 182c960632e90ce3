"""Who gets what from every address: the whole table, as it is specified, as it is answered, and as a document.

`python -m tests.access_matrix` writes docs/access-matrix.md from the specification; tests/test_access_matrix.py opens
every cell and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponseBase

from tests.doors import ANY_ACCOUNT, DOORS, PUBLIC
from tests.house import ROOT


class Cell(StrEnum):
    """What somebody gets."""

    IN = "in"  # the page, a file, a form with what is wrong, or a way on
    LOGIN = "login"
    REFUSED = "403"
    NOT_THERE = "404"
    METHOD = "405"


class Who(StrEnum):
    """The columns. The course and the draft are made by `owner`, at the first practice."""

    NOBODY = "nobody"
    HALF = "password, no second step"
    CLOSED = "closed account"
    NO_ROLE = "no role"
    OWNER = "prescriber, owner"
    COLLEAGUE = "prescriber, same practice"
    STRANGER = "prescriber, other practice"
    MIDWIFE = "midwife, same practice"
    MIDWIFE_ELSEWHERE = "midwife, other practice"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator, same practice"
    ADMINISTRATOR_ELSEWHERE = "administrator, other practice"
    REGION = "administrator, no practice"


OUT = {Who.NOBODY, Who.HALF, Who.CLOSED}
DEEDS: Mapping[Who, frozenset[str]] = {
    **{who: frozenset() for who in (*OUT, Who.NO_ROLE)},
    **dict.fromkeys(
        (Who.OWNER, Who.COLLEAGUE, Who.STRANGER),
        frozenset({"assess", "see-courses", "see-course-sheet"}),
    ),
    **dict.fromkeys((Who.MIDWIFE, Who.MIDWIFE_ELSEWHERE), frozenset({"see-course-sheet"})),
    Who.EDITOR: frozenset({"edit-edition"}),
    Who.APPROVER: frozenset({"edit-edition", "publish-edition"}),
    **dict.fromkeys(
        (Who.ADMINISTRATOR, Who.ADMINISTRATOR_ELSEWHERE, Who.REGION),
        frozenset({"manage-accounts", "see-access-log"}),
    ),
}
AT_THE_PRACTICE = {Who.OWNER, Who.COLLEAGUE, Who.MIDWIFE, Who.ADMINISTRATOR}


def is_of_a_course(route: str) -> bool:
    return route.startswith("forlop/<str:code>")


def is_of_a_draft(route: str) -> bool:
    return route.startswith("vurdering/<str:code>")


def is_of_an_account(route: str) -> bool:
    return route.startswith("kontoer/<int:pk>")


def is_of_a_practice(route: str) -> bool:
    return route.startswith("kontoer/praksiser/<int:pk>")


# Whose a thing is, beside the door: for everybody else who is through the door it is not there.
SCOPES: tuple[tuple[Callable[[str], bool], frozenset[Who]], ...] = (
    (is_of_a_course, frozenset(AT_THE_PRACTICE)),
    (is_of_a_draft, frozenset({Who.OWNER})),
    (is_of_an_account, frozenset({Who.ADMINISTRATOR, Who.REGION})),
    (is_of_a_practice, frozenset({Who.ADMINISTRATOR, Who.REGION})),
)
# All others are asked by both methods: a form is shown and sent, and a page that is only read takes no harm by POST.
ONLY_POST = frozenset(
    {
        "konto/okter/avslutt",
        "konto/sprak",
        "kontoer/<int:pk>/fjern-totrinn",
        "kontoer/<int:pk>/lenke",
        "kontoer/<int:pk>/trekk-tilbake",
        "nytt/sett",
        "utgaver/oversettelser/<slug:language>/skriv-under",
        "utgaver/oversettelser/<slug:language>/hold-tilbake",
        "utgaver/<slug:code>/angre",
        "utgaver/<slug:code>/godkjenning/send",
        "utgaver/<slug:code>/godkjenning/ta-tilbake",
        "utgaver/<slug:code>/godkjenning/skriv-under",
        "utgaver/<slug:code>/godkjenning/publiser",
        "utgaver/<slug:code>/<slug:slug>/<slug:key>/flytt",
        "vurdering/<str:code>/signer",
        "vurdering/<str:code>/bekreft",
        "vurdering/<str:code>/kopiert",
        "vurdering/<str:code>/slett",
        "forlop/<str:code>/<int:number>/kopiert",
        "forlop/<str:code>/<int:number>/skriv-ut/<str:document>",
    }
)
ONLY_GET = frozenset(
    {
        "konto/inaktiv/",
        "konto/totrinn/",
        "konto/totrinn/recovery-codes/",
        "konto/totrinn/webauthn/",
        "retningslinjen/endringer.atom",
        "retningslinjen/skjema.json",
        "retningslinjen/gjeldende.json",
        "retningslinjen/<slug:code>.json",
        "utgaver/logg",
        "utgaver/logg.csv",
        "forlop/tall",
        "forlop/tall.csv",
        "forlop/<str:code>/<int:number>/kalender.ics",
        "tilgangslogg",
        "tilgangslogg.csv",
    }
)
# What is there for nobody as things stand: a link that was not made, a second step that nobody has set up, a
# signature that nobody gave, an address that only an administrator's setting opens.
NOT_THERE = frozenset(
    {
        "metrics",
        ".well-known/security.txt",
        "konto/organisasjon/<slug:provider_id>/",
        "konto/organisasjon/<slug:provider_id>/svar/",
        "konto/velg-passord/<str:token>",
        "konto/totrinn/recovery-codes/",
        "konto/totrinn/recovery-codes/download/",
        "konto/totrinn/totp/deactivate/",
        "utgaver/<slug:code>/underskrift/<int:pk>",
    }
)
# Public, and yet only for who has given a password a moment ago: nobody else has anything to do there.
HALF_WAY = frozenset({"konto/totrinn/authenticate/"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One cell's question."""

    route: str
    method: str
    who: Who


def specified(asked: Asked) -> Cell:
    """What the cell must say, from the door, the method and whose the thing is."""
    door = DOORS[asked.route]
    wrong = ONLY_POST if asked.method == "GET" else ONLY_GET
    if (door != PUBLIC and asked.who in OUT) or (asked.route in HALF_WAY and asked.who in OUT - {Who.HALF}):
        return Cell.LOGIN
    if asked.route in wrong:
        return Cell.METHOD
    if door not in (PUBLIC, ANY_ACCOUNT) and door not in DEEDS[asked.who]:
        return Cell.REFUSED
    whose = next((owners for is_of, owners in SCOPES if is_of(asked.route)), None)
    if asked.route in NOT_THERE or (whose is not None and asked.who not in whose):
        return Cell.NOT_THERE
    return Cell.IN


def answered(response: HttpResponseBase) -> Cell | str:
    """What an answer says; an odd status stands for itself."""
    status = response.status_code
    if status == 302 and response.headers["Location"].startswith("/konto/logg-inn/"):
        return Cell.LOGIN
    if status in (200, 204, 301, 302, 304, 400, 409, 429):
        return Cell.IN
    return next((cell for cell in Cell if cell == str(status)), str(status))


def every_cell(route: str) -> list[Asked]:
    """The questions of one address."""
    return [Asked(route=route, method=method, who=who) for method in ("GET", "POST") for who in Who]


# --- The document ----------------------------------------------------------------------------------------

HEAD = """# Who gets what

Every address, asked by GET and by POST, by everybody there can be. Written by `python -m tests.access_matrix` from the
specification in `tests/access_matrix.py`; `tests/test_access_matrix.py` opens every cell and compares, and an address
without a row fails.

**in**: the page, a file, or a form with what is wrong in it · **login**: sent to the login · **403**: no such deed ·
**404**: not there for you, which is all that anybody learns of another practice's course or of another's draft ·
**405**: not by this method. Where GET and POST differ, both stand.
"""


def document() -> str:
    """docs/access-matrix.md."""
    columns = list(Who)
    lines = [
        HEAD,
        "| address | door | " + " | ".join(columns) + " |",
        "| --- | --- |" + " --- |" * len(columns),
    ]
    for route, door in DOORS.items():
        cells = [_both(route, who) for who in columns]
        lines.append(f"| `/{route}` | {door} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _both(route: str, who: Who) -> str:
    get, post = (specified(Asked(route=route, method=method, who=who)) for method in ("GET", "POST"))
    return get if get == post else f"{get} / {post}"


if __name__ == "__main__":
    (ROOT / "docs" / "access-matrix.md").write_text(document())
