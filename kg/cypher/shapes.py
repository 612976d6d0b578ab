"""Shapes that answers read: a reference, a statement with its surroundings, a policy, an event.

A question's text names them as ``REF(x)``, ``STATEMENT(s)`` and so on; :func:`question` puts them in, and the
conditions of :mod:`kg.cypher.visibility`, when its module is imported. The text of a query stays a constant.
"""

from __future__ import annotations

import re

from kg.cypher.visibility import expand
from kg.engine.query import Query

_REF = "{x} {{.id, .kind, .country, label: labels({x})[0], name: coalesce({x}.name, {x}.title, {x}.text, {x}.caption)}}"
_DOCUMENT = "{x} {{.id, .title, .kind, .url, .published_at, .seen, .publisher_name}}"
_SPEAKER = "head([({x})<-[made_{x}:MADE]-(speaker_{x}:Actor) WHERE LINKED(made_{x}) | REF(speaker_{x})])"
_BRIEF = "{x} {{.id, .act, .manner, .speaker, actor: SPEAKER({x})}}"
_LINK = "[({x}){left}[link_{n}:{kind}]{right}({n}:Statement) WHERE LINKED(link_{n}) AND KNOWN({n}) | BRIEF({n})]"


def _link(name: str, kind: str, *, out: bool) -> str:
    left, right = ("-", "->") if out else ("<-", "-")
    return (
        _LINK.replace("{left}", left).replace("{right}", right).replace("{kind}", kind).replace("{n}", f"{{x}}_{name}")
    )


_STATEMENT = (
    "{x} {{.id, .act, .manner, .speaker, .anonymous, .capacity, .content, .quote, .start, .end, .certainty, .hedges,"
    " .confidence, .method, .asserted_at, .asserted_at_earliest, .asserted_at_latest, .asserted_at_precision,"
    " .revisions, actor: SPEAKER({x}),"
    " document: head([({x})-[:IN]->(document_{x}:Document) | DOCUMENT(document_{x})]),"
    " about: [({x})-[about_{x}:ABOUT]->(matter_{x}) WHERE LINKED(about_{x}) AND KNOWN(matter_{x}) | REF(matter_{x})],"
    f" relays: {_link('inner', 'RELAYS', out=True)},"
    f" relayed_by: {_link('outer', 'RELAYS', out=False)},"
    f" answers: {_link('answered', 'ANSWERS', out=True)},"
    f" answered_by: {_link('answer', 'ANSWERS', out=False)}}}}}"
)
_POLICY = (
    "{x} {{.*, issuers: [({x})<-[issued_{x}:ISSUED]-(issuer_{x}:Actor) WHERE LINKED(issued_{x}) | REF(issuer_{x})],"
    " targets: [({x})-[targets_{x}:TARGETS]->(target_{x}) WHERE LINKED(targets_{x}) | REF(target_{x})],"
    " steps: [({x})-[:HAS_STATUS]->(step_{x}:PolicyStatus) WHERE KNOWN(step_{x}) | step_{x} {{.*}}]}}"
)
_EVENT = (
    "{x} {{.*, participants: [({x})<-[part_{x}:PARTICIPATED_IN]-(participant_{x}:Actor) WHERE LINKED(part_{x})"
    " | participant_{x} {{.id, .kind, .country, .name, role: part_{x}.role}}],"
    " quoted: size([({x})-[in_{x}:DOCUMENTED_IN]->(:Document) WHERE in_{x}.quote IS NOT NULL | 1]) > 0}}"
)
_CLAIM = (
    "{x} {{.*, subjects: [({x})-[subject_{x}:SUBJECT]->(accused_{x}:Actor) WHERE LINKED(subject_{x})"
    " | REF(accused_{x})],"
    " objects: [({x})-[object_{x}:OBJECT]->(other_{x}) WHERE LINKED(object_{x}) | REF(other_{x})],"
    " concerns: [({x})-[concerns_{x}:CONCERNS]->(topic_{x}) WHERE LINKED(concerns_{x}) | REF(topic_{x})]}}"
)
_SPOKEN = (
    "{x} {{.id, .act, .manner, .speaker, .asserted_at_earliest, .asserted_at_latest,"
    " actor: head([({x})<-[made_{x}:MADE]-(by_{x}:Actor) WHERE LINKED(made_{x}) | by_{x}.id]),"
    " document: head([({x})-[:IN]->(in_{x}:Document) | in_{x}.id]),"
    " source: head([({x})-[:IN]->(from_{x}:Document) | from_{x}.source]),"
    " seen: head([({x})-[:IN]->(seen_{x}:Document) | seen_{x}.seen]),"
    " copies: [({x})-[:IN]->(:Document)-[copy_{x}:COPY_OF]->(first_{x}:Document) WHERE KNOWN(copy_{x})"
    " | {{source: first_{x}.source, at: first_{x}.published_at_earliest}}],"
    " relays: [({x})-[relay_{x}:RELAYS]->(inner_{x}:Statement) WHERE LINKED(relay_{x}) AND KNOWN(inner_{x})"
    " | inner_{x}.id],"
    " answers: [({x})-[answer_{x}:ANSWERS]->(met_{x}:Statement) WHERE LINKED(answer_{x}) AND KNOWN(met_{x})"
    " | met_{x}.id]}}"
)
_SHAPES = {
    "CLAIM": _CLAIM,
    "SPOKEN": _SPOKEN,
    "REF": _REF,
    "DOCUMENT": _DOCUMENT,
    "SPEAKER": _SPEAKER,
    "BRIEF": _BRIEF,
    "STATEMENT": _STATEMENT,
    "POLICY": _POLICY,
    "EVENT": _EVENT,
}
_MACRO = re.compile(rf"\b({'|'.join(_SHAPES)})\((\w+)\)")


def question(name: str, text: str) -> Query:
    """A query with the shapes and conditions that its text names put in."""
    while _MACRO.search(text):
        text = _MACRO.sub(lambda match: _SHAPES[match[1]].format(x=match[2]), text)
    return Query(name, expand(text))
