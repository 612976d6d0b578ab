"""Lines of a file that others publish, plain or compressed, none of them longer than the memory allows."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from kg.records.files import MAX_LINE, Item, Unreadable, read_json_lines
from schema.errors import InvalidInput

_GZIP: Final = b"\x1f\x8b"


def open_file(place: str | Path) -> IO[bytes]:
    """Open a file to read; what is compressed with gzip is unpacked on the way, whatever its name ends in.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    path = Path(place)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
        return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")
    except FileNotFoundError as error:
        raise InvalidInput("there is no such file", str(place), "Check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(f"it cannot be read: {reason}", str(place), "Check the file") from error


def byte_lines(place: str | Path, max_line: int = MAX_LINE) -> Iterator[bytes | Unreadable]:
    """The lines of a file with their ends, in order; so that the second one yielded is line 2.

    A line of more than ``max_line`` bytes is cut to one byte more than that, and the rest of it is passed over. Where
    the compressed stream breaks off, one :class:`Unreadable` says so, and that is the last.

    Raises:
        InvalidInput: as :func:`open_file`.
    """
    number = 0
    with open_file(place) as file:
        try:
            while line := file.readline(max_line + 1):
                number += 1
                yield line
                while len(line) > max_line and not line.endswith(b"\n"):
                    line = file.readline(max_line + 1)
                    if not line:
                        return
        except EOFError:
            yield Unreadable(f"{place}:{number + 1}", "the compressed file ends in the middle; fetch it again", "")
        except (zlib.error, gzip.BadGzipFile, OSError) as error:
            yield Unreadable(f"{place}:{number + 1}", f"the file cannot be read on from here: {error}", "")


def json_lines(place: str | Path) -> Iterator[Item | Unreadable]:
    """One JSON object a line; a line that is none, is too long or nested too deeply is told, and the rest goes on.

    Raises:
        InvalidInput: as :func:`open_file`.
    """
    broken: list[Unreadable] = []

    def whole() -> Iterator[bytes]:
        for line in byte_lines(place):
            if isinstance(line, Unreadable):
                broken.append(line)
            else:
                yield line

    yield from read_json_lines(whole(), str(place))
    yield from broken
