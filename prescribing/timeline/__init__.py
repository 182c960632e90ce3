"""The drawing of a plan: which days it shows, what is marked on them, and where every line and word of it stands.

    line = timeline(plan, limits, today=today)
    draw(line, words, PHONE)

Days and doses are the plan's own; nothing is counted anew. `words` come from whoever speaks Norwegian.
"""

from prescribing.timeline.canvas import LARGE_PRINT, PAPER, PHONE, SCREEN, Canvas
from prescribing.timeline.days import Bar, Kind, Mark, Timeline, timeline
from prescribing.timeline.drawing import Drawing, Words, draw

__all__ = [
    "LARGE_PRINT",
    "PAPER",
    "PHONE",
    "SCREEN",
    "Bar",
    "Canvas",
    "Drawing",
    "Kind",
    "Mark",
    "Timeline",
    "Words",
    "draw",
    "timeline",
]
