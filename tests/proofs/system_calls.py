"""At every call that a deed makes to the disk, one after another: killed, disk full, disk broken."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs._deeds import (
    DONE,
    REFUSED,
    Bench,
    Deed,
    Fault,
    contents,
    publishing,
    saving,
    signing,
    working_on,
)
from tests.proofs._rows import SQLITE
from tests.proofs._server import scratch, sqlite
from tests.proofs.proof import Finding

DEEDS = {"save": saving, "signing": signing, "publication": publishing}
WHAT = "kill, ENOSPC and EIO at every database system call of a save, a signing and a publication"
GOAL = "0 acknowledged lost, 0 half-saved, 0 corrupt"


@dataclass(slots=True)
class Taken:
    """What was found after each fault at each point of one deed."""

    points: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    unclean: int = 0

    @property
    def holds(self) -> bool:
        reached = self.points > 0 and self.ended["killed"] > 0 and self.ended["refused"] > 0
        return reached and self.is_sound and not self.unclean

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing or half there, however much was tried."""
        return not (self.lost or self.half or self.corrupt)

    def __str__(self) -> str:
        ended = ", ".join(f"{count} {how}" for how, count in sorted(self.ended.items()))
        wrong = f"{self.lost} lost, {self.half} half, {self.corrupt} corrupt, {self.unclean} without a clean error"
        return f"{self.points} points × {len(Fault)} faults ({ended}): {wrong}"

    def note(self, bench: Bench, ended: int) -> None:
        """How the child ended, and what it left."""
        left = contents(bench.work)
        how = "killed" if ended < 0 else {DONE: "done", REFUSED: "refused"}.get(ended, "unclean")
        self.ended[how] += 1
        self.unclean += how == "unclean"
        self.corrupt += not left
        self.half += bool(left) and left not in {bench.before, bench.after}
        self.lost += how == "done" and left == bench.before


def taken(folder: Path, prepared: Path, make: Callable[[], Deed], *, whole: bool = True) -> Taken:
    base = folder / "base.sqlite3"
    shutil.copy(prepared, base)
    with working_on(base):
        deed = make()
    bench = Bench(base=base, deed=deed, whole=whole)
    found = Taken()
    points = bench.points()
    found.points = len(points)
    for point in points:
        for fault in Fault:
            found.note(bench, bench.fault(point, fault))
    return found


def measure() -> Finding:
    found = {}
    with sqlite() as database, scratch() as folder:
        for name, make in DEEDS.items():
            found[name] = taken(folder, Path(database.removeprefix(SQLITE)), make)
    figure = "; ".join(f"{name}: {one}" for name, one in found.items())
    return Finding(figure=figure, holds=all(one.holds for one in found.values()))


def control() -> Finding:
    """Each statement is for itself."""
    with sqlite() as database, scratch() as folder:
        found = taken(folder, Path(database.removeprefix(SQLITE)), signing, whole=False)
    return Finding(figure=f"a signing without a transaction: {found}", holds=found.is_sound)
