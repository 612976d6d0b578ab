"""Settings, from the environment (``GEOKG_…``); read when asked for, never when a module is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from schema.errors import InvalidInput


class Settings(BaseSettings):
    """Every setting; each is an environment variable with the prefix ``GEOKG_``."""

    model_config = SettingsConfigDict(env_prefix="GEOKG_", extra="ignore", frozen=True)

    neo4j_uri: str | None = Field(default=None, description="Use this Neo4j instead of the embedded engine")
    neo4j_user: str = Field(default="neo4j", description="User of that Neo4j")
    neo4j_password: SecretStr = Field(default=SecretStr(""), description="Its password; empty where it asks for none")
    neo4j_database: str = Field(default="neo4j", description="Its database")
    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("geokg", appauthor=False)),
        description="Where the embedded engine keeps its data",
    )
    engine_heap: str = Field(default="1g", pattern=r"^\d+[mg]$", description="Largest heap of the embedded engine")
    engine_linger: float = Field(default=3.0, ge=0, description="Seconds the embedded engine outlives its last user")
    engine_start_timeout: float = Field(default=60.0, gt=0, description="Seconds to wait for the embedded engine")
    host: str = Field(default="127.0.0.1", description="Address that geokg serve listens on")
    port: int = Field(default=8765, ge=0, le=65_535, description="Port that geokg serve listens on")
    reconcile_origins: str = Field(
        default="http://127.0.0.1:3333 http://localhost:3333",
        description="Origins, with spaces between, whose pages may use the reconciliation service: those of OpenRefine",
    )
    api_key: SecretStr | None = Field(default=None, description="Key that writes from beyond the loopback need")
    batch_size: int = Field(default=2_000, ge=1, le=50_000, description="Records written in one transaction")
    jobs_dir: Path | None = Field(
        default=None, description="Where jobs keep their inputs and how far they are; in the data folder when left out"
    )
    jobs_max_bytes: int = Field(default=4_000_000_000, ge=1, description="Most bytes of an input sent to POST /v1/jobs")
    jobs_checkpoint: float = Field(default=5.0, ge=0, description="Seconds of work that a crash may cost a job at most")
    jobs_pause: float = Field(
        default=1.0, ge=0, le=20, description="Rest of the service's jobs between batches, in parts of the work's time"
    )
    fetch_seconds: float = Field(default=30.0, gt=0, le=600, description="Seconds in which an address has to answer")
    fetch_max_bytes: int = Field(default=20_000_000, ge=1, description="Most bytes that are fetched of an address")
    fetch_private: bool = Field(default=False, description="Whether addresses off the public internet are fetched")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    review_threshold: float | None = Field(
        default=None, ge=0, le=1, description="Confidence below which a statement waits for review; 0 lets all in"
    )
    spacy_model: str = Field(default="", description="Installed spaCy model, or its folder, for the reader spacy")

    @field_validator("neo4j_uri")
    @classmethod
    def _known_scheme(cls, value: str | None) -> str | None:
        schemes = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")
        if value and not value.startswith(schemes):
            raise ValueError(f"it has to begin with one of {', '.join(schemes)}")
        return value or None


class LlmSettings(BaseSettings):
    """Settings of the reader that asks a language model; each a variable with the prefix ``GEOKG_LLM_``."""

    model_config = SettingsConfigDict(env_prefix="GEOKG_LLM_", extra="ignore", frozen=True)

    base_url: str = Field(pattern=r"^https?://\S+$", description="Address of an OpenAI-compatible API, up to /v1")
    model: str = Field(min_length=1, description="Name of the model there")
    api_key: SecretStr = Field(default=SecretStr(""), description="Key for it, where it asks for one")
    timeout: float = Field(default=120, gt=0, description="Seconds that one answer may take, its last byte included")
    retries: int = Field(default=2, ge=0, le=10, description="Tries more, where it is busy or fails on its side")
    budget: int = Field(default=500_000, ge=1, description="Tokens that one run may use")
    temperature: float | None = Field(
        default=0, ge=0, le=2, description="0 for answers that stay the same; empty for models that do not take it"
    )
    part: int = Field(default=12_000, ge=200, description="Most code points of text in one question")
    cache: Path | None = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("geokg", appauthor=False)) / "llm",
        description="Folder in which answers are kept; empty for none",
    )
    confidence: float = Field(
        default=0.7, ge=0, le=1, description="How often its statements are right, as measured by whoever uses it"
    )

    @field_validator("temperature", "cache", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value


class EnsembleSettings(BaseSettings):
    """Settings of the reader that joins others; each a variable with the prefix ``GEOKG_ENSEMBLE_``."""

    model_config = SettingsConfigDict(env_prefix="GEOKG_ENSEMBLE_", extra="ignore", frozen=True)

    readers: Annotated[str, NoDecode] = Field(default="grammar,llm", description="Names, parted by commas")
    mode: Literal["union", "vote"] = "union"


def load_settings(**overrides: object) -> Settings:
    """Read the settings; an override that is None counts as not given.

    Raises:
        InvalidInput: a setting has a value that it cannot have.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "GEOKG_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidInput(str(first["msg"]), name, "Mend or remove the setting") from error
