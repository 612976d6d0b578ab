"""Claims: search, and the dossier of one."""

from __future__ import annotations

import pytest

from kg.asking import claims
from kg.asking.filters import ClaimFilters
from kg.asking.parameters import AsOf, PageRequest
from kg.engine.graph import Graph
from schema.errors import NotFound
from tests.asking import world as w
from tests.asking.parts import all_parts


async def test_all_claims_the_last_spoken_of_first(world: Graph) -> None:
    found = (await claims.search(world)).items
    assert {(c.id, c.standing.standing, c.statements) for c in found} == {
        (w.C_SUPPORT, "contested", 7),
        (w.C_HOAX, "unanswered", 1),
        (w.C_NERVOUS, "stated", 1),
        (w.C_SPY, "unanswered", 2),
        (w.C_RUMOUR, "unsupported", 0),
    }
    times = [c.last_at or "" for c in found]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ClaimFilters(q="technical support"), {w.C_SUPPORT}),
        (ClaimFilters(q="tecnical suport"), {w.C_SUPPORT}),
        (ClaimFilters(q="orion", accused="Orion"), {w.C_SUPPORT, w.C_SPY}),
        (ClaimFilters(q="OR NOT ("), set()),
        (ClaimFilters(q="!!"), set()),
        (ClaimFilters(accused="猎户座"), {w.C_SUPPORT, w.C_SPY}),
        (ClaimFilters(speaker="Ann Lee"), {w.C_NERVOUS}),
        (ClaimFilters(speaker="The Herald", accused="Orion"), {w.C_SUPPORT, w.C_SPY}),
        (ClaimFilters(speaker="Ann Lee", accused="Orion"), set()),
        (ClaimFilters(topic="Orion shares"), {w.C_NERVOUS}),
        (ClaimFilters(standing=("contested", "stated")), {w.C_SUPPORT, w.C_NERVOUS}),
        (ClaimFilters(unanswered=True), {w.C_HOAX, w.C_SPY}),
        (ClaimFilters(unanswered=True, standing=("contested",)), set()),
        (ClaimFilters(from_="2025-11-15"), {w.C_SUPPORT}),
        (ClaimFilters(to="2025-11-01"), {w.C_SUPPORT, w.C_SPY}),
    ],
)
async def test_filters(world: Graph, filters: ClaimFilters, expected: set[str]) -> None:
    assert {c.id for c in (await claims.search(world, filters)).items} == expected


@pytest.mark.parametrize("filters", [ClaimFilters(), ClaimFilters(standing=("unanswered", "contested"))])
async def test_the_parts_make_the_whole(world: Graph, filters: ClaimFilters, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (await claims.search(world, filters)).items
    for size, batch in ((1, 200), (2, 200), (1, 2), (2, 1)):
        monkeypatch.setattr(claims, "_BATCH", batch)
        parts = await all_parts(lambda page: claims.search(world, filters, page=page), size)
        assert parts == whole


async def test_a_search_for_rare_standings_goes_on_by_cursor(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "_BATCH", 1)
    monkeypatch.setattr(claims, "_MOST_BATCHES", 2)
    filters = ClaimFilters(standing=("unsupported",))
    first = await claims.search(world, filters, page=PageRequest(10))
    assert (first.items, first.next is None) == ((), False)
    found = await all_parts(lambda page: claims.search(world, filters, page=page), 10)
    assert [c.id for c in found] == [w.C_RUMOUR]


async def test_a_dossier(world: Graph) -> None:
    found = await claims.dossier(world, w.C_SUPPORT)
    assert [s.name for s in found.subjects] == ["Orion Group"]
    assert [s.name for s in found.objects] == ["Eastland Army"]
    assert [s.name for s in found.concerns] == ["Large models"]
    standing = found.standing
    assert standing.standing == "contested"
    assert standing.because == (w.ALLEGED, w.WHISPERED, w.DENIED)
    assert standing.put_forward_by == (w.ALLEGED, w.WHISPERED)
    assert (standing.could_not_verify, standing.declined_by) == ((w.UNVERIFIED,), (w.NO_COMMENT,))
    assert (standing.documents, standing.origins, standing.named_sources, standing.anonymous_sources) == (4, 2, 1, 1)
    assert standing.hours_to_answer is not None
    hours = standing.hours_to_answer
    assert (hours.least, hours.most, hours.allegation, hours.answer) == (0.0, 18.0, w.RELAYED, w.DENIED)
    assert {(o.kind, o.name, o.id, o.statements) for o in found.origins} == {
        ("unseen_document", "Memo on Orion", w.MEMO, (w.ALLEGED,)),
        ("anonymous", "a person who knows the matter", None, (w.WHISPERED,)),
    }
    memo = next(o for o in found.origins if o.kind == "unseen_document")
    assert set(memo.reported_in) == {w.HERALD, w.COURIER}
    assert [d.id for d in found.documents] == [w.HERALD, w.WIRE, w.COURIER, w.TATTLER]
    assert [r.id for r in found.responses] == [w.RULE_2023]


async def test_a_dossier_shows_quotes_in_their_text_and_chains_of_relays(world: Graph) -> None:
    said = {s.id: s for s in (await claims.dossier(world, w.C_SUPPORT)).said}
    assert len(said) == 7
    unverified = said[w.UNVERIFIED]
    assert unverified.before is not None and unverified.quote is not None and unverified.after is not None
    assert unverified.before + unverified.quote + unverified.after == w.HERALD_TEXT
    assert [link.id for link in said[w.REPEATED].chain] == [w.RELAYED, w.ALLEGED]
    assert [link.id for link in said[w.RELAYED].chain] == [w.ALLEGED]
    assert (said[w.ALLEGED].quote, said[w.ALLEGED].before, said[w.ALLEGED].chain) == (None, None, ())
    memo = said[w.ALLEGED].document
    assert memo is not None and memo.seen is False
    assert [a.id for a in said[w.DENIED].answers] == [w.ALLEGED]
    assert [a.id for a in said[w.ALLEGED].answered_by] == [w.DENIED]


async def test_offsets_are_code_points(world: Graph) -> None:
    """A quote behind Chinese text, where bytes and UTF-16 units would differ from code points or not."""
    (assessed,) = (await claims.dossier(world, w.C_NERVOUS)).said
    assert assessed.start is not None and assessed.end is not None
    assert w.WIRE_TEXT[assessed.start : assessed.end] == assessed.quote
    assert (assessed.before or "").endswith("said ") and assessed.after == "."
    assert assessed.capacity == "of the Harbour Institute"


@pytest.mark.parametrize(
    ("known_at", "standing", "statements", "documents", "origins"),
    [
        (w.REPORT, "unanswered", 4, 1, 1),
        (w.DENIAL, "contested", 5, 2, 1),
        (w.REPEAT, "contested", 6, 3, 1),
        (w.TABLOID, "contested", 7, 4, 2),
        (w.WITHDRAWN, "contested", 6, 3, 1),
        (w.RESTORED, "contested", 7, 4, 2),
    ],
)
async def test_as_the_graph_knew_it(
    world: Graph, known_at: str, standing: str, statements: int, documents: int, origins: int
) -> None:
    """Before and after the denial came in, and before, during and after the tabloid was retracted."""
    at = AsOf.of(known_at=known_at)
    found = await claims.dossier(world, w.C_SUPPORT, at)
    assert (found.standing.standing, len(found.said)) == (standing, statements)
    assert (found.standing.documents, found.standing.origins) == (documents, origins)
    assert (w.DENIED in {s.id for s in found.said}) == (known_at >= w.DENIAL)
    listed = {c.id: c.standing for c in (await claims.search(world, ClaimFilters(accused="Orion"), at)).items}
    assert listed[w.C_SUPPORT] == found.standing


async def test_as_the_world_was(world: Graph) -> None:
    """By what had been said at a time: the memo first, then the report, then the denial at six in the evening."""
    for day, standing, count in (
        ("2025-11-13", "unsupported", 1),
        ("2025-11-14T17:59:59Z", "unanswered", 4),
        ("2025-11-14", "contested", 5),
        ("2025-11-15", "contested", 6),
    ):
        found = await claims.dossier(world, w.C_SUPPORT, AsOf.of(valid_at=day))
        assert (found.standing.standing, len(found.said)) == (standing, count), day
    early = await claims.search(world, as_of=AsOf.of(valid_at="2025-11-13"))
    assert {c.id for c in early.items} == {w.C_SUPPORT, w.C_SPY}, "what nobody had said yet is not there"


async def test_an_unknown_claim_is_told(world: Graph) -> None:
    for claim in ("claim-aaaaaaaaaaaaaaaaaaaa", "no id", w.ALLEGED):
        with pytest.raises(NotFound, match="no claim has the id"):
            await claims.dossier(world, claim)
    with pytest.raises(NotFound):
        await claims.dossier(world, w.C_SUPPORT, AsOf.of(known_at=w.START))
