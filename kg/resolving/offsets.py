"""Where a quote stands in a text. Pure."""

from __future__ import annotations

from schema.errors import InvalidInput
from schema.record_base import Evidence
from schema.records import StatementRecord


def located(quote: str, start: int | None, end: int | None, text: str) -> tuple[int, int]:
    """The offsets of a quote in code points, checked when given and found when not.

    Raises:
        InvalidInput: it does not stand there, does not stand in the text, or stands in it more than once.
    """
    if start is None:
        first = text.find(quote)
        if first < 0:
            raise InvalidInput(
                f"the quote {quote[:60]!r} does not stand in the document", remedy="Copy it letter by letter"
            )
        second = text.find(quote, first + 1)
        if second >= 0:
            raise InvalidInput(
                f"the quote {quote[:60]!r} stands in the document at {first} and again at {second}",
                remedy="Give its start",
            )
        return first, first + len(quote)
    stop = start + len(quote) if end is None else end
    if text[start:stop] != quote:
        there = text[start:stop]
        actual = text.find(quote)
        hint = f"It stands at {actual}" if actual >= 0 else "It stands nowhere in the document"
        raise InvalidInput(f"at {start} to {stop} stands {there[:60]!r}, not the quote {quote[:60]!r}", remedy=hint)
    return start, stop


def place_statement(record: StatementRecord, text: str, seen: bool) -> StatementRecord:
    """The statement with its offsets; one in a document that was not seen has none.

    Raises:
        InvalidInput: see :func:`located`; or a quote is missing, or stands where there is no text.
    """
    if not seen:
        if record.quote is not None or record.start is not None:
            raise InvalidInput("a document that was not seen has no text to quote", remedy="Quote where it is reported")
        return record
    if record.quote is None:
        raise InvalidInput("the statement has no quote", remedy="Quote the words of the document that are its evidence")
    start, end = located(record.quote, record.start, record.end, text)
    for first, last in record.spans:
        if not start <= first < last <= end:
            raise InvalidInput(f"the span {first} to {last} lies outside the quote, {start} to {end}")
    return record.model_copy(update={"start": start, "end": end})


def place_evidence(evidence: Evidence, text: str) -> Evidence:
    """The evidence with the offsets of its quote.

    Raises:
        InvalidInput: see :func:`located`.
    """
    if evidence.quote is None:
        return evidence
    start, end = located(evidence.quote, evidence.start, evidence.end, text)
    return evidence.model_copy(update={"start": start, "end": end})
