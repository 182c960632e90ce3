"""What a practice has learnt: counts over its signed courses, of which none tells of one woman.

The guideline says that nobody has studied effect and safety of long use for this purpose (M10). These are no study;
they are what a practice sees when it counts its own.
"""

from prescribing.learnt.counting import Figures, Kinds, figures
from prescribing.learnt.keeping_back import FEWEST, FEWEST_DIVIDED, Told
from prescribing.learnt.lessons import Lesson, Standing, asking_checks, day_limits, lesson
from prescribing.learnt.releases import released

__all__ = [
    "FEWEST",
    "FEWEST_DIVIDED",
    "Figures",
    "Kinds",
    "Lesson",
    "Standing",
    "Told",
    "asking_checks",
    "day_limits",
    "figures",
    "lesson",
    "released",
]
