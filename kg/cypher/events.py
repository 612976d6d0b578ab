"""Events: found by what they are and who took part, and one with what it led to."""

from __future__ import annotations

from typing import Final

from kg.cypher.shapes import question
from kg.engine.query import Query

_ALL: Final = "MATCH (e:Event)"
_CODED: Final = "UNWIND $codes AS code MATCH (e:Event {cameo: code})"
_PARTICIPANTS: Final = (
    "UNWIND $participants AS participant MATCH (:Actor {id: participant})-[r:PARTICIPATED_IN]->(e:Event)"
    " WHERE LINKED(r) AND ($role = '' OR r.role = $role)"
)
_WANTED: Final = """
    WITH e, coalesce(e.at_earliest, '') AS at
    WHERE KNOWN(e) AND THEN(e) AND ($kind = '' OR e.kind = $kind) AND ($country = '' OR e.country = $country)
      AND ($q = '' OR toLower(e.title) CONTAINS $q) AND ($coded = '' OR toLower(e.coded) CONTAINS $coded)
      AND (size($codes) = 0 OR e.cameo IN $codes) AND ($plover = '' OR e.plover = $plover)
      AND at >= $earliest AND at <= $latest
    """


def _search(name: str, start: str) -> Query:
    return question(
        name,
        f"""
        {start} {_WANTED}
          AND ($at IS NULL OR at < $at OR (at = $at AND e.id < $id))
        WITH DISTINCT e, at ORDER BY at DESC, e.id DESC LIMIT $limit
        RETURN EVENT(e) AS event, at ORDER BY at DESC, event.id DESC
        """,
    )


def _count(name: str, start: str) -> Query:
    return question(f"number of {name}", f"{start} {_WANTED} RETURN count(DISTINCT e) AS n")


SEARCH: Final = _search("events", _ALL)
OF_CODES: Final = _search("events of some codes", _CODED)
OF_PARTICIPANT: Final = _search("events of an actor", _PARTICIPANTS)

COUNT: Final = _count("events", _ALL)
COUNT_OF_CODES: Final = _count("events of some codes", _CODED)
COUNT_OF_PARTICIPANT: Final = _count("events of an actor", _PARTICIPANTS)

BY_ID: Final = question("events by id", "UNWIND $ids AS id MATCH (e:Event {id: id}) RETURN EVENT(e) AS event")

ACCUSATIONS: Final = question(
    "coded accusations of some dyads",
    """
    UNWIND $dyads AS dyad UNWIND dyad.accusers AS accuser
    MATCH (y:Actor {id: accuser})-[a:ACCUSES]->(x:Actor)
    WHERE x.id IN dyad.accused AND a.coded AND KNOWN(a)
      AND a.at_earliest >= dyad.earliest AND a.at_earliest <= dyad.latest
    RETURN DISTINCT dyad.denial AS denial, a.evidence AS event, a.at_earliest AS at
    """,
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
