"""The ids of the guideline's facts, that everything clinical cites."""

_IN_EACH_CHAPTER = {"M": 10, "W": 5, "P": 3, "G": 6, "R": 4, "D": 7, "A": 8, "O": 5}

FACTS = tuple(
    f"{chapter}{number}" for chapter, count in _IN_EACH_CHAPTER.items() for number in range(1, count + 1)
)
