"""Question -> Query: answer type, date bounds, issuer, speaker, particulars, follow-ups.

No model: ordered patterns, each result a value that the answer record shows. Date expressions are
found in timewords.py and judged in binding.py, issuers are found in issuers.py, the kind of answer
in kinds.py, the other words in wording.py; follow-ups are completed here.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from index.errors import QuestionError
from index.records import Span
from rag.binding import EVENT_LAG, Frame, bind, of_release
from rag.days import day_of, unit_around
from rag.issuers import Mention, asked_for, by_name, mentions
from rag.kinds import kind_of
from rag.moments import moments
from rag.records import AnswerType, Bounds, Query
from rag.timewords import TimeWords, find
from rag.wording import (
    particulars_of,
    speaker_of,
    subject_of,
    terms_of,
    unique,
    words_in,
)

_NO_DAYS = timedelta(0)
MAX_QUESTION = 2_000  # characters; a longer one is refused with a message

_BROKEN = re.compile("[\ud800-\udfff\x00]")  # what no text in UTF-8 holds, and what C cuts at
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def understand(
    question: str,
    *,
    issuers: Sequence[str],
    span: Bounds,
    as_of: date,
    date_from: str | None = None,
    date_to: str | None = None,
    issuer: str | None = None,
    answer_type: AnswerType | None = None,
    after: Query | None = None,
    holds: Callable[[Bounds], bool] | None = None,
) -> Query:
    """What a question asks for, as values.

    issuers: the names of the archive's issuers. span: its first and last release date, None where
    there is none. as_of: the day that "last month" is relative to. date_from, date_to: ISO dates at
    any precision that bind the release date beside what the question says; issuer: a name that the
    answer must come from, "" for any whatever the question says; answer_type: overrides what the
    question's words say. after: the query before in the conversation, which a follow-up ("and in
    2018?") takes over from. holds: whether the archive has a release within bounds, by which a date
    without a year is placed; None to go by the archive's span alone.

    Raises QuestionError for a question that is empty, longer than MAX_QUESTION characters, no text
    or without a word in Latin letters, for dates that are none, and for an issuer that the archive
    does not have.
    """
    _check(question)
    limits = _limits(date_from, date_to)
    kind = answer_type or kind_of(question)
    previous = after if after is not None and _follows(question) else None
    words = _dates(question, span, as_of, previous, holds or partial(_overlap, span))
    spans = [w.span for w in words if w.grain not in ("range", "relative")]
    named = mentions(question, issuers)
    must, may = _issuers(question, named, issuers, issuer, words)
    frame = Frame(
        named=tuple(mention.span for mention in named),
        latest=kind in ("latest", "first", "timeline", "compare"),
        asked=bool(must) and issuer is None,
        alone=_goes_on(question, words, previous),
    )
    binding = bind(question, words, frame, span, compare=kind == "compare")
    query = Query(
        question=question,
        subject=subject_of(question),
        answer_type=kind,
        bounds=_within(binding.bounds, limits),
        bounds_evidence=binding.evidence.of(question) if binding.evidence else None,
        issuers=must,
        speaker=speaker_of(question, kind, spans),
        terms=_terms(question, binding.evidence),
        hints=binding.hints,
        issuer_hints=may,
        particulars=particulars_of(question, spans, binding.evidence),
        compared=binding.compared,
    )
    if previous is None:
        return query
    if issuer is not None:
        previous = replace(previous, issuers=(), issuer_hints=())
    return _completed(query, previous, limits, as_of, typed=answer_type is not None)


def _terms(question: str, bound: Span | None) -> tuple[str, ...]:
    """The question's terms without those that its bounds rest on, unless it says nothing else: a
    release inside the bounds need not say the words that set them."""
    if bound is None:
        return terms_of(question)
    return terms_of(question[: bound.start] + " " + question[bound.end :]) or terms_of(question)


def _check(question: str) -> None:
    if not question.strip():
        raise QuestionError("the question is empty: ask something in words")
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(question):,} characters: ask in at most {MAX_QUESTION:,}"
        )
    if _BROKEN.search(question):
        raise QuestionError("the question is not text: it has bytes that are not UTF-8, or NUL")
    if not re.search(r"[^\W_]", question):
        raise QuestionError("the question has no word in it: ask something in words")
    if _LETTER.search(question) and not _LATIN.search(question):
        raise QuestionError("the question has no word in Latin letters: ask it in English")


# --- dates -------------------------------------------------------------------------------------


def _dates(
    text: str, span: Bounds, as_of: date, previous: Query | None, holds: Callable[[Bounds], bool]
) -> tuple[TimeWords, ...]:
    """The date expressions; one without a year is of the year that was spoken of in a follow-up,
    else of the only one it can be of in the archive, else of the latest."""
    last = _iso_period(span.end) if span.end else None
    found = find(text, as_of, min(as_of, last[1]) if last else as_of)
    spoken = (previous.bounds.end or previous.hints.end) if previous else None
    if spoken is None:
        return tuple(w if w.certain else _in_only_year(text, w, span, holds) for w in found)
    return tuple(w if w.certain else _in_year(w, int(spoken[:4])) for w in found)


def _in_only_year(
    text: str, words: TimeWords, span: Bounds, holds: Callable[[Bounds], bool]
) -> TimeWords:
    """Words without a year, taken for the one year of the archive that has a release of that date,
    or near it where they are of an event; as they are where several years have one."""
    years = range(int((span.start or "1")[:4]), int((span.end or "0")[:4]) + 1)
    tried = [placed for year in years if (placed := _in_year(words, year)).certain]
    lag = EVENT_LAG if words.grain in ("day", "week") and not of_release(text, words) else _NO_DAYS
    fitting = [w for w in tried if holds(Bounds(w.first.isoformat(), (w.last + lag).isoformat()))]
    if not fitting:
        fitting = [
            w for w in tried if _overlap(span, Bounds(w.first.isoformat(), w.last.isoformat()))
        ]
    return fitting[0] if len(fitting) == 1 else words


def _overlap(span: Bounds, bounds: Bounds) -> bool:
    """Whether some days lie in both; never when an end of either is open."""
    if not (span.start and span.end and bounds.start and bounds.end):
        return False
    return bounds.end >= span.start[:10] and bounds.start <= span.end[:10]


def _in_year(words: TimeWords, year: int) -> TimeWords:
    """Words without a year, taken for the given one; as they are where it has no such day."""
    shift = year - words.last.year
    first = day_of(words.first.year + shift, words.first.month, words.first.day)
    last = day_of(year, words.last.month, words.last.day)
    if first is None or last is None:
        return words
    return replace(words, first=first, last=last, certain=True)


def _goes_on(text: str, words: Sequence[TimeWords], previous: Query | None) -> bool:
    """Whether a follow-up says no more than a date ("and in 2007?", "the March one?") to a query
    whose dates, if it had any, were of releases and not of an event."""
    if previous is None or not words or (previous.hints and not previous.bounds):
        return False
    said = [term for term in terms_of(text) if term not in _STAND_INS]
    return len(said) <= sum(words_in(w.span.of(text)) for w in words)


def _limits(date_from: str | None, date_to: str | None) -> Bounds:
    """The bounds of --from and --to: "2019" is from its first day, to its last."""
    first, last = _edge(date_from, 0), _edge(date_to, 1)
    if first and last and first > last:
        raise QuestionError(f"from {date_from} to {date_to} is no period: from must not be later")
    return Bounds(first, last)


def _edge(stated: str | None, side: int) -> str | None:
    if stated is None:
        return None
    days = _iso_period(stated)
    if days is None:
        raise QuestionError(f"{stated!r} is no date: give YYYY, YYYY-MM or YYYY-MM-DD")
    return days[side].isoformat()


def _iso_period(stated: str) -> tuple[date, date] | None:
    """First and last day of an ISO date at any precision, or None when it is none."""
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", stated, re.ASCII):
        return None
    year, month, day = (int(n) for n in (stated + "-00-00")[:10].split("-"))
    first = day_of(year, month or 1, day or 1)
    if first is None or day:
        return (first, first) if first else None
    return unit_around(first, "month" if month else "year")


def _within(bounds: Bounds, limits: Bounds) -> Bounds:
    """Bounds of the question inside those given beside it; where they exclude each other, the
    ones given beside it, which a user sets on purpose."""
    start = max((d for d in (bounds.start, limits.start) if d), default=None)
    end = min((d for d in (bounds.end, limits.end) if d), default=None)
    return limits if start and end and start > end else Bounds(start, end)


# --- issuers -----------------------------------------------------------------------------------


def _issuers(
    text: str,
    named: Sequence[Mention],
    known: Sequence[str],
    given: str | None,
    words: Sequence[TimeWords],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(issuers that must have issued the answer, issuers that may have)."""
    if given == "":
        return (), ()
    if given is not None:
        found = by_name(given, known)
        if not found:
            raise QuestionError(f"the archive has no issuer {given!r}")
        return found, ()
    must = asked_for(text, named, [w.lead for w in words])
    return must, unique(m.issuer for m in named if m.issuer not in must)


# --- follow-ups --------------------------------------------------------------------------------

_OPENING = re.compile(
    r"^\W*(?:and|but|so|also|or|then|what about|how about|what else|who else|where else|"
    r"anything else|why not|which one|same)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|that (?:one|time|year|day)|"
    r"this (?:one)|those|these|there|then|the same|else)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|they|them|their)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:else|it|that|this|those|these|there)\b", re.IGNORECASE)
_STAND_INS = ("one", "ones")
_THEIR_RELEASES = re.compile(
    r"\b(?:her|his|their|its)\s+(?:[\w-]+\s+){0,2}?(?:latest|most recent|newest|first|releases?|"
    r"statements?|announcements?)\b|\b(?:has|have)\s+(?:he|she|they)\s+(?:\w+\s+)?(?:said|announced|"
    r"issued|released|published)\b",
    re.IGNORECASE,
)
_ANTECEDENT = re.compile(r"\b(?:the|a|an|this|that|these|those|[\w]+['’]s)\s+\w{3,}", re.IGNORECASE)


def _follows(text: str) -> bool:
    """Whether a question leans on the one before: "and in 2018?", "who signed it?", "why?"."""
    if _OPENING.match(text) or not terms_of(text):
        return True
    anaphor = _ANAPHOR.search(text)
    if anaphor is None:
        return _is_only_a_date(text)
    before = text[: anaphor.start()]
    return not particulars_of(before) and not _ANTECEDENT.search(before)


def _is_only_a_date(text: str) -> bool:
    rest = text
    for moment in reversed(moments(text, date(2000, 1, 1))):
        rest = rest[: moment.start] + " " + rest[moment.end :]
    return rest != text and not terms_of(rest)


def _completed(query: Query, previous: Query, limits: Bounds, as_of: date, *, typed: bool) -> Query:
    """A follow-up completed by the query before, with what was taken over by name."""
    taken: list[str] = []
    own = _has_own_words(query)
    dated = bool(query.bounds_evidence or query.hints)
    other = _other_speaker(query, previous)
    if not (own and _is_about_a_person(query)):
        query = _with_subject(query, previous, own and not other, as_of if dated else None)
        taken.append("subject")
    if not dated and (previous.bounds or previous.hints) and query.answer_type not in _OVER_TIME:
        bounds = _within(previous.bounds, limits)
        query = replace(query, bounds=bounds, hints=previous.hints, compared=previous.compared)
        taken.append("dates")
    if not query.issuers and not query.issuer_hints and (previous.issuers or previous.issuer_hints):
        query = _with_issuers(query, previous)
        taken.append("issuer")
    if other:
        subject = query.subject.replace(previous.speaker or "", other)
        kept = tuple(p for p in query.particulars if p != previous.speaker)
        terms = terms_of(subject)
        query = replace(query, speaker=other, subject=subject, terms=terms, particulars=kept)
    elif query.speaker is None and previous.speaker is not None:
        query = replace(query, speaker=previous.speaker)
        taken.append("speaker")
    if (other or not own) and not typed and query.answer_type == "what":
        query = replace(query, answer_type=previous.answer_type)
        taken.append("answer_type")
    return replace(query, inherited=tuple(taken))


_OVER_TIME = ("latest", "first", "timeline")
_ANOTHER = re.compile(
    r"^\W*(?:and|what about|how about|or|but)\s+(?:what about\s+)?", re.IGNORECASE
)


def _other_speaker(query: Query, previous: Query) -> str | None:
    """The name in "what about Clinton?" after a question on someone else's words."""
    opening = _ANOTHER.match(query.question)
    if opening is None or previous.speaker is None or query.speaker is not None:
        return None
    rest = query.question[opening.end() :].strip(" ?!.")
    rest = re.sub(r"^(?:the|of|by|from)\s+", "", rest)
    names = [name for name in query.particulars if rest.startswith(name)]
    return names[0] if names and not names[0][0].isdigit() else None


def _with_issuers(query: Query, previous: Query) -> Query:
    """The query with the issuers before; "her latest on …" asks for the releases of the one named."""
    must, may = previous.issuers, previous.issuer_hints
    if not must and len(may) == 1 and _THEIR_RELEASES.search(query.question):
        must, may = may, ()
    return replace(query, issuers=must, issuer_hints=may)


def _with_subject(query: Query, previous: Query, own: bool, as_of: date | None) -> Query:
    """The query about what the previous one was about, its own words first.

    as_of: set when the query has dates of its own, which then replace those of the previous one.
    """
    before, kept = previous.subject, previous.particulars
    if as_of is not None:
        dates = find(before, as_of)
        kept = tuple(p for p in kept if p not in {w.span.of(before) for w in dates})
        for words in reversed(dates):
            before = before[: words.lead] + before[words.tail :]
    subject = " ".join(f"{before} {query.subject if own or as_of else ''}".split())
    terms = (*query.terms, *terms_of(before)) if own else (*terms_of(before), *query.terms)
    particulars = unique((*query.particulars, *kept))
    return replace(query, subject=subject, terms=unique(terms), particulars=particulars)


def _is_about_a_person(query: Query) -> bool:
    """Whether a follow-up changes the topic and keeps the person: "her latest on port security"."""
    return bool(_PERSON.search(query.question)) and not _THING.search(query.question)


def _has_own_words(query: Query) -> bool:
    """Whether a follow-up says more than dates."""
    dated = " ".join((query.bounds_evidence or "", *query.particulars)).lower()
    return any(term not in dated for term in query.terms if term not in _STAND_INS)
