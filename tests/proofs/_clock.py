"""A server's clock that can be set while it runs, by libfaketime: the time that passes stays its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


class Clock:
    """What a server reads the time from; `environment` is what it must be started with."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.file.write_text("+0")

    @property
    def environment(self) -> dict[str, str]:
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not found:
            raise RuntimeError("libfaketime is missing. Install it: apt-get install libfaketime")
        return {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, at: datetime) -> None:
        """It is `at` now; it goes on from there."""
        ahead = (at - datetime.now(UTC)).total_seconds()
        self.file.write_text(f"{ahead:+.0f}")


def next_changes(after: datetime) -> tuple[datetime, datetime]:
    """The two next moments at which Norwegian clocks are set, in UTC: one into summer time and one out of it."""
    hour = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    found: list[datetime] = []
    while len(found) < 2:
        then, hour = hour, hour + timedelta(hours=1)
        if then.astimezone(OSLO).utcoffset() != hour.astimezone(OSLO).utcoffset():
            found.append(hour)
    return found[0], found[1]
