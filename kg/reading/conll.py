"""A reading as tab-separated columns, one token a line, a blank line between sentences, for people who check.

Columns: number of the token in its sentence, token, start, end, and the roles it has, joined by `|`, or `_`. A role
is `B-` or `I-`, then the number of the statement, then source, cue or content: `B-3.cue`.
"""

from __future__ import annotations

from kg.reading.model import Reading, Statement
from kg.reading.split import paragraphs, sentences
from kg.reading.tag import tokenize


def reading_to_conll(reading: Reading) -> str:
    """The whole text of a reading, with the roles of its statements; lines end with `\\n`."""
    spans = sorted(
        (start, end, f"{number}.{role}")
        for number, statement in enumerate(reading.statements)
        for start, end, role in _roles(statement)
    )
    lines: list[str] = []
    waiting = 0
    running: list[tuple[int, int, str]] = []
    for first, last in paragraphs(reading.text):
        for start, end in sentences(reading.text, first, last):
            sentence = tokenize(reading.text, start, end)
            for number, word in enumerate(sentence.words, 1):
                at, stop = sentence.starts[number - 1], sentence.ends[number - 1]
                while waiting < len(spans) and spans[waiting][0] < stop:
                    running.append(spans[waiting])
                    waiting += 1
                running = [span for span in running if span[1] > at]
                roles = [("B-" if begin >= at else "I-") + role for begin, _, role in running]
                lines.append("\t".join((str(number), word, str(at), str(stop), "|".join(roles) or "_")))
            lines.append("")
    return "\n".join(lines) + "\n" if lines else ""


def _roles(statement: Statement) -> list[tuple[int, int, str]]:
    out = [(statement.cue.start, statement.cue.end, "cue")]
    if statement.source is not None:
        out.append((statement.source.start, statement.source.end, "source"))
    out.extend((start, end, "content") for start, end in statement.spans)
    return out
