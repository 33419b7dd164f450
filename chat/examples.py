"""Questions for the empty page, made from an archive's own titles, issuers and dates."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chat.markup import date_words
from index.database import Listed
from rag.archive import Archive

SHOWN = 4
TRIES = 6  # releases that questions are made of
TITLES, TEXTS = 2000, 40  # of the newest releases, how many are looked at for topics

_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")


def derived_examples(archive: Archive) -> list[str]:
    """Up to SHOWN questions that the archive answers, and one that it rightly does not.

    Each is asked once before it is offered. Asking them also warms the archive up, so that the
    first reader does not wait for it.
    """
    rows = [r for r in archive.listing() if r.date]
    offered: list[str] = []
    for question in dict.fromkeys(_candidates(archive, rows)):
        if len(offered) == SHOWN:
            break
        if archive.ask(question).answered:
            offered.append(question)
    beyond = _beyond(rows)
    if beyond and not archive.ask(beyond).answered:
        offered.append(beyond)
    return offered


def _candidates(archive: Archive, rows: Sequence[Listed]) -> Iterator[str]:
    if not rows:
        return
    yield "What is the latest release?"
    for topic in _topics(archive, rows)[:2]:
        yield f"What was said about {topic} over time?"
    few = rows[:: max(1, len(rows) // TRIES)][-TRIES:]
    for row in reversed(few):
        if row.issuer and row.date and len(row.date) > 4:
            yield f"What did {row.issuer} announce in {date_words(row.date[:7])}?"
    for row in few:
        if row.title and 12 <= len(row.title) <= 90:
            yield f"What does “{row.title}” say?"


def _topics(archive: Archive, rows: Sequence[Listed]) -> list[str]:
    """Names that stand in the most titles: words that the texts never write in small letters."""
    recent = rows[-TITLES:]
    seen: Counter[str] = Counter()
    for row in recent:
        words = set(_WORD.findall(row.title or ""))
        seen.update(w for w in words if w[0].isupper() and not w.isupper())
    issuers = " ".join({r.issuer or "" for r in recent})
    common = [w for w, count in seen.most_common(20) if count > 1 and w not in issuers]
    texts = " ".join(archive.release(r.release_id).text for r in recent[-TEXTS:])
    small = {w for w in _WORD.findall(texts) if w.islower()}
    return [w for w in common if w.lower() not in small]


def _beyond(rows: Sequence[Listed]) -> str | None:
    """A question about the year after the last release, which the archive cannot answer."""
    last = max((r.date[:4] for r in rows if r.date), default=None)
    return f"What was announced in {int(last) + 1}?" if last else None
