"""The dated plan: full dose, taper, and the days, tablets and supplies that follow from them (R1–R3, D7).

Everything is counted in whole tablets and whole days, so nothing is ever rounded. A plan is counted twice, by its
steps and by its days, and one whose counts differ is never handed out.
"""

from prescribing.taper.following import follow
from prescribing.taper.making import make_plan
from prescribing.taper.plan import Day, Part, Plan, Step, Supply
from prescribing.taper.refusals import PlanRefused
from prescribing.taper.sums import PlanDoesNotAddUp

__all__ = ["Day", "Part", "Plan", "PlanDoesNotAddUp", "PlanRefused", "Step", "Supply", "follow", "make_plan"]
