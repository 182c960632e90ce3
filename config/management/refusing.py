"""What a command about backups says when it refuses: one sentence for each reason, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.backup.refusal import BackupRefused, Fault
from prescribing.management.command_line import Refusal, shown

SENTENCES: dict[Fault, Promise] = {
    Fault.NO_FOLDER: _("Mappen %(detail)s finnes ikke, eller det kan ikke skrives i den."),
    Fault.EXISTS: _("%(detail)s finnes fra før; en sikkerhetskopi skrives aldri over."),
    Fault.NOT_WRITTEN: _("Det kunne ikke skrives til disken: %(detail)s"),
    Fault.NOT_READ: _("Sikkerhetskopien kan ikke leses: %(detail)s"),
    Fault.NOT_A_BACKUP: _("%(detail)s er ikke en sikkerhetskopi fra Melkeveien."),
    Fault.ALTERED: _("Sikkerhetskopien er endret eller avkortet siden den ble skrevet. Bruk en annen."),
    Fault.KEY_UNFIT: _("BACKUP_KEY må være 32 tilfeldige byte i base64: openssl rand -base64 32"),
    Fault.KEY_MISSING: _("Sikkerhetskopien er kryptert. Sett BACKUP_KEY til nøkkelen den ble skrevet med."),
    Fault.KEY_WRONG: _("Sikkerhetskopien er kryptert med en annen nøkkel enn den i BACKUP_KEY."),
    Fault.OTHER_DATABASE: _(
        "Sikkerhetskopien er av en annen slags database (%(detail)s) enn den i DATABASE_URL."
    ),
    Fault.NEWER_PROGRAM: _(
        "Sikkerhetskopien er fra en nyere versjon av Melkeveien (%(detail)s). Oppdater først."
    ),
    Fault.DAMAGED: _("Databasen består ikke prøven: %(detail)s"),
    Fault.NOT_EMPTY: _(
        "Databasen %(detail)s er ikke tom. Med --replace settes den til side før sikkerhetskopien legges inn."
    ),
    Fault.IN_USE: _("Databasen %(detail)s er i bruk. Stopp Melkeveien først."),
    Fault.TOOL_MISSING: _(
        "%(detail)s (PostgreSQLs eget verktøy, like nytt som tjeneren eller nyere) finnes ikke på maskinen: "
        "apt-get install postgresql-client"
    ),
    Fault.TOOL_FAILED: _("PostgreSQLs verktøy ga seg. %(detail)s"),
}


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn what a backup refuses into the sentence that the command says."""
    try:
        yield
    except BackupRefused as refused:
        raise Refusal(str(SENTENCES[refused.fault] % {"detail": shown(refused.detail)})) from refused
