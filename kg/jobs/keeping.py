"""Keep how far a job is, so that another process can go on with it."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import psutil

from kg.errors import JobStopped, TooManyRejects
from kg.ingest.feeds import Position, Saved
from kg.ingest.report import Counts, Rejected, reject_line
from kg.jobs.files import replace, telling
from kg.jobs.job import JobFolder, Told
from kg.records.files import Item
from schema.answers.jobs import JobCounts

_TELL_SECONDS: Final = 0.25


class JobKeeper:
    """A :class:`kg.ingest.feeds.Keeper` in the folder of a job.

    Args:
        folder: the job's; its lock is held.
        checkpoint: seconds between checkpoints.
        stops: asked after each batch whether whoever runs the job ends.
        listen: hears of the counts.
    """

    def __init__(
        self,
        folder: JobFolder,
        checkpoint: float,
        stops: Callable[[], bool] = lambda: False,
        listen: Callable[[Told], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._every = checkpoint
        self._stops = stops
        self._listen = listen
        self._max_rejects = folder.status().max_rejects
        self._as_named = (folder.input(), folder.job.place)
        self._number = 0
        self._last_save = self._began = time.monotonic()
        self._last_told = 0.0
        self._state: dict[str, Any] = {}
        path = folder.path / "checkpoint.json"
        if path.exists() and folder.job.kept is not None:  # an address tells something else the next time
            self._state = json.loads(path.read_text("utf-8"))
            self._number = self._state["number"]
        self._read_before = int(self._state.get("position", {}).get("items", 0))
        self._seconds_before = float(self._state.get("seconds", 0))
        self._rejects = int(self._state.get("rejects", 0))
        with telling(folder.rejects):
            self._file = folder.rejects.open("ab")
            self._file.truncate(int(self._state.get("rejects_bytes", 0)))  # the rest is rejected anew
            self._file.seek(0, os.SEEK_END)

    @property
    def seconds(self) -> float:
        """Of work, over all runs."""
        return round(self._seconds_before + time.monotonic() - self._began, 3)

    def saved(self) -> Saved | None:
        """What was kept last."""
        state = self._state
        if not state:
            return None
        position = Position(**{name: _counter(value) for name, value in state["position"].items()})
        held = []
        if state["held"]:
            lines = (self._folder.path / state["held"]).read_text("utf-8").splitlines()
            held = [
                Item(row["where"], row["value"], row["folder"] and Path(row["folder"]))
                for row in map(json.loads, lines)
            ]
        return Saved(position, held, state["keys"], state["revisions"], state["already"])

    def save(self, state: Saved) -> None:
        """Keep it durably: the rejects first, then what is held, and in the end the checkpoint that refers to both."""
        with telling(self._folder.rejects):
            self._file.flush()
            os.fsync(self._file.fileno())
        number = self._number + 1
        held = f"held-{number}.jsonl" if state.held else None
        if held:
            replace(self._folder.path / held, "".join(_line(item) for item in state.held))
        before = self._state.get("held")
        self._state = {
            "number": number,
            "position": {each.name: getattr(state.position, each.name) for each in fields(Position)},
            "held": held,
            "keys": dict(state.keys),
            "revisions": list(state.revisions),
            "already": dict(state.already),
            "rejects": self._rejects,
            "rejects_bytes": self._file.tell(),
            "seconds": self.seconds,
        }
        replace(self._folder.path / "checkpoint.json", json.dumps(self._state))
        self._number, self._last_save = number, time.monotonic()
        if before and before != held:
            (self._folder.path / before).unlink(missing_ok=True)

    def reject(self, rejected: Iterable[Rejected]) -> None:
        """Write rejects into the reject file, as people named the input."""
        last = None
        for each in rejected:
            last = each.model_copy(update={"where": each.where.replace(*self._as_named)})
            line = json.dumps(reject_line(last), ensure_ascii=False) + "\n"
            with telling(self._folder.rejects):
                self._file.write(line.encode("utf-8"))
            self._rejects += 1
        with telling(self._folder.rejects):
            self._file.flush()
        if last is not None and self._max_rejects is not None and self._rejects > self._max_rejects:
            raise TooManyRejects(
                f"more than {self._max_rejects:,} records were rejected; the last: {last.reason}",
                last.where,
                "See the rejects. Mend the input, or resume the job with a higher limit of rejects",
            )

    def due(self) -> bool:
        """Whether it is time to save."""
        return time.monotonic() - self._last_save >= self._every

    def told(self, position: Position, waiting: int) -> None:
        """Tell the counts, and stop where that is wanted; what was done since the last checkpoint is not lost by it."""
        if time.monotonic() - self._last_told >= _TELL_SECONDS:
            self.tell(position, waiting)
        if self._folder.is_cancelled:
            raise JobStopped("the job was cancelled", self._folder.job.id, "geokg jobs resume lets it go on")
        if self._stops():
            raise JobStopped("whoever ran the job ends", self._folder.job.id, "It goes on with the next start")

    def tell(self, position: Position, waiting: int, *, ended: bool = False) -> None:
        """Tell the counts."""
        told = self._told(position, waiting, ended)
        self._folder.tell(told, durable=ended)
        self._listen(told)
        self._last_told = time.monotonic()

    def _told(self, position: Position, waiting: int, ended: bool) -> Told:
        by_type = {kind: JobCounts(**counts.model_dump()) for kind, counts in position.by_type().items()}
        counts = JobCounts(
            **{name: sum(getattr(each, name) for each in by_type.values()) for name in Counts.model_fields},
            waiting=waiting,
        )
        counts.unchanged = max(0, counts.unchanged - waiting)
        seconds = time.monotonic() - self._began
        items = position.items - self._read_before
        fraction = 1.0 if ended else _fraction(Path(self._folder.input()))
        left = None
        if fraction is not None and fraction > 0 and items > 0:
            begun = self._read_before / max(position.items, 1) * fraction
            left = round(seconds * (1 - fraction) / (fraction - begun), 1) if fraction > begun else None
        return Told(
            counts=counts,
            by_type=by_type,
            superseded=position.superseded,
            relationships=position.relationships,
            races=position.races,
            seconds=self.seconds,
            rate=round(items / seconds, 1) if seconds > 0 else None,
            fraction=fraction,
            seconds_left=left,
            notes=tuple(position.notes),
        )

    def close(self) -> None:
        """Let go of the reject file, after all in it is on the disk."""
        with telling(self._folder.rejects):
            try:
                self._file.flush()
                os.fsync(self._file.fileno())
            finally:
                self._file.close()


def _fraction(path: Path) -> float | None:
    """How much of a file this process has read, where the system tells (Linux); None for folders and addresses."""
    with contextlib.suppress(OSError, AttributeError, psutil.Error):
        size = path.stat().st_size if path.is_file() else 0
        places = [each.position for each in psutil.Process().open_files() if each.path == str(path)]
        if size and places:
            return round(min(1.0, max(places) / size), 4)
    return None


def _counter(value: Any) -> Any:
    return Counter(value) if isinstance(value, dict) else value


def _line(item: Item) -> str:
    return json.dumps({"where": item.where, "value": item.value, "folder": item.folder and str(item.folder)}) + "\n"
