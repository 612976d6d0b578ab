"""The reader's words, loaded from the YAML files of `kg/reading/lexicon`, once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

FRAME_CLAUSE, FRAME_NOUN, FRAME_INFINITIVE, FRAME_ADDRESSEE = "S", "N", "T", "A"
FRAME_COMPLEMENT, FRAME_ACCUSE, FRAME_QUOTATION = "C", "X", "Q"

BASE, THIRD, PAST, PARTICIPLE, ING = "b", "s", "d", "n", "g"


@dataclass(frozen=True, slots=True)
class CueRow:
    """One row of `cues.yaml`: what a verb, with its particle, does."""

    lemma: str
    particle: tuple[str, ...]
    act: str
    cameo: str
    tier: str
    frames: frozenset[str]
    kind: str = "speech"

    @property
    def name(self) -> str:
        """The verb with its particle: "point out"."""
        return " ".join((self.lemma, *self.particle))


def load(name: str) -> Any:
    """The parsed content of one lexicon file; every scalar is a string, so that "no" and "false" stay words."""
    text = resources.files("kg.reading").joinpath("lexicon", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


@cache
def words(name: str) -> frozenset[str]:
    """One closed list of `words.yaml`."""
    return frozenset(str(word) for word in _file("words")[name])


@cache
def nouns(name: str) -> frozenset[str]:
    """One list of `nouns.yaml`, singular and plural."""
    found: set[str] = set()
    for noun in _file("nouns")[name]:
        found.add(noun)
        if name not in ("anonymous", "anonymous_marks"):
            found.add(plural(noun))
    return frozenset(found)


def plural(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith("s"):
        return noun
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("ch", "sh", "x", "z")) else "s")


@cache
def statement_nouns() -> dict[str, tuple[str, str]]:
    """Noun of a statement, singular or plural -> act and CAMEO code."""
    found: dict[str, tuple[str, str]] = {}
    for noun, (act, cameo) in _file("nouns")["statements"].items():
        found[noun] = found[plural(noun)] = (act, cameo)
    return found


@cache
def hedges() -> dict[str, str]:
    """Hedge or booster -> the certainty that it gives."""
    return dict(load("hedges"))


@cache
def guarded_objects() -> dict[str, frozenset[str]]:
    """Verb -> nouns with which, as its object, it is no speech."""
    return {verb: frozenset(found) for verb, found in _file("guards")["objects"].items()}


@cache
def abbreviations() -> frozenset[str]:
    """Words after which a full stop ends no sentence."""
    return words("abbreviations")


@cache
def auxiliaries() -> dict[str, str]:
    """Form of an auxiliary verb -> be, have, do or modal."""
    return {form: verb for verb, forms in _file("verbs")["auxiliaries"].items() for form in forms}


@cache
def negations() -> frozenset[str]:
    """Words that negate a verb."""
    return frozenset(_file("verbs")["negation"])


@cache
def cue_rows() -> dict[str, tuple[CueRow, ...]]:
    """Verb -> its rows, those with the longest particle first."""
    rows: dict[str, list[CueRow]] = {}
    for kind, listed in load("cues").items():
        for name, (act, cameo, tier, frames) in listed.items():
            lemma, *particle = name.split()
            row = CueRow(lemma, tuple(particle), act, str(cameo), tier, frozenset(frames.split()), kind)
            rows.setdefault(lemma, []).append(row)
    return {lemma: tuple(sorted(found, key=lambda row: -len(row.particle))) for lemma, found in rows.items()}


@cache
def sorts(by: str) -> dict[str, str]:
    """Kind of actor ("kinds") or noun ("nouns") -> sort of organisation."""
    return {str(word): str(sort) for sort, listed in load("sorts")[by].items() for word in listed}


@cache
def nations() -> dict[str, str]:
    """Word that means a country or its people, in lower case, plurals too -> ISO 3166 alpha-2 code ("EU" the Union)."""
    found: dict[str, str] = {}
    for code, listed in load("nations").items():
        for word in listed:
            found[str(word)] = str(code)
            if len(word) > 3:
                found.setdefault(f"{word}s", str(code))
    return found


@cache
def adjective_rows() -> dict[str, CueRow]:
    """Adjective -> its row as a cue: "is convinced that"."""
    return {
        name: CueRow(name, (), act, str(cameo), tier, frozenset("S"), "stance")
        for name, (act, cameo, tier) in load("adjectives").items()
    }


@cache
def cue_forms() -> dict[str, tuple[str, str]]:
    """Form of a verb that attributes -> its base form and which forms of it this can be, as letters."""
    forms: dict[str, tuple[str, str]] = {}
    for lemma in cue_rows():
        for form, kinds in inflect(lemma).items():
            if form not in forms or lemma == form:
                forms[form] = (lemma, kinds)
    return forms


def inflect(verb: str) -> dict[str, str]:
    """Forms of a verb -> which they can be: base, third person, past, participle, -ing, as letters."""
    irregular = _file("verbs")["irregular"].get(verb)
    if irregular:
        third, past, participle, ing = irregular
    else:
        third, past, participle, ing = _regular(verb)
    forms: dict[str, str] = {}
    for form, kind in ((verb, BASE), (third, THIRD), (past, PAST), (participle, PARTICIPLE), (ing, ING)):
        forms[form] = forms.get(form, "") + kind
    return forms


def _regular(verb: str) -> tuple[str, str, str, str]:
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb + "d", (verb if verb.endswith(("ee", "oe")) else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = verb + verb[-1] if verb in _doubling() else verb
    return third, stem + "ed", stem + "ed", stem + "ing"


@cache
def _doubling() -> frozenset[str]:
    return frozenset(_file("verbs")["doubling"])


@cache
def _file(name: str) -> Any:
    return load(name)
