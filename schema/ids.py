"""Ids derived from content: the same on every engine and in every run.

An id is a prefix that says what the thing is, a hyphen, and 100 bits of SHA-256 in lower-case base 32
(RFC 4648 alphabet), so that it is safe in a URL and in a file name. By the birthday bound, a billion ids
collide with a probability below 1e-12.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

PREFIXES: Final = {
    "Actor": "actor",
    "Alias": "alias",
    "Claim": "claim",
    "Decision": "decision",
    "Document": "doc",
    "Event": "event",
    "Policy": "policy",
    "PolicyStatus": "status",
    "Statement": "stmt",
    "Topic": "topic",
    "Revision": "rev",
    "Review": "review",
}
"""Label of a node to the prefix of its id; relationships have the prefix ``rel``."""

_LONGEST_SOURCE: Final = 2_000  # an index of Neo4j takes 8 kB, and a folded title can be longer
_BYTES: Final = 13  # 104 bits, of which 100 are kept
_PAIRS: Final = tuple(a + b for a in "abcdefghijklmnopqrstuvwxyz234567" for b in "abcdefghijklmnopqrstuvwxyz234567")
"""What ten bits are in base 32: two letters. Feeds make millions of ids, and the standard library's way takes twice
as long."""
_CACHED: Final = 200  # longer names are folded each time: what is remembered has to stay small
_SEPARATOR: Final = "\x1f"
_REST = re.compile(r"[a-z2-7]{20}")
_LABELS: Final = {prefix: label for label, prefix in PREFIXES.items()}
_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[^\w\s]+")


def digest(*parts: str) -> str:
    """SHA-256 of the parts joined by a separator, in lower-case hexadecimal."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def make_id(prefix: str, *parts: str) -> str:
    """Build the id of the thing that the parts identify.

    Args:
        prefix: what the thing is, one of the values of :data:`PREFIXES` or ``rel``.
        parts: the content that identifies it, in a fixed order.
    """
    raw = hashlib.sha256(_SEPARATOR.join((prefix, *parts)).encode("utf-8", "surrogatepass")).digest()
    bits, pairs = int.from_bytes(raw[:_BYTES], "big") >> 4, _PAIRS
    return (
        f"{prefix}-{pairs[bits >> 90]}{pairs[bits >> 80 & 1023]}{pairs[bits >> 70 & 1023]}{pairs[bits >> 60 & 1023]}"
        f"{pairs[bits >> 50 & 1023]}{pairs[bits >> 40 & 1023]}{pairs[bits >> 30 & 1023]}{pairs[bits >> 20 & 1023]}"
        f"{pairs[bits >> 10 & 1023]}{pairs[bits & 1023]}"
    )


def label_of(identifier: str) -> str | None:
    """The node label that an id belongs to, or None where it is not an id of a node."""
    prefix, _, rest = identifier.partition("-")
    label = _LABELS.get(prefix)
    return label if label is not None and _REST.fullmatch(rest) else None


def normalise_name(name: str) -> str:
    """Fold a name for identity: NFC, spaces collapsed, case folded. Marks and scripts stay as they are."""
    return _folded_before(name) if len(name) <= _CACHED else _folded(name)


def _folded(name: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip().casefold()


_folded_before = lru_cache(maxsize=32_768)(_folded)


def normalise_text(text: str) -> str:
    """Fold a proposition's text for identity: NFKC, case and punctuation dropped, spaces collapsed."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACE.sub(" ", _PUNCTUATION.sub(" ", folded)).strip()


def actor_id(name: str, qualifier: str | None = None) -> str:
    """Id of an actor, from its canonical name and what tells it from others of that name.

    Args:
        name: as written; case and spaces do not count.
        qualifier: such as ``ofac:12345`` for one entry of a list of persons, many of whom share their names. In a name
            that tells it by itself ("Police (Thailand)") nothing else is needed.
    """
    return make_id("actor", normalise_name(name), *((qualifier,) if qualifier else ()))


def alias_id(actor: str, name: str, kind: str) -> str:
    """Id of one name of one actor."""
    return make_id("alias", actor, unicodedata.normalize("NFC", name), kind)


def topic_id(name: str) -> str:
    """Id of a topic, from its canonical name."""
    return make_id("topic", normalise_name(name))


def document_source(url: str | None, publisher: str | None, title: str, published_at: str | None) -> str:
    """What makes two texts versions of one document: its URL, else publisher, title and date.

    Publisher is the *name* as given, so that the key does not change when a name resolves to another actor.
    """
    if url:
        return url.strip()
    source = _SEPARATOR.join((normalise_name(publisher or ""), normalise_text(title), published_at or ""))
    return source if len(source) <= _LONGEST_SOURCE else digest(source)


def document_id(source: str, text_sha256: str) -> str:
    """Id of one version of a document: its source key and the digest of its text ("" when unseen)."""
    return make_id("doc", source, text_sha256)


def claim_id(text: str, subjects: list[str]) -> str:
    """Id of a proposition, from its text and the ids of those who are said to do it."""
    return make_id("claim", normalise_text(text), *sorted(subjects))


def statement_id(document: str, start: int, end: int, act: str, speaker: str, claim: str) -> str:
    """Id of one speech act.

    Args:
        document: id of the document it stands in.
        start, end: offsets of the quote in code points; -1 and -1 where the document is unseen.
        act: term of the ontology.
        speaker: the speaker as written (never the resolved actor, which may change).
        claim: what is said, as written; the texts of the claims in order where nothing is.
    """
    return make_id("stmt", document, str(start), str(end), act, normalise_name(speaker), normalise_text(claim))


def policy_id(kind: str, number: str | None, title: str) -> str:
    """Id of a policy: its number where it has one ("EO 14105", "2022-21658"), else its title."""
    return (
        make_id("policy", "number", normalise_name(number))
        if number
        else make_id("policy", kind, normalise_name(title))
    )


def policy_status_id(policy: str, status: str, at: str) -> str:
    """Id of one step in a policy's history."""
    return make_id("status", policy, status, at)


def event_id(kind: str, at: str, title: str, source: str | None = None) -> str:
    """Id of an event: kind, time (EDTF) and title; for a coded feed, ``source`` names feed and row."""
    return make_id("event", kind, at, _folded(title), source or "")


def review_id(statement: str) -> str:
    """Id of the review of a statement, from the id that the statement has or will have."""
    return make_id("review", statement)


def decision_id(
    verdict: str, left: str, right: str, revokes: Iterable[str], decided_by: str, decided_at: str, reason: str
) -> str:
    """Id of a decision of the ledger, from all that it says; the one who decides the same again decides anew."""
    return make_id("decision", verdict, left, right, *sorted(revokes), decided_by, decided_at, reason)


def relationship_id(relation: str, start: str, end: str, *qualifiers: str) -> str:
    """Id of a relationship; qualifiers (evidence id, role, start of validity) keep parallel ones apart."""
    return make_id("rel", relation, start, end, *qualifiers)
