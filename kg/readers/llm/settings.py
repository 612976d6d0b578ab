"""Settings of the reader that asks a language model, from the environment (``GEOKG_LLM_…``)."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.plugins import PluginUnavailable


class LlmSettings(BaseSettings):
    """Every setting; each is an environment variable with the prefix ``GEOKG_LLM_``."""

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


def llm_settings() -> LlmSettings:
    """Read the settings.

    Raises:
        PluginUnavailable: one is missing, or has a value that it cannot have.
    """
    try:
        return LlmSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"GEOKG_LLM_{first['loc'][0]}".upper()
        raise PluginUnavailable(
            f"the setting {name} is missing or wrong: {first['msg']}",
            "reader llm",
            "Name the endpoint with GEOKG_LLM_BASE_URL (such as http://127.0.0.1:11434/v1) and GEOKG_LLM_MODEL",
        ) from error
