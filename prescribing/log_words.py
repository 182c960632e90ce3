"""How a row of the access log is read: each page by what a person calls it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessRow, Did
from accounts.wording import ROLE_NAMES
from prescribing.course_code import SYMBOLS

WORDS: Mapping[str, object] = MappingProxyType(
    {
        # pages, by their names in urls.py
        "home": _("forsiden"),
        "step": _("steget"),
        "check": _("svarene"),
        "end": _("slutten"),
        "park": _("ventelinjen"),
        "confirm": _("bekreftelsen"),
        "sign_prescription": _("signeringen"),
        "discard_draft": _("slettingen"),
        "drafts": _("utkastene"),
        "courses": _("forløpene"),
        "find_course": _("koden"),
        "course": _("forløpet"),
        "done": _("det signerte"),
        "note": _("notatet"),
        "sheet": _("arket på skjermen"),
        "print_paper": _("utskriften"),
        "printed": _("utskrevet ark"),
        "printed_in": _("utskrevet ark"),
        "calendar": _("kalenderfilen"),
        "review_effect": _("vurderingen av effekt"),
        "report_start": _("startdatoen"),
        "copied": _("kopieringen"),
        "copied_line": _("kopieringen"),
        "practice_figures": _("tallene"),
        "practice_figures_file": _("tallene som regneark"),
        "access_log": _("tilgangsloggen"),
        "access_log_file": _("tilgangsloggen som regneark"),
        # whole houses, at whose doors somebody was turned away
        "guidance": _("utgavene"),
        "accounts": _("kontoene"),
        "prescribing": _("vurderingene"),
        # what was done, as the actions say it
        "confirmed": _("bekreftet svarene"),
        "prescribed": _("forskrevet"),
        "not-yet": _("ikke ennå"),
        "not-advisable": _("ikke aktuelt"),
        "declined": _("hun ønsker det ikke"),
        "review": _("vurdering av effekt"),
        "start": _("ny startdato"),
        "draft": _("utkast"),
        "retention": _("oppbevaringstiden var over"),
        "backup": _("sikkerhetskopien fra"),
        "handout": _("arket"),
        "handout-large": _("arket med stor skrift"),
        "stop": _("stopparket"),
        "stop-large": _("stopparket med stor skrift"),
        "advice": _("rådene"),
        # texts that were copied
        "notat-kort": _("kort notat"),
        "notat-fullt": _("fullt notat"),
        "bruksomrade": _("bruksområde"),
        "soknad": _("søknaden"),
        "rad": _("råd"),
    }
)

OF_ACCOUNTS: Mapping[str, object] = MappingProxyType(
    {
        **{role.value: name for role, name in ROLE_NAMES.items()},
        "totp": _("app på telefonen"),
        "webauthn": _("passnøkkel"),
        "recovery_codes": _("reservekoder"),
        "password": _("feil passord"),
        "second factor": _("feil kode"),
        "organisation": _("organisasjonens innlogging"),
        "organisation login tied": _("knyttet til organisasjonens innlogging"),
        "ran out": _("tiden var ute"),
        "invited": _("invitasjon"),
        "reset": _("lenke fra administratoren"),
        "forgotten": _("glemt passord"),
    }
)
"""What the accounts' own deeds say more: roles, second factors, why a link was made, why somebody came not in."""

ABOUT_ACCOUNTS = frozenset(
    {
        Did.LOGIN_FAILED,
        Did.LOGGED_OUT,
        Did.LOCKED_OUT,
        Did.ACCOUNT_MADE,
        Did.ACCOUNT_CHANGED,
        Did.ACCOUNT_CLOSED,
        Did.INVITED,
        Did.LINK_MADE,
        Did.LINK_WITHDRAWN,
        Did.LINK_USED,
        Did.FACTOR_ADDED,
        Did.FACTOR_REMOVED,
    }
)
CODE = re.compile(rf"[{SYMBOLS}]{{3}}-[{SYMBOLS}]{{3}}")
HASH = re.compile(r"[0-9a-f]{40}")


def told(row: AccessRow, *, of: str = "") -> str:
    """What a row's detail says, its own words in Norwegian and the rest as it stands.

    `of` is the code of the only course that is asked about, or "": a list that was seen then tells of no other woman's.
    """
    if row.did == Did.RECOVERY_CODES_MADE:  # which says it already
        return ""
    if row.did in ABOUT_ACCOUNTS:
        return _told_of_account(row.detail)
    first, *rest = (
        word for word in row.detail.split(" ") if not of or word == of or not CODE.fullmatch(word)
    )
    house, _colon, page = first.rpartition(":")
    named = page if page in WORDS else house or page
    return " ".join(str(WORDS.get(word, word)) for word in (named, *rest))


def _told_of_account(detail: str) -> str:
    """Of «kari: midwife, editor», a step and a user name's hash, or a word alone; what stands before a colon stays."""
    username, colon, more = detail.rpartition(": ")
    hidden = HASH.search(more)
    plain = HASH.sub("", more).strip()
    words = ", ".join(str(OF_ACCOUNTS.get(word, word)) for word in plain.split(", ") if word not in {"", "-"})
    if (
        hidden and not colon
    ):  # a name that is no account's: enough of it to see that the same name was tried again
        mark = gettext("brukernavn med merket %(mark)s") % {"mark": hidden.group()[:8]}
        words = ", ".join(part for part in (words, mark) if part)
    return f"{username}: {words}" if colon and words else username or words
