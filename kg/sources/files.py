"""Files of one's own: records, and articles for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.reading.article import load_article
from kg.records.files import Unreadable, find_files, is_article, read_record_file
from kg.sources.port import FoundArticle, Sourced
from schema.errors import InvalidInput


class FilesSource:
    """Reads records and articles, one file or a folder of them."""

    name = "files"
    reads = "Records (YAML, JSON, JSON lines) and articles (text, Markdown, HTML): a file or a folder, records first"

    def items(self, place: str) -> Iterator[Sourced]:
        """Records before articles, so that the articles' actors are known; each in the order of the files' names."""
        files = find_files([Path(place)])
        for path in files:
            if not is_article(path):
                yield from read_record_file(path)
        for path in files:
            if is_article(path):
                yield _article(path)


def _article(path: Path) -> Sourced:
    try:
        return FoundArticle(str(path), load_article(path.read_bytes(), filename=str(path)))
    except InvalidInput as error:
        return Unreadable(str(path), f"{error.what}. {error.remedy}" if error.remedy else error.what, "")
    except OSError as error:
        return Unreadable(str(path), f"it cannot be read: {error.strerror}", "")
