"""The command ``geokg`` in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

GEOKG: Final = str(Path(sys.executable).with_name("geokg"))


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


async def geokg(*arguments: str, environment: Mapping[str, str], cwd: Path | None = None) -> Done:
    """Run ``geokg`` and wait until it has ended."""
    child = await asyncio.create_subprocess_exec(
        *(GEOKG, *arguments),
        env={**os.environ, **environment},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await child.communicate()
    assert child.returncode is not None
    return Done(child.returncode, out.decode(), err.decode())
