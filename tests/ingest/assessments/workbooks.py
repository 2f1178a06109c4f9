"""At least forty files in the shapes of real users' files, and what each of them says.

What a file says is written down here beside it, never taken from the reader. ``python workbooks.py`` writes it to
``expected/``, where it is committed; the test reads every file and compares.
"""

import json
from pathlib import Path

import shapes_of_headers
import shapes_of_many
import shapes_of_offices
import shapes_of_values
from shapes import CASES

EXPECTED = Path(__file__).parent / "expected"
MODULES = (shapes_of_headers, shapes_of_values, shapes_of_many, shapes_of_offices)


def main() -> None:
    """Write what each file says to ``expected/``."""
    EXPECTED.mkdir(exist_ok=True)
    for one in CASES:
        text = json.dumps(one.expected, indent=1, ensure_ascii=False) + "\n"
        (EXPECTED / f"{one.name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
