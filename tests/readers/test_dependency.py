"""The reader that follows a dependency parse: its rules on parses written by hand, its way to spaCy with spaCy."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.plugins import PluginUnavailable
from kg.readers.dependency import DependencyReader
from kg.readers.parse import Bounds, Word
from kg.readers.registry import reader_named
from kg.reading.article import article_from_text
from kg.reading.mentions import Mention
from kg.reading.model import Reading

# One sentence a key: word/head/label/part of speech, heads as numbers of words, the root naming itself.
CLEAR = {
    "Ruritania said that Strelsau shipped parts.": (
        "Ruritania/1/nsubj/PROPN said/1/ROOT/VERB that/4/mark/SCONJ Strelsau/4/nsubj/PROPN shipped/1/ccomp/VERB "
        "parts/4/dobj/NOUN ./1/punct/PUNCT"
    ),
    "“The port is shut,” said Chan.": (
        "“/4/punct/PUNCT The/2/det/DET port/3/nsubj/NOUN is/6/ccomp/AUX shut/3/acomp/ADJ ,/6/punct/PUNCT "
        "said/6/ROOT/VERB Chan/6/nsubj/PROPN ./6/punct/PUNCT"
    ),
    "Ruritania accused Strelsau of theft.": (
        "Ruritania/1/nsubj/PROPN accused/1/ROOT/VERB Strelsau/1/dobj/PROPN of/1/prep/ADP theft/3/pobj/NOUN "
        "./1/punct/PUNCT"
    ),
    "Strelsau was accused of theft by Ruritania.": (
        "Strelsau/2/nsubjpass/PROPN was/2/auxpass/AUX accused/2/ROOT/VERB of/2/prep/ADP theft/3/pobj/NOUN "
        "by/2/agent/ADP Ruritania/5/pobj/PROPN ./2/punct/PUNCT"
    ),
    "Strelsau denied the claims and said that Ruritania lied.": (
        "Strelsau/1/nsubj/PROPN denied/1/ROOT/VERB the/3/det/DET claims/1/dobj/NOUN and/1/cc/CCONJ said/1/conj/VERB "
        "that/8/mark/SCONJ Ruritania/8/nsubj/PROPN lied/5/ccomp/VERB ./1/punct/PUNCT"
    ),
    "The Gazette could not verify the claims.": (
        "The/1/det/DET Gazette/4/nsubj/PROPN could/4/aux/AUX not/4/neg/PART verify/4/ROOT/VERB the/6/det/DET "
        "claims/4/dobj/NOUN ./4/punct/PUNCT"
    ),
    "Strelsau did not deny the claims.": (
        "Strelsau/3/nsubj/PROPN did/3/aux/AUX not/3/neg/PART deny/3/ROOT/VERB the/5/det/DET claims/3/dobj/NOUN "
        "./3/punct/PUNCT"
    ),
    "Strelsau declined to comment.": (
        "Strelsau/1/nsubj/PROPN declined/1/ROOT/VERB to/3/aux/PART comment/1/xcomp/VERB ./1/punct/PUNCT"
    ),
    "Ruritania, which accused Strelsau of theft, waited.": (
        "Ruritania/8/nsubj/PROPN ,/0/punct/PUNCT which/3/nsubj/PRON accused/0/relcl/VERB Strelsau/3/dobj/PROPN "
        "of/3/prep/ADP theft/5/pobj/NOUN ,/0/punct/PUNCT waited/8/ROOT/VERB ./8/punct/PUNCT"
    ),
    "Chan, a fellow, noted that Sapt claims that Michael stole.": (
        "Chan/5/nsubj/PROPN ,/0/punct/PUNCT a/3/det/DET fellow/0/appos/NOUN ,/0/punct/PUNCT noted/5/ROOT/VERB "
        "that/8/mark/SCONJ Sapt/8/nsubj/PROPN claims/5/ccomp/VERB that/11/mark/SCONJ Michael/11/nsubj/PROPN "
        "stole/8/ccomp/VERB ./5/punct/PUNCT"
    ),
    "The port is shut, according to officials.": (
        "The/1/det/DET port/2/nsubj/NOUN is/2/ROOT/AUX shut/2/acomp/ADJ ,/2/punct/PUNCT according/2/prep/VERB "
        "to/5/prep/ADP officials/6/pobj/NOUN ./2/punct/PUNCT"
    ),
    "Strelsau might deny the claims.": (
        "Strelsau/2/nsubj/PROPN might/2/aux/AUX deny/2/ROOT/VERB the/4/det/DET claims/2/dobj/NOUN ./2/punct/PUNCT"
    ),
    "The fee is in charge.": (
        "The/1/det/DET fee/2/nsubj/NOUN is/2/ROOT/AUX in/2/prep/ADP charge/3/pobj/NOUN ./2/punct/PUNCT"
    ),
    "She said that he lied.": (
        "She/1/nsubj/PRON said/1/ROOT/VERB that/4/mark/SCONJ he/4/nsubj/PRON lied/1/ccomp/VERB ./1/punct/PUNCT"
    ),
    "A Ruritania memo alleges that Strelsau stole.": (
        "A/2/det/DET Ruritania/2/compound/PROPN memo/3/nsubj/NOUN alleges/3/ROOT/VERB that/6/mark/SCONJ "
        "Strelsau/6/nsubj/PROPN stole/3/ccomp/VERB ./3/punct/PUNCT"
    ),
}
UNIVERSAL = {
    "The port is shut, said Chan.": (
        "The/1/det/DET port/3/nsubj/NOUN is/3/cop/AUX shut/3/root/ADJ ,/3/punct/PUNCT said/3/parataxis/VERB "
        "Chan/5/nsubj/PROPN ./3/punct/PUNCT"
    ),
    "Strelsau was accused of theft by Ruritania.": (
        "Strelsau/2/nsubj:pass/PROPN was/2/aux:pass/AUX accused/2/root/VERB of/4/case/ADP theft/2/obl/NOUN "
        "by/6/case/ADP Ruritania/2/obl:agent/PROPN ./2/punct/PUNCT"
    ),
    "The port is shut, according to officials.": (
        "The/1/det/DET port/3/nsubj/NOUN is/3/cop/AUX shut/3/root/ADJ ,/7/punct/PUNCT according/7/case/VERB "
        "to/5/fixed/ADP officials/3/obl/NOUN ./3/punct/PUNCT"
    ),
}


class ByHand:
    """Knows the parses of some sentences."""

    name = "by hand"

    def __init__(self, parses: dict[str, str]) -> None:
        self._parses = parses

    def parse(self, texts: Iterable[str]) -> Iterator[list[tuple[Bounds, list[Word]]]]:
        for text in texts:
            sentences = []
            for match in re.finditer(r"[^.]*\.(?:”)?", text):
                sentence = match[0].strip()
                start = text.index(sentence, match.start())
                sentences.append(((start, start + len(sentence)), self._words(sentence, text, start)))
            yield sentences

    def _words(self, sentence: str, text: str, at: int) -> list[Word]:
        words = []
        for row in self._parses[sentence].split():
            form, head, dep, pos = row.rsplit("/", 3)
            at = text.index(form, at)
            words.append(Word(form, at, int(head), dep, pos))
            at += len(form)
        return words


class Spots:
    def spot(self, text: str) -> list[Mention]:
        found = re.finditer(r"Ruritania|Strelsau|Gazette", text)
        return [Mention(m.start(), m.end(), f"{m[0]} Inc", f"actor-{m[0]}", "company") for m in found]


def read(text: str, parses: dict[str, str] = CLEAR) -> Reading:
    reading = DependencyReader(ByHand(parses)).read(article_from_text(text), Spots())
    for statement in reading.statements:
        assert reading.text[statement.start : statement.end] == statement.quote
        for part in (statement.source, statement.cue, statement.content):
            if part is not None:
                assert reading.text[part.start : part.end] == part.text
    return reading


def told(text: str, parses: dict[str, str] = CLEAR) -> list[tuple[str, str | None, str, str | None]]:
    """Act, source, cue and content of each statement."""
    return [
        (s.act, s.source.text if s.source else None, s.cue.text, s.content.text if s.content else None)
        for s in read(text, parses).statements
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ruritania said that Strelsau shipped parts.", [("assert", "Ruritania", "said", "Strelsau shipped parts")]),
        ("“The port is shut,” said Chan.", [("assert", "Chan", "said", "The port is shut")]),
        ("Ruritania accused Strelsau of theft.", [("allege", "Ruritania", "accused", "Strelsau of theft")]),
        ("Strelsau was accused of theft by Ruritania.", [("allege", "Ruritania", "was accused", "of theft")]),
        (
            "Strelsau denied the claims and said that Ruritania lied.",
            [("deny", "Strelsau", "denied", "the claims"), ("assert", "Strelsau", "said", "Ruritania lied")],
        ),
        (
            "The Gazette could not verify the claims.",
            [("not_verified", "The Gazette", "could not verify", "the claims")],
        ),
        ("Strelsau did not deny the claims.", []),
        ("Strelsau declined to comment.", [("decline_comment", "Strelsau", "declined", "to comment")]),
        (
            "Ruritania, which accused Strelsau of theft, waited.",
            [("allege", "Ruritania", "accused", "Strelsau of theft")],
        ),
        ("The port is shut, according to officials.", [("assert", "officials", "according to", "The port is shut")]),
        ("The fee is in charge.", []),
    ],
)
def test_constructs(text: str, wanted: list[tuple[str, str | None, str, str | None]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize("text", UNIVERSAL)
def test_universal_dependencies_give_the_same(text: str) -> None:
    (universal,) = told(text, UNIVERSAL)
    clear = told(text.replace("The port is shut, said Chan.", "“The port is shut,” said Chan."))
    assert universal[:2] == clear[0][:2]
    assert universal[3] == clear[0][3]


def test_nested_statements_are_relayed_and_an_apposition_is_a_capacity() -> None:
    outer, inner = read("Chan, a fellow, noted that Sapt claims that Michael stole.").statements
    assert (outer.relays, inner.relays) == (1, None)
    assert (outer.capacity, outer.source and outer.source.text) == ("a fellow", "Chan")
    assert inner.claim.text == "Michael stole"


def test_an_accusation_is_about_whom_it_accuses() -> None:
    for text in ("Ruritania accused Strelsau of theft.", "Strelsau was accused of theft by Ruritania."):
        assert read(text).statements[0].claim.subject_actor == "Strelsau Inc"


def test_denials_answer_and_sources_are_told_apart() -> None:
    reading = read(
        "Ruritania accused Strelsau of theft. Strelsau denied the claims and said that Ruritania lied.\n\n"
        "The port is shut, according to officials. A Ruritania memo alleges that Strelsau stole. "
        "Chan, a fellow, noted that Sapt claims that Michael stole. She said that he lied."
    )
    by_act = {statement.act: statement for statement in reading.statements}
    assert by_act["deny"].answers == 0
    kinds = {s.source.text: s.source.kind for s in reading.statements if s.source}
    assert kinds["officials"] == "anonymous"
    assert kinds["A Ruritania memo"] == "document"
    memo = next(s.source for s in reading.statements if s.source and s.source.kind == "document")
    assert (memo.issuer, memo.issuer_actor) == ("Ruritania", "Ruritania Inc")
    assert reading.statements[0].source is not None
    assert reading.statements[0].source.actor == "Ruritania Inc"
    assert reading.statements[0].claim.subject_actor == "Strelsau Inc"
    assert reading.statements[-1].source is not None and reading.statements[-1].source.name == "Sapt"
    assert reading.method == "dependency-1 by hand"


def test_what_might_be_said_is_less_sure() -> None:
    (may,) = read("Strelsau might deny the claims.").statements
    sure = read("Strelsau denied the claims and said that Ruritania lied.").statements[0]
    assert may.confidence < sure.confidence - 0.2


def test_other_languages_are_said() -> None:
    text = (
        "Die Regierung hat heute mitgeteilt, dass sie die Vorwürfe zurückweist und keine weiteren Angaben machen kann, "
        "sagte ein Sprecher am Montag in Berlin vor Journalisten."
    )
    reading = DependencyReader(ByHand({})).read(article_from_text(text))
    assert (reading.language, reading.statements) == ("de", ())
    assert "another language" in reading.notes[0]


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(PluginUnavailable, match=r"needs the package spacy.*pip install 'geokg\[spacy\]'"):
        reader_named("spacy")


def test_with_spacy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")

    with pytest.raises(PluginUnavailable, match="GEOKG_SPACY_MODEL is missing"):
        reader_named("spacy")
    monkeypatch.setenv("GEOKG_SPACY_MODEL", "no_such_model")
    with pytest.raises(PluginUnavailable, match="no model 'no_such_model'"):
        reader_named("spacy")

    folder = tmp_path / "blank"
    spacy.blank("en").to_disk(folder)
    monkeypatch.setenv("GEOKG_SPACY_MODEL", str(folder))
    text = "Ruritania accused Strelsau of theft."
    with pytest.raises(PluginUnavailable, match="parses no dependencies"):
        reader_named("spacy").read(article_from_text(text))

    def parse_by_hand(document: Any) -> Any:
        rows = [row.rsplit("/", 3) for row in CLEAR[document.text].split()]
        spaces = [bool(token.whitespace_) for token in document]
        return spacy.tokens.Doc(
            document.vocab,
            words=[token.text for token in document],
            spaces=spaces,
            heads=[int(row[1]) for row in rows],
            deps=[row[2] for row in rows],
            pos=[row[3] for row in rows],
            sent_starts=[i == 0 for i in range(len(rows))],
        )

    spacy.language.Language.component("parse_by_hand", func=parse_by_hand)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("parse_by_hand")
    pipeline.to_disk(tmp_path / "parsing")
    monkeypatch.setenv("GEOKG_SPACY_MODEL", str(tmp_path / "parsing"))
    reader = reader_named("spacy")
    reading = reader.read(article_from_text(f"{text}\n\nRuritania said that Strelsau shipped parts."))
    assert [(s.act, s.source and s.source.text) for s in reading.statements] == [
        ("allege", "Ruritania"),
        ("assert", "Ruritania"),
    ]
    assert reading.statements[1].start == len(text) + 2
    assert reader.version.startswith("dependency-1 en_")
