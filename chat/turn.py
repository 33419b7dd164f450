"""One question and its answer as HTML: what was understood, the answer, its citations, or why not.

The same article is drawn while an answer comes in and when it is there; the page replaces it whole.
Attributes that the page's script acts on: data-turn (which turn), data-open (a citation's marker),
data-release (a release to open), data-act (a button), name (a chip).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat.chips import chips_html
from chat.markup import date_html, date_words, esc, marked, title_html
from chat.plots import timeline_svg
from chat.sessions import Turn
from index.records import Release, Span
from rag.records import Answer, Citation, Near

REASONS = {
    "out_of_corpus": "Nothing in the archive is on this subject.",
    "not_stated": "The archive has releases on this subject, but none of them states this.",
    "outside_dates": "Nothing released within these dates answers this.",
    "undated_only": (
        "Only releases without a stated date come close, and this question is bound to dates."
    ),
}
FEEDBACK = {
    "wrong_date": "Wrong date",
    "wrong_release": "Wrong release",
    "not_an_answer": "Not an answer",
    "should_have_answered": "Should have answered",
}

_MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Extent:
    """What an archive holds, in a line: counts, first and last stated dates."""

    releases: int
    undated: int
    first: str | None
    last: str | None

    def words(self) -> str:
        """`"6 releases, July 2018 to September 2019, 2 undated"`."""
        parts = [f"{self.releases:,} release" + ("" if self.releases == 1 else "s")]
        if self.first and self.last:
            first, last = date_words(self.first[:7]), date_words(self.last[:7])
            parts.append(first if first == last else f"{first} to {last}")
        if self.undated:
            parts.append(f"{self.undated:,} undated")
        return ", ".join(parts)


def turn_html(
    turn: Turn, releases: Mapping[str, Release], extent: Extent, *, shown: int | None = None
) -> str:
    """The article of one turn.

    releases: those that the answer names, for the evidence of their dates. shown: how many
    paragraphs of the answer have come in so far; None when it is whole.
    """
    answer = turn.answer
    whole = shown is None
    actions = _actions(turn) if whole else ""
    if answer.answered and answer.query.answer_type == "timeline" and len(answer.citations) > 1:
        body = _timeline(answer, releases, shown) + actions
    elif answer.answered:
        body = _answered(answer, releases, shown, actions)
    else:
        body = _withheld(turn, releases, extent, actions)
    return (
        f'<article class="turn" data-turn="{turn.number}" tabindex="-1"'
        f' data-done="{int(whole)}" data-answered="{int(answer.answered)}">'
        f'<header><h2 class="question">{esc(turn.question)}</h2>{chips_html(turn)}</header>'
        f'{body}<div class="explain" hidden></div></article>'
    )


def paragraphs(answer: Answer) -> list[str]:
    """The answer's text by lines, as it comes in."""
    return [line for line in answer.text.split("\n") if line.strip()]


def answer_html(answer: Answer, shown: int | None = None) -> str:
    """The answer's words with its markers as buttons.

    A "[1]" inside a quote belongs to the release and stays text; so does one without a citation.
    """
    lines = paragraphs(answer)
    drawn = [_line_html(line, answer.citations) for line in lines[:shown]]
    return "".join(f"<p>{line}</p>" for line in drawn)


def _line_html(line: str, citations: Sequence[Citation]) -> str:
    quoted = _quoted(line, citations)
    strong = [span for _, spans in quoted for span in spans]
    known = {c.marker: c for c in citations}
    pieces, at = [], 0
    for found in _MARKER.finditer(line):
        citation = known.get(int(found.group(1)))
        inside = any(q.start <= found.start() and found.end() <= q.end for q, _ in quoted)
        if citation is None or inside:
            continue
        end = len(line[: found.start()].rstrip())
        pieces.append(_words(line, at, end, strong) + marker_html(citation))
        at = found.end()
    return "".join(pieces) + _words(line, at, len(line), strong)


def _quoted(line: str, citations: Sequence[Citation]) -> list[tuple[Span, list[Span]]]:
    """Where quotes stand in the line, each with what in it was asked for.

    A quote over several lines of its release stands in an answer on one line.
    """
    found = []
    for c in citations:
        for quote in {c.quote, " ".join(c.quote.split())} - {""}:
            for match in re.finditer(re.escape(quote), line):
                shift = match.start() - c.start
                e = asked_for(c) if quote == c.quote else None
                asked = [Span(e.start + shift, e.end + shift)] if e else []
                found.append((Span(match.start(), match.end()), asked))
    return found


def _words(line: str, start: int, end: int, strong: Sequence[Span]) -> str:
    inside = [
        (Span(s.start - start, s.end - start), "<strong>")
        for s in strong
        if start <= s.start and s.end <= end
    ]
    return marked(line[start:end], inside)


def marker_html(citation: Citation) -> str:
    """The marker of a citation: a button that shows the quote and opens the release."""
    n = citation.marker
    label = f"Citation {n}: {citation.title or 'untitled'}, {date_words(citation.date)}"
    return (
        f'<button type="button" class="marker" data-open="{n}" aria-label="{esc(label)}">'
        f"{n}</button>"
    )


def _answered(
    answer: Answer, releases: Mapping[str, Release], shown: int | None, actions: str
) -> str:
    cites = "".join(citation_html(c, releases.get(c.release_id)) for c in answer.citations)
    return (
        f'<div class="pair"><div><div class="answer">{answer_html(answer, shown)}</div>'
        f"{actions}</div>"
        f'<section class="citations" aria-label="Citations"><ol>{cites}</ol></section></div>'
    )


def citation_html(citation: Citation, release: Release | None) -> str:
    """One citation: date, title, issuer, the quote, and on demand how its date is known."""
    title = title_html(citation.title, release.text if release else None)
    issuer = esc(citation.issuer) if citation.issuer else "Issuer not stated"
    n = citation.marker
    differs = '<p class="conflict">States another answer than 1</p>' if citation.differs else ""
    return (
        f'<li class="cite" data-cite="{n}">'
        f'<p class="cite-head"><span class="num" aria-hidden="true">{n}</span>'
        f"{date_html(citation.date)}</p>"
        f'<h3><button type="button" class="open" data-open="{n}">{title}</button></h3>'
        f'<p class="issuer">{issuer}</p>'
        f'<blockquote><span class="hl">{quote_html(citation)}</span></blockquote>{differs}'
        f"{_resolved(citation)}{_evidence(release)}</li>"
    )


def quote_html(citation: Citation) -> str:
    """The quote, verbatim, with the words that were asked for set off."""
    emphasis = asked_for(citation)
    if emphasis is None:
        return esc(citation.quote)
    span = Span(emphasis.start - citation.start, emphasis.end - citation.start)
    return marked(citation.quote, [(span, "<strong>")])


def asked_for(citation: Citation) -> Span | None:
    """What in the quote was asked for, where setting it off tells: not when it is most of it."""
    span = citation.emphasis
    if span is None or 2 * (span.end - span.start) > citation.end - citation.start:
        return None
    return span


def _resolved(citation: Citation) -> str:
    if not citation.resolved:
        return ""
    notes = "; ".join(
        f"“{esc(words)}” is {esc(date_words(date))}" for words, date in citation.resolved
    )
    return f'<p class="resolved">Counted from the release date: {notes}</p>'


def _evidence(release: Release | None) -> str:
    if release is None:
        return ""
    return (
        f'<details class="evidence"><summary>How the date is known</summary>'
        f"{evidence_html(release)}</details>"
    )


def evidence_html(release: Release) -> str:
    """The words that the release date rests on, and candidates that say otherwise."""
    dated = release.dated
    if dated is None:
        lines = ["<p>The page states no release date.</p>"]
    else:
        lines = [
            f"<p>Stated as “{esc(dated.evidence)}” <span class='rule'>{esc(dated.rule)}</span></p>"
        ]
    for other in release.date_conflicts:
        lines.append(
            f"<p class='conflict'>Also on the page: {esc(date_words(other.value))}, from"
            f" “{esc(other.evidence)}” <span class='rule'>{esc(other.rule)}</span></p>"
        )
    return "".join(lines)


def _timeline(answer: Answer, releases: Mapping[str, Release], shown: int | None) -> str:
    rows = sorted(answer.citations, key=lambda c: (c.date is None, c.date or "", c.marker))
    entries = "".join(
        f'<li class="cite" data-cite="{c.marker}"><div class="when">{marker_html(c)}'
        f"{date_html(c.date)}</div><div><blockquote>{quote_html(c)}</blockquote>"
        f'<p class="from"><button type="button" class="open" data-open="{c.marker}">'
        f"{_title(c, releases)}</button>"
        f"<span class='issuer'>{esc(c.issuer or 'Issuer not stated')}</span></p></div></li>"
        for c in rows[:shown]
    )
    dates = [c.date for c in rows if c.date]
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    extent = Extent(len(rows), len(rows) - len(dates), first, last)
    return (
        f'<div class="answer wide"><p>Best fitting: {esc(extent.words())}</p>{timeline_svg(rows)}</div>'
        f'<section class="citations wide" aria-label="Citations by date">'
        f'<ol class="timeline">{entries}</ol></section>'
    )


def _title(one: Citation | Near, releases: Mapping[str, Release]) -> str:
    release = releases.get(one.release_id)
    return title_html(one.title, release.text if release else None)


def _withheld(turn: Turn, releases: Mapping[str, Release], extent: Extent, actions: str) -> str:
    answer = turn.answer
    reason = REASONS.get(answer.reason or "", "")
    unbind = ""
    if answer.reason in ("outside_dates", "undated_only"):
        unbind = (
            '<button type="button" class="plain" data-act="undate">Ask without the dates</button>'
        )
    return (
        '<div class="pair"><div><div class="answer abstained">'
        f"<p><strong>The archive does not say.</strong> {esc(reason)}</p>"
        f'<p class="extent">It holds {esc(extent.words())}.</p>{unbind}</div>'
        f"{_closest(answer, releases)}{actions}</div>"
        f"{nearest_html(answer.nearest, releases)}</div>"
    )


def _closest(answer: Answer, releases: Mapping[str, Release]) -> str:
    """The quotes that were withheld, folded away: on the subject, but not sure to be the answer."""
    if answer.reason != "not_stated" or not answer.withheld:
        return ""
    cites = "".join(citation_html(c, releases.get(c.release_id)) for c in answer.withheld)
    return (
        '<details class="closest"><summary>Words that come closest</summary>'
        f"<p>They were withheld: the confidence that they answer this is {answer.confidence:.2f}."
        f"</p><ol>{cites}</ol></details>"
    )


def nearest_html(nearest: Sequence[Near], releases: Mapping[str, Release]) -> str:
    """The releases that come closest, each to be opened."""
    if not nearest:
        return ""
    rows = "".join(
        f'<li>{date_html(n.date)}<button type="button" class="open" data-release='
        f'"{esc(n.release_id)}">{_title(n, releases)}</button>'
        f'<span class="issuer">{esc(n.issuer or "Issuer not stated")}</span></li>'
        for n in nearest[:5]
    )
    return (
        '<section class="citations near" aria-label="Nearest releases">'
        f"<h3>Nearest releases</h3><ol>{rows}</ol></section>"
    )


def _actions(turn: Turn) -> str:
    answer = turn.answer
    exports = ""
    if answer.citations:
        formats = [("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"), ("csv", "CSV")]
        exports = _menu(
            "Export",
            "".join(
                f'<button type="button" data-act="export" data-format="{key}">{label}</button>'
                for key, label in formats
            ),
        )
    return (
        '<div class="actions">'
        '<button type="button" data-act="copy">Copy with citations</button>'
        '<button type="button" data-act="link">Copy link</button>'
        f"{exports}"
        '<button type="button" data-act="explain" aria-expanded="false">Explain</button>'
        f"{'' if turn.private else _feedback(answer)}</div>"
    )


def _feedback(answer: Answer) -> str:
    reasons = [k for k in FEEDBACK if (k == "should_have_answered") != answer.answered]
    if not answer.answered:
        reasons = ["should_have_answered", "wrong_date"]
    buttons = "".join(
        f'<button type="button" data-act="thumb" data-reason="{key}">{FEEDBACK[key]}</button>'
        for key in reasons
    )
    good = '<button type="button" class="thumb" data-act="thumb" data-reason="good">Good</button>'
    return f'<span class="votes">{good}{_menu("Not good", buttons)}</span>'


def _menu(label: str, buttons: str) -> str:
    return (
        f'<details class="menu"><summary>{label}</summary>'
        f'<div class="items">{buttons}</div></details>'
    )
