"""The saved queries of docs/browser, and the two forms in which people get them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[2] / "docs" / "browser"
PAGE: Final = FOLDER / "queries.md"
PACK: Final = FOLDER / "geokg-queries.zip"
STYLE: Final = FOLDER / "geokg.grass"
_SHELF: Final = "geokg"
"""The folder among Neo4j Browser's saved scripts in which they appear."""

_HEAD: Final = """\
# Saved queries for Neo4j Browser

Drag `geokg.grass` onto Neo4j Browser, and nodes and relationships get their colours, sizes and captions. Drag
`geokg-queries.zip` onto it, and the queries below are among its saved scripts (the star), in the folder `geokg`.
Each is a file of its own in `queries/`. Names such as Alibaba's are there to be replaced by others.
"""


@dataclass(frozen=True)
class SavedQuery:
    """One question with its Cypher; the first line is a comment that says what is asked."""

    name: str
    text: str

    @property
    def question(self) -> str:
        """What an analyst asks, in words."""
        return self.text.partition("\n")[0].removeprefix("// ")

    @property
    def cypher(self) -> str:
        """The statement without that comment."""
        return self.text.partition("\n")[2]


def saved_queries() -> list[SavedQuery]:
    """All of them, in order."""
    return [SavedQuery(path.stem, path.read_text("utf-8")) for path in sorted((FOLDER / "queries").glob("*.cypher"))]


def as_page() -> str:
    """queries.md."""
    parts = [f"\n## {query.question}\n\n```cypher\n{query.cypher}```\n" for query in saved_queries()]
    return _HEAD + "".join(parts)


def as_pack() -> bytes:
    """The zip that Neo4j Browser takes; the same bytes each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as pack:
        for query in saved_queries():
            entry = zipfile.ZipInfo(f"{_SHELF}/{query.name}.cypher", date_time=(1980, 1, 1, 0, 0, 0))
            pack.writestr(entry, query.text)
    return written.getvalue()
