"""What a doctor types, matched with the edition's table of medicines; and a pasted list as its lines."""

from guidance.medicine_matching.matching import Certainty, Match, Matcher
from guidance.medicine_matching.pasted_list import split_list

__all__ = ["Certainty", "Match", "Matcher", "split_list"]
