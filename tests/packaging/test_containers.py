"""docker-compose.yml and Dockerfile, checked without a Docker engine.

The Compose file is held against the Compose specification's own JSON schema, which comes with check-jsonschema.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema.validators import validator_for

from kg.settings import Settings

ROOT: Final = Path(__file__).parents[2]
_COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
_SERVICES: Final[dict[str, Any]] = _COMPOSE["services"]
_VERSION: Final[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def _instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined and comments left out."""
    lines = [line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in whole.splitlines() if line.strip()]


def _faults(compose: dict[str, Any]) -> list[Any]:
    schema = get_builtin_schema("vendor.compose-spec")
    return list(validator_for(schema)(schema).iter_errors(compose))


def test_compose_file_follows_the_specification() -> None:
    assert _faults(_COMPOSE) == []


def test_the_schema_would_find_a_fault() -> None:
    broken = {**_COMPOSE, "services": {"neo4j": {**_SERVICES["neo4j"], "helthcheck": {}}}}
    assert _faults(broken)


def test_neo4j_has_health_check_volume_and_password_from_the_environment() -> None:
    neo4j = _SERVICES["neo4j"]
    assert neo4j["image"] == "neo4j:5.26-community"
    assert neo4j["healthcheck"]["test"][0] == "CMD-SHELL"
    assert "neo4j-data:/data" in neo4j["volumes"]
    assert "neo4j-data" in _COMPOSE["volumes"]
    assert neo4j["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert "127.0.0.1:7474:7474" in neo4j["ports"]


def test_geokg_waits_for_neo4j_and_shares_its_password() -> None:
    geokg = _SERVICES["geokg"]
    assert geokg["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert geokg["environment"]["GEOKG_NEO4J_URI"] == "bolt://neo4j:7687"
    assert geokg["environment"]["GEOKG_NEO4J_PASSWORD"].startswith("${NEO4J_PASSWORD:?")
    assert geokg["image"] == f"geokg:{_VERSION}"
    assert geokg["read_only"] is True


@pytest.mark.parametrize("service", _SERVICES)
def test_ports_are_open_to_this_machine_only(service: str) -> None:
    assert all(str(port).startswith("127.0.0.1:") for port in _SERVICES[service]["ports"])


@pytest.mark.parametrize("file", ["docker-compose.yml", "Dockerfile", ".env.example"])
def test_it_names_only_settings_that_there_are(file: str) -> None:
    named = set(re.findall(r"\bGEOKG_([A-Z0-9_]+)\b", (ROOT / file).read_text("utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_variables_of_the_compose_file_stand_in_the_example() -> None:
    required = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text("utf-8")))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert required == {"NEO4J_PASSWORD"}
    assert re.search(r"^NEO4J_PASSWORD=$", example, re.MULTILINE), "the example must not bring a password of its own"


def test_image_is_built_in_two_stages_from_pinned_pythons() -> None:
    bases = [rest for name, rest in _instructions() if name == "FROM"]
    assert len(bases) == 2
    for base in bases:
        assert re.match(r"python:3\.\d+\.\d+-slim-\w+( AS build)?$", base), base


def test_image_runs_as_nobody_of_importance_and_says_how_it_is() -> None:
    instructions = _instructions()
    last_stage = instructions[[name for name, _ in instructions].index("FROM", 1) :]
    final = dict(last_stage)
    assert final["USER"] not in ("root", "0")
    assert "/readyz" in final["HEALTHCHECK"]
    assert final["CMD"] == '["geokg", "serve", "--host", "0.0.0.0"]'
    assert "COPY" in final
    assert all("--from=build" in rest for name, rest in last_stage if name == "COPY")


def test_image_is_installed_from_the_lock() -> None:
    runs = " ".join(rest for name, rest in _instructions() if name in ("RUN", "ENV"))
    assert "PIP_REQUIRE_HASHES=1" in runs
    assert "PIP_ONLY_BINARY=:all:" in runs
    mark = re.search(r"sed '/\^(.*?)/,\$d'", runs)
    assert mark
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert lock.count(f"\n{mark[1]}") == 1
    run_time = lock.partition(f"\n{mark[1]}")[0]
    assert "\nneo4j==" in run_time
    assert "\npytest==" not in run_time
