"""What is the index, why, and what raises it most cheaply? Exact, without database, network or clock."""

from scoring.assessment import Assessment, Published, Stage
from scoring.costs import Costs, StepCost
from scoring.gaps import Gaps, gaps
from scoring.inference import Inference, infer, rebuild
from scoring.instrument import Instrument, load_instrument
from scoring.plan import Plan, plan
from scoring.refusal import Language, RefusedInput, Text
from scoring.scorecard import Scorecard, Scoring, score
from scoring.simulate import Simulation, read_changes, simulate
from scoring.target import Target, read_target

__all__ = [
    "Assessment",
    "Costs",
    "Gaps",
    "Inference",
    "Instrument",
    "Language",
    "Plan",
    "Published",
    "RefusedInput",
    "Scorecard",
    "Scoring",
    "Simulation",
    "Stage",
    "StepCost",
    "Target",
    "Text",
    "gaps",
    "infer",
    "load_instrument",
    "plan",
    "read_changes",
    "read_target",
    "rebuild",
    "score",
    "simulate",
]
