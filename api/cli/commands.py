"""All commands of ``geokg``, in the order of its help."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Final

import typer

from api.cli import (
    asking,
    bulk,
    changes,
    events,
    jobs,
    matching,
    owning,
    reading,
    resolving,
    retracting,
    reviewing,
    serving,
    spotting,
)
from api.cli.context import STATUSES

app = typer.Typer(
    help="geokg: who says what about whom, in which sentence, on whose word, when, and what answered it.",
    epilog=STATUSES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_OWN: Final = "Fill and keep"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"geokg {version('geokg')}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Nothing to do before the commands."""


_COMMANDS: Final[dict[str, dict[str, Callable[..., None]]]] = {
    "Serve": {"up": serving.up, "serve": serving.serve},
    "Ask": {
        "actors": asking.actors_command,
        "match": matching.match_command,
        "actor": asking.actor_command,
        "timeline": asking.timeline_command,
        "relationships": asking.relationships_command,
        "between": asking.between_command,
        "neighbourhood": asking.neighbourhood_command,
        "path": asking.path_command,
        "claims": asking.claims_command,
        "claim": asking.claim_command,
        "similar": spotting.similar_command,
        "policies": asking.policies_command,
        "policy": asking.policy_command,
        "documents": asking.documents_command,
        "document": asking.document_command,
        "events": events.events_command,
        "event": events.event_command,
        "answers": events.answers_command,
        "topics": asking.topics_command,
        "topic": asking.topic_command,
        "statistics": asking.statistics_command,
        "changes": changes.changes_command,
    },
    _OWN: {
        "read": reading.read,
        "mentions": spotting.mentions_command,
        "ingest": owning.ingest,
        "sources": jobs.sources,
        "retract": retracting.retract,
        "restore": retracting.restore,
        "verify": owning.verify,
        "rebuild": owning.rebuild,
        "export": owning.export,
    },
}
for _panel, _commands in _COMMANDS.items():
    for _name, _command in _commands.items():
        app.command(_name, rich_help_panel=_panel)(_command)
app.add_typer(bulk.bulk_app, name="bulk", rich_help_panel=_OWN)
app.add_typer(jobs.jobs_app, name="jobs", rich_help_panel=_OWN)
app.add_typer(reviewing.review_app, name="review", rich_help_panel=_OWN)
app.add_typer(resolving.resolve_app, name="resolve", rich_help_panel=_OWN)
app.add_typer(owning.schema_app, name="schema", rich_help_panel=_OWN)
