"""The scripts that people and machines start first."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
_DEV: Final = (ROOT / "dev").read_text("utf-8")

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell is installed")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "dev"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


def test_dev_tells_of_each_of_its_commands() -> None:
    told = _run("help")
    assert told.returncode == 0
    listed = set(re.findall(r"^  \./dev (\w+)", told.stdout, re.MULTILINE))
    offered = set(re.findall(r"^    (\w+)\)", _DEV.partition("case $command in\n    up)")[2], re.MULTILINE)) | {"up"}
    assert listed == offered


def test_dev_refuses_what_it_does_not_know() -> None:
    told = _run("nonsense")
    assert told.returncode == 2
    assert "./dev test" in told.stdout


@pytest.mark.parametrize(("shell", "script"), [("sh", "dev"), ("bash", ".ci/run")])
def test_scripts_are_well_formed(shell: str, script: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    told = subprocess.run([shell, "-n", str(ROOT / script)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert (ROOT / script).stat().st_mode & 0o111
