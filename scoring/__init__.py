"""What is the index, why, and what raises it most cheaply? Exact, without database, network or clock."""

from scoring.assessment import Assessment, Published, Stage
from scoring.instrument import Instrument, load_instrument
from scoring.refusal import Language, RefusedInput, Text
from scoring.scorecard import Scorecard, Scoring, score

__all__ = [
    "Assessment",
    "Instrument",
    "Language",
    "Published",
    "RefusedInput",
    "Scorecard",
    "Scoring",
    "Stage",
    "Text",
    "load_instrument",
    "score",
]
