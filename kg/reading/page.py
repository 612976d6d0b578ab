"""A reading as one HTML page with colours, for people who check: the text with marks, and the statements."""

from __future__ import annotations

from html import escape

from kg.reading.model import Reading, Statement

_STYLE = """
body{font:16px/1.6 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
.source{background:#cfe3ff}.cue{background:#ffd9b8}.content{background:#e6f3d8}
.text{white-space:pre-wrap}table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}
"""  # noqa: E501
_RANK = {"content": 0, "source": 1, "cue": 2}


def reading_to_html(reading: Reading) -> str:
    """The page. Where marks overlap, a cue hides a source, and a source a content; the list below shows all."""
    title = escape(reading.title or "Reading")
    rows = "".join(_row(number, statement) for number, statement in enumerate(reading.statements))
    notes = "".join(f"<p>{escape(note)}</p>" for note in reading.notes)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>"
        f'<body><h1>{title}</h1><p><span class="source">source</span> <span class="cue">cue</span> '
        f'<span class="content">content</span></p>{notes}<div class="text">{_marked(reading)}</div>'
        "<table><tr><th>#</th><th>act</th><th>source</th><th>content</th><th>relays</th><th>answers</th>"
        f"<th>confidence</th></tr>{rows}</table></body></html>\n"
    )


def _marked(reading: Reading) -> str:
    text = reading.text
    edges: list[tuple[int, int, str]] = []
    for statement in reading.statements:
        for start, end, role in _roles(statement):
            edges += [(start, 1, role), (end, -1, role)]
    edges.sort(key=lambda edge: (edge[0], edge[1]))
    open_roles = dict.fromkeys(_RANK, 0)
    parts: list[str] = []
    at = 0
    for position, step, role in edges:
        parts.append(_piece(text[at:position], open_roles))
        open_roles[role] += step
        at = position
    parts.append(_piece(text[at:], open_roles))
    return "".join(parts)


def _piece(text: str, open_roles: dict[str, int]) -> str:
    if not text:
        return ""
    role = max((role for role, count in open_roles.items() if count > 0), key=_RANK.__getitem__, default=None)
    return escape(text) if role is None else f'<span class="{role}">{escape(text)}</span>'


def _roles(statement: Statement) -> list[tuple[int, int, str]]:
    out = [(statement.cue.start, statement.cue.end, "cue")]
    if statement.source is not None:
        out.append((statement.source.start, statement.source.end, "source"))
    out.extend((start, end, "content") for start, end in statement.spans)
    return out


def _row(number: int, statement: Statement) -> str:
    source = statement.source
    who = "" if source is None else source.actor or source.name or source.text
    act = statement.act if statement.manner is None else f"{statement.act} ({statement.manner})"
    cells = (
        str(number),
        act,
        who,
        statement.claim.text,
        "" if statement.relays is None else str(statement.relays),
        "" if statement.answers is None else str(statement.answers),
        f"{statement.confidence:.2f}",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
