"""A reading as tokens in columns, for people who check and for programs that take CoNLL files.

One block a sentence, blocks parted by a blank line, columns by tabs::

    # document = ft-report.md
    # sentence = 2 (offsets 97 to 223)
    # statements = 1
    #   1 = allege, confidence 0.85
    1	A	97	98	B-SOURCE
    2	White	99	104	I-SOURCE
    ...
    9	alleges	139	146	B-CUE

The columns are the token's number in its sentence, the token, its start and its end (code points of the document's
text), and then one column for each statement that has a part in the sentence, in the order of the ``# statements``
line, as the numbers of ``statements`` in the JSON form. A column holds ``B-SOURCE``, ``I-SOURCE``, ``B-CUE``,
``I-CUE``, ``B-CONTENT``, ``I-CONTENT`` or ``O``. A part that goes over a sentence's end begins anew with ``B-`` in the
next one, and so does each further part of a broken one. The notes of a reading are comments at the beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from kg.reading.model import Reading, Statement
from kg.reading.split import Bounds, paragraphs, sentences

_TOKEN = re.compile(r"\w+(?:[.,'’-]\w+)*|[^\w\s]")
_Part = tuple[int, int, str]


def reading_to_conll(reading: Reading, name: str) -> str:
    """The reading as CoNLL text.

    Args:
        reading: what was read.
        name: of the document, for the first line.
    """
    lines = [f"# document = {_line(name)}", f"# method = {_line(reading.method)}", f"# language = {reading.language}"]
    lines += [f"# note = {_line(note)}" for note in reading.notes]
    bounds = _sentences(reading.text)
    in_sentence = _parts_by_sentence(reading, bounds)
    for number, (start, end) in enumerate(bounds):
        lines += _block(reading, number, start, end, in_sentence.get(number, {}))
    return "\n".join(lines) + "\n\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _sentences(text: str) -> list[Bounds]:
    return [found for start, end in paragraphs(text) for found in sentences(text, start, end)]


def parts_of(statement: Statement) -> Iterator[_Part]:
    """Source, cue and content of a statement as (start, end, role); a broken content has more than one part."""
    if statement.source is not None and statement.source.start < statement.source.end:
        yield statement.source.start, statement.source.end, "source"
    yield statement.cue.start, statement.cue.end, "cue"
    whole = [(statement.content.start, statement.content.end)] if statement.content is not None else []
    for start, end in statement.spans or whole:
        yield start, end, "content"


def _parts_by_sentence(reading: Reading, bounds: list[Bounds]) -> dict[int, dict[int, list[_Part]]]:
    """Sentence to statement to its parts in it, cut at the sentence's ends."""
    starts = [start for start, _ in bounds]
    found: dict[int, dict[int, list[_Part]]] = defaultdict(lambda: defaultdict(list))
    for index, statement in enumerate(reading.statements):
        for start, end, role in parts_of(statement):
            first = max(0, bisect_right(starts, start) - 1)
            for number in range(first, bisect_left(starts, end)):
                low, high = max(start, bounds[number][0]), min(end, bounds[number][1])
                if low < high:
                    found[number][index].append((low, high, role))
    return found


_RANK = {"cue": 0, "source": 1, "content": 2}


def _block(reading: Reading, number: int, start: int, end: int, parts: dict[int, list[_Part]]) -> list[str]:
    order = sorted(parts)
    lines = ["", f"# sentence = {number} (offsets {start} to {end})"]
    if order:
        lines.append(f"# statements = {' '.join(map(str, order))}")
        for index in order:
            statement = reading.statements[index]
            lines.append(f"#   {index} = {statement.act}, confidence {statement.confidence}")
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(reading.text, start, end)]
    columns = [_tags(tokens, parts[index]) for index in order]
    for place, (first, last) in enumerate(tokens):
        row = [str(place + 1), reading.text[first:last], str(first), str(last), *(column[place] for column in columns)]
        lines.append("\t".join(row))
    return lines


def _tags(tokens: list[Bounds], parts: list[_Part]) -> list[str]:
    """BIO tags of one statement; where parts overlap, a cue goes before a source, and a source before content."""
    tags = ["O"] * len(tokens)
    starts = [start for start, _ in tokens]
    for start, end, role in sorted(parts, key=lambda part: (-_RANK[part[2]], part[0])):
        inside = [
            i for i in range(max(0, bisect_left(starts, start) - 1), bisect_left(starts, end)) if tokens[i][1] > start
        ]
        for place, token in enumerate(inside):
            tags[token] = f"{'I' if place else 'B'}-{role.upper()}"
    for place, tag in enumerate(tags):  # what an overlapping part was cut off from begins anew
        if tag.startswith("I-") and (place == 0 or tags[place - 1][2:] != tag[2:]):
            tags[place] = f"B-{tag[2:]}"
    return tags
