"""The assistant as tools of the Model Context Protocol: reading only, with structured output.

Figures come from the same functions as everywhere else; `ask` and `rule` give the one Answer.
"""

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from assistant.answer import Answer
from assistant.permissions import Asker
from assistant.request import Question
from bots.web.service import Assistant
from scoring import Language, RefusedInput, Scorecard, load_instrument
from scoring import score as scored
from scoring.compare import Comparison
from scoring.compare import compare as compared
from scoring.gaps import Gaps
from scoring.gaps import gaps as ranked
from scoring.plan import Plan
from scoring.plan import plan as cheapest
from scoring.target import read_target

Asking = Callable[[Context], Asker]
"""Who calls a tool. Raises RefusedInput for a token that is not accepted."""

Result = TypeVar("Result")
Agency = Annotated[str, Field(max_length=300, description='Agency in any spelling: "Kota Bandar Lampung".')]
Year = Annotated[int | None, Field(ge=2000, le=2100, description="Year; the latest held by default.")]
Stage = Annotated[Literal["target", "self", "internal", "external", "final"] | None, Field(description="Stage.")]
Lang = Annotated[Language | None, Field(description="Language of the answer; that of the question by default.")]
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "Indonesian digital government evaluation (SPBE, Pemdi). Figures come from published assessments and are exact "
    "strings; citations name rule, place and whether it is in force. Never compute or cite on your own: ask here."
)


class Found(BaseModel):
    """A passage: what it says, where it stands, whether its rule is in force."""

    id: str
    text: str
    rule: str
    title: str
    locator: str
    page: int | None
    kind: str
    status: str
    score: float


class Passages(BaseModel):
    """The passages found, best first."""

    passages: list[Found]


def server(assistant: Assistant, asking: Asking) -> MCPServer[Any]:
    """The tools over an assistant; each may block and runs in a thread of its own."""
    tools: MCPServer[Any] = MCPServer("tanya-spbe", title="Tanya SPBE", instructions=_INSTRUCTIONS, log_level="WARNING")
    tool = tools.tool

    @tool(title="Scorecard", annotations=_READS)
    def score(ctx: Context, agency: Agency, year: Year = None, stage: Stage = None) -> Scorecard:
        """The SPBE index of an agency with every domain, aspect and indicator, published and computed."""
        return _refusing(lambda: scored(assistant.assessment(agency, year, stage, asking(ctx))))

    @tool(title="Gaps", annotations=_READS)
    def gaps(
        ctx: Context,
        agency: Agency,
        year: Year = None,
        stage: Stage = None,
        node: Annotated[str, Field(max_length=100, description='"index", "domain 2", "aspect 5".')] = "index",
        below: Annotated[int | None, Field(ge=0, le=10, description="Only parts under this level.")] = None,
    ) -> Gaps:
        """What holds the index of an agency back, ranked by what it costs."""
        return _refusing(lambda: ranked(assistant.assessment(agency, year, stage, asking(ctx)), node, below))

    @tool(title="Plan", annotations=_READS)
    def plan(
        ctx: Context,
        agency: Agency,
        target: Annotated[str, Field(max_length=200, description='"3.5" or a rating, "Sangat Baik".')],
        year: Year = None,
        stage: Stage = None,
    ) -> Plan:
        """The smallest set of steps that takes an agency to a target."""

        def work() -> Plan:
            assessment = assistant.assessment(agency, year, stage, asking(ctx))
            return cheapest(assessment, read_target(target, load_instrument(assessment.instrument)))

        return _refusing(work)

    @tool(title="Comparison", annotations=_READS)
    def compare(
        ctx: Context,
        agencies: Annotated[list[str], Field(max_length=50, description="Agencies, two or more.")] = [],  # noqa: B006
        group: Annotated[str | None, Field(max_length=200, description='Or a province: "Jawa Barat".')] = None,
        year: Year = None,
    ) -> Comparison:
        """Agencies side by side at every domain, aspect and indicator, with ranks and quartiles."""

        def work() -> Comparison:
            asker = asking(ctx)
            named = [assistant.assessment(agency, year, None, asker) for agency in agencies]
            theirs = assistant.group(group, year, asker) if group is not None else []
            return compared([*named, *(one for one in theirs if one not in named)])

        return _refusing(work)

    @tool(title="Search", annotations=_READS)
    def search(
        ctx: Context,
        query: Annotated[str, Field(max_length=4000, description="What to look for, in any words.")],
        k: Annotated[int, Field(ge=1, le=50)] = 5,
    ) -> Passages:
        """The passages of the regulations nearest to a query, best first, in full."""

        def work() -> Passages:
            asking(ctx)
            return Passages(passages=[Found.model_validate(hit) for hit in assistant.search(query, k)])

        return _refusing(work)

    @tool(title="Rule", annotations=_READS)
    def rule(
        ctx: Context,
        question: Annotated[str, Field(max_length=4000, description='"What does article 6 of Perpres 95/2018 say?"')],
        lang: Lang = None,
    ) -> Answer:
        """What a regulation or guideline says, as a checked answer with citations; abstains where it is not held."""
        return _refusing(lambda: assistant.ask(Question(text=question, language=lang), asking(ctx)))

    @tool(title="Ask", annotations=_READS)
    def ask(
        ctx: Context,
        question: Annotated[str, Field(max_length=4000, description='"Kenapa domain 2 kami rendah?"')],
        agency: Annotated[str | None, Field(max_length=300, description='Who "kami" is.')] = None,
        year: Year = None,
        lang: Lang = None,
    ) -> Answer:
        """The checked answer to any question: why, what next, compared with whom, required by which rule."""
        asked = Question(text=question, agency=agency, year=year, language=lang)
        return _refusing(lambda: assistant.ask(asked, asking(ctx)))

    return tools


def _refusing(work: Callable[[], Result]) -> Result:
    """A refusal is told to the model as our error document; anything else stays in the log."""
    try:
        return work()
    except RefusedInput as refused:
        document = {"code": refused.code, "message": refused.message.en, "details": refused.details}
        raise ToolError(json.dumps({"error": document}, ensure_ascii=False, default=str)) from refused
