"""Files that are there as a whole or not at all, also after a crash of the machine."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import StorageFull
from schema.errors import InvalidInput

CHUNK: Final = 1 << 20
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Tell of what the system refuses in the project's own words.

    Raises:
        StorageFull: there is no room left.
        InvalidInput: it cannot be read or written for another reason.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                f"there is no room left on the disk ({error.strerror})",
                str(path),
                "Make room, or name another folder with GEOKG_JOBS_DIR, and try again; what was written stays",
            ) from error
        where = str(error.filename or path)
        raise InvalidInput(f"it cannot be read or written: {error.strerror}", where, "Check it") from error


def replace(path: Path, content: str, *, durable: bool = True) -> None:
    """Write a file so that a reader, and after a crash the disk if ``durable``, has the old content or the new one."""
    beside = path.with_name(f"{path.name}.new")
    with telling(path):
        with beside.open("w", encoding="utf-8") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
        if durable:
            settle(path.parent)


def settle(folder: Path) -> None:
    """Have a folder's entries on the disk; where a system cannot do that for folders, it is left to it."""
    with contextlib.suppress(PermissionError):  # Windows
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


class Copy:
    """A file that is being kept, with its digest."""

    def __init__(self, path: Path, digest: hashlib._Hash) -> None:
        self._path = path
        self._digest = digest
        self.size = 0
        with telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb")

    def write(self, data: bytes) -> None:
        """Add to it."""
        with telling(self._path):
            self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def close(self) -> None:
        """Have it on the disk."""
        with telling(self._path):
            try:
                self._file.flush()
                os.fsync(self._file.fileno())
            finally:
                self._file.close()

    def abandon(self) -> None:
        """Let go of it; what was written is of no use."""
        with contextlib.suppress(OSError):
            self._file.close()


def copy(origin: Path, target: Path) -> tuple[str, int]:
    """Keep a file, or a folder with all that is in it; answers the digest of names and contents, and the bytes.

    Raises:
        InvalidInput: there is nothing, or it cannot be read.
        StorageFull: there is no room for it.
    """
    digest = hashlib.sha256()
    with telling(origin):
        if not origin.exists():
            raise InvalidInput("there is no such file or folder", str(origin), "Check the path")
        if origin.is_file():
            return _copied([(origin, target)], digest)
        files = sorted(path for path in origin.rglob("*") if path.is_file())
    if not files:
        raise InvalidInput("the folder is empty", str(origin), "Name one with files in it")
    pairs = []
    for path in files:
        inside = path.relative_to(origin)
        digest.update(f"{inside.as_posix()}\x1f".encode("utf-8", "surrogateescape"))
        pairs.append((path, target / inside))
    return _copied(pairs, digest)


def _copied(pairs: list[tuple[Path, Path]], digest: hashlib._Hash) -> tuple[str, int]:
    size = 0
    for origin, target in pairs:
        kept = Copy(target, digest)
        try:
            with telling(origin), origin.open("rb") as file:
                while data := file.read(CHUNK):
                    kept.write(data)
        except BaseException:
            kept.abandon()
            raise
        kept.close()
        size += kept.size
        settle(target.parent)
    return digest.hexdigest(), size
