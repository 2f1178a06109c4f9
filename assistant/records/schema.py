"""All tables of an installation, those of the records and those of the knowledge room's store."""

from assistant.records import draft_tables, evidence, sessions, site_days, telegram_updates  # noqa: F401 - tables join Base.metadata
from assistant.records.models import Base
from knowledge.store import METADATA as KNOWLEDGE

METADATA = [Base.metadata, KNOWLEDGE]
