"""Why a backup is not made, or not restored."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What stands in the way."""

    NO_FOLDER = "no-folder"
    EXISTS = "exists"
    NOT_WRITTEN = "not-written"
    NOT_READ = "not-read"
    NOT_A_BACKUP = "not-a-backup"
    ALTERED = "altered"
    KEY_UNFIT = "key-unfit"
    KEY_MISSING = "key-missing"
    KEY_WRONG = "key-wrong"
    OTHER_DATABASE = "other-database"
    NEWER_PROGRAM = "newer-program"
    DAMAGED = "damaged"
    NOT_EMPTY = "not-empty"
    IN_USE = "in-use"
    TOOL_MISSING = "tool-missing"
    TOOL_FAILED = "tool-failed"


class BackupRefused(Exception):
    """Nothing was made or changed. `detail` names the file, the tool or what it said, "" where there is none."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
