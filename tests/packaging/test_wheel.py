"""The wheel brings what geokg runs on, and nothing of what it is made with."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

import pytest
from hatchling.builders.wheel import WheelBuilder

import seed_data

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project's wheel, built for this test."""
    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"]))
    return zipfile.ZipFile(built)


def _data(folder: str, pattern: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)]


def test_it_holds_every_module_and_every_data_file(wheel: zipfile.ZipFile) -> None:
    wanted = [name for package in ("schema", "kg", "api", "seed_data") for name in _data(package, "*.py")]
    wanted += [*_data("schema", "*.yaml"), *_data("kg", "*.yaml")]
    wanted += [path.relative_to(ROOT).as_posix() for path in (*seed_data.files(), *seed_data.article_files())]
    assert sorted(set(wanted) - set(wheel.namelist())) == []


def test_it_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    packages = {top for top in tops if not top.endswith(".dist-info")}
    assert packages == {"schema", "kg", "api", "seed_data"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name]


def test_it_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    entry_points = next(name for name in names if name.endswith("entry_points.txt"))
    assert b"geokg = api.cli:main" in wheel.read(entry_points)
