"""Quotations that go on: over sentences and paragraphs after who said it is told, and from paragraphs before."""

from __future__ import annotations

from kg.reading.attribution import Attribution
from kg.reading.quotations import Quotation
from kg.reading.tag import QUOTATION, Sentence

_MARKS = frozenset(
    {".", ",", "!", "?", "…", "...", "”", '"', "''", "``", "“", "’", "'", "»", ";", "—", "–", "-", "(", ")"}
)


def continue_quotations(
    paragraphs: list[list[Sentence]], found: list[Attribution], quotations: list[Quotation]
) -> list[Attribution]:
    """Adds to each attribution the quoted sentences that follow without a speaker of their own, and gives
    attributions that
    end in a colon the paragraph that follows; those that stay without content are dropped."""
    owned: dict[tuple[int, int], list[Attribution]] = {}
    for attribution in found:
        owned.setdefault((attribution.paragraph, attribution.sentence_index), []).append(attribution)
    opened = {quotation.start for quotation in quotations if quotation.open}
    speaking: Attribution | None = None
    open_at_end = False
    for number, sentences in enumerate(paragraphs):
        if not (open_at_end and sentences and sentences[0].words and sentences[0].words[0][0] == QUOTATION):
            speaking = speaking if _waits(speaking) else None
        open_at_end = False
        for position, sentence in enumerate(sentences):
            own = owned.get((number, position), [])
            pure = _only_quotations(sentence)
            if speaking is not None and ((not own and pure) or (_waits(speaking) and position == 0)):
                _extend(speaking, sentence)
            elif own:
                talkers = [a for a in own if _open(a) or ("quoted" in a.features and _ends_in_quotation(a, sentence))]
                speaking = talkers[-1] if talkers else None
                if own[0].content_form == "colon":
                    speaking = own[0]
                    speaking.content_form = "colon"
            elif not pure:
                speaking = (
                    speaking
                    if speaking is not None and speaking.content_form == "colon" and speaking.paragraph == number
                    else None
                )
                if speaking is not None:
                    _extend(speaking, sentence)
            if sentence.quoted and any(
                word[0] == QUOTATION and start in opened
                for word, start in zip(sentence.words, sentence.starts, strict=True)
            ):
                open_at_end = True
    return [a for a in found if a.contents or a.content_form in ("silence", "correction")]


def _open(attribution: Attribution) -> bool:
    """Whether the content has to follow: behind a colon, or as quotations behind "she agreed."."""
    return not attribution.contents and attribution.content_form in ("next", "following")


def _waits(attribution: Attribution | None) -> bool:
    return attribution is not None and not attribution.contents and attribution.content_form == "next"


def _only_quotations(sentence: Sentence) -> bool:
    words = sentence.words
    return sentence.quoted and all(word[0] == QUOTATION or word in _MARKS for word in words)


def _ends_in_quotation(attribution: Attribution, sentence: Sentence) -> bool:
    """Whether the last part of the content is a quotation, or stands before the verb at the sentence's end."""
    if attribution.content_form in ("left", "split"):
        return True
    end = attribution.contents[-1][1]
    return any(
        word[0] == QUOTATION and abs(last - end) <= 1 for word, last in zip(sentence.words, sentence.ends, strict=True)
    )


def _extend(attribution: Attribution, sentence: Sentence) -> None:
    attribution.contents.append((sentence.starts[0], sentence.end))
    attribution.evidence = (attribution.evidence[0], max(attribution.evidence[1], sentence.end))
    attribution.features.add("continued")
    if attribution.content_form == "following":
        attribution.content_form = "quote"
