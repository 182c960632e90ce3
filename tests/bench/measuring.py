"""What a measure is, and how two things are timed fairly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One line of the table. Without a goal it only says how things are."""

    name: str
    figure: float
    unit: str = "×"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure reaches its goal."""
        return (self.at_most is None or self.figure <= self.at_most) and (
            self.at_least is None or self.figure >= self.at_least
        )

    @property
    def goal(self) -> str:
        """The goal in words; "" without one."""
        if self.at_most is not None:
            return f"at most {self.at_most:g} {self.unit}"
        return f"at least {self.at_least:g} {self.unit}" if self.at_least is not None else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is timed: `do`, with what `prepare` makes anew for each time, untimed."""

    prepare: Callable[[], Any]
    do: Callable[[Any], object]

    def seconds(self, clock: Callable[[], float]) -> float:
        """How long it takes, once, by `clock`."""
        thing = self.prepare()
        start = clock()
        self.do(thing)
        return clock() - start


def in_turns(
    deeds: Mapping[str, Deed], *, rounds: int, clock: Callable[[], float] = perf_counter
) -> dict[str, float]:
    """The seconds each deed takes, timed in turns: the lower quartile, for other work on the machine only adds.

    What is done in this process alone is better timed by `process_time`, which others' work does not touch at all.
    """
    taken: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(rounds):
        for name, deed in deeds.items():
            taken[name].append(deed.seconds(clock))
    return {name: quantiles(times, n=4)[0] for name, times in taken.items()}
