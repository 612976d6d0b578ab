"""A reliability diagram as plain SVG: stated confidence across, observed share upwards, one circle a bin."""

from __future__ import annotations

from collections.abc import Sequence

Bin = tuple[float, float, int]
SIZE = 420
MARGIN = 56
_INK = "#222"


def bins(stated: Sequence[float], right: Sequence[float], count: int = 10) -> list[Bin]:
    """Equally wide bins of stated confidence: mean stated, share right, number; empty ones are left out."""
    out: list[Bin] = []
    for k in range(count):
        low, high = k / count, (k + 1) / count
        inside = [
            (s, r) for s, r in zip(stated, right, strict=True) if low <= s < high or (k == count - 1 and s == 1.0)
        ]
        if inside:
            out.append((sum(s for s, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside), len(inside)))
    return out


def calibration_error(found: Sequence[Bin]) -> float:
    """The mean distance between stated and observed, weighted by the number in each bin."""
    total = sum(n for _, _, n in found)
    return sum(abs(stated - share) * n for stated, share, n in found) / total if total else 0.0


def reliability(series: Sequence[tuple[str, str, Sequence[Bin]]], accept: float) -> str:
    """The diagram for several series (label, colour, bins), with the acceptance threshold as a dashed line."""
    span = SIZE - MARGIN * 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>Reliability of the reader's confidence</title>",
        f'<rect width="{SIZE}" height="{SIZE}" fill="white"/>',
    ]
    for k in range(0, 11, 2):
        at = MARGIN + span * k / 10
        up = SIZE - at
        parts.append(f'<line x1="{at:.0f}" y1="{MARGIN}" x2="{at:.0f}" y2="{SIZE - MARGIN}" stroke="#e4e4e4"/>')
        parts.append(f'<line x1="{MARGIN}" y1="{up:.0f}" x2="{SIZE - MARGIN}" y2="{up:.0f}" stroke="#e4e4e4"/>')
        parts.append(
            f'<text x="{at:.0f}" y="{SIZE - MARGIN + 18}" text-anchor="middle" fill="{_INK}">{k / 10:.1f}</text>'
        )
        parts.append(f'<text x="{MARGIN - 8}" y="{up + 4:.0f}" text-anchor="end" fill="{_INK}">{k / 10:.1f}</text>')
    low, high = MARGIN, SIZE - MARGIN
    parts.append(f'<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke="#999"/>')
    at = MARGIN + span * accept
    parts.append(f'<line x1="{at:.0f}" y1="{low}" x2="{at:.0f}" y2="{high}" stroke="#999" stroke-dasharray="4 4"/>')
    parts.append(
        f'<text x="{at - 4:.0f}" y="{low - 6}" text-anchor="end" fill="#666">accepted from {accept:.2f}</text>'
    )
    for number, (label, colour, found) in enumerate(series):
        points = " ".join(f"{MARGIN + span * s:.1f},{SIZE - MARGIN - span * r:.1f}" for s, r, _ in found)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        for stated, share, n in found:
            x, y = MARGIN + span * stated, SIZE - MARGIN - span * share
            radius = 2 + min(7.0, n**0.5 / 8)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.7">'
                f"<title>{label}: stated {stated:.2f}, right {share:.2f}, {n} attributions</title></circle>"
            )
        parts.append(f'<text x="{MARGIN + 10}" y="{MARGIN + 18 + 16 * number}" fill="{colour}">{label}</text>')
    parts.append(
        f'<text x="{SIZE / 2}" y="{SIZE - 12}" text-anchor="middle" fill="{_INK}">confidence that is stated</text>'
    )
    parts.append(
        f'<text x="16" y="{SIZE / 2}" text-anchor="middle" fill="{_INK}" transform="rotate(-90 16 {SIZE / 2})">'
        "share that is right in full</text></svg>"
    )
    return "\n".join(parts) + "\n"
