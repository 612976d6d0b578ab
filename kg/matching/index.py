"""The index of names: candidates for a name out of a million, by letters, words, sound and beginning, in milliseconds.

It is one tantivy index on disk, or in memory, that any number of processes may read while one of them writes. It holds
a copy of names, and says up to which write of the graph it knows them; what is true is asked of the graph.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy

from kg.matching.grams import tokens_of

FORMAT: Final = 1
"""Raised when what is indexed of a name changes, so that older indexes are made anew."""

_BETWEEN: Final = "\x1f"
_HEAP: Final = 128_000_000
_SMALL_HEAP: Final = 15_000_000
_STATE: Final = "state"
_MOST_GRAMS: Final = 32
_EXACT_BOOST: Final = 40.0
_WORD_BOOST: Final = 2.5
_BEGIN_BOOST: Final = 2.5
_SOUND_BOOST: Final = 1.5


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One name of one actor, with what narrows a search down."""

    alias: str
    name: str
    alias_kind: str
    actor: str
    actor_name: str
    kind: str
    country: str
    identifiers: tuple[str, ...] = ()

    def row(self) -> str:
        """All of it in one text, as the index keeps it."""
        fields = (self.alias, self.name, self.alias_kind, self.actor, self.actor_name, self.kind, self.country)
        return _BETWEEN.join((*fields, *self.identifiers))

    @classmethod
    def of(cls, row: str) -> IndexedName:
        """From what the index keeps."""
        alias, name, alias_kind, actor, actor_name, kind, country, *identifiers = row.split(_BETWEEN)
        return cls(alias, name, alias_kind, actor, actor_name, kind, country, tuple(identifiers))


class IndexBusy(Exception):
    """Another process writes into the index just now."""


class NameIndex:
    """The index in a folder, or in memory where no folder is given."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        schema = _schema()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(schema, path=str(folder) if folder else None)
        except (ValueError, OSError):  # made by another version, or broken: it is only a copy
            if folder is None:
                raise
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(schema, path=str(folder))
        self._schema = schema
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("spaces", analyzer)
        self._index.config_reader("Manual")
        self.reload()

    def reload(self) -> None:
        """See what was committed since, by whichever process."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self._state = self._read_state()

    @property
    def state(self) -> tuple[str, int] | None:
        """Of which graph it is a copy, and up to which write; None while it is none."""
        return self._state

    def __len__(self) -> int:
        return max(0, int(self._searcher.num_docs) - (1 if self._state else 0))

    def _read_state(self) -> tuple[str, int] | None:
        hits = self._searcher.search(self._term("alias", _STATE), 1, count=False).hits
        if not hits:
            return None
        form, graph, turn = str(self._searcher.doc(hits[0][1]).get_first("row")).split(_BETWEEN)
        return (graph, int(turn)) if int(form) == FORMAT else None

    # ---- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def rebuilding(self) -> Iterator[Rebuilding]:
        """Take new names in the place of all that it holds; readers see the old ones until the commit.

        Raises:
            IndexBusy: another process writes.
        """
        making = Rebuilding(self, self._writer(_HEAP))
        try:
            yield making
        except BaseException:
            making.writer.rollback()
            raise

    def update(self, graph: str, turn: int, names: Sequence[IndexedName]) -> None:
        """Put these names in the place of what it holds of the same actors.

        Raises:
            IndexBusy: another process writes.
        """
        writer = self._writer(_SMALL_HEAP)
        try:
            for actor in {name.actor for name in names}:
                writer.delete_documents_by_term("actor", actor)
            for name in names:
                writer.add_document(_document(name))
            self.commit(writer, graph, turn)
        except BaseException:
            writer.rollback()
            raise

    def _writer(self, heap: int) -> Any:
        try:
            return self._index.writer(heap, 1)
        except ValueError as error:
            raise IndexBusy(str(error)) from error

    def commit(self, writer: Any, graph: str, turn: int) -> None:
        """Commit, and say up to which write of which graph the names are known."""
        writer.delete_documents_by_term("alias", _STATE)
        row = _BETWEEN.join((str(FORMAT), graph, str(turn)))
        writer.add_document(tantivy.Document(alias=[_STATE], row=[row]))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    # ---- finding -----------------------------------------------------------------------------------------------------

    def exact(self, key: str, kind: str = "", country: str = "", limit: int = 1_000) -> list[IndexedName]:
        """Names that are the same when folded."""
        return self._found(self._narrowed(self._term("key", key), kind, country), limit)

    def identified(self, identifiers: Sequence[str], limit: int = 200) -> list[IndexedName]:
        """Names of actors with one of these identifiers, each "scheme:value"."""
        if not identifiers:
            return []
        parts = [(tantivy.Occur.Should, self._term("identifier", each)) for each in identifiers]
        return self._found(tantivy.Query.boolean_query(parts), limit)

    def similar(
        self, name: str, kind: str = "", country: str = "", limit: int = 200, *, begun: bool = False
    ) -> list[IndexedName]:
        """Names like this one, the most alike by letters, words and sound first.

        Args:
            name: as asked for.
            kind: only actors of this kind.
            country: only actors of this country.
            limit: most names.
            begun: whether the last word may be only the beginning of one.
        """
        parts: list[tuple[Any, Any]] = []
        tokens = tokens_of(name)
        last = len(tokens.words) - 1
        for place, word in enumerate(tokens.words):
            parts.append(self._should("words", word, _WORD_BOOST))
            if begun and place == last:
                parts.append(self._should("begins", word[:LONGEST_BEGINNING], _BEGIN_BOOST))
        parts += [self._should("sounds", sound, _SOUND_BOOST) for sound in tokens.sounds]
        parts += [self._should("grams", gram, 1.0) for gram in tokens.grams[:_MOST_GRAMS]]
        if not parts:
            return []
        parts.append(self._should("key", tokens.key, _EXACT_BOOST))
        return self._found(self._narrowed(tantivy.Query.boolean_query(parts), kind, country), limit)

    def _should(self, field: str, value: str, boost: float) -> tuple[Any, Any]:
        query = self._term(field, value)
        return tantivy.Occur.Should, tantivy.Query.boost_query(query, boost) if boost != 1.0 else query

    def _term(self, field: str, value: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _narrowed(self, query: Any, kind: str, country: str) -> Any:
        filters = [(field, value) for field, value in (("kind", kind), ("country", country)) if value]
        if not filters:
            return query
        parts = [(tantivy.Occur.Must, query)]
        parts += [(tantivy.Occur.Must, tantivy.Query.const_score_query(self._term(*each), 0.0)) for each in filters]
        return tantivy.Query.boolean_query(parts)

    def _found(self, query: Any, limit: int) -> list[IndexedName]:
        searcher = self._searcher
        hits = searcher.search(query, limit, count=False).hits
        rows = [str(searcher.doc(address).get_first("row")) for _, address in hits]
        return [IndexedName.of(row) for row in rows]


class Rebuilding:
    """An index that is being made anew."""

    def __init__(self, index: NameIndex, writer: Any) -> None:
        self._index = index
        self.writer = writer
        writer.delete_all_documents()

    def add(self, names: Iterable[IndexedName]) -> None:
        """Add names."""
        for name in names:
            self.writer.add_document(_document(name))

    def commit(self, graph: str, turn: int) -> None:
        """Let readers see them; see :meth:`NameIndex.commit`."""
        self._index.commit(self.writer, graph, turn)


LONGEST_BEGINNING: Final = 8
"""Letters of a word's beginning that are indexed."""


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("row", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("alias", "actor", "kind", "country", "key", "identifier"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("words", "begins", "sounds", "grams"):
        builder.add_text_field(field, tokenizer_name="spaces", index_option="basic")
    return builder.build()


def _document(name: IndexedName) -> Any:
    tokens = tokens_of(name.name)
    return tantivy.Document(
        row=[name.row()],
        alias=[name.alias],
        actor=[name.actor],
        kind=[name.kind],
        country=[name.country],
        key=[tokens.key],
        identifier=list(name.identifiers),
        words=[" ".join(tokens.words)],
        begins=[
            " ".join(word[:end] for word in tokens.words for end in range(1, min(len(word), LONGEST_BEGINNING) + 1))
        ],
        sounds=[" ".join(tokens.sounds)],
        grams=[" ".join(tokens.grams)],
    )
