"""YAML is read strictly: as written, and never a key twice."""

from pathlib import Path

import pytest
import yaml

from scoring.yaml_text import read_yaml


def write(folder: Path, text: str) -> Path:
    file = folder / "a.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_decimals_and_dates_stay_as_written(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "weight: 2.50\nday: 2030-01-02\nnumber: 7\n")) == {
        "weight": "2.50",
        "day": "2030-01-02",
        "number": 7,
    }


def test_only_true_and_false_are_truth_values(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "no: nomor\nya: on\na: true\nb: False\n")) == {
        "no": "nomor",
        "ya": "on",
        "a": True,
        "b": False,
    }


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(yaml.YAMLError, match="'a' stands twice") as caught:
        read_yaml(write(tmp_path, "x:\n  a: 1\n  a: 2\n"))
    assert caught.value.problem_mark.line == 2  # type: ignore[attr-defined]


def test_no_python_objects_are_made(tmp_path: Path) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(write(tmp_path, "a: !!python/object/apply:os.getcwd []\n"))
