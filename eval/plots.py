"""The report's plots as inline SVG; matplotlib is used here only."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.intervals import Bin, Interval
from eval.results import Point

# A palette that stays apart for colour-blind readers (Okabe and Ito, 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "dateline",  # the same figure gives the same bytes
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "axes.axisbelow": True,
}


def risk_coverage(
    curves: Mapping[str, Sequence[tuple[float, float]]],
    chosen: Mapping[str, tuple[float, float]],
) -> str:
    """Risk over coverage, a line a system, with a dot where the system decided to stop."""
    figure, axes = _figure(6.2, 4.2)
    for (name, curve), colour in zip(curves.items(), _colours(), strict=False):
        axes.plot([c for c, _ in curve], [r for _, r in curve], color=colour, label=name)
        if name in chosen:
            axes.plot(*chosen[name], "o", color=colour)
    axes.set(xlabel="share of questions answered", ylabel="share of answers that are wrong")
    axes.set(xlim=(0, 1.01), ylim=(0, 1.01))
    axes.legend(frameon=False, loc="upper left", fontsize=9)
    return _svg(figure)


def operating_points(points: Sequence[Point], threshold: float | None) -> str:
    """Precision, recall, F1 and net over the threshold, with a line at the one in use."""
    figure, axes = _figure(6.2, 4.2)
    at = [p.threshold for p in points]
    rows = {
        "precision": [p.precision for p in points],
        "recall": [p.recall for p in points],
        "F1": [p.f1 for p in points],
        "net": [p.net for p in points],
    }
    for (name, values), colour in zip(rows.items(), _colours(), strict=False):
        axes.plot(at, values, color=colour, label=name, drawstyle="steps-pre")
    if threshold is not None:
        axes.axvline(threshold, color="#666666", linestyle="--", linewidth=1)
    axes.set(xlabel="answered from this confidence on", ylim=(-0.5, 1.02))
    axes.legend(frameon=False, loc="lower left", fontsize=9)
    return _svg(figure)


def reliability(bins: Sequence[Bin]) -> str:
    """Share that is right over mean confidence, dots sized by how many topics they stand for."""
    figure, axes = _figure(4.6, 4.2)
    filled = [b for b in bins if b.count]
    most = max(b.count for b in filled)
    axes.plot([0, 1], [0, 1], color="#888888", linestyle="--", linewidth=1)
    axes.plot([b.confidence for b in filled], [b.right for b in filled], color=COLOURS[0])
    axes.scatter(
        [b.confidence for b in filled],
        [b.right for b in filled],
        s=[20 + 180 * b.count / most for b in filled],
        color=COLOURS[0],
        zorder=3,
    )
    for b in filled:
        axes.annotate(
            str(b.count), (b.confidence, b.right), (7, -12), textcoords="offset points", fontsize=8
        )
    axes.set(xlabel="confidence", ylabel="share that is right")
    axes.set(xlim=(-0.03, 1.05), ylim=(-0.05, 1.05))
    return _svg(figure)


def bars(rows: Mapping[str, Interval], label: str) -> str:
    """A dot with its interval for each row, top to bottom."""
    figure, axes = _figure(6.2, 0.7 + 0.27 * len(rows))
    for place, row in enumerate(rows.values()):
        axes.plot([row.low, row.high], [place, place], color=COLOURS[0], linewidth=2)
        axes.plot(row.value, place, "o", color=COLOURS[0])
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set(xlabel=label)
    axes.invert_yaxis()
    return _svg(figure)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure; sizes in inches."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        return figure, figure.subplots()


def _svg(figure: Figure) -> str:
    """The <svg> element alone, without the XML prologue, a date or a fixed size."""
    target = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(target, format="svg", metadata={"Date": None})
    text = target.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)


def _colours() -> list[str]:
    return list(COLOURS) * 3
