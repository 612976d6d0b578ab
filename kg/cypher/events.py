"""Events: found by what they are and who took part, and one with what it led to."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query


def _search(name: str, start: str) -> Query:
    return question(
        name,
        f"""
        {start}
        WITH e, coalesce(e.at_earliest, '') AS at
        WHERE KNOWN(e) AND THEN(e) AND ($kind = '' OR e.kind = $kind) AND ($country = '' OR e.country = $country)
          AND ($q = '' OR toLower(e.title) CONTAINS $q)
          AND at >= $earliest AND at <= $latest
          AND ($at IS NULL OR at < $at OR (at = $at AND e.id < $id))
        WITH DISTINCT e, at ORDER BY at DESC, e.id DESC LIMIT $limit
        RETURN EVENT(e) AS event, at ORDER BY at DESC, event.id DESC
        """,
    )


SEARCH: Final = _search("events", "MATCH (e:Event)")
OF_PARTICIPANT: Final = _search(
    "events of an actor",
    "UNWIND $participants AS participant "
    "MATCH (:Actor {id: participant})-[r:PARTICIPATED_IN]->(e:Event) WHERE LINKED(r)",
)

ONE: Final = question(
    "one event",
    """
    MATCH (e:Event {id: $id}) WHERE KNOWN(e) AND THEN(e)
    RETURN EVENT(e) AS event,
      [(e)-[r1:CONCERNS]->(m1) WHERE LINKED(r1) AND KNOWN(m1) | REF(m1)] AS concerns,
      [(e)-[r2:LED_TO]->(m2) WHERE LINKED(r2) AND KNOWN(m2) AND THEN(m2) | REF(m2)] AS led_to,
      [(e)<-[r3:LED_TO]-(m3) WHERE LINKED(r3) AND KNOWN(m3) AND THEN(m3) | REF(m3)] AS led_to_by,
      [(e)<-[r4:RESPONDS_TO]-(m4) WHERE LINKED(r4) AND KNOWN(m4) AND THEN(m4) | REF(m4)] AS responses
    """,
)

STATEMENTS: Final = question(
    "statements about an event",
    """
    MATCH (e:Event {id: $id})<-[r:ABOUT]-(s:Statement)
    WHERE KNOWN(s) AND LINKED(r) AND coalesce(s.asserted_at_earliest, '') <= $valid_until
    WITH s ORDER BY coalesce(s.asserted_at_earliest, ''), s.id LIMIT 100
    RETURN STATEMENT(s) AS statement
    """,
)
