"""Which passage of which rule says so, and is that rule in force?"""

from knowledge.library import Library, Rule
from knowledge.passage import Passage, place

__all__ = ["Library", "Passage", "Rule", "place"]
