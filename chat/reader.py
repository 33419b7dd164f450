"""A release as it is read: its words with the quotes marked, its dates, where it comes from."""

from collections.abc import Sequence

from chat.markup import date_html, date_words, esc, link_html, marked
from chat.turn import asked_for, evidence_html
from index.database import Listed
from index.records import Release, Span
from rag.records import Citation


def release_html(
    release: Release, citations: Sequence[Citation], focus: int | None, versions: Sequence[Listed]
) -> str:
    """The release with every quote of it marked; the one with marker `focus` is the one shown.

    citations: those of the answer that stand in this release. versions: it and its other versions,
    the earliest first.
    """
    place = next((n for n, v in enumerate(versions) if v.release_id == release.release_id), 0)
    earlier, later = versions[:place], versions[place + 1 :]
    quotes = [c for c in citations if c.release_id == release.release_id]
    return (
        f'<header><p class="when">{date_html(release.date)}</p>'
        f'<h2 id="reader-title" tabindex="-1">{esc(release.title or "Untitled release")}</h2>'
        f'<p class="issuer">{esc(release.issuer or "Issuer not stated")}</p>'
        f"{_quote_bar(quotes, focus)}{_superseded(later)}</header>"
        f'<div class="text" tabindex="0" role="region" aria-label="Text of the release">'
        f"{_text(release, quotes, focus)}</div>"
        f"<footer>{_dates(release)}{_origin(release)}{_versions(earlier, later)}</footer>"
    )


def _quote_bar(quotes: Sequence[Citation], focus: int | None) -> str:
    if focus is None or not quotes:
        return ""
    jumps = "".join(
        f'<button type="button" data-jump="{c.marker}"'
        f"{' aria-current=true' if c.marker == focus else ''}>Quote {c.marker}</button>"
        for c in quotes
    )
    copy = '<button type="button" data-act="copy-quote">Copy the quote with its source</button>'
    return f'<div class="quotebar">{jumps if len(quotes) > 1 else ""}{copy}</div>'


def _text(release: Release, quotes: Sequence[Citation], focus: int | None) -> str:
    marks: list[tuple[Span, str]] = []
    for c in quotes:
        shown = " class='focus'" if c.marker == focus else ""
        marks.append((Span(c.start, c.end), f"<mark data-mark='{c.marker}'{shown}>"))
        asked = asked_for(c)
        if asked is not None:
            marks.append((asked, "<strong>"))
    return marked(release.text, marks)


def _dates(release: Release) -> str:
    others = "".join(
        f"<li>{esc(o.kind)}: {esc(date_words(o.date))} <q>{esc(o.evidence)}</q></li>"
        for o in release.other_dates
    )
    listed = f"<h3>Other dates on the page</h3><ul>{others}</ul>" if others else ""
    return f"<h3>How the date is known</h3>{evidence_html(release)}{listed}"


def _origin(release: Release) -> str:
    link = link_html(release.url)
    also = [s for s in release.sources if s != release.source]
    copies = "".join(f"<li><code>{esc(s)}</code></li>" for s in also)
    same = f"<h3>The same words also in</h3><ul>{copies}</ul>" if copies else ""
    return (
        f"<h3>Where it comes from</h3><ul><li>File <code>{esc(release.source)}</code></li>"
        f"{f'<li>{link}</li>' if link else ''}"
        f"<li>SHA-256 of the file <code>{esc(release.source_sha256)}</code></li></ul>{same}"
    )


def _superseded(later: Sequence[Listed]) -> str:
    """That a later version exists, said before the text is read; "" when there is none."""
    if not later:
        return ""
    last = later[-1]
    near = "on" if last.date and len(last.date) == 10 else "in"
    when = f"was released {near} {date_words(last.date)}" if last.date else "states no date"
    return f'<p class="later">A later version {esc(when)}: {_open(last)}</p>'


def _versions(earlier: Sequence[Listed], later: Sequence[Listed]) -> str:
    named = [("Earlier", v) for v in earlier] + [("Later", v) for v in later]
    if not named:
        return ""
    rows = "".join(f"<li>{word}: {date_html(v.date)} {_open(v)}</li>" for word, v in named)
    return f"<h3>Other versions</h3><ul>{rows}</ul>"


def _open(version: Listed) -> str:
    return (
        f'<button type="button" class="open" data-release="{esc(version.release_id)}">'
        f"{esc(version.title or 'Untitled release')}</button>"
    )
