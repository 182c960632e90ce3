"""The hazard log: each hazard has a control in the code and a test that proves it, and nothing unacceptable is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.proofs.proof import Finding
from tests.safety import hazards, tracing
from tests.safety.hazards import Hazard, Risk

WHAT = "The clinical safety file: hazards with their controls, facts with their data, code and tests"
GOAL = "each control has its code and its test, what is left unacceptable is called open; each fact is carried through"


def measure() -> Finding:
    return _judged(hazards.hazards(), tracing.traces())


def control() -> Finding:
    """A control whose test is gone, a risk that has grown, a hazard that was taken out, a fact that no test names."""
    log, thread = list(hazards.hazards()), list(tracing.traces())
    first = log[0].controls[0]
    log[0] = replace(
        log[0], controls=(replace(first, tests=("tests/gone.py::test_gone",)), *log[0].controls[1:])
    )
    log[1] = replace(log[1], residual=Risk(severity=5, likelihood=5))
    thread[0] = replace(thread[0], tests=())
    found = _judged([*log[:5], *log[6:]], thread)
    return Finding(
        figure=f"a test gone, a risk grown, a hazard out, a fact dropped: {found.figure}", holds=found.holds
    )


def _judged(log: Sequence[Hazard], thread: Sequence[tracing.Trace]) -> Finding:
    faults = [*hazards.faults(log, hazards.released()), *tracing.faults(thread)]
    controls = [control for hazard in log for control in hazard.controls]
    tests = {reference for control in controls for reference in control.tests}
    carried = sum(bool(trace.data and trace.code and trace.tests) for trace in thread)
    still_open = [hazard.id for hazard in log if hazard.status == hazards.OPEN]
    return Finding(
        figure=f"{len(log)} hazards ({', '.join(still_open) or 'none'} open), {len(controls)} controls, "
        f"{len(tests)} tests; {carried} of {len(thread)} facts; {len(faults)} faults",
        holds=not faults,
    )
