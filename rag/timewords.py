"""Date expressions of a question in their relation: ranges joined, "since", "before", "by".

`find("since early 2006", as_of)` gives one TimeWords: the days 2006-01-01 to 2006-04-30, grain
"part", relation "since". Whether such words bind the release date is decided in binding.py; which
days single words mean is said in moments.py.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.records import Span
from rag.moments import moments
from rag.periods import Grain, Moment, period

Relation = Literal["in", "since", "after", "before", "until", "by", "as_of"]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A date expression: the days it means, both inclusive, and how the question relates to them.

    span: of the expression alone; lead: where the words that relate it begin ("since", "between",
    "before the"), equal to span.start when there are none; tail: where words after it end that
    belong to it ("2006 or later"). determined: an article or possessive stands right before it,
    as in "the May 2006 hearing". certain: False when the year was not said and was taken to be
    the latest. parts: the periods that a range was joined from, else empty.
    """

    span: Span
    lead: int
    tail: int
    first: date
    last: date
    grain: Grain
    relation: Relation
    determined: bool = False
    certain: bool = True
    parts: tuple[Days, ...] = ()


def find(text: str, as_of: date, latest: date | None = None) -> tuple[TimeWords, ...]:
    """All date expressions of a text in order, ranges joined.

    as_of resolves relative words ("last month"); words without a year ("in March") are taken for
    the latest that has begun by `latest` (None: by as_of). An expression that names no possible
    day ("February 30, 2005") is left out.
    """
    singles = moments(text, as_of)
    anchor = latest or as_of
    found: list[TimeWords] = []
    position = 0
    while position < len(singles):
        first = singles[position]
        second = singles[position + 1] if position + 1 < len(singles) else None
        words = _range(text, first, second, anchor) if second else None
        position += 2 if words else 1
        words = words or _single(text, first, anchor)
        if words:
            found.append(words)
    return tuple(found)


_BETWEEN = re.compile(r"\b(?:between|from|anywhere from|in)\s+(?:the\s+)?$", re.IGNORECASE)
_LINK = re.compile(
    r"\s*(?P<word>-|–|—|\band\b|\bor\b|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\bup to\b|/|&)"
    r"\s*(?:the\s+)?(?:end of\s+)?",
    re.IGNORECASE,
)


def _range(text: str, one: Moment, two: Moment, anchor: date) -> TimeWords | None:
    """Two moments read as one range ("from March to May 2005"), or None when they are apart."""
    link = _LINK.fullmatch(text, one.end, two.start)
    if link is None:
        return None
    one, two, certain = _share_year(one, two, anchor)
    if one.grain == "fiscal" and two.grain == "year":  # "fiscal years 2018 and 2019"
        two = replace(two, grain="fiscal")
    first, last = period(one, one.year or 0), period(two, two.year or 0)
    if first is None or last is None or last[1] < first[0]:
        return None
    opening = _BETWEEN.search(text[: one.start])
    lead, relation, determined = _relation(text, one.start)
    if opening:
        lead, relation = opening.start(), "in"
    return TimeWords(
        span=Span(one.start, two.end),
        lead=lead,
        tail=two.end,
        first=min(first[0], last[0]),
        last=max(first[1], last[1]),
        grain="range",
        relation=relation,
        determined=determined and not opening,
        certain=certain,
        parts=(first, last),
    )


def _share_year(one: Moment, two: Moment, anchor: date) -> tuple[Moment, Moment, bool]:
    """A year that only one of two moments states holds for both, the first never being later."""
    if one.year is not None and two.year is not None:
        return one, two, True
    if one.year is None and two.year is not None:
        wraps = (one.number, one.day) > (two.number, two.day) and two.number > 0
        return replace(one, year=two.year - wraps), two, True
    if one.year is not None:
        wraps = (two.number, two.day) < (one.number, one.day)
        return one, replace(two, year=one.year + wraps), True
    year = _latest_year(two, anchor)
    wraps = (one.number, one.day) > (two.number, two.day)
    return replace(one, year=year - wraps), replace(two, year=year), False


def _latest_year(moment: Moment, anchor: date) -> int:
    days = period(moment, anchor.year)
    return anchor.year if days is None or days[0] <= anchor else anchor.year - 1


_ONWARD = re.compile(
    r"\s*,?\s*(?:onwards?|on(?=\s*[,;?.]|\s*$|\s+(?:about|regarding)\b)|(?:or|and)\s+(?:later|after(?:wards?)?|since|newer)|forward)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(r"\s*,?\s*(?:or|and)\s+(?:earlier|before|older)\b", re.IGNORECASE)


def _single(text: str, moment: Moment, anchor: date) -> TimeWords | None:
    certain = moment.year is not None
    year = moment.year if moment.year is not None else _latest_year(moment, anchor)
    days = period(moment, year)
    if days is None:
        return None
    lead, relation, determined = _relation(text, moment.start)
    tail = moment.end
    for pattern, suffixed in ((_ONWARD, "since"), (_BACKWARD, "until")):
        suffix = pattern.match(text, moment.end)
        if suffix and relation == "in":
            tail = suffix.end()
            relation = "since" if suffixed == "since" else "until"
    span = Span(moment.start, moment.end)
    return TimeWords(
        span, lead, tail, days[0], days[1], moment.grain, relation, determined, certain
    )


_RELATIONS: tuple[tuple[str, Relation], ...] = (
    (r"(?:any ?time )?since|starting(?: in| on| from)?|beginning (?:in|on|with)|no earlier than|"
     r"not before|on or after|(?:in|from) or after|as of or after", "since"),
    (r"(?:any ?time |shortly |soon |right |just |immediately )?(?:after|following)|later than|"
     r"more recent than|newer than|subsequent to|post(?=-)", "after"),
    (r"(?:any ?time |shortly |right |just |immediately )?(?:before|preceding)|prior to|earlier than|"
     r"older than|ahead of|pre(?=-)", "before"),
    (r"until|till|up to|up until|through|on or before|no later than|not after|not later than|"
     r"ending(?: in| on)?", "until"),
    (r"by", "by"),
    (r"as of", "as_of"),
    (r"in|on|during|throughout|within|over|of|from|at|around|about|for|dated|circa|in or around|"
     r"between|sometime in|back in|as early as|as late as|all of|this", "in"),
)  # fmt: skip
_RELATION_PATTERNS = tuple(
    (
        re.compile(
            rf"\b(?P<word>{words})[\s-]+(?P<determiner>(?:the|a|an|her|his|its|their|our|my|that|"
            rf"this|[\w.]+['’]s?)\s+)?(?:(?:month|year|summer|end|beginning|start|month-end) of\s+)?$",
            re.IGNORECASE,
        ),
        relation,
    )
    for words, relation in _RELATIONS
)
_DETERMINER = re.compile(
    r"\b(?:the|a|an|her|his|its|their|our|my|that|this|these|those|[\w.]+['’]s?)\s+$",
    re.IGNORECASE,
)


def _relation(text: str, start: int) -> tuple[int, Relation, bool]:
    """(lead, relation, determined) from the words right before position `start`."""
    before = text[max(0, start - 60) : start]
    offset = start - len(before)
    best: tuple[int, Relation, bool] | None = None
    for pattern, relation in _RELATION_PATTERNS:
        match = pattern.search(before)
        if match and (best is None or offset + match.start() < best[0]):
            best = offset + match.start("word"), relation, match["determiner"] is not None
    if best:
        return best
    return start, "in", _DETERMINER.search(before) is not None
