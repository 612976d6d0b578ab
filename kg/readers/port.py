"""The port: what a reader is. Readers are found by the entry points of the group ``geokg.readers``."""

from __future__ import annotations

from typing import Final, Protocol

from kg.reading.article import Article
from kg.reading.mentions import Spotter
from kg.reading.model import Reading
from schema.errors import GeokgError

GROUP: Final = "geokg.readers"
DEFAULT: Final = "grammar"


class Reader(Protocol):
    """Reads who said what about whom in an article.

    The same article has to give the same reading, as far as the reader can see to it, and every offset of a reading
    stands: ``article.text[start:end] == text``. An entry point names a callable without parameters that makes one.
    """

    @property
    def name(self) -> str:
        """The name of its entry point."""

    @property
    def version(self) -> str:
        """What changes when its readings change; it is kept with every statement."""

    def read(self, article: Article, spotter: Spotter | None = None) -> Reading:
        """Read one article; may be called in any thread.

        Args:
            article: all offsets of the result are into ``article.text``.
            spotter: finds actors; without one, speakers keep the names that the text gives them.

        Raises:
            ReaderFailed: what it depends on does not do its part.
        """


class ReaderFailed(GeokgError):
    """What the reader depends on, such as an endpoint, did not do its part; the same article may be read later."""
