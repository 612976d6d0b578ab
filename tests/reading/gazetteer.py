"""A very small spotter, for the reader's own tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.mentions import Mention

ACTORS: dict[str, tuple[str, str, str | None]] = {
    "Alibaba": ("Alibaba Group", "company", "CN"),
    "Financial Times": ("Financial Times", "media", "GB"),
    "FT": ("Financial Times", "media", "GB"),
    "White House": ("White House", "government_body", "US"),
    "CIA": ("Central Intelligence Agency", "government_body", "US"),
    "Beijing": ("China", "government", "CN"),
    "China": ("China", "government", "CN"),
    "Brookings": ("Brookings Institution", "think_tank", "US"),
    "Kyle Chan": ("Kyle Chan", "person", None),
    "Reuters": ("Reuters", "media", "GB"),
    "Tehran": ("Iran", "government", "IR"),
}
_PATTERN = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, ACTORS), key=len, reverse=True)) + r")\b")


class SmallGazetteer:
    """Spots the actors above by their names."""

    def spot(self, text: str) -> Sequence[Mention]:
        """All mentions, in order."""
        out = []
        for match in _PATTERN.finditer(text):
            name, kind, country = ACTORS[match.group()]
            out.append(Mention(match.start(), match.end(), name, f"act_{name}", kind, country, "short"))
        return out
