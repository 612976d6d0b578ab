"""The settings of the reader that asks a language model (`kg.settings.LlmSettings`), with a plug-in's errors."""

from __future__ import annotations

from pydantic import ValidationError

from kg.plugins import PluginUnavailable
from kg.settings import LlmSettings

__all__ = ["LlmSettings", "llm_settings"]


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
