"""Small SVG charts without a library: bars by name, and lines over a logarithmic scale."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BASE = 560, 260, 130, 210
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")


def bars(title: str, values: Mapping[str, float]) -> str:
    """Horizontal bars with their values, as the inside of an SVG group."""
    most = max(values.values()) or 1.0
    parts = [_text(LEFT, 20, title, weight="bold")]
    for number, (name, value) in enumerate(values.items()):
        y = 36 + 30 * number
        length = (WIDTH - LEFT - 70) * value / most
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="22" fill="{colour}"/>')
        parts.append(_text(LEFT - 6, y + 16, name, anchor="end"))
        parts.append(_text(LEFT + length + 6, y + 16, f"{value:.1f}"))
    return "".join(parts)


def lines(
    title: str, xs: Sequence[float], series: Mapping[str, Sequence[float]], digits: int = 1
) -> str:
    """Lines over a logarithmic x, from zero up, as the inside of an SVG group."""
    most = max(max(ys) for ys in series.values()) * 1.1 or 1.0
    low, high = math.log(min(xs)), math.log(max(xs))
    span = (high - low) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - 60) * (math.log(x) - low) / span
        return across, BASE - (BASE - 40) * y / most

    parts = [_text(LEFT, 20, title, weight="bold")]
    parts.append(f'<path d="M{LEFT},40V{BASE}H{WIDTH - 40}" fill="none" stroke="#888"/>')
    for x in xs:
        parts.append(_text(place(x, 0)[0], BASE + 16, f"{x:,.0f}", anchor="middle"))
    for number, (name, ys) in enumerate(series.items()):
        points = [place(x, y) for x, y in zip(xs, ys, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), value in zip(points, ys, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            parts.append(_text(x, y - 8, f"{value:.{digits}f}", anchor="middle"))
        parts.append(_text(points[-1][0] + 8, points[-1][1] + 4, name))
    return "".join(parts)


def page(charts: Sequence[str]) -> str:
    """The charts one above the other, as an SVG file."""
    groups = "".join(
        f'<g transform="translate(0,{HEIGHT * number})">{chart}</g>'
        for number, chart in enumerate(charts)
    )
    height = HEIGHT * max(1, len(charts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f"{groups}</svg>\n"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )
