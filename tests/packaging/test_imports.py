"""Imports go one way: schema <- kg <- api, and inside kg as the contracts in pyproject.toml say."""

from __future__ import annotations

from pathlib import Path

import pytest
from importlinter import cli

_SETTINGS = Path(__file__).parents[2] / "pyproject.toml"


def test_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.lint_imports(config_filename=str(_SETTINGS), no_cache=True, no_logo=True)
    told = capsys.readouterr().out
    assert status == cli.EXIT_STATUS_SUCCESS, told
    assert "0 broken" in told
