"""The default reader: the grammar of :mod:`kg.reading`, offline and without a model."""

from __future__ import annotations

from kg.reading.article import Article
from kg.reading.mentions import Spotter
from kg.reading.model import READER_VERSION, Reading
from kg.reading.read import read_article


class GrammarReader:
    """Reads by rules; see :func:`kg.reading.read.read_article`."""

    name = "grammar"
    version = READER_VERSION

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        """Read one article."""
        return read_article(article, spotter)
