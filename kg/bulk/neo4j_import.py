"""Write a graph as the files that ``neo4j-admin database import full`` reads, header and data apart.

Format: Neo4j Operations Manual 5, "Import": a header file says name and type of each column; ids are unique within
their label (an id space of that name); what is not there is an empty field, an empty text is ``""``. Texts have line
breaks, so fields are multi-line. Elements of a list are parted by U+001F, which no text of the graph can hold.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from pydantic import BaseModel

from kg.cypher import bulk as queries
from kg.engine.graph import Graph
from schema.errors import InvalidInput

ARGUMENTS: Final = "import.args"
_PAGE: Final = 500
_PART: Final = "\x1f"
_OPEN: Final = 64
"""Files held open at once; there are some two hundred kinds of relationship and ends at most."""


class Exported(BaseModel):
    """What was written, and how it is imported."""

    folder: str
    nodes: int
    relationships: int
    files: int
    command: str


@dataclass(slots=True)
class _Table:
    """The rows of one label, or of one type of relationship between two labels; spooled until its columns are known."""

    name: str
    start: str | None
    """Id space of the nodes; of the starts of relationships."""
    end: str | None
    path: Path
    types: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    longest: int = 0
    spool: IO[str] | None = None

    def add(self, ends: tuple[str, str] | None, props: Mapping[str, Any]) -> None:
        for name, value in props.items():
            found = _type_of(value)
            known = self.types.setdefault(name, found)
            if known != found:
                self.types[name] = _wider(known, found)
        if self.spool is None:
            self.spool = self.path.with_suffix(".spool").open("a", encoding="utf-8")
        self.spool.write(json.dumps([ends, props], ensure_ascii=False) + "\n")
        self.rows += 1

    def rest(self) -> None:
        """Close the spool until it is needed again."""
        if self.spool is not None:
            self.spool.close()
            self.spool = None

    def finish(self) -> None:
        """Write header and data, and remove the spool."""
        self.rest()
        spool = self.path.with_suffix(".spool")
        columns = sorted(self.types)
        self.header.write_text(",".join(self._header(columns)) + "\n", "utf-8")
        with spool.open(encoding="utf-8") as rows, self.path.open("w", encoding="utf-8", newline="") as file:
            for line in rows:
                ends, props = json.loads(line)
                fields = [_field(props.get(name), self.types[name]) for name in columns]
                text = ",".join(fields if ends is None else [_quoted(ends[0]), _quoted(ends[1]), *fields])
                self.longest = max(self.longest, len(text.encode()))
                file.write(text + "\n")
        spool.unlink()

    def _header(self, columns: Sequence[str]) -> list[str]:
        if self.end is not None:
            return [f":START_ID({self.start})", f":END_ID({self.end})", *(f"{n}:{self.types[n]}" for n in columns)]
        return [f"id:ID({self.start})" if name == "id" else f"{name}:{self.types[name]}" for name in columns]

    @property
    def header(self) -> Path:
        return self.path.with_suffix(".header.csv")

    @property
    def argument(self) -> str:
        """The option that names its files."""
        option = "--nodes" if self.end is None else "--relationships"
        return f"{option}={self.name}={self.header.name},{self.path.name}"


async def export_neo4j(graph: Graph, folder: Path) -> Exported:
    """Write every node and relationship of a graph, derived ones and changesets among them.

    The importing Neo4j has no constraints and indexes afterwards; the first command of geokg on it makes them, since
    the schema's version is written as 0. Memory does not grow with the graph.

    Args:
        graph: the open graph; it should not be written to meanwhile.
        folder: new or empty.

    Raises:
        InvalidInput: the folder cannot be used.
        EngineUnavailable: the engine went away.
    """
    _prepare(folder)
    tables: dict[tuple[str, str | None, str | None], _Table] = {}

    def table(name: str, start: str, end: str | None) -> _Table:
        key = (name, start, end)
        if key not in tables:
            place = folder / ("-".join(part for part in (start if end else None, name, end) if part) + ".csv")
            tables[key] = _Table(name, start, end, place)
        if tables[key].spool is None and sum(each.spool is not None for each in tables.values()) >= _OPEN:
            for each in tables.values():
                each.rest()
        return tables[key]

    for row in await graph.read(queries.SCHEMA_VERSION):
        table("SchemaVersion", "SchemaVersion", None).add(None, {**row["props"], "version": 0})
    for label in queries.LABELS:
        after = ""
        while found := await graph.read(queries.nodes_after(label), after=after, limit=_PAGE):
            ids = [row["props"]["id"] for row in found]
            after = ids[-1]
            for row in found:
                table(label, label, None).add(None, row["props"])
            for row in await graph.read(queries.relationships_from(label), ids=ids):
                table(row["kind"], label, row["label"]).add((row["start"], row["end"]), row["props"])
    for each in tables.values():
        each.finish()
    return _told(folder, list(tables.values()))


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InvalidInput("the folder is not empty", str(folder), "Name a new one")
        if not os.access(folder, os.W_OK):
            raise InvalidInput("the folder cannot be written to", str(folder), "Name another one")
    except OSError as error:
        raise InvalidInput(f"the folder cannot be used: {error.strerror}", str(folder), "Name another one") from error


def _told(folder: Path, tables: Sequence[_Table]) -> Exported:
    longest = max((each.longest for each in tables), default=0)
    arguments = [each.argument for each in sorted(tables, key=lambda each: (each.end is not None, each.path.name))]
    arguments += ["--multiline-fields=true", "--array-delimiter=U+001F", "--id-type=string"]
    arguments += [f"--read-buffer-size={max(4, longest * 2 // 1_000_000 + 1)}m"]
    (folder / ARGUMENTS).write_text("".join(argument + "\n" for argument in arguments), "utf-8")
    return Exported(
        folder=str(folder),
        nodes=sum(each.rows for each in tables if each.end is None),
        relationships=sum(each.rows for each in tables if each.end is not None),
        files=2 * len(tables) + 1,
        command=f"cd {folder} && neo4j-admin database import full @{ARGUMENTS} neo4j",
    )


def _type_of(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case list():
            return f"{_type_of(value[0]) if value else 'string'}[]"
        case _:
            return "string"


def _wider(one: str, other: str) -> str:
    """The type that holds the values of both."""
    many = "[]" if one.endswith("[]") else ""
    numbers = {one.removesuffix("[]"), other.removesuffix("[]")} == {"long", "double"}
    return f"{'double' if numbers else 'string'}{many}"


def _field(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind.endswith("[]"):
        return _quoted(_PART.join(_plain(each) for each in value))
    return _quoted(value) if kind == "string" else _plain(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(value: Any) -> str:
    return '"' + str(value).replace('"', '""') + '"'
