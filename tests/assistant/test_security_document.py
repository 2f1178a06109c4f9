"""docs/security.md: every test it names exists, and every risk of the list has one."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)
    assert len(named) >= 15
    for file, name in named:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), (file, name)


def test_every_risk_has_a_control_and_a_test() -> None:
    for name in ("LLM", "ASI"):
        rows = [line.split("|")[1:4] for line in DOCUMENT.splitlines() if line.startswith(f"| **{name}")]
        assert [re.findall(rf"{name}\d\d", risk) for risk, _, _ in rows] == [[f"{name}{n:02}"] for n in range(1, 11)]
        assert all(len(control.split()) >= 2 and "::" in test for _, control, test in rows)


def test_it_is_one_page() -> None:
    assert len(re.sub(r"`tests/[^`]+`", "", DOCUMENT).split()) <= 800
