"""Lists that a release sets under a heading, quoted with it: "Commitments:" and its items.

The reader points at the items one by one, or at none; what a question for a list asks about stands
in the heading.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.records import Release, Span
from index.store import Store
from rag.chronicle import Quotes, as_candidate, held, weights_of
from rag.evidence import MAX_TEXT, RELEASES
from rag.judge import Judged
from rag.quoting import MAX_QUOTE, quote_span
from rag.records import Query
from rag.retrieval import Scored, releases

ITEMS = 2  # fewer are no list
HEADING_CHARS = 200
HELD = 0.9  # least share of the question's words, by rarity, that the release must hold
LISTED_CONFIDENCE = 0.75
_FORM = frozenset("list lists name names items full complete following made make set".split())
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ITEM = re.compile(r"\s*(?:[•●▪■◦‣*·–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the items under it, as spans of the text without white space at their ends."""

    heading: Span
    items: tuple[Span, ...]


def blocks(text: str) -> Iterator[Block]:
    """The lists of a text: at least ITEMS lines with bullets or numbers after a short line."""
    heading: Span | None = None
    items: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.group()
        span = Span(
            match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())
        )
        if _ITEM.match(line):
            items.append(span)
            continue
        if heading and len(items) >= ITEMS:
            yield Block(heading, tuple(items))
        heading = span if _is_heading(span.of(text)) else None
        items = []
    if heading and len(items) >= ITEMS:
        yield Block(heading, tuple(items))


def listed(store: Store, query: Query, scored: Scored, ranked: Sequence[Judged]) -> Quotes:
    """The heading with as many of its items as a quote holds, and how likely that is the answer.

    The list is of the first of the best releases that holds what the question names and whose
    heading has a word of it; nothing when there is none.
    """
    terms = [t for t in dict.fromkeys(store.terms(" ".join(query.terms))) if t not in _FORM]
    weights = weights_of(store, terms)
    for place in releases(store, scored, RELEASES):
        release = store.release(place.release_id)
        if not _holds(store, release, weights, query.particulars):
            continue
        found = [
            (held(weights, frozenset(store.terms(block.heading.of(release.text)))), block)
            for block in blocks(release.text[:MAX_TEXT])
        ]
        most, block = max(found, key=lambda pair: pair[0], default=(0.0, None))
        if block and most:
            return [as_candidate(release, _quote(release.text, block))], LISTED_CONFIDENCE
    return [], 0.0


def _is_heading(line: str) -> bool:
    return len(line) <= HEADING_CHARS and (line.endswith(":") or line[-1] not in '.!?…"”')


def _holds(
    store: Store, release: Release, weights: Mapping[str, float], names: Sequence[str]
) -> bool:
    whole = f"{release.title or ''} {release.issuer or ''} {release.text}"
    folded = " ".join(whole.split()).casefold()
    enough = held(weights, frozenset(store.terms(whole))) >= HELD
    return enough and all(name.casefold() in folded for name in names)


def _quote(text: str, block: Block) -> Span:
    """From the heading to the last item that a quote has room for."""
    first = block.items[0]
    start = block.heading.start if first.end - block.heading.start <= MAX_QUOTE else first.start
    ends = [item.end for item in block.items if item.end - start <= MAX_QUOTE]
    return Span(start, ends[-1]) if ends else quote_span(text, first)
