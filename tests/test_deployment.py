"""The image and the compose file: valid, hardened, pinned, and speaking of settings that exist."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from assistant.settings import SECRETS_DIR, Settings
from bots.command_line import app

ROOT = Path(__file__).parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))
SETTINGS = {f"SPBE_{name.upper()}" for name in Settings.model_fields} | {SECRETS_DIR}
OURS = ("web", "bot", "backup")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_the_compose_file_fits_the_specification(tmp_path: Path) -> None:
    check = (SCRIPTS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec")
    good = _run(*check, "docker-compose.yml")
    assert good.returncode == 0, good.stdout
    wrong = tmp_path / "wrong.yml"
    wrong.write_text((ROOT / "docker-compose.yml").read_text().replace("mem_limit:", "memory_limit:"))
    assert _run(*check, wrong).returncode == 1


def test_the_dockerfile_passes_its_linter(tmp_path: Path) -> None:
    good = _run(SCRIPTS / "hadolint", "Dockerfile")
    assert good.returncode == 0, good.stdout
    wrong = tmp_path / "Dockerfile"
    wrong.write_text((ROOT / "Dockerfile").read_text().replace("python:3.11.14-slim-bookworm", "python"))
    assert _run(SCRIPTS / "hadolint", wrong).returncode == 1


@pytest.mark.parametrize(
    "name", ["docker-compose.yml", "Dockerfile", "deploy/make-secrets", "deploy/tanya-spbe.service"]
)
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"\bSPBE_[A-Z_]+\b", (ROOT / name).read_text()))
    assert named <= SETTINGS, named - SETTINGS


def test_every_secret_is_the_file_of_a_secret_setting(compose: dict[str, Any]) -> None:
    secret = {f"spbe_{name}" for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert {name for name in compose["secrets"] if name.startswith("spbe_")} <= secret
    for service in compose["services"].values():
        assert not any("PASSWORD" in key and not key.endswith("_FILE") for key in service.get("environment", {}))
        for key in service.get("environment", {}):
            assert key.lower() not in secret, "a secret belongs in a file"


def test_every_service_is_hardened(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        if name != "owner":  # runs chown, without a network, and ends
            assert not service["user"].startswith(("0", "root")), name
            assert service["security_opt"] == ["no-new-privileges:true"], name
        else:
            assert service["network_mode"] == "none"


def test_every_image_is_pinned(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?", image), image
    locked = re.search(r"^chromadb==(\S+)", (ROOT / "requirements-server.lock").read_text(), re.MULTILINE)
    assert locked is not None
    assert compose["services"]["chroma"]["image"] == f"chromadb/chroma:{locked[1]}"


def test_what_serves_is_watched_and_waited_for(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name in set(services) - {"owner", "backup"}:
        assert services[name]["healthcheck"]["test"][0] == "CMD", name
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            expected = "service_completed_successfully" if other == "owner" else "service_healthy"
            assert how["condition"] == expected


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    for name in ("postgres", "chroma"):
        assert compose["services"][name]["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True


def test_every_volume_and_secret_that_is_used_is_declared(compose: dict[str, Any]) -> None:
    used = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert used == set(compose["volumes"])
    assert {s for service in compose["services"].values() for s in service.get("secrets", [])} == set(
        compose["secrets"]
    )


@pytest.mark.parametrize("service", OURS)
def test_our_commands_are_ones_that_the_command_line_has(compose: dict[str, Any], service: str) -> None:
    command, context = get_command(app), None
    words = list(compose["services"][service]["command"])
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options, context


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    script = tmp_path / "deploy" / "make-secrets"
    script.parent.mkdir()
    script.write_text((ROOT / "deploy" / "make-secrets").read_text())
    made = [subprocess.run(["bash", script], check=True, capture_output=True) for _ in range(2)]
    assert len(made) == 2
    folder = tmp_path / "deploy" / "secrets"
    password = (folder / "postgres_password").read_text()
    assert len(password) >= 24
    names = sorted(path.name for path in folder.iterdir())
    settings = {**os.environ, SECRETS_DIR: str(folder)}
    code = "from assistant.settings import read_settings as r; s = r(); print(s.database, s.telegram_token)"
    read = subprocess.run(
        [SCRIPTS / "python", "-c", code], env=settings, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert read.stdout.split() == [f"postgresql+psycopg://spbe:{password}@postgres:5432/spbe", "None"]
    assert names == ["postgres_password", "spbe_database_url", "spbe_model_key", "spbe_telegram_token"]
