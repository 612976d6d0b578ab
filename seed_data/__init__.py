"""Curated seed data: actors, topics, policies, events and relations, and the story of the White House memo on Alibaba.

Each record file is a YAML list of records as :mod:`schema.records` defines them. The texts of the story's documents
stand in ``story/documents``; ``story/gold.yaml`` says what the graph of the story must hold. ``README.md`` tells where
everything comes from.
"""

from __future__ import annotations

from importlib.resources import files as _resources
from pathlib import Path
from typing import Final

FOLDER: Final = Path(str(_resources(__name__)))
"""Where the seed data stands in this installation."""

RECORD_FILES: Final = (
    "actors.yaml",
    "topics.yaml",
    "policies.yaml",
    "story/documents.yaml",
    "story/claims.yaml",
    "events.yaml",
    "relations.yaml",
    "story/statements.yaml",
)
"""Record files in load order: what is named comes before what names it."""

GOLD: Final = FOLDER / "story" / "gold.yaml"
"""What the graph of the story must hold."""


def files() -> list[Path]:
    """Paths of the record files, in load order."""
    return [FOLDER / name for name in RECORD_FILES]


def article_files() -> list[Path]:
    """Paths of the story's texts, each of which can be ingested as an article by itself."""
    return sorted((FOLDER / "story" / "documents").glob("*.md"))
