"""neo4j-graphrag's ``Neo4jWriter`` on the same nodes and relationships, in an environment of its own.

Run as a script it is that environment's part: it reads the rows that :mod:`bench.feeds.writes` wrote down, and prints
seconds as JSON. The writer merges relationships by APOC, which Maven fetches into the server's folder of plug-ins.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any, Final

APOC: Final = "org.neo4j.procedure:apoc-core:5.26.0:jar:core"
PACKAGE: Final = "neo4j-graphrag==1.22.0"


def environment(folder: Path) -> Path:
    """Make the environment; answers its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", PACKAGE], check=True)
    return python


def fetch_apoc(plugins: Path) -> None:
    """Bring APOC into a server's folder of plug-ins.

    Raises:
        RuntimeError: Maven cannot bring it.
    """
    maven = shutil.which("mvn")
    plugins.mkdir(parents=True, exist_ok=True)
    if maven is None:
        raise RuntimeError("Maven is not installed")
    command = [maven, "-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"]
    command += [f"-Dartifact={APOC}", f"-DoutputDirectory={plugins}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=plugins)
    if done.returncode:
        raise RuntimeError(f"Maven does not bring {APOC}: {done.stdout[-300:]}")


def measure(python: Path, uri: str, file: Path, most: int) -> dict[str, float]:
    """Seconds for about ``most`` rows of what was written down, and how many these were."""
    told = subprocess.run([python, __file__, uri, str(file), str(most)], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return answer


def _graphs(file: Path, most: int) -> Any:
    """Nodes and relationships of the windows, as the package's own types."""
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship  # type: ignore # noqa: PLC0415

    rows = 0
    with file.open("rb") as opened:
        while rows < most:
            try:
                writes = pickle.load(opened)
            except EOFError:
                return
            nodes, relationships = [], []
            for text, found in writes.items():
                if "MATCH" in text:
                    kind = text.split("[r:", 1)[1].split("]", 1)[0]
                    relationships += [
                        Neo4jRelationship(
                            start_node_id=row["start"], end_node_id=row["end"], type=kind, properties=row["props"]
                        )
                        for row in found
                    ]
                else:
                    label = text.split("(n:", 1)[1].split(")", 1)[0]
                    nodes += [Neo4jNode(id=row["id"], label=label, properties=row) for row in found]
            rows += len(nodes) + len(relationships)
            yield Neo4jGraph(nodes=nodes, relationships=relationships)


async def _write(uri: str, file: Path, most: int) -> dict[str, float]:
    from neo4j import GraphDatabase  # noqa: PLC0415
    from neo4j_graphrag.components.kg_writer import Neo4jWriter  # type: ignore # noqa: PLC0415

    seconds, rows = 0.0, 0
    with GraphDatabase.driver(uri) as driver:
        writer = Neo4jWriter(driver, batch_size=2_000, clean_db=False)  # later windows name nodes of earlier ones
        for graph in _graphs(file, most):
            started = time.perf_counter()
            answer = await writer.run(graph)
            seconds += time.perf_counter() - started
            if answer.status != "SUCCESS":
                raise RuntimeError(str(answer.metadata))
            rows += len(graph.nodes) + len(graph.relationships)
    return {"seconds": seconds, "rows": rows}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))))
