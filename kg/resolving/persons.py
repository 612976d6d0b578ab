"""Persons by their last name alone: after their full name stood in the text, or behind their office. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.resolving.choosing import Candidate, Entry, Reason, Surroundings
from kg.resolving.lexicon import lexicon

_FAMILY = re.compile(r"[^\W\d_][\w'’-]+")
_BEHIND = re.compile(r"\s+(?P<family>[A-ZÀ-Þ][\w'’-]*[\w-])(?!\s+[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class LastName:
    """A place at which a person is named by the last name alone."""

    start: int
    end: int
    candidate: Candidate


def family_name(name: str) -> str | None:
    """The family name in a person's full name: the last word, or the first where families stand first."""
    parts = name.split()
    if len(parts) < 2:
        return None
    families = lexicon().family_first
    family = parts[0] if parts[0] in families and parts[-1] not in families else parts[-1]
    if len(parts) == 2 and parts[0] in families and parts[1] in families:
        family = parts[1]  # "Li Wei" and "Chen Li" both: which is which cannot be told; the last is the English habit
    return family if _FAMILY.fullmatch(family) and family[0].isupper() else None


def later_mentions(text: str, full: Iterable[tuple[int, Entry]], taken: Sequence[tuple[int, int]]) -> list[LastName]:
    """Where persons whose full name stood in the text are named by their family name, unless two of them share it.

    Args:
        text: the text.
        full: where a full name ends, and whose it is.
        taken: what other mentions cover.
    """
    owners: dict[str, dict[str, tuple[int, Entry]]] = defaultdict(dict)
    for end, entry in full:
        if entry.kind == "person" and (family := family_name(entry.alias)):
            owners[family].setdefault(entry.id, (end, entry))
    single = {name: next(iter(found.values())) for name, found in owners.items() if len(found) == 1}
    if not single:
        return []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in single) + r")(?!\w)")
    weights = lexicon().weights
    return [
        LastName(match.start(), match.end(), Candidate(entry, (Reason("full name here", weights["full name here"]),)))
        for match in pattern.finditer(text)
        for end, entry in (single[match[0]],)
        if match.start() >= end and not _covered(match.start(), match.end(), taken)
    ]


def by_office(
    text: str, families: dict[str, list[Entry]], around: Surroundings, taken: Sequence[tuple[int, int]]
) -> Iterator[LastName]:
    """Persons named by office and family name ("Chancellor Merz"), where the office fits the actor's description."""
    words = lexicon()
    roles, automaton = _offices()
    for index, begin, stop in automaton.find_matches_as_indexes(text):
        match = _BEHIND.match(text, stop)
        if match is None or (begin and text[begin - 1].isalnum()):
            continue
        start, end = match.span("family")
        if _covered(start, end, taken):
            continue
        fitting: dict[str, Candidate] = {}
        for entry in families.get(match["family"], ()):
            said = words.roles[roles[index]]
            if any(each in entry.about for each in said):
                reasons = [Reason("alias: surname", words.kinds["surname"])]
                reasons.append(Reason("role fits", words.weights["role fits"]))
                if around.names_country_of(entry):
                    reasons.append(Reason("country named", words.weights["country named"]))
                fitting.setdefault(entry.id, Candidate(entry, tuple(reasons)))
        ranked = sorted(fitting.values(), key=lambda candidate: -candidate.score)
        if ranked and (len(ranked) == 1 or ranked[0].score - ranked[1].score >= words.margin):
            yield LastName(start, end, ranked[0])


@cache
def _offices() -> tuple[list[str], AhoCorasick]:
    """The roles, and where they stand: small, with capitals, and with one capital."""
    forms = {form: role for role in lexicon().roles for form in (role, role.title(), role.capitalize())}
    return list(forms.values()), AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)


def _covered(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in taken)
