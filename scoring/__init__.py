"""What is the index, why, and what raises it most cheaply? Exact, without database, network or clock."""

from scoring.assessment import STAGE_NAMES, Assessment, Published, Stage
from scoring.bulk import BulkScores, score_all
from scoring.compare import Comparison, compare
from scoring.cost_table import read_costs
from scoring.costs import Costs, StepCost
from scoring.crosswalk import Across, Crosswalk, across, load_crosswalk
from scoring.gaps import Gaps, gaps
from scoring.inference import Inference, infer, rebuild
from scoring.instrument import Instrument, load_instrument
from scoring.plan import Plan, plan
from scoring.province import ProvinceView, province_view
from scoring.refusal import Language, RefusedInput, Text
from scoring.scorecard import Scorecard, Scoring, score
from scoring.simulate import Simulation, read_changes, simulate
from scoring.target import Target, read_target
from scoring.trend import Trend, trend

__all__ = [
    "STAGE_NAMES",
    "Across",
    "Assessment",
    "BulkScores",
    "Comparison",
    "Costs",
    "Crosswalk",
    "Gaps",
    "Inference",
    "Instrument",
    "Language",
    "Plan",
    "ProvinceView",
    "Published",
    "RefusedInput",
    "Scorecard",
    "Scoring",
    "Simulation",
    "Stage",
    "StepCost",
    "Target",
    "Text",
    "Trend",
    "across",
    "compare",
    "gaps",
    "infer",
    "load_crosswalk",
    "load_instrument",
    "plan",
    "province_view",
    "read_changes",
    "read_costs",
    "read_target",
    "rebuild",
    "score",
    "score_all",
    "simulate",
    "trend",
]
