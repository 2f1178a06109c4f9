"""A column beside the levels that names what proves them."""

import re
from collections.abc import Sequence

from ingest.assessments.cells import Sheet, letters, words
from ingest.assessments.figures import Figure, Note
from ingest.assessments.headers import Column, is_evidence
from ingest.assessments.recognising import Nodes, Placed
from scoring.refusal import Text

_MOST, _LONGEST = 20, 300  # pieces of evidence of one indicator; characters of each


def read_evidence(
    sheet: Sheet, columns: Sequence[Column], nodes: Nodes, placed: Sequence[Placed], figures: Sequence[Figure]
) -> tuple[dict[int, tuple[str, ...]], list[Note]]:
    """What the agency holds for each indicator, a line or part before a semicolon each, and what to say about it.

    Nothing is read where the table is about several assessments, as it is then not clear whose evidence it is.
    """
    column = next((c for c in columns if is_evidence(c.header)), None)
    if column is None:
        return {}, []
    place, name = sheet.place, f'{letters(column.index)} "{column.header[:60]}"'
    if len({(f.agency, f.year, f.stage) for f in figures}) != 1:
        why = Text(
            id=f"{place.id}: kolom {name} tidak dibaca: tidak jelas untuk penilaian mana buktinya.",
            en=f"{place.en}: column {name} was not read: it is not clear whose evidence it is.",
        )
        return {}, [Note("ignored", why)]
    found: dict[int, tuple[str, ...]] = {}
    for one in placed:
        said, node = sheet.cell(one.row, column.index), nodes.of(one)
        if node is not None and node[0] == "indicator" and isinstance(said, str):
            parts = [part for text in re.split(r"[\n;]", said) if (part := words(text)) not in ("", "-")]
            if parts:
                found[node[1]] = tuple(part[:_LONGEST] for part in parts[:_MOST])
    told = Text(
        id=f"{place.id}: kolom {name} dibaca sebagai bukti untuk {len(found)} indikator.",
        en=f"{place.en}: column {name} was read as the evidence of {len(found)} indicators.",
    )
    return found, [Note("read", told)]
