"""The report: one HTML file that needs nothing else, to be read critically."""

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval import plots
from eval.collection import Collection, Source
from eval.intervals import Interval
from eval.measures import Cited, Outcome, is_answer, risk_coverage
from eval.results import POINTS, Measured, cause, precision_at

MAIN = ("net", "F1", "precision", "recall", "release_exact", "date_exact")
SURE = ("abstain_far", "abstain_near", "abstain_outside", "abstain_undated", "AURC", "AUROC")
PLAIN = ("verbatim", "quote_chars_median", "p50_ms", "p95_ms")
AROUND = 260  # characters of the release shown on either side of a quote
FEW = 12  # topics below which a slice says next to nothing

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 2rem auto;
  max-width: 1080px; padding: 0 1.2rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { margin-top: 2.4rem; font-size: 1.25rem }
h3 { margin: 1.4rem 0 .4rem; font-size: 1rem }
p.note, td.note, .small { color: #555; font-size: .88rem }
.scroll { overflow-x: auto }
table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .28rem .7rem; border-bottom: 1px solid #ddd; text-align: right;
  vertical-align: top; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
th { font-weight: 600; border-bottom: 2px solid #999 }
td .ci { color: #666; font-size: .8rem; display: block; line-height: 1.2 }
tr.first td { background: #f0f6fb }
.worse { color: #b3261e; font-weight: 600 } .better { color: #17692b; font-weight: 600 }
.plots { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: flex-start }
figure { margin: 0; max-width: 520px } figure svg { max-width: 100%; height: auto }
figcaption { font-size: .88rem; color: #444 }
details { border: 1px solid #ddd; border-radius: 6px; margin: .5rem 0; padding: .4rem .8rem }
details details { border: 0; border-top: 1px solid #e5e5e5; border-radius: 0; padding: .5rem 0 }
summary { cursor: pointer } summary b { font-weight: 600 }
blockquote { margin: .3rem 0 .8rem; padding: .5rem .8rem; background: #f7f7f7;
  border-left: 3px solid #bbb; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem }
mark { background: #ffe08a } mark.gold { background: #bfe8c6 }
.tag { font-size: .78rem; background: #eee; border-radius: 4px; padding: .05rem .4rem }
"""


@dataclass(frozen=True, slots=True)
class Change:
    """Differences of one system against another or an earlier run, and which of them are losses."""

    system: str
    against: str
    values: Mapping[str, Interval]
    losses: Sequence[str]


def render(
    collection: Collection,
    measured: Sequence[Measured],
    changes: Sequence[Change],
    archive: str | None,
) -> str:
    """The whole page; the first system is the one that plots, slices and errors are about."""
    first = measured[0]
    parts = [
        _head(collection, measured, archive),
        _section("Side by side", _side_by_side(collection, measured)),
    ]
    if changes:
        parts.append(_section("Differences", _changes(changes)))
    if collection.judged:
        parts += [
            _section("Answering or not", _plots(measured) + _points(first)),
            _section("Slices", _slices(first)),
            _section("Abstentions by reason", _reasons(first)),
            _section("Errors to read", _errors(collection, first)),
        ]
    title = html.escape(f"Dateline on {collection.name}")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>\n{''.join(parts)}</body></html>\n"
    )


def _head(collection: Collection, measured: Sequence[Measured], archive: str | None) -> str:
    answerable = sum(bool(t.answerable) for t in collection.topics)
    kinds = f", {answerable} of them answerable" if collection.judged else ""
    systems = "".join(
        f"<li><b>{html.escape(m.answered.name)}</b>: {html.escape(m.answered.note)}</li>"
        for m in measured
    )
    return (
        f"<h1>Dateline on the collection {html.escape(collection.name)}</h1>"
        f'<p class="note">{len(collection.topics)} questions{kinds}, on '
        f"{len(collection.releases):,} releases. Topics SHA-256 {collection.digest[:12]}"
        f"{', archive ' + html.escape(archive) if archive else ''}. Beneath each figure: its 95 % "
        "bootstrap interval, drawn over releases, as questions on one release share its difficulty. A "
        "question counts as right when one of the first three citations is to a gold release with "
        "its exact date and quotes the answer or its evidence.</p>"
        f"<ul>{systems}</ul>"
    )


def _side_by_side(collection: Collection, measured: Sequence[Measured]) -> str:
    parts = []
    if collection.judged:
        parts.append("<h3>Answers</h3>" + _table_of(measured, MAIN))
        parts.append("<h3>Knowing when to answer</h3>" + _table_of(measured, SURE))
        parts.append("<h3>Quotes, time, and what the curve reaches</h3>" + _plain_table(measured))
    ranked = [m for m in measured if m.topics]
    if ranked:
        note = '<p class="note">Of releases, over the questions that have a gold release.</p>'
        names = list(ranked[0].topics)
        parts.append("<h3>Retrieval</h3>" + note + _table_of(ranked, names))
    return "".join(parts)


def _table_of(measured: Sequence[Measured], names: Sequence[str]) -> str:
    kept = [n for n in names if any(n in m.intervals for m in measured)]
    rows = [
        [html.escape(m.answered.name), *(_with_interval(m.intervals.get(n)) for n in kept)]
        for m in measured
    ]
    return _table(["system", *kept], rows)


def _plain_table(measured: Sequence[Measured]) -> str:
    rows = []
    for m in measured:
        reached = precision_at(m.points, 0.65)
        best = _number(reached.precision) if reached else "not reached"
        always = _number(m.points[0].recall if m.points else None)
        row = [*(_number(m.figures.get(n)) for n in PLAIN), always]
        rows.append([html.escape(m.answered.name), *row, best, _number(m.ece if m.bins else None)])
    plain = ["verbatim", "median quote, characters", "p50 ms", "p95 ms"]
    reach = ["recall when always answering", "best precision at recall ≥ 0.65", "ECE"]
    return _table(["system", *plain, *reach], rows)


def _changes(changes: Sequence[Change]) -> str:
    names = [n for n in (*MAIN, *SURE, "nDCG@10", "R@10") if any(n in c.values for c in changes)]
    head = ["", *(f"{c.system} − {c.against}" for c in changes)]
    rows = [[name, *(_difference(name, c.values.get(name)) for c in changes)] for name in names]
    lost = [f"{c.system} against {c.against}: {', '.join(c.losses)}" for c in changes if c.losses]
    verdict = f"Significant losses: {'; '.join(lost)}." if lost else "No significant loss."
    return (
        '<p class="note">Paired bootstrap over releases; coloured where the whole interval lies on '
        f"one side of 0. {html.escape(verdict)}</p>" + _table(head, rows)
    )


def _plots(measured: Sequence[Measured]) -> str:
    first = measured[0]
    outcomes = first.answered.outcomes
    curves = {m.answered.name: risk_coverage(m.answered.outcomes) for m in measured}
    chosen = {m.answered.name: _chosen(m.answered.outcomes) for m in measured}
    answered = [o.prediction.confidence for o in outcomes if o.answered]
    name = html.escape(first.answered.name)
    unanswerable = sum(not o.topic.answerable for o in outcomes) / len(outcomes)
    figures = [
        (
            plots.risk_coverage(curves, chosen),
            "Risk-coverage: the surest answers first. The dot is where a system stops; "
            f"{unanswerable:.0%} of the questions have no answer, so no curve can end lower.",
        ),
        (
            plots.operating_points(first.points, min(answered) if answered else None),
            f"{name}: what moving the threshold does. Dashed: the least sure answer given.",
        ),
    ]
    if first.bins:
        caption = f"{name}: reliability, with the number of questions of each bin. Expected "
        caption += f"calibration error {first.ece:.3f}."
        figures.append((plots.reliability(first.bins), caption))
    body = "".join(
        f"<figure>{svg}<figcaption>{caption}</figcaption></figure>" for svg, caption in figures
    )
    return f'<div class="plots">{body}</div>'


def _points(first: Measured) -> str:
    rows = [
        [
            f"{p.threshold:.2f}",
            f"{p.coverage:.0%}",
            *(_number(v) for v in (p.precision, p.recall, p.f1, p.net, p.bound)),
        ]
        for p in first.points
        if p.threshold in POINTS
    ]
    head = ["threshold", "answered", "precision", "recall", "F1", "net", "error at most (95 %)"]
    return (
        f"<h3>{html.escape(first.answered.name)}, by threshold</h3>"
        '<p class="note">The bound is Clopper-Pearson\'s for a threshold fixed beforehand.</p>'
        + _table(head, rows)
    )


def _slices(first: Measured) -> str:
    parts, nets = [], {}
    for slicing, slices in first.sliced.items():
        names = list(next(iter(slices.values()))[1])
        shown = [n if not n.startswith("abstain") else "abstained" for n in names]
        rows = []
        for name, (size, row) in slices.items():
            few = " <span class=tag>few</span>" if size < FEW else ""
            values = [_with_interval(value) for value in row.values()]
            rows.append([html.escape(name) + few, str(size), *values])
            if "net" in row and slicing != "unanswerable question" and len(slices) > 1:
                nets[f"{name} ({size})"] = row["net"]
        table = _table(["", "questions", *shown], rows)
        parts.append(f"<h3>{html.escape(slicing.capitalize())}</h3>{table}")
    name = html.escape(first.answered.name)
    figure = plots.bars(nets, "net") if nets else ""
    caption = f"{name}: net by slice, with 95 % intervals and the number of questions."
    plot = f"<figure>{figure}<figcaption>{caption}</figcaption></figure>" if figure else ""
    return f'<div class="plots">{plot}</div>{"".join(parts)}'


def _reasons(first: Measured) -> str:
    outcomes = first.answered.outcomes
    reasons = sorted({o.prediction.reason or "none given" for o in outcomes if not o.answered})
    kinds = sorted({o.topic.kind or "answerable" for o in outcomes})
    rows = []
    for kind in kinds:
        some = [o for o in outcomes if (o.topic.kind or "answerable") == kind]
        counts = [
            sum(not o.answered and (o.prediction.reason or "none given") == r for o in some)
            for r in reasons
        ]
        rows.append([kind, str(len(some)), str(sum(o.answered for o in some)), *map(str, counts)])
    return _table(["question", "asked", "answered", *reasons], rows)


def _errors(collection: Collection, first: Measured) -> str:
    run = first.answered.run
    by_cause: dict[str, list[Outcome]] = {}
    for outcome in first.answered.outcomes:
        found = cause(outcome, run)
        if found is not None:
            by_cause.setdefault(found, []).append(outcome)
    order = sorted(by_cause, key=lambda c: (c.startswith("withheld"), -len(by_cause[c])))
    parts = []
    for name in order:
        some = sorted(by_cause[name], key=lambda o: -o.prediction.confidence)
        items = "".join(_error(collection, outcome, first) for outcome in some)
        summary = f"<summary><b>{html.escape(name)}</b>: {len(some)}</summary>"
        parts.append(f"<details>{summary}{items}</details>")
    legend = (
        '<p class="note">Surest first. In the passages <mark>yellow</mark> is what was quoted, '
        '<mark class="gold">green</mark> the evidence that was due.</p>'
    )
    return legend + ("".join(parts) or "<p>None.</p>")


def _error(collection: Collection, outcome: Outcome, first: Measured) -> str:
    topic, prediction = outcome.topic, outcome.prediction
    ranked = [release for release, _ in first.answered.run.get(topic.id, ())]
    parts = []
    for number, cited in enumerate(prediction.citations[:3], 1):
        right = cited.release_id in topic.gold
        fits = " · answers" if right and is_answer(topic, cited.quote) else ""
        parts.append(
            f'<div class="small">[{number}] {html.escape(cited.release_id)}, '
            f"{cited.date or 'date not stated'}{' · gold release' if right else ''}{fits}</div>"
            + _passage(collection.releases.get(cited.release_id), cited)
        )
    if topic.answerable and topic.release_id:
        rank = ranked.index(topic.release_id) + 1 if topic.release_id in ranked else None
        place = f"ranked {rank}" if rank else "not among those ranked"
        parts.append(
            f'<div class="small">due: “{html.escape(topic.answer or "")}”, '
            f"{html.escape(topic.release_id)}, {topic.release_date or 'date not stated'}"
            f"{', ' + place if ranked else ''}</div>"
            + _gold(collection.releases.get(topic.release_id), topic.evidence)
        )
    elif topic.note:
        parts.append(f'<div class="small">{html.escape(topic.note)}</div>')
    reason = f", {prediction.reason}" if prediction.reason else ""
    return (
        f"<details open><summary>{html.escape(topic.question)} "
        f'<span class="tag">{html.escape(topic.id)} · {html.escape(topic.type)}</span> '
        f'<span class="tag">{prediction.confidence:.2f}{html.escape(reason)}</span></summary>'
        f"{''.join(parts)}</details>"
    )


def _passage(release: Source | None, cited: Cited) -> str:
    """The quote in its surroundings, or alone where the release is not known."""
    if release is None or release.text[cited.start : cited.end] != cited.quote:
        return f"<blockquote><mark>{html.escape(cited.quote)}</mark></blockquote>"
    start, end = max(0, cited.start - AROUND), cited.end + AROUND
    before = ("…" if start else "") + release.text[start : cited.start]
    after = release.text[cited.end : end] + ("…" if end < len(release.text) else "")
    return (
        f"<blockquote>{_tidy(before)}<mark>{html.escape(cited.quote)}</mark>"
        f"{_tidy(after)}</blockquote>"
    )


def _gold(release: Source | None, evidence: Sequence[str]) -> str:
    """The first evidence in its surroundings; alone where it does not stand in the release."""
    if not evidence:
        return ""
    text = " ".join(release.text.split()) if release else ""
    at = text.find(evidence[0])
    if at < 0:
        return f'<blockquote><mark class="gold">{html.escape(evidence[0])}</mark></blockquote>'
    end = at + len(evidence[0])
    before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
    return (
        f'<blockquote>{html.escape(before)}<mark class="gold">{html.escape(evidence[0])}</mark>'
        f"{html.escape(after)}</blockquote>"
    )


def _chosen(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """(coverage, risk) of what was answered."""
    answered = sum(o.answered for o in outcomes)
    wrong = sum(o.answered and not o.right for o in outcomes)
    return answered / len(outcomes), wrong / answered if answered else 0.0


def _section(title: str, body: str) -> str:
    return f"<section><h2>{html.escape(title)}</h2>{body}</section>\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its first row marked; cells are HTML already."""
    top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{top}</tr>{body}</table></div>'


def _with_interval(value: Interval | None) -> str:
    if value is None or math.isnan(value.value):
        return "–"
    if math.isnan(value.low):
        return f"{value.value:.3f}"
    return f'{value.value:.3f}<span class="ci">{value.low:.3f} to {value.high:.3f}</span>'


def _difference(name: str, value: Interval | None) -> str:
    """A difference, coloured when it is beyond chance; of AURC less is better."""
    if value is None or math.isnan(value.value) or math.isnan(value.low):
        return "–"
    sign = -1 if name == "AURC" else 1
    low, high = sorted((sign * value.low, sign * value.high))
    kind = "worse" if high < 0 else "better" if low > 0 else ""
    return (
        f'<span class="{kind}">{value.value:+.3f}</span>'
        f'<span class="ci">{value.low:+.3f} to {value.high:+.3f}</span>'
    )


def _number(value: float | None) -> str:
    if value is None or math.isnan(value):
        return "–"
    return f"{value:.3f}" if abs(value) < 2 else f"{value:.0f}"


def _tidy(text: str) -> str:
    return html.escape(text if text.strip() else " ")
