"""Escaping, dates in words, safe links and marked spans: every text of the page passes here.

Texts of releases, titles, file names and questions are data. They reach the page only through
`esc`, and the page inserts what comes out as it is, so nothing in them can become markup, a
template or a link.
"""

import html
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from index.records import Span, precision_of

MONTHS = (
    "January February March April May June July August September October November December"
).split()
NOT_STATED = "Date not stated"
OPENING = 70  # characters that an untitled release is known by

_ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def esc(text: object) -> str:
    """A text as HTML data, safe between tags and inside quoted attributes.

    `esc('<b> & "c"') == '&lt;b&gt; &amp; &quot;c&quot;'`. Control characters that HTML forbids
    (all but tab, newline and return) become U+FFFD.
    """
    clean = "".join(
        c if c in "\t\n\r" or ord(c) >= 32 and not 127 <= ord(c) < 160 else "\ufffd"
        for c in str(text)
    )
    return html.escape(clean, quote=True)


def is_iso(value: str) -> bool:
    """Whether a text is an ISO date at some precision: "2019", "2019-09" or "2019-09-26"."""
    return _ISO.fullmatch(value) is not None


def date_words(date: str | None) -> str:
    """A date as it is read: "September 26, 2019", "September 2019", "2019", "Date not stated".

    Nothing is completed: a month stays a month.
    """
    if date is None:
        return NOT_STATED
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {int(parts[2])}, {parts[0]}"


def date_html(date: str | None) -> str:
    """A release date for the page: words and ISO, "stated: September 2019" for a partial date."""
    if date is None:
        return f'<span class="date undated">{NOT_STATED}</span>'
    words = esc(date_words(date))
    if precision_of(date) == "day":
        return (
            f'<time class="date" datetime="{esc(date)}">{words}'
            f' <span class="iso">{esc(date)}</span></time>'
        )
    return f'<time class="date partial" datetime="{esc(date)}">stated: {words}</time>'


def title_html(title: str | None, text: str | None) -> str:
    """A title, or for a release that has none its first words, told apart from a title.

    text: the release's, or None when it is not at hand.
    """
    if title:
        return esc(title)
    words = " ".join((text or "")[:400].split())
    if len(words) > OPENING:
        words = words[:OPENING].rsplit(" ", 1)[0] + " …"
    return f'Untitled: <span class="opening">“{esc(words)}”</span>' if words else "Untitled release"


def safe_url(url: str | None) -> str | None:
    """The URL when it is an http or https link with a host, else None (never javascript: …)."""
    if url is None or any(ord(c) <= 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def link_html(url: str | None) -> str:
    """A link that opens apart from the page and tells the other site nothing, or "" when unsafe."""
    safe = safe_url(url)
    if safe is None:
        return ""
    return (
        f'<a class="url" href="{esc(safe)}" target="_blank" rel="noopener noreferrer nofollow">'
        f"{esc(safe)}</a>"
    )


def marked(text: str, marks: Iterable[tuple[Span, str]]) -> str:
    """The text as HTML with spans wrapped in tags; spans may nest and overlap.

    marks: (span, opening tag) pairs, outer ones first; the closing tag is taken from the opening
    one. `marked("abc", [(Span(1, 2), "<b>")]) == "a<b>b</b>c"`. Where spans overlap, the inner one
    is closed and opened again, so the result is always well formed. Spans outside the text raise
    ValueError: a quote that is not in its release must not be shown as if it were.
    """
    wanted = [(span, tag) for span, tag in marks if span.end > span.start]
    for span, _ in wanted:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"span {span.start}:{span.end} outside a text of {len(text)}")
    edges = sorted({0, len(text)} | {e for span, _ in wanted for e in (span.start, span.end)})
    pieces: list[str] = []
    opened: list[str] = []
    for start, end in zip(edges, edges[1:], strict=False):
        tags = [tag for span, tag in wanted if span.start <= start and end <= span.end]
        pieces += [*_change(opened, tags), esc(text[start:end])]
        opened = tags
    return "".join([*pieces, *_change(opened, [])])


def _change(opened: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The tags that lead from those open to those wanted, keeping open what both begin with."""
    same = 0
    while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
        same += 1
    return [f"</{_name(tag)}>" for tag in reversed(opened[same:])] + list(wanted[same:])


def _name(tag: str) -> str:
    found = re.match(r"<(\w+)", tag)
    if found is None:
        raise ValueError(f"not an opening tag: {tag}")
    return found.group(1)
