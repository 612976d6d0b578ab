"""requirements.lock holds what pyproject.toml asks for, each with its hashes, in the part where it belongs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
_PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
_RUN, _, _DEVELOPMENT = (ROOT / "requirements.lock").read_text("utf-8").partition("# ---- development ----\n")


def _locked(part: str) -> dict[str, list[str]]:
    """Versions by name; a package can have one for each of several Pythons."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", part, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("wanted", _PROJECT["project"]["dependencies"])
def test_what_geokg_runs_on_is_in_the_first_part(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = _locked(_RUN).get(canonicalize_name(requirement.name), [])
    assert versions, "run ./dev lock"
    assert all(version in requirement.specifier for version in versions), "run ./dev lock"


@pytest.mark.parametrize("wanted", [*_PROJECT["dependency-groups"]["dev"], *_PROJECT["build-system"]["requires"]])
def test_what_its_developers_need_is_in_one_of_them(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = _locked(_RUN + _DEVELOPMENT).get(canonicalize_name(requirement.name), [])
    assert versions, "run ./dev lock"
    assert all(version in requirement.specifier for version in versions), "run ./dev lock"


def test_every_package_has_hashes() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", _RUN + _DEVELOPMENT, flags=re.MULTILINE)
    bare = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
    assert bare == []


def test_no_package_stands_in_both_parts() -> None:
    assert not _locked(_RUN).keys() & _locked(_DEVELOPMENT).keys()
