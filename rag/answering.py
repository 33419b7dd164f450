"""Quotes -> the answer's words: templates by kind of answer; a citation is made with its quote.

Every sentence is either a quote with who said it and when, or a statement about the archive itself
(that it does not say, and why). Nothing here says anything about the world.
"""

import re
from collections.abc import Sequence

from index.records import Release, Span
from rag.disagreeing import COMPARED
from rag.passages import date_words
from rag.records import AnswerType, Bounds, Citation, Near, Query, Reason
from rag.relative import resolved

_NO = re.compile(r"^\W*no\b", re.I)
_YES = re.compile(r"^\W*yes\b", re.I)
_WORDS_FOR: dict[AnswerType, str] = {
    "who": "a name",
    "when": "a date",
    "where": "a place",
    "how_many": "a number",
    "how_much": "an amount",
    "why": "a reason",
    "quote": "these words",
    "list": "a list",
}


def citation(release: Release, span: Span, marker: int, emphasis: Span | None = None) -> Citation:
    """The citation of a span of a release; its quote is that span, character for character."""
    quote = span.of(release.text)
    return Citation(
        marker=marker,
        release_id=release.release_id,
        title=release.title,
        issuer=release.issuer,
        date=release.date,
        url=release.url,
        source=release.source,
        quote=quote,
        start=span.start,
        end=span.end,
        emphasis=emphasis,
        resolved=resolved(quote, release.date),
    )


def answer_text(query: Query, citations: Sequence[Citation]) -> str:
    """The answer with its [n] markers, by kind of answer."""
    if query.answer_type == "timeline":
        return "\n".join(_timeline_line(c) for c in citations)
    if query.answer_type == "compare":
        return "\n".join(_statement(c) for c in citations)
    if query.answer_type in ("latest", "first"):
        return _extreme(query, citations)
    first, *others = citations
    lines = [_decided(query.answer_type, first) + _statement(first)]
    for c in (c for c in others if c.differs):
        value = COMPARED.get(query.answer_type, "answer")
        lines += [f"Releases disagree; this one gives another {value}:", _statement(c)]
    alike = [c for c in others if not c.differs]
    same = [c for c in alike if c.release_id == first.release_id]
    if same:
        lines.append("The same release also says: " + " And: ".join(map(_quoted, same)))
    if len(same) < len(alike):
        lines.append("Other releases that bear on it:")
        lines += [_statement(c) for c in alike if c not in same]
    return "\n".join(lines)


def abstention_text(
    query: Query, reason: Reason, nearest: Sequence[Near], span: Bounds, releases: int, undated: int
) -> str:
    """That the archive does not answer, why, what comes closest, and what the archive covers."""
    return " ".join(
        filter(None, (_because(query, reason), _closest(nearest), covers(span, releases, undated)))
    )


def covers(span: Bounds, releases: int, undated: int) -> str:
    """What an archive holds: "The archive holds 6 releases, July 11, 2018 to …, 2 undated."."""
    held = f"The archive holds {releases:,} release{'s' * (releases != 1)}"
    if span.start and span.end:
        held += f", {date_words(span.start)} to {date_words(span.end)}"
    return held + (f", {undated:,} undated." if undated else ".")


def stated_date(date: str | None) -> str:
    """A date in words, or that none is stated."""
    return date_words(date) if date else "date not stated"


def _statement(c: Citation) -> str:
    """ "On September 27, 2019, the U.S. Department …  stated: “…” [1]" """
    if c.date is None and not c.issuer:
        title = f" “{_shown(c.title)}”" if c.title else ""
        said = f"A release{title} that states neither date nor issuer says"
    else:
        said = f"{_when(c)}{_who(c)} stated"
    return f"{said}: {_quoted(c)}"


def _quoted(c: Citation) -> str:
    return f"“{_shown(c.quote)}”{_beside(c)} [{c.marker}]"


def _timeline_line(c: Citation) -> str:
    who = f" ({c.issuer})" if c.issuer else ""
    return f"{stated_date(c.date)}{who}: {_quoted(c)}"


def _extreme(query: Query, citations: Sequence[Citation]) -> str:
    first, *others = citations
    word = "latest" if query.answer_type == "latest" else "earliest"
    title = f", “{_shown(first.title)}”" if first.title else ""
    by = f" by {_named(first.issuer)}" if first.issuer else ""
    lines = [
        f"The {word} release in the archive that matches is dated {stated_date(first.date)}"
        f"{by}{title}: {_quoted(first)}"
    ]
    lines += [_statement(c) for c in others]
    return "\n".join(lines)


def _decided(kind: AnswerType, c: Citation) -> str:
    """ "Yes. " or "No. " only where the quoted words themselves begin so."""
    if kind != "yes_no":
        return ""
    if _YES.match(c.quote):
        return "Yes. "
    return "No. " if _NO.match(c.quote) else ""


def _when(c: Citation) -> str:
    if c.date is None:
        return "In a release whose date is not stated, "
    return f"On {date_words(c.date)}, " if len(c.date) == 10 else f"In {date_words(c.date)}, "


def _who(c: Citation) -> str:
    if c.issuer:
        return _named(c.issuer)
    return f"the release “{_shown(c.title)}”" if c.title else "an issuer that is not named"


def _named(issuer: str) -> str:
    """An issuer inside a sentence: with "the" before an office, none before a person."""
    office = re.match(
        r"(?:U\.S\.(?= )|United States|Department|Office|Ministry|Bureau|Federal|National|Embassy|White)(?!\w)",
        issuer,
    )
    return f"the {issuer}" if office else issuer


def _beside(c: Citation) -> str:
    """What relative words of the quote mean, beside it: " [“today”: September 27, 2019]"."""
    if not c.resolved:
        return ""
    return " (" + "; ".join(f"“{words}”: {date_words(day)}" for words, day in c.resolved) + ")"


def _shown(text: str | None) -> str:
    """A text on one line: runs of white space as one space."""
    return " ".join((text or "").split())


def _because(query: Query, reason: Reason) -> str:
    if reason == "out_of_corpus":
        return "The archive does not say: nothing in it is about this."
    if reason == "outside_dates" and not query.bounds:
        return "The archive does not say: the question is of a time after its last release."
    if reason == "outside_dates":
        return f"The archive does not say: no release {_bounds_words(query.bounds)} answers this."
    if reason == "undated_only":
        return (
            "The archive does not say for these dates: only releases whose date is not stated "
            "match, and they cannot be placed in time."
        )
    wanted = _WORDS_FOR.get(query.answer_type)
    detail = f"but none states {wanted} that answers it" if wanted else "but none answers it"
    return f"The archive does not say: some releases are on this subject, {detail}."


def _bounds_words(bounds: Bounds) -> str:
    if bounds.start and bounds.end:
        if bounds.start == bounds.end:
            return f"of {date_words(bounds.start)}"
        return f"from {date_words(bounds.start)} to {date_words(bounds.end)}"
    if bounds.start:
        return f"since {date_words(bounds.start)}"
    return f"up to {date_words(bounds.end)}"


def _closest(nearest: Sequence[Near]) -> str:
    if not nearest:
        return ""
    names = [
        f"“{_shown(n.title) or n.release_id}” ({', '.join(filter(None, (n.issuer, stated_date(n.date))))})"
        for n in nearest[:3]
    ]
    return "Closest: " + "; ".join(names) + "."
