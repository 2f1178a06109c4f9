"""docs/embedding.md tells all there is to set, what it shows is accepted, and a site is paused by command."""

import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bots.command_line import app
from bots.web.portal.sites import Site, Sites

ROOT = Path(__file__).parents[3]
MANUAL = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
SCRIPT = (ROOT / "bots" / "web" / "static" / "embed.js").read_text(encoding="utf-8")


def test_every_key_of_a_site_is_in_the_manual() -> None:
    assert [key for key in Site.model_fields if f"`{key}`" not in MANUAL] == []


def test_every_attribute_of_the_tag_is_in_the_manual() -> None:
    names = re.search(r"const \{ ([\w, ]+) \} = tag\.dataset", SCRIPT)
    assert names is not None
    attributes = ["data-" + re.sub(r"([A-Z])", r"-\1", name).lower() for name in names[1].split(", ")]
    assert len(attributes) > 5
    assert [attribute for attribute in attributes if f"`{attribute}`" not in MANUAL] == []


def test_the_lists_of_the_manual_are_accepted(tmp_path: Path) -> None:
    lists = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    assert len(lists) == 2
    for text in lists:
        (tmp_path / "sites.yaml").write_text(text)
        assert Sites(tmp_path).find("kota-contoh").origins == ("https://portal.kota-contoh.example",)
        setting = json.dumps(yaml.safe_load(text))
        assert Sites(tmp_path / "none", setting).find("kota-contoh") == Sites(tmp_path).find("kota-contoh")


def test_a_site_is_paused_and_resumed_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites.yaml").write_text("- {id: kota, origins: ['https://portal.example'], daily_budget: 5}")

    def spbe(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["--data-dir", str(tmp_path), "--no-sample", "admin", "sites", *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    def listed() -> dict[str, object]:
        return dict(json.loads(spbe("list", "--json"))[0])

    assert listed() == {
        "id": "kota",
        "origins": ["https://portal.example"],
        "paused": False,
        "questions_today": 0,
        "daily_budget": 5,
    }
    spbe("pause", "kota")
    assert listed()["paused"] is True
    assert "dihentikan" in spbe("list")
    spbe("resume", "kota")
    assert listed()["paused"] is False
    refused = CliRunner().invoke(app, ["--data-dir", str(tmp_path), "--no-sample", "admin", "sites", "pause", "antah"])
    assert refused.exit_code == 1
    assert "data-site" in refused.output
