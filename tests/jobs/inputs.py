"""An input with all that makes it hard to go on in its middle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.ingest.records import Mapping, actor, claim, document, statement

REJECTED = 6


def lines(number: int) -> list[str]:
    """Records of so many bodies that accuse each other, one a line, some of them poison.

    Among them: records that name what comes later, an id that comes again with other content, a body that is known
    under another name, a new version of a document that says the same again, lines that are no records.
    """
    found: list[Mapping | str] = [actor("Known Body", aliases=["Body 3"])]
    for n in range(number):
        one, other = f"Body {n}", f"Body {(n + 1) % number}"
        found += [
            {**actor(one), "provisional": True, "key": f"body-{n}"},
            document(f"d{n}", f"{one} says that {other} did it. {other} denies it.", url=f"https://example.org/{n}"),
            {**claim(f"c{n}", f"{other} did it"), "subjects": [f"body-{(n + 1) % number}"]},
            statement(f"a{n}", f"d{n}", one, "allege", f"{one} says that {other} did it.", [f"c{n}"]),
            statement(f"b{n}", f"d{n}", other, "deny", f"{other} denies it.", [f"c{n}"], answers=[f"a{n}"]),
        ]
        if n % 3 == 0:
            found.append(actor(f"Body of {n}", description="as it was"))
            found.append(actor(f"Body of {n}", description="as it is"))
        if n % 5 == 4:
            found += ["{no json", {"type": "actor", "name": f"Bad {n}", "kind": "nonsense"}]
        if n % 7 == 6:
            text = f"{one} says that {other} did it. {other} denies it. Corrected."
            again = document(f"e{n}", text, url=f"https://example.org/{n}", title=f"Title of d{n}")
            quote = f"{one} says that {other} did it."
            found += [again, statement(f"f{n}", f"e{n}", one, "allege", quote, [f"c{n}"])]
    return [each if isinstance(each, str) else json.dumps(each) for each in found]


def write(path: Path, number: int) -> Path:
    """The same as a file."""
    path.write_text("".join(line + "\n" for line in lines(number)), "utf-8")
    return path


def timeless(records: list[dict[str, Any]]) -> list[str]:
    """An export without what tells when it was written, but with all changes and retractions."""
    told = []
    for record in records:
        kept = {name: value for name, value in record.items() if name not in ("recorded_at", "parts")}
        if "retracted_at" in kept:
            kept["retracted_at"] = "once"
        if "revisions" in kept:
            kept["revisions"] = [json.loads(each)["before"] for each in kept["revisions"]]
        told.append(json.dumps(kept, ensure_ascii=False, sort_keys=True))
    return sorted(told)
