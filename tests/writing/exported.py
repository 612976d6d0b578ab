"""The graph as text, to compare."""

from __future__ import annotations

from typing import Any

from kg.engine.graph import Graph
from kg.export import as_lines, export_records


async def exported(graph: Graph) -> list[dict[str, Any]]:
    """Every record of the graph."""
    return [record async for record in export_records(graph)]


async def exported_text(graph: Graph) -> str:
    """Every record of the graph, a line each; equal graphs have equal texts."""
    return as_lines(await exported(graph))
