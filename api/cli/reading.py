"""Read articles and print who said what, without a graph."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.markup import escape

from api.cli.context import FAULTS, DataDir, err, fail, with_graph
from kg.readers.conll import reading_to_conll
from kg.readers.page import readings_to_html
from kg.readers.port import DEFAULT, Reader
from kg.readers.registry import reader_named
from kg.reading.article import Article, load_article
from kg.reading.json_form import reading_to_json
from kg.reading.mentions import Spotter
from kg.reading.model import Reading, Statement
from kg.records.files import ARTICLE_SUFFIXES
from kg.resolving.gazetteer import Gazetteer, graph_gazetteer, packaged_gazetteer
from kg.review.threshold import acceptance_threshold
from schema.errors import GeokgError, InvalidInput
from schema.times import parse_time

_STDIN = Path("-")
_MANY = 2


class Form(StrEnum):
    """How a reading is printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CONLL = "conll"
    HTML = "html"


@dataclass(frozen=True)
class _Given:
    """What the command line says of a document."""

    title: str | None
    outlet: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True)
class _Outcome:
    """What became of one file."""

    name: str
    reading: Reading | None = None
    error: GeokgError | None = None


def read(
    paths: Annotated[list[Path], typer.Argument(help="Articles, folders of articles, or - for standard input.")],
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.TEXT,
    reader: Annotated[str, typer.Option("--reader", help="Which reader; see docs/readers.md.")] = DEFAULT,
    title: Annotated[str | None, typer.Option("--title", help="Of a single document.", show_default=False)] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Who published it.", show_default=False)] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When it was published.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Of a single document.", show_default=False)] = None,
    target: Annotated[Path | None, typer.Option("--out", help="File to write.", show_default=False)] = None,
    with_graph_: Annotated[bool, typer.Option("--with-graph", help="Know the actors of the graph, too.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Read who said what about whom in articles; nothing is written into a graph."""
    try:
        files = _files(paths)
        given = _given(files, title, outlet, date, url)
        chosen = reader_named(reader)
        threshold = acceptance_threshold()
    except GeokgError as error:
        fail(error)
    spotter: Gazetteer = with_graph(graph_gazetteer, data_dir) if with_graph_ else packaged_gazetteer()
    failed = False
    with _target(target) as stream:

        def outcomes() -> Iterator[_Outcome]:
            nonlocal failed
            for file in files:
                outcome = _read(file, given, chosen, spotter)
                failed = failed or outcome.error is not None
                yield outcome

        if form is Form.HTML:
            _print_html(outcomes(), stream, threshold)
        else:
            _PRINT[form](outcomes(), stream)
    if failed:
        raise typer.Exit(FAULTS)


def _files(paths: list[Path]) -> list[Path]:
    """The files in the order given; a folder stands for the articles in it, in order of their names."""
    files: list[Path] = []
    for path in paths:
        if path != _STDIN and path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ARTICLE_SUFFIXES)
            if not inside:
                raise InvalidInput("the folder holds no article", str(path), f"Known: {', '.join(ARTICLE_SUFFIXES)}")
            files += inside
        else:
            files.append(path)
    if files.count(_STDIN) > 1:
        raise InvalidInput("standard input can be read once", "-", "Name it once")
    return files


def _given(files: list[Path], title: str | None, outlet: str | None, date: str | None, url: str | None) -> _Given:
    if len(files) >= _MANY and (title or url):
        raise InvalidInput("a title or address is that of one document", "--title, --url", "Read the files one by one")
    published = parse_time(date, "--date").edtf if date else None
    return _Given(title, outlet, published, url)


def _read(file: Path, given: _Given, reader: Reader, spotter: Spotter) -> _Outcome:
    name = str(file)
    try:
        return _Outcome(name, reading=reader.read(_article(file, given), spotter))
    except GeokgError as error:
        return _Outcome(name, error=error)


def _article(file: Path, given: _Given) -> Article:
    """The article in a file.

    Raises:
        InvalidInput: the file cannot be read, or holds no article.
    """
    named = None if file == _STDIN else str(file)
    try:
        data = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"the file cannot be read ({error.strerror})", str(file), "Check the path") from error
    return load_article(
        data, filename=named, title=given.title, outlet=given.outlet, published=given.published, url=given.url
    )


@contextmanager
def _target(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # the same bytes whatever the terminal's locale
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except OSError as error:
        fail(InvalidInput(f"it cannot be written ({error.strerror})", str(path), "Name another file"))


def _object(outcome: _Outcome) -> dict[str, Any]:
    if outcome.reading is None:
        error = outcome.error
        assert error is not None
        told = {"type": type(error).__name__, "what": error.what, "where": error.where, "remedy": error.remedy}
        return {"document": {"file": outcome.name}, "error": told}
    read_out = reading_to_json(outcome.reading)
    return {**read_out, "document": {"file": outcome.name, **read_out["document"]}}


def _print_json(outcomes: Iterator[_Outcome], stream: TextIO) -> None:
    objects = [_object(outcome) for outcome in outcomes]
    stream.write(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2) + "\n")


def _print_jsonl(outcomes: Iterator[_Outcome], stream: TextIO) -> None:
    for outcome in outcomes:
        stream.write(json.dumps(_object(outcome), ensure_ascii=False) + "\n")
        stream.flush()


def _print_conll(outcomes: Iterator[_Outcome], stream: TextIO) -> None:
    for outcome in outcomes:
        if outcome.reading is None:
            _tell(outcome)
            stream.write(f"# document = {outcome.name}\n# error = {' '.join(str(outcome.error).split())}\n\n")
        else:
            stream.write(reading_to_conll(outcome.reading, outcome.name))


def _print_html(outcomes: Iterator[_Outcome], stream: TextIO, threshold: float) -> None:
    found = [(outcome.name, outcome.reading or str(outcome.error)) for outcome in outcomes]
    stream.write(readings_to_html(found, threshold))


def _print_text(outcomes: Iterator[_Outcome], stream: TextIO) -> None:
    for outcome in outcomes:
        if outcome.reading is None:
            _tell(outcome)
            continue
        reading = outcome.reading
        facts = ", ".join(fact for fact in (reading.outlet, reading.published) if fact)
        stream.write(f"{reading.title or outcome.name}{f' ({facts})' if facts else ''}\n")
        for note in reading.notes:
            stream.write(f"  note: {note}\n")
        for index, statement in enumerate(reading.statements):
            stream.write(_sentence(index, statement))
        stream.write(f"  {len(reading.statements)} statements\n\n")


def _sentence(index: int, statement: Statement) -> str:
    source = statement.source
    speaker = "nobody named" if source is None else source.text
    known = source.actor or source.name if source is not None else None
    who = f"{speaker} [{known}]" if known and known != speaker else speaker
    manner = f" ({statement.manner})" if statement.manner else ""
    links = [
        f"{word} {other}"
        for word, other in (("relays", statement.relays), ("answers", statement.answers))
        if other is not None
    ]
    more = f"  ({', '.join(links)})" if links else ""
    head = f"  {index:>3} {statement.confidence:.2f} {who}: {statement.act}{manner}{more}\n"
    said = statement.claim.text or (statement.content.text if statement.content else "")
    return head + (f"           {' '.join(said.split())}\n" if said else "")


def _tell(outcome: _Outcome) -> None:
    err.print(f"[bold red]error[/]: {escape(str(outcome.error))}")


_PRINT: dict[Form, Callable[[Iterator[_Outcome], TextIO], None]] = {
    Form.TEXT: _print_text,
    Form.JSON: _print_json,
    Form.JSONL: _print_jsonl,
    Form.CONLL: _print_conll,
}
