"""The command line ``geokg``: the same questions as REST, and what only the owner of a graph does."""

from __future__ import annotations

import sys

from api.cli.commands import app


def main() -> None:
    """Entry point of the ``geokg`` command; see ``geokg --help``."""
    app(prog_name="geokg")
    sys.exit(0)
