"""Plots as SVG text: releases over time by issuer, and the citations of one answer over time.

Positions are days; a date that is stated only as a month or year is drawn as long as it may mean,
never as one day. Colours come from the page's style (classes s0 to s6 and none), so they follow light and
dark; every mark carries its words in a <title>.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chat.markup import MONTHS, date_words, esc
from rag.records import Citation

WIDTH, LEFT, RIGHT = 960, 14, 14
SERIES = 6  # issuers with a colour of their own; the rest are one more series
NO_ISSUER = "Issuer not stated"


def day_range(value: str) -> tuple[date, date]:
    """The first and last day that an ISO date may mean.

    `day_range("2019-02") == (date(2019, 2, 1), date(2019, 2, 28))`. Raises ValueError for a day
    that is not in the calendar.
    """
    parts = [int(p) for p in value.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return first, after - timedelta(days=1)
    return date(*parts), date(*parts)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days onto the width of a plot."""

    first: date
    last: date

    @classmethod
    def over(cls, values: Iterable[str]) -> "Scale":
        """A scale that holds all these ISO dates with some room on both sides."""
        ranges = [day_range(v) for v in values]
        first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
        room = timedelta(days=max(3, (last - first).days // 25))
        return cls(first - room, last + room)

    def x(self, day: date) -> float:
        """Where a day stands, in the plot's units."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> list[tuple[date, str]]:
        """At most a dozen months or years with their labels."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if months / s <= 10), 240)
        ticks = []
        for index in range(months + 1):
            month0 = self.first.year * 12 + self.first.month - 1 + index
            if month0 % step:
                continue
            day = date(month0 // 12, month0 % 12 + 1, 1)
            if self.first <= day <= self.last:
                label = str(day.year) if step >= 12 else f"{MONTHS[day.month - 1][:3]} {day.year}"
                ticks.append((day, label))
        return ticks


def timeline_svg(citations: Sequence[Citation]) -> str:
    """The dated citations on a line, each a mark that opens it; "" when fewer than two are dated.

    Marks that would touch stand on rows above one another.
    """
    dated = [(c, c.date) for c in citations if c.date is not None]
    if len(dated) < 2:
        return ""
    scale = Scale.over(value for _, value in dated)
    free: list[float] = []  # per row, the x up to which it is taken
    marks = []
    for citation, value in sorted(dated, key=lambda pair: day_range(pair[1])):
        first, last = day_range(value)
        left, right = scale.x(first), scale.x(last)
        middle = (left + right) / 2
        row = next((r for r, taken in enumerate(free) if taken <= min(left, middle - 11)), None)
        if row is None:
            row = len(free)
            free.append(0.0)
        free[row] = max(right, middle + 11) + 3
        marks.append((citation, value, left, right, row))
    height = 30 + 26 * len(free)
    base = height - 22
    drawn = "".join(_mark(*mark, base=base) for mark in marks)
    label = f"{len(dated)} dated releases from {date_words(dated[0][1])} on"
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{esc(label)}">'
        f"{_axis(scale, base)}{drawn}</svg>"
    )


def _mark(
    citation: Citation, value: str, left: float, right: float, row: int, *, base: float
) -> str:
    y, middle = base - 16 - 26 * row, (left + right) / 2
    title = f"{citation.marker}: {date_words(value)}, {citation.title or 'untitled'}"
    extent = (
        f'<rect class="extent" x="{left:.1f}" y="{y - 3:.1f}" width="{right - left:.1f}"'
        ' height="6" rx="3"/>'
        if right - left > 1
        else ""
    )
    return (
        f'<g class="dot" data-open="{citation.marker}" role="button" tabindex="0"'
        f' aria-label="{esc(title)}">{extent}'
        f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="10"/>'
        f'<text x="{middle:.1f}" y="{y + 4:.1f}" aria-hidden="true">{citation.marker}</text></g>'
    )


def _axis(scale: Scale, base: float) -> str:
    ticks = "".join(
        f'<line class="tick" x1="{scale.x(day):.1f}" x2="{scale.x(day):.1f}" y1="{base}"'
        f' y2="{base + 4}"/><text class="label" x="{scale.x(day):.1f}" y="{base + 17}">'
        f"{label}</text>"
        for day, label in scale.ticks()
    )
    return f'<g class="axis"><line x1="0" x2="{WIDTH}" y1="{base}" y2="{base}"/>{ticks}</g>'


def histogram_svg(rows: Iterable[tuple[str | None, str | None]]) -> str:
    """Releases over time, stacked by issuer; "" when none has a date.

    rows: (date, issuer) of every release. Bars are months, quarters or years, whichever gives at
    most 60; a release whose stated date does not name a bar's span (a bare year among months) is
    left out of the bars and counted below them.
    """
    dated = [(value, issuer or NO_ISSUER) for value, issuer in rows if value]
    if not dated:
        return ""
    step = _step([value for value, _ in dated])
    placed = [(b, issuer) for value, issuer in dated if (b := _bin(value, step)) is not None]
    if not placed:
        return ""
    names = [n for n, _ in Counter(i for _, i in placed).most_common() if n != NO_ISSUER]
    labels = names[:SERIES] + ["Other issuers"] * (len(names) > SERIES)
    series = {name: min(n, SERIES) for n, name in enumerate(names)}
    if any(issuer == NO_ISSUER for _, issuer in placed):
        series[NO_ISSUER] = len(labels)
        labels.append(NO_ISSUER)
    counts = Counter((b, series[issuer]) for b, issuer in placed)
    left_out = len(dated) - len(placed)
    return _bars(counts, step, labels) + _legend(labels, left_out, step)


def _step(values: Sequence[str]) -> int:
    years = {v[:4] for v in values}
    months = 12 * (int(max(years)) - int(min(years)) + 1)
    return 1 if months <= 60 else 3 if months <= 180 else 12


def _bin(value: str, step: int) -> int | None:
    if len(value) == 4:
        return int(value) if step == 12 else None
    return (int(value[:4]) * 12 + int(value[5:7]) - 1) // step


def _bin_label(number: int, step: int) -> str:
    year, month = divmod(number * step, 12)
    if step == 12:
        return str(year)
    name = f"{MONTHS[month]} {year}"
    return name if step == 1 else f"{MONTHS[month][:3]} to {MONTHS[month + 2][:3]} {year}"


def _bars(counts: Counter[tuple[int, int]], step: int, labels: Sequence[str]) -> str:
    bins = sorted({b for b, _ in counts})
    first, last = bins[0] - 1, bins[-1] + 1
    tall = max(sum(counts[b, s] for s in range(len(labels))) for b in bins)
    width = (WIDTH - LEFT - RIGHT) / (last - first + 1)
    height, base, drawn = 190, 166, []
    for number in bins:
        top: float = base
        for s, label in enumerate(labels):
            count = counts[number, s]
            if not count:
                continue
            high = 140 * count / tall
            top -= high
            words = f"{_bin_label(number, step)}, {label}: {count:,}"
            drawn.append(
                f'<rect class="{_shade(s, label)}" x="{LEFT + (number - first) * width + width * 0.12:.1f}"'
                f' y="{top:.1f}" width="{min(width * 0.76, 40):.1f}" height="{high:.1f}">'
                f"<title>{esc(words)}</title></rect>"
            )
    total = sum(counts.values())
    words = (
        f"{total:,} releases from {_bin_label(bins[0], step)} to {_bin_label(bins[-1], step)};"
        f" at most {tall:,} in one bar"
    )
    scale = f'<text class="label end" x="{WIDTH - RIGHT}" y="14">at most {tall:,} a bar</text>'
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{esc(words)}">'
        f"{_bin_axis(first, last, step, width, base)}{''.join(drawn)}{scale}</svg>"
    )


def _shade(number: int, label: str) -> str:
    return "none" if label == NO_ISSUER else f"s{number}"


def _bin_axis(first: int, last: int, step: int, width: float, base: float) -> str:
    """Years under the bars, or where there are fewer than two, months."""
    per_year = 12 // step
    yearly = last - first >= 2 * per_year
    every = max(1, -(-(last - first) // (10 * per_year))) if yearly else 3
    ticks = []
    for number in range(first, last + 1):
        if number % per_year if yearly else number % every:
            continue
        if yearly and (number // per_year) % every:
            continue
        year, month = divmod(number * step, 12)
        label = str(year) if yearly else f"{MONTHS[month][:3]} {year}"
        x = LEFT + (number - first) * width + width * 0.12
        ticks.append(f'<text class="label start" x="{x:.1f}" y="{base + 18}">{label}</text>')
    line = f'<line x1="0" x2="{WIDTH}" y1="{base}" y2="{base}"/>'
    return f'<g class="axis">{line}{"".join(ticks)}</g>'


def _legend(labels: Sequence[str], left_out: int, step: int) -> str:
    items = "".join(
        f'<li><span class="swatch {_shade(s, label)}" aria-hidden="true"></span>{esc(label)}</li>'
        for s, label in enumerate(labels)
    )
    unit = {1: "month", 3: "quarter", 12: "year"}[step]
    note = (
        f'<p class="notes">One bar a {unit}. {left_out:,} dated only by year are not drawn.</p>'
        if left_out
        else f'<p class="notes">One bar a {unit}.</p>'
    )
    return f'<ul class="legend">{items}</ul>{note}'
