"""Question -> Query: answer type, date bounds, issuer, speaker, particulars, follow-ups.

No model: ordered patterns, each result a value that the answer record shows. Date expressions are
found in timewords.py and judged in binding.py, issuers are found in issuers.py, the kind of answer
in kinds.py, the other words in wording.py; follow-ups are completed here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.errors import QuestionError
from rag.binding import Frame, bind
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

MAX_QUESTION = 2_000  # characters; a longer one is refused with a message


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
) -> Query:
    """What a question asks for, as values.

    issuers: the names of the archive's issuers. span: its first and last release date, None where
    there is none. as_of: the day that "last month" is relative to. date_from, date_to: ISO dates at
    any precision that bind the release date beside what the question says; issuer: a name that the
    answer must come from; answer_type: overrides what the question's words say. after: the query
    before in the conversation, which a follow-up ("and in 2018?") takes over from.

    Raises QuestionError for a question that is empty, longer than MAX_QUESTION characters or has
    no word character, for dates that are none, and for an issuer that the archive does not have.
    """
    _check(question)
    limits = _limits(date_from, date_to)
    kind = answer_type or kind_of(question)
    previous = after if after is not None and _follows(question) else None
    words = _dates(question, span, as_of)
    spans = [w.span for w in words]
    named = mentions(question, issuers)
    must, may = _issuers(question, named, issuers, issuer, words)
    frame = Frame(
        named=tuple(mention.span for mention in named),
        latest=kind in ("latest", "first", "timeline", "compare"),
        asked=bool(must) and issuer is None,
        alone=previous is not None and _says_only(question, words),
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
        terms=terms_of(question),
        hints=binding.hints,
        issuer_hints=may,
        particulars=particulars_of(question, spans),
        compared=binding.compared,
    )
    if previous is None:
        return query
    return _completed(query, previous, limits, typed=answer_type is not None)


def _check(question: str) -> None:
    if not question.strip():
        raise QuestionError("the question is empty: ask something in words")
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(question):,} characters: ask in at most {MAX_QUESTION:,}"
        )
    if not re.search(r"[^\W_]", question):
        raise QuestionError("the question has no word in it: ask something in words")


# --- dates -------------------------------------------------------------------------------------


def _dates(text: str, span: Bounds, as_of: date) -> tuple[TimeWords, ...]:
    """The date expressions; one without a year means the latest that the archive can hold."""
    last = _iso_period(span.end) if span.end else None
    return find(text, as_of, min(as_of, last[1]) if last else as_of)


def _says_only(text: str, words: Sequence[TimeWords]) -> bool:
    """Whether a question says no more than its dates: "and in 2007?"."""
    return bool(words) and len(terms_of(text)) <= sum(words_in(w.span.of(text)) for w in words)


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


def _completed(query: Query, previous: Query, limits: Bounds, *, typed: bool) -> Query:
    """A follow-up completed by the query before, with what was taken over by name."""
    taken: list[str] = []
    own = _has_own_words(query)
    if not (own and _is_about_a_person(query)):
        query = _with_subject(query, previous, own)
        taken.append("subject")
    if not query.bounds_evidence and not query.hints and (previous.bounds or previous.hints):
        bounds = _within(previous.bounds, limits)
        query = replace(query, bounds=bounds, hints=previous.hints, compared=previous.compared)
        taken.append("dates")
    if not query.issuers and not query.issuer_hints and (previous.issuers or previous.issuer_hints):
        query = replace(query, issuers=previous.issuers, issuer_hints=previous.issuer_hints)
        taken.append("issuer")
    if query.speaker is None and previous.speaker is not None:
        query = replace(query, speaker=previous.speaker)
        taken.append("speaker")
    if not own and not typed and query.answer_type == "what":
        query = replace(query, answer_type=previous.answer_type)
        taken.append("answer_type")
    return replace(query, inherited=tuple(taken))


def _with_subject(query: Query, previous: Query, own: bool) -> Query:
    """The query about what the previous one was about, its own words first."""
    subject = f"{previous.subject} {query.subject}" if own else previous.subject
    terms = (*query.terms, *previous.terms) if own else (*previous.terms, *query.terms)
    particulars = unique((*query.particulars, *previous.particulars))
    return replace(query, subject=subject, terms=unique(terms), particulars=particulars)


def _is_about_a_person(query: Query) -> bool:
    """Whether a follow-up changes the topic and keeps the person: "her latest on port security"."""
    return bool(_PERSON.search(query.question)) and not _THING.search(query.question)


def _has_own_words(query: Query) -> bool:
    """Whether a follow-up says more than dates."""
    dated = " ".join((query.bounds_evidence or "", *query.particulars)).lower()
    return any(term not in dated for term in query.terms)
