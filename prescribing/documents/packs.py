"""How many whole packs an exact count of tablets takes: a suggestion beside the count, which stays what it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs:
    """`count` whole packs of `size` tablets; `over` is what they hold beyond the exact count."""

    count: int
    size: int
    over: int

    @property
    def tablets(self) -> int:
        """Tablets in all the packs."""
        return self.count * self.size


def packs_suggested(tablets: int, size: int | None) -> Packs | None:
    """The fewest packs of `size` that hold `tablets`; None where nothing is needed or no size is known."""
    if not size or size < 1 or tablets < 1:
        return None
    count = -(-tablets // size)
    return Packs(count=count, size=size, over=count * size - tablets)
