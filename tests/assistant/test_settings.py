"""Settings: documented, read from three places, and never telling a secret."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import SECRETS_DIR, Settings, documentation, read_settings
from scoring import RefusedInput

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"
SECRET = "hunter2-correct-horse"


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, and no .env of the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(SECRETS_DIR, str(tmp_path / "none"))


def test_the_document_is_what_the_settings_say() -> None:
    again = "run: python -m assistant.settings > docs/settings.md"
    assert DOCUMENT.read_text(encoding="utf-8") == "\n".join(documentation()) + "\n", again


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description and field.description.endswith("."), name


def test_what_sounds_secret_is_secret() -> None:
    for name, field in Settings.model_fields.items():
        if name.endswith(("_key", "_token", "_secret", "_password", "database_url")):
            assert "SecretStr" in str(field.annotation), name


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    for name in secrets:
        monkeypatch.setenv(f"SPBE_{name.upper()}", SECRET)
    settings = read_settings()
    for name in secrets:
        assert getattr(settings, name).get_secret_value() == SECRET
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()} {settings.model_dump()}"


def test_the_environment_wins_over_the_file_and_the_file_over_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name in ("spbe_telegram_token", "spbe_model_key", "spbe_embedder_key"):
        (folder / name).write_text("from the secret\n")
    (tmp_path / ".env").write_text("SPBE_MODEL_KEY=from the file\nSPBE_EMBEDDER_KEY=from the file\n")
    monkeypatch.setenv(SECRETS_DIR, str(folder))
    monkeypatch.setenv("SPBE_EMBEDDER_KEY", "from the environment")
    settings = read_settings()
    found = [settings.telegram_token, settings.model_key, settings.embedder_key]
    assert found == [SecretStr("from the secret"), SecretStr("from the file"), SecretStr("from the environment")]


def test_a_secret_file_that_is_still_empty_sets_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "spbe_telegram_token").write_text("\n")
    monkeypatch.setenv(SECRETS_DIR, str(tmp_path))
    assert read_settings().telegram_token is None


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPBE_METRICS_PORT", "")
    monkeypatch.setenv("SPBE_DATABASE_URL", "")
    settings = read_settings()
    assert settings.metrics_port is None
    assert settings.database.startswith("sqlite:///")


def test_a_setting_that_does_not_fit_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPBE_METRICS_PORT", SECRET)
    monkeypatch.setenv("SPBE_LANGUAGE", SECRET)
    with pytest.raises(RefusedInput) as refused:
        read_settings()
    assert refused.value.details["settings"] == ["SPBE_LANGUAGE", "SPBE_METRICS_PORT"]
    assert SECRET not in f"{refused.value.message} {refused.value.__cause__} {refused.value.__context__}"
