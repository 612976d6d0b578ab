"""Records for the benchmarks: made by a rule, of the shape that articles give."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


def actors(count: int) -> list[Record]:
    """Companies with two names each."""
    return [
        {"type": "actor", "name": f"Company {n:05}", "kind": "company", "country": "US", "aliases": [f"C{n:05}"]}
        for n in range(count)
    ]


def documents(count: int, actor_count: int, first: int = 0) -> list[Record]:
    """Each a document with its text, two claims, two allegations, a denial of each, and a doubt about both."""
    records: list[Record] = []
    for n in range(first, first + count):
        accuser, accused, outlet = (f"Company {(n * step) % actor_count:05}" for step in (7, 11, 13))
        if accused == accuser:
            accused = f"Company {(n + 1) % actor_count:05}"
        allegations = [f"{accuser} alleges that {accused} hid shipment {n}-{part}." for part in (0, 1)]
        denials = [f"{accused} denied that it hid shipment {n}-{part}." for part in (0, 1)]
        doubt = f"{outlet} could not verify the claims about shipments {n}."
        day = f"20{10 + n // 365 % 15:02}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        key = f"d{n}"
        text = " ".join((*allegations, *denials, doubt))
        records.append({"type": "document", "key": key, "title": f"Shipments {n}", "publisher": outlet, "text": text})
        records[-1] |= {"url": f"https://example.org/{n}", "published_at": day}
        for part in (0, 1):
            claim = {"type": "claim", "key": f"c{n}-{part}", "text": f"{accused} hid shipment {n}-{part}"}
            records.append(claim | {"subjects": [accused]})
        for part in (0, 1):
            said = {"type": "statement", "document": key, "about": [f"c{n}-{part}"]}
            alleged = {"key": f"a{n}-{part}", "act": "allege", "speaker": accuser, "quote": allegations[part]}
            denied = {"act": "deny", "manner": "flat", "speaker": accused, "quote": denials[part]}
            records += [said | alleged, said | denied | {"answers": [f"a{n}-{part}"]}]
        about = [f"c{n}-0", f"c{n}-1"]
        records.append(
            {
                "type": "statement",
                "document": key,
                "act": "not_verified",
                "speaker": outlet,
                "about": about,
                "quote": doubt,
            }
        )
    return records
