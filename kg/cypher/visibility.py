"""What a question sees, and in which shape: conditions that both clocks set, and projections that answers read.

A query names them as ``KNOWN(x)``, ``REF(x)`` and so on; :func:`question` puts them in when its module is imported, so
that the text of a query stays a constant. The parameters of the conditions come from ``AsOf.bounds``.
"""

from __future__ import annotations

import re

from schema.times import KNOWN_WIDTH

_KNOWN = (
    "(({x}.recorded_at <= $known_at AND ({x}.retracted_at IS NULL OR {x}.retracted_at > $known_at))"
    " OR any(spell IN coalesce({x}.past, []) WHERE substring(spell, 0, {width}) <= $known_at"
    " AND substring(spell, {after}) > $known_at))"
)
_LINKED = (
    "(({x}.recorded_at <= $known_at AND ({x}.retracted_at IS NULL OR {x}.retracted_at > $known_at))"
    " OR {x}.past IS NOT NULL)"
)
_VALID = (
    "(coalesce({x}.valid_from_earliest, {x}.at_earliest, '') <= $valid_until"
    " AND coalesce({x}.valid_to_latest, '9999-12-31T23:59:59Z') >= $valid_from)"
)
_THEN = (
    "(NOT $bounded OR NOT ({x}:Claim OR {x}:Policy OR {x}:Event)"
    " OR ({x}:Event AND {x}.at_earliest <= $valid_until)"
    " OR ({x}:Claim AND EXISTS {{ MATCH ({x})<-[:ABOUT]-(heard:Statement)"
    " WHERE coalesce(heard.asserted_at_earliest, '') <= $valid_until }})"
    " OR ({x}:Policy AND coalesce({x}.effective_from_earliest, '') <= $valid_until"
    " AND NOT EXISTS {{ MATCH ({x})-[:HAS_STATUS]->(any_step:PolicyStatus) }})"
    " OR ({x}:Policy AND EXISTS {{ MATCH ({x})-[:HAS_STATUS]->(step:PolicyStatus)"
    " WHERE step.at_earliest <= $valid_until }}))"
)
_MACRO = re.compile(r"\b(KNOWN|LINKED|VALID|THEN)\((\w+)\)")
_CONDITIONS = {"KNOWN": _KNOWN, "LINKED": _LINKED, "VALID": _VALID, "THEN": _THEN}


def expand(text: str) -> str:
    """Put the conditions into a query's text.

    ``KNOWN(x)``: the graph knew the node or relationship at ``$known_at``, in its open interval or an earlier one.
    ``LINKED(r)``: the same for a relationship that was written with the node at one of its ends and shares its fate:
    where that node is known, it is enough that the relationship was not added later. It is the cheaper one.
    ``VALID(r)``: the relationship held, or what it stands for had happened, at ``$valid_until``.
    ``THEN(n)``: the claim had been made, the policy announced, the event happened; true for other nodes.
    """

    def condition(match: re.Match[str]) -> str:
        return _CONDITIONS[match[1]].format(x=match[2], width=KNOWN_WIDTH, after=KNOWN_WIDTH + 1)

    return _MACRO.sub(condition, text)
