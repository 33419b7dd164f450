import re
import xml.etree.ElementTree as ET

from eval import plots
from eval.intervals import Bin, Interval
from eval.results import Point


def texts(svg):
    return [e.text for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_risk_coverage_names_each_system_and_both_axes():
    curves = {"full": [(0.5, 0.0), (1.0, 0.5)], "bm25": [(0.5, 0.5), (1.0, 0.5)]}
    svg = plots.risk_coverage(curves, {"full": (0.5, 0.0)})
    assert {"full", "bm25", "share of questions answered"} <= set(texts(svg))
    assert svg == plots.risk_coverage(curves, {"full": (0.5, 0.0)})
    assert svg.startswith("<svg")
    assert "metadata" not in svg


def test_operating_points_draw_four_measures():
    points = [Point(t, 1, 0, 0.5, 0.5, 0.5, 0.5, 0.5) for t in (0.1, 0.9)]
    found = texts(plots.operating_points(points, None))
    assert [t for t in found if t in ("precision", "recall", "F1", "net")] == [
        "precision",
        "recall",
        "F1",
        "net",
    ]


def test_reliability_writes_the_size_of_each_bin_that_is_not_empty():
    nan = float("nan")
    bins = [Bin(0.0, 0.5, 37, 0.25, 0.2), Bin(0.5, 0.9, 0, nan, nan), Bin(0.9, 1, 41, 0.95, 1)]
    found = texts(plots.reliability(bins))
    assert {"37", "41"} <= set(found)
    assert "0" not in found


def test_bars_are_named_from_top_to_bottom():
    svg = plots.bars({"who (3)": Interval(0.5, 0.1, 0.9), "when (9)": Interval(0, 0, 0)}, "net")
    heights = {
        e.text: float(re.findall(r"[\d.]+", e.get("transform") or e.get("y"))[-1])
        for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    }
    assert heights["who (3)"] < heights["when (9)"] < heights["net"]
