"""Files that cannot be imported are refused with a message that helps, and nothing of them is left behind.

``python test_broken.py`` writes the messages to ``refusals.json``, to be read before they are committed.
"""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from broken import BROKEN, Broken

from assistant.records.agencies import Agencies
from ingest.assessments import read_assessments
from scoring import RefusedInput

SNAPSHOTS = Path(__file__).parent / "refusals.json"


def refusal_of(case: Broken, folder: Path, register: Agencies) -> dict[str, Any] | None:
    path = folder / case.file
    case.write(path)
    try:
        read_assessments(path, register, case.options)
    except RefusedInput as reason:
        return {"code": reason.code, "id": _settled(reason.message.id), "en": _settled(reason.message.en)}
    return None


def _settled(message: str) -> str:
    """Which names are nearest is the register's to say, and changes with it."""
    return re.sub(r"(Nama terdekat|Nearest names): [^.]+(?:\. [^.]+)*?\. (?=Ulangi|Try)", r"\1: (...). ", message)


def snapshots() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(SNAPSHOTS.read_text(encoding="utf-8"))
    return held


def test_there_are_at_least_forty_each_with_a_committed_message() -> None:
    assert len({case.name for case in BROKEN}) == len(BROKEN) >= 40
    assert set(snapshots()) == {case.name for case in BROKEN}


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_file_is_refused_with_its_committed_message(case: Broken, tmp_path: Path, register: Agencies) -> None:
    assert refusal_of(case, tmp_path, register) == snapshots()[case.name]


@pytest.mark.parametrize(
    "name", sorted(json.loads(SNAPSHOTS.read_text(encoding="utf-8"))) if SNAPSHOTS.exists() else []
)
def test_a_message_says_where_what_is_accepted_and_that_nothing_was_stored(name: str) -> None:
    held = snapshots()[name]
    file = next(case.file for case in BROKEN if case.name == name)
    assert held["id"].startswith(file) and held["en"].startswith(file)
    assert "Tidak ada yang disimpan." in held["id"] and "Nothing was stored." in held["en"]
    accepted = held["code"] in ("unknown_agency", "ambiguous_agency")
    assert accepted or ("Yang diterima:" in held["id"] and "Accepted:" in held["en"])
    assert len(held["id"]) < 900


def main() -> None:
    from conftest import load_register

    with tempfile.TemporaryDirectory() as folder:
        made = {case.name: refusal_of(case, Path(folder), load_register()) for case in BROKEN}
    SNAPSHOTS.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
