"""Questions for the empty page, made from an archive's own titles and dates."""

from collections.abc import Iterator, Sequence

from chat.markup import date_words
from index.database import Listed
from rag.archive import Archive

SHOWN = 5


def derived_examples(archive: Archive) -> list[str]:
    """Up to SHOWN questions that the archive answers; each is asked once before it is offered.

    Asking them also warms the archive up, so that the first reader does not wait for it.
    """
    rows = [r for r in archive.listing() if r.date and r.title and 12 <= len(r.title) <= 120]
    offered: list[str] = []
    for question in _candidates(rows):
        if len(offered) < SHOWN and archive.ask(question).answered:
            offered.append(question)
    return offered


def _candidates(rows: Sequence[Listed]) -> Iterator[str]:
    if not rows:
        return
    yield "What is the latest release?"
    step = max(1, len(rows) // 4)
    for row in rows[::step][:4]:
        yield f"What does “{row.title}” say?"
        if row.issuer and row.date:
            yield f"What did {row.issuer} announce in {date_words(row.date[:7])}?"
