"""What is known about one agency in one year at one stage."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scoring.figures import Exact, unrounded
from scoring.instrument import Instrument, load_instrument
from scoring.refusal import RefusedInput, Text

Stage = Literal["target", "self", "internal", "external", "final"]
Basis = Literal["indicator", "aspect", "domain", "index"]

STAGE_NAMES: dict[Stage, Text] = {
    "target": Text(id="target", en="target"),
    "self": Text(id="penilaian mandiri", en="self-assessment"),
    "internal": Text(id="verifikasi internal", en="internal verification"),
    "external": Text(id="penilaian eksternal", en="external assessment"),
    "final": Text(id="nilai akhir", en="final result"),
}


def _by_number(values: Any) -> Any:
    """A list is read as the values of 1, 2, 3 ...; None and unassessed entries are left out."""
    if isinstance(values, list | tuple):
        values = dict(enumerate(values, 1))
    return {k: v for k, v in values.items() if v is not None} if isinstance(values, dict) else values


ByNumber = Annotated[dict[int, Exact], BeforeValidator(_by_number)]


class Published(BaseModel):
    """What was published for a stage, as printed (two decimals, sometimes more)."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    index: Exact | None = None
    rating: str | None = None
    domains: ByNumber = {}
    aspects: ByNumber = {}


class Assessment(BaseModel):
    """One assessment, known at indicator, aspect, domain or index level.

    A number that is absent is not assessed: it counts neither as zero nor as the lowest level.
    ``evidence`` names what the agency holds for an indicator.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    instrument: str = "spbe-2020"
    agency: str = Field(min_length=1, max_length=300)
    year: int = Field(ge=2000, le=2100)
    stage: Stage = "external"
    levels: ByNumber = {}
    aspects: ByNumber = {}
    domains: ByNumber = {}
    evidence: dict[int, tuple[str, ...]] = {}
    published: Published | None = None
    note: str | None = None

    @property
    def basis(self) -> Basis:
        """The finest level at which something is known."""
        if self.levels:
            return "indicator"
        if self.aspects:
            return "aspect"
        return "domain" if self.domains else "index"

    @model_validator(mode="after")
    def _fits_instrument(self) -> Self:
        instrument = load_instrument(self.instrument)
        if sum(map(bool, (self.levels, self.aspects, self.domains))) > 1:
            raise ValueError("give one of levels, aspects, domains; published totals belong in published")
        _check_numbers("indikator", "indicator", self.levels, len(instrument.indicators), instrument)
        _check_numbers("aspek", "aspect", self.aspects, len(instrument.aspects), instrument)
        _check_numbers("domain", "domain", self.domains, len(instrument.domains), instrument)
        return self


def _check_numbers(id_: str, en: str, values: dict[int, Any], count: int, instrument: Instrument) -> None:
    scale = instrument.scale
    low, high = unrounded(scale.lowest), unrounded(scale.highest)
    for number, value in values.items():
        if not 1 <= number <= count:
            raise RefusedInput(
                "unknown_node",
                Text(
                    id=f"{id_} {number} tidak ada pada {instrument.id} (yang ada: 1-{count}).",
                    en=f"{en} {number} does not exist in {instrument.id} (there are 1-{count}).",
                ),
                node=f"{en} {number}",
            )
        whole = en == "indicator" and scale.whole
        if not scale.lowest <= value <= scale.highest or (whole and value.denominator != 1):
            accepted = ", ".join(map(str, range(int(scale.lowest), int(scale.highest) + 1)))
            wanted_id = accepted if whole else f"{low} sampai {high}"
            wanted_en = accepted if whole else f"{low} to {high}"
            raise RefusedInput(
                "level_not_allowed",
                Text(
                    id=f"{id_} {number}: nilai {unrounded(value)} tidak ada pada {instrument.id}. "
                    f"Yang diterima: {wanted_id}; tidak dicantumkan bila belum dinilai.",
                    en=f"{en} {number}: value {unrounded(value)} does not exist in {instrument.id}. "
                    f"Accepted: {wanted_en}; leave it out if not assessed.",
                ),
                node=f"{en} {number}",
                value=unrounded(value),
            )
