"""Runs the sections and prints one table; exits 1 if a goal was missed."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import tests.bench
from tests.bench.measuring import Measure


def sections(wanted: list[str]) -> Iterator[str]:
    """The names of the modules that measure something; `wanted` chooses among them."""
    for module in iter_modules(tests.bench.__path__):
        if module.name != "__main__" and (not wanted or module.name in wanted):
            yield module.name


def main(wanted: list[str]) -> int:
    """Print what the sections measure."""
    missed = 0
    print(f"{'measure':<64} {'figure':>9}   goal")
    for name in sections(wanted):
        measures = getattr(import_module(f"tests.bench.{name}"), "measures", None)
        for measure in measures() if measures else ():
            missed += not measure.met
            print(_line(measure), flush=True)
    return 1 if missed else 0


def _line(measure: Measure) -> str:
    goal = f"{measure.goal}{'' if measure.met else '  MISSED'}"
    return f"{measure.name:<64} {measure.figure:>6.1f} {measure.unit:<2}   {goal}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
