"""An article on a dispute between actors of whom half are unknown: who speaks for whom, and in answer to what."""

from __future__ import annotations

from kg.reading.article import load_article
from kg.reading.read import read_article
from kg.resolving.gazetteer import packaged_gazetteer

TEXT = """A panel of United Nations experts accused Baykar of supplying armed drones to Sudan's Rapid Support Forces.

Baykar denied the allegations. "We have never sold anything to them," a company spokesperson said.

Turkey's foreign ministry called the report "a collection of hearsay". It did not deny that drones had been seen.

Alan Boswell, a Horn of Africa specialist at the International Crisis Group, said it would be the first evidence.
"""


def test_who_speaks_for_whom() -> None:
    reading = read_article(load_article(TEXT.encode(), filename="a.txt"), packaged_gazetteer())
    said = [(s.act, s.source.actor or s.source.name, s.answers) for s in reading.statements if s.source]
    assert said[:2] == [("allege", "United Nations", None), ("deny", "Baykar", 0)]
    spokesperson = next(s for s in reading.statements if s.source and "spokesperson" in s.source.text)
    assert (spokesperson.act, spokesperson.source and spokesperson.source.name) == ("deny", "Baykar")
    ministry = [s for s in reading.statements if s.source and s.source.actor == "Turkey"]
    assert ministry[0].act == "deny" and ministry[0].content is not None
    assert ministry[0].content.text == 'the report "a collection of hearsay"'
    assert all(s.act != "deny" for s in ministry[1:])
    [affiliation] = reading.affiliations
    assert affiliation.organisation is not None and affiliation.role is not None
    assert (affiliation.organisation.text, affiliation.role.text) == (
        "International Crisis Group",
        "Horn of Africa specialist",
    )
