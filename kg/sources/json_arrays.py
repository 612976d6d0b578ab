"""The elements of the long array in a JSON file, one at a time: a file of any length is read in constant memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, NoReturn

from kg.records.files import MAX_LINE, Unreadable
from kg.sources.lines import open_file

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_CHUNK: Final = 1 << 16
_NUMBER: Final = 4
"""Characters behind the digits of a number within which it shows whether it goes on."""


class _Broken(ValueError):
    """The text is no JSON from here on."""


class _Text:
    """The text of a file with a place in it; what lies before the place is let go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._decoder = json.JSONDecoder(parse_constant=_no_number)
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        data = self._file.read(size)
        self._ended = not data
        self._text = self._text[self._at :] + self._decode.decode(data, final=not data)
        self._at = 0
        return bool(data)

    def peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            end = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            self._pass_to(end)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                return ""

    def take(self, character: str) -> None:
        """Go past a character that has to stand here."""
        if self.peek() != character:
            found = self.peek() or "the end of the file"
            raise _Broken(f"expected {character!r} and found {found!r}")
        self._pass_to(self._at + 1)

    def value(self) -> Any:
        """The JSON value that begins here; as much is read as it needs, and no more than a line may have."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > MAX_LINE:
                    raise _Broken(f"an element has more than {MAX_LINE:,} characters") from error
                if not self._more(size):
                    raise _Broken(error.msg) from error
                size *= 2
                continue
            cut = end == len(self._text) or (self._text[end] in ".eE" and len(self._text) - end < _NUMBER)
            if cut and self._more(_CHUNK):  # a number may go on: "1" of "1.5", "1.5" of "1.5e-7"
                continue
            self._pass_to(end)
            return value

    def _pass_to(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end


def _no_number(name: str) -> NoReturn:
    raise _Broken(f"{name} is no number")


def array_items(
    place: str | Path, field: str, head: dict[str, Any] | None = None
) -> Iterator[tuple[str, Any] | Unreadable]:
    """The elements of the array that a JSON file is, or that a field of the object which it is holds.

    Args:
        place: the file, plain or compressed with gzip.
        field: name of the field whose array is read element by element.
        head: receives the object's other fields; with the ones before the array it is filled before the first element.

    Yields:
        the place (file, line and number of the element) and the value of each element; where the JSON breaks,
        :class:`Unreadable` as the last.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    with open_file(place) as file:
        text = _Text(file)
        try:
            if text.peek() == "[":
                yield from _elements(text, place)
            else:
                yield from _members(text, place, field, {} if head is None else head)
            if text.peek():
                raise _Broken("something stands behind the end")
        except RecursionError:
            yield Unreadable(f"{place}:{text.line}", "the JSON is nested too deeply; nothing behind this was read", "")
        except UnicodeDecodeError as error:
            reason = f"the file is no UTF-8 here ({error.reason}); nothing behind this was read"
            yield Unreadable(f"{place}:{text.line}", reason, "")
        except (_Broken, EOFError, OSError) as error:
            reason = f"the JSON breaks or ends here: {error}. Nothing behind this was read; fetch the file again"
            yield Unreadable(f"{place}:{text.line}", reason, "")


def _elements(text: _Text, place: str | Path) -> Iterator[tuple[str, Any]]:
    text.take("[")
    number = 0
    while text.peek() != "]":
        number += 1
        line = text.line
        yield f"{place}:{line}#{number}", text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _members(text: _Text, place: str | Path, field: str, head: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    text.take("{")
    while text.peek() != "}":
        if text.peek() != '"':
            raise _Broken(f"expected a field and found {text.peek() or 'the end of the file'!r}")
        name = text.value()
        text.take(":")
        if name == field and text.peek() == "[":
            yield from _elements(text, place)
        else:
            head[name] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
