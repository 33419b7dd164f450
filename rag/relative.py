"""Words of a quote that are relative to its release date, with the day that they mean.

Only what the words leave no doubt of is resolved: "today", "yesterday", "tomorrow" and weekdays,
against a release date that is stated to the day. A weekday is the last one before the release, or
the next one where the words just before it speak of the future. The quote itself stays as it is.
"""

import re
from datetime import date, timedelta

from index.records import Span

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WORDS = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:(?:this|last|next) )?(?:" + "|".join(DAYS) + r"))\b",
    re.I,
)
_STATED = re.compile(r"^,?\s+(?:the\s+)?(?:\w+\.?\s+\d{1,2}|\d{1,2}[/.])")
_FUTURE = re.compile(r"\b(?:will|shall|would|to|next|upcoming|coming|plans?|scheduled)\b", re.I)
_MAY_BE = re.compile(
    r"\b(?:should|must|can|could|may|might|shall|will|would|let|urged?|cannot|if|ought)\b[^.!?]*$",
    re.I,
)
_LOOK_BACK = 60  # characters before the words in which a word of the future counts


def resolved(quote: str, release_date: str | None) -> tuple[tuple[str, str], ...]:
    """(words, ISO day) for each relative word of a quote, in order, each word once.

    Empty when the release date is not stated to the day: `resolved("today", "2019-09-27") ==
    (("today", "2019-09-27"),)`. A weekday that its date follows ("Tuesday, May 4") is not relative.
    """
    out: dict[str, str] = {}
    for words, day in meanings(quote, release_date):
        out.setdefault(words.of(quote), day)
    return tuple(out.items())


def meanings(text: str, release_date: str | None) -> list[tuple[Span, str]]:
    """Where relative words stand in a text and the ISO day each means, in order."""
    if release_date is None or len(release_date) != 10:
        return []
    released = date.fromisoformat(release_date)
    days = ((match, _meant(text, match, released)) for match in _WORDS.finditer(text))
    return [(Span(*match.span()), day.isoformat()) for match, day in days if day]


def has_been(text: str, words: Span) -> bool:
    """Whether nothing just before relative words speaks of what may be or should: "We should pass
    this today" does not tell when it passed."""
    return not _MAY_BE.search(text[max(0, words.start - _LOOK_BACK) : words.start])


def _meant(quote: str, match: re.Match[str], day: date) -> date | None:
    *before, word = match.group().lower().split()
    fixed = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    if word in fixed:
        return day + timedelta(days=fixed[word])
    if _STATED.match(quote[match.end() :]):
        return None
    weekday = DAYS.index(word.capitalize())
    back = (day.weekday() - weekday) % 7
    if before == ["last"]:
        return day - timedelta(days=back or 7)
    ahead = before == ["next"] or _FUTURE.search(
        quote[max(0, match.start() - _LOOK_BACK) : match.start()]
    )
    if ahead:
        return None if before == ["next"] else day + timedelta(days=(-back) % 7)
    return day - timedelta(days=back)
