"""POST /api/v1/score, /gaps, /plan, /simulate: figures for an assessment sent along or one that is held."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from bots.web.assessed import Documents, each
from bots.web.state import AskedBy, UsesShared
from scoring import Assessment, Scorecard, load_instrument, score
from scoring.costs import Costs
from scoring.gaps import Gaps, gaps
from scoring.plan import Plan, plan
from scoring.simulate import Simulation, simulate
from scoring.target import read_target

router = APIRouter(prefix="/api/v1")

_EXAMPLE = {"instrument": "spbe-2020", "agency": "Contoh", "year": 2024, "stage": "self", "levels": {"1": 3}}
_HELD = {"agency": "Kota Bandar Lampung", "year": 2024}


class Nothing(BaseModel):
    """No further options."""

    model_config = ConfigDict(extra="forbid")


class GapOptions(BaseModel):
    """``node``: "index", "domain 2", "aspect 5", "indicator 21"; ``below``: only parts under this level."""

    model_config = ConfigDict(extra="forbid")

    node: str = Field(default="index", max_length=100)
    below: int | None = Field(default=None, ge=0, le=10)


class Change(BaseModel):
    """``set``: the levels to imagine, by indicator number."""

    model_config = ConfigDict(extra="forbid")

    set: dict[int, float] = Field(min_length=1, max_length=100)


class PlanOptions(BaseModel):
    """``target``: "3.5", "Sangat Baik" or both in words; ``costs``: the agency's prices and limits."""

    model_config = ConfigDict(extra="forbid")

    target: Annotated[str, Field(max_length=200)] | float
    costs: Costs | None = None
    alternatives: int = Field(default=0, ge=0, le=5)


@router.post("/score", responses={200: {"model": Scorecard | list[Scorecard]}})
async def score_(
    body: Annotated[Documents, Body(examples=[_EXAMPLE, _HELD])], shared: UsesShared, asker: AskedBy
) -> Any:
    """The Scorecard of an assessment; a list gives a list."""

    def scorecard(assessment: Assessment, _: Nothing) -> Any:
        return score(assessment)

    return await shared.work.run(each, body, Nothing, scorecard, shared.assistant, asker)


@router.post("/gaps", responses={200: {"model": Gaps | list[Gaps]}})
async def gaps_(
    body: Annotated[Documents, Body(examples=[{"assessment": _EXAMPLE, "node": "domain 2"}, _HELD])],
    shared: UsesShared,
    asker: AskedBy,
) -> Any:
    """What each part under a node costs the index, ranked."""

    def ranked(assessment: Assessment, options: GapOptions) -> Any:
        return gaps(assessment, options.node, options.below)

    return await shared.work.run(each, body, GapOptions, ranked, shared.assistant, asker)


@router.post("/plan", responses={200: {"model": Plan | list[Plan]}})
async def plan_(
    body: Annotated[Documents, Body(examples=[{**_HELD, "target": "Sangat Baik"}])],
    shared: UsesShared,
    asker: AskedBy,
) -> Any:
    """The cheapest steps to a target."""

    def cheapest(assessment: Assessment, options: PlanOptions) -> Any:
        target = read_target(str(options.target), load_instrument(assessment.instrument))
        return plan(assessment, target, options.costs, options.alternatives)

    return await shared.work.run(each, body, PlanOptions, cheapest, shared.assistant, asker)


@router.post("/simulate", responses={200: {"model": Simulation | list[Simulation]}})
async def simulate_(
    body: Annotated[Documents, Body(examples=[{**_HELD, "set": {"21": 3, "22": 4}}])],
    shared: UsesShared,
    asker: AskedBy,
) -> Any:
    """Before and after, if some indicators stood at other levels."""

    def changed(assessment: Assessment, options: Change) -> Any:
        return simulate(assessment, options.set)

    return await shared.work.run(each, body, Change, changed, shared.assistant, asker)
