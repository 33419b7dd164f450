"""Questions for the empty page, made from an archive's own titles, issuers and dates."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chat.markup import date_words
from index.database import Listed
from rag.archive import Archive

SHOWN = 4

_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


def derived_examples(archive: Archive) -> list[str]:
    """Up to SHOWN questions that the archive answers, and one that it rightly does not.

    Each is asked once before it is offered. Asking them also warms the archive up, so that the
    first reader does not wait for it.
    """
    rows = [r for r in archive.listing() if r.date]
    offered: list[str] = []
    for question in _candidates(rows):
        if len(offered) < SHOWN and archive.ask(question).answered:
            offered.append(question)
    beyond = _beyond(rows)
    if beyond and not archive.ask(beyond).answered:
        offered.append(beyond)
    return offered


def _candidates(rows: Sequence[Listed]) -> Iterator[str]:
    if not rows:
        return
    yield "What is the latest release?"
    for topic in _topics(rows)[:2]:
        yield f"What was said about {topic} over time?"
    for row in reversed(rows):
        if row.issuer and row.date and len(row.date) > 4:
            yield f"What did {row.issuer} announce in {date_words(row.date[:7])}?"
            break
    for row in rows:
        if row.title and 12 <= len(row.title) <= 90:
            yield f"What does “{row.title}” say?"
            break


def _topics(rows: Sequence[Listed]) -> list[str]:
    """Names that stand in the most titles: capitalised words that no title has in small letters."""
    seen: Counter[str] = Counter()
    small: set[str] = set()
    for row in rows[-2000:]:
        words = _WORD.findall(row.title or "")
        seen.update({w for w in words if w[0].isupper() and not w.isupper()})
        small.update(w for w in words if w.islower())
    issuers = " ".join({r.issuer or "" for r in rows[-2000:]})
    named = [w for w, count in seen.most_common(40) if count > 1]
    return [w for w in named if w.lower() not in small and w not in issuers]


def _beyond(rows: Sequence[Listed]) -> str | None:
    """A question about the year after the last release, which the archive cannot answer."""
    last = max((r.date[:4] for r in rows if r.date), default=None)
    return f"What was announced in {int(last) + 1}?" if last else None
