"""Topics: found by name."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question

SEARCH: Final = question(
    "topics",
    """
    MATCH (t:Topic)
    WHERE KNOWN(t) AND ($kind = '' OR t.kind = $kind)
      AND ($q = '' OR toLower(t.name) CONTAINS $q OR any(a IN coalesce(t.aliases, []) WHERE toLower(a) CONTAINS $q))
      AND (t.name > $name OR (t.name = $name AND t.id > $id))
    WITH t ORDER BY t.name, t.id LIMIT $limit
    RETURN t {.*} AS topic,
      COUNT { MATCH (t)<-[r:CONCERNS|OBJECT|TARGETS]-(m) WHERE LINKED(r) AND KNOWN(m) AND THEN(m) } AS n
    ORDER BY topic.name, topic.id
    """,
)

ONE: Final = question("one topic", "MATCH (t:Topic {id: $id}) WHERE KNOWN(t) RETURN t {.*} AS topic")
