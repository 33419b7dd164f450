"""Question -> Query: answer type, date bounds, issuer, speaker, particulars, follow-ups.

No model: ordered patterns, each a value that the answer record shows. Dates are found in
timewords.py and judged in binding.py, issuers in issuers.py, the kind of answer in kinds.py.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from index.errors import QuestionError
from index.records import Span
from rag.binding import Binding, Frame, bind
from rag.issuers import NOT_A_NAME, Mention, asked_for, by_name, edits, mentions
from rag.kinds import kind_of
from rag.moments import moments, period
from rag.records import AnswerType, Bounds, Query
from rag.timewords import TimeWords, find

MAX_QUESTION = 2_000  # characters; design: a longer one is refused with a message

_STOPWORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being between both
    but by can could did do does doing done during each else few for from further get gets getting got
    had has have having he her here hers him his how i if in into is it its itself just many may me
    might more most much must my no nor not of off on once only or other our out over own per please
    same shall she should so some such tell than that the their them then there these they this those
    through to too under until up upon us very was we were what when where whether which while who
    whom whose why will with would you your s t d ll re ve say says said since latest newest
    compare""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.,'’&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


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
    text = _checked(question)
    named = mentions(text, issuers)
    kind = answer_type or kind_of(text)
    previous = after if after is not None and _follows(text) else None
    words = _dates(text, span, as_of)
    must, may = _issuers(text, named, issuers, issuer, words)
    frame = Frame(
        named=tuple(mention.span for mention in named),
        latest=kind in ("latest", "first", "timeline", "compare"),
        asked=bool(must) and issuer is None,
        alone=previous is not None and _says_only(text, words),
    )
    binding = bind(text, words, frame, span, compare=kind == "compare")
    limits = _limits(date_from, date_to)
    query = Query(
        question=question,
        subject=_subject(text),
        answer_type=kind,
        bounds=_within(binding.bounds, limits),
        bounds_evidence=binding.evidence.of(text) if binding.evidence else None,
        issuers=must,
        speaker=_speaker(text),
        terms=_terms(text),
        hints=binding.hints,
        issuer_hints=may,
        particulars=_particulars(text),
        compared=binding.compared,
    )
    if previous is None:
        return query
    return _inherited(query, previous, binding, limits, typed=answer_type is not None)


def _checked(question: str) -> str:
    if not question.strip():
        raise QuestionError("the question is empty: ask something in words")
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(question):,} characters: ask in at most {MAX_QUESTION:,}"
        )
    if not re.search(r"[^\W_]", question):
        raise QuestionError("the question has no word in it: ask something in words")
    return question


# --- dates -------------------------------------------------------------------------------------


def _dates(text: str, span: Bounds, as_of: date) -> tuple[TimeWords, ...]:
    """The date expressions; one without a year means the latest that the archive can hold."""
    latest = _last_day(span.end) if span.end else None
    return find(text, as_of, min(as_of, latest or as_of))


def _says_only(text: str, words: Sequence[TimeWords]) -> bool:
    """Whether a question says no more than its dates: "and in 2007?"."""
    return bool(words) and len(_terms(text)) <= sum(_size(text, w.span) for w in words)


def _size(text: str, span: Span) -> int:
    return len(_WORD.findall(span.of(text)))


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
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", stated):
        return None
    found = moments(stated, date.min)
    if len(found) != 1 or found[0].end - found[0].start != len(stated):
        return None
    return period(found[0], found[0].year or 0)


def _last_day(stated: str) -> date | None:
    days = _iso_period(stated)
    return days[1] if days else None


def _within(bounds: Bounds, limits: Bounds) -> Bounds:
    """Bounds of the question inside those given beside it; where they exclude each other, the
    ones given beside it, which a user sets on purpose."""
    start = max((d for d in (bounds.start, limits.start) if d), default=None)
    end = min((d for d in (bounds.end, limits.end) if d), default=None)
    return limits if start and end and start > end else Bounds(start, end)


# --- issuers, speaker --------------------------------------------------------------------------


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
    return must, _unique(m.issuer for m in named if m.issuer not in must)


_SAY = (
    r"(?:say|said|tell|told|describe|call|predict|think|argue|claim|warn|vow|complain|announce|state|"
    r"write|mean|make of|react|respond|answer|sum up|comment|ask|promise|remark)"
)
_SPEAKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:did|does|has|have|had|do)\s+(?P<name>[^?,]{{2,60}}?)\s+(?:ever\s+|also\s+|have to\s+)?{_SAY}\b",
        r"^(?P<name>[\w.’' -]{2,40}?)(?:['’]s?)?\s+(?:reaction|response|words|quote|comments?|verdict|view|take|remarks?)\b",
        r"\b(?:reaction|response|words|quote|comments?|verdict|view|remarks?) (?:of|from|by)\s+(?P<name>[^?,]{2,40}?)"
        r"(?:\s+(?:on|about|to|when|after)\b|[?,]|$)",
        r"\b(?:was|is|were)\s+(?P<name>[A-Z][\w.’' -]{1,40}?)['’]s?\s+(?:reaction|response|words|verdict|view|take)\b",
        r"\baccording to\s+(?P<name>(?:[A-Z][\w.’'-]*\s*){1,4})",
        r"\bin\s+(?P<name>[A-Z][\w.’' -]{1,40}?)['’]s?\s+(?:view|words|telling|opinion)\b",
    )
)


def _speaker(text: str) -> str | None:
    """The person or body whose words are asked for, as typed, without articles; else None."""
    for pattern in _SPEAKERS:
        match = pattern.search(text)
        if match:
            name = re.sub(r"^(?:the|a|an)\s+", "", match["name"].strip(), flags=re.IGNORECASE)
            name = _POSSESSIVE.sub("", name)
            if name and name.lower() not in _STOPWORDS and name.lower() not in _PRONOUNS:
                return name
    return None


# --- words -------------------------------------------------------------------------------------


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _terms(text: str) -> tuple[str, ...]:
    """Content words in order, lower-cased, each once, possessive endings off."""
    words = (_POSSESSIVE.sub("", w.lower()) for w in _WORD.findall(text))
    return _unique(w for w in words if w and w not in _STOPWORDS)


_FORM = re.compile(
    r"^\W*(?:(?:please\s+)?(?:tell me|show me|give me|find|list|name|i want to know)\s+)?"
    r"(?:(?:and|so|but|also)\s+)?"
    r"(?:(?:what|who|whom|whose|when|where|why|which|how(?: many| much| long| big)?)\b\s*)?"
    r"(?:(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b\s*)?",
    re.IGNORECASE,
)
_SAID = re.compile(r"\s+(?:say|said|tell)(?:\s+(?:about|of|on|regarding))?\b", re.IGNORECASE)


def _subject(text: str) -> str:
    """The words to search: the question without the words of form, or whole when none are left."""
    bare = _SAID.sub("", text[_match_end(_FORM, text) :], count=1).strip(" ?!.,;:\t\n")
    return bare if _terms(bare) else text.strip()


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


_UNITS = (
    r"(?:percent|%|million|billion|thousand|hundred|acres?|miles?|gallons?|tons?|pounds?|jobs?|people|feet|"
    r"megawatts?|years?|days?|months?|hours?|cents?|dollars?|barrels?|votes?)"
)
_PARTICULARS = re.compile(
    r"(?P<quoted>\"[^\"]{2,120}\"|“[^”]{2,120}”)"
    r"|(?P<bill>\b(?:S|H\.?\s?R|HR|H\.?\s?J\.?\s?Res|S\.?\s?J\.?\s?Res|H\.?\s?Con\.?\s?Res|S\.?\s?Res|P\.?L)\.?\s?"
    r"\d[\d-]{0,6}\b)"
    rf"|(?P<number>[$€£]\s?\d[\d,.]*\d?(?:\s?(?:million|billion|thousand))?|\b\d[\d,.]*(?:[\s-]{_UNITS})\b"
    r"|\b\d[\d,.]*\s?%|\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:-\d+)?\b)"
    r"|(?P<name>\b[A-Z][\w’'&]*(?:\.(?=\s[A-Z]|[A-Z]))?(?:[-. ]+(?:(?:of|the|and|for|de|la|von|&)\s+){0,2}[A-Z0-9]"
    r"[\w’'&]*)*)"
)


def _particulars(text: str) -> tuple[str, ...]:
    """Names, numbers with their units, bill numbers, quoted words, as typed, each once."""
    found: list[str] = []
    for match in _PARTICULARS.finditer(text):
        words = match[0].strip('"“” ')
        if match.lastgroup == "name":
            words = _name_in(words)
        if words:
            found.append(words)
    return _unique(found)


def _name_in(run: str) -> str:
    """A capitalised run without the question word that may open it and without a possessive."""
    words = run.split(" ")
    while words and words[0].lower().strip("’'.") in NOT_A_NAME:
        words = words[1:]
    return _POSSESSIVE.sub("", " ".join(words)).strip(" .-")


# --- follow-ups --------------------------------------------------------------------------------

_PRONOUNS = frozenset(
    """he she it they him her them his hers its their theirs this that these those there then
    one ones""".split()
)
_OPENING = re.compile(
    r"^\W*(?:and|but|so|also|or|then|what about|how about|what else|who else|where else|anything else|"
    r"why not|which one|and what|same)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|that (?:one|time|year|day)|"
    r"this (?:one)|those|these|there|then|the same|else)\b",
    re.IGNORECASE,
)
_ANTECEDENT = re.compile(r"\b(?:the|a|an|this|that|these|those|[\w]+['’]s)\s+\w{3,}", re.IGNORECASE)


def _follows(text: str) -> bool:
    """Whether a question leans on the one before: "and in 2018?", "who signed it?", "why?"."""
    if _OPENING.match(text):
        return True
    if len(_terms(text)) == 0:
        return True
    anaphor = _ANAPHOR.search(text)
    if anaphor is None:
        return _only_a_date(text)
    before = text[: anaphor.start()]
    named = any(m.lastgroup == "name" and _name_in(m[0]) for m in _PARTICULARS.finditer(before))
    return not named and not _ANTECEDENT.search(before)


def _only_a_date(text: str) -> bool:
    rest = text
    for moment in reversed(moments(text, date.max.replace(year=2000))):
        rest = rest[: moment.start] + " " + rest[moment.end :]
    return rest != text and not _terms(rest)


def _inherited(
    query: Query, previous: Query, binding: Binding, limits: Bounds, *, typed: bool
) -> Query:
    """A follow-up completed by the query before, with what was taken over by name."""
    taken: list[str] = []
    changes: dict[str, object] = {}
    own = bool(_own_words(query))
    if not (own and _is_about_a_person(query)):
        subject = f"{previous.subject} {query.subject}" if own else previous.subject
        both = (query.terms, previous.terms) if own else (previous.terms, query.terms)
        changes["subject"], changes["terms"] = subject, _unique((*both[0], *both[1]))
        changes["particulars"] = _unique((*query.particulars, *previous.particulars))
        taken.append("subject")
    if not binding.bounds and not binding.hints and (previous.bounds or previous.hints):
        changes["bounds"] = _within(previous.bounds, limits)
        changes["hints"] = previous.hints
        taken.append("dates")
    if not query.issuers and (previous.issuers or previous.issuer_hints) and not query.issuer_hints:
        changes["issuers"], changes["issuer_hints"] = previous.issuers, previous.issuer_hints
        taken.append("issuer")
    if query.speaker is None and previous.speaker is not None:
        changes["speaker"] = previous.speaker
        taken.append("speaker")
    if not own and not typed and query.answer_type == "what":
        changes["answer_type"] = previous.answer_type
        taken.append("answer_type")
    return replace(query, inherited=tuple(taken), **changes)  # type: ignore[arg-type]


_PERSON = re.compile(r"\b(?:he|she|him|her|his|they|them|their)\b", re.IGNORECASE)


def _is_about_a_person(query: Query) -> bool:
    """Whether a follow-up changes the topic and keeps the person: "her latest on port security"."""
    return bool(_PERSON.search(query.question)) and not re.search(
        r"\b(?:else|it|that|this|those|these|there)\b", query.question, re.IGNORECASE
    )


def _own_words(query: Query) -> tuple[str, ...]:
    """Terms of a follow-up that are not its date."""
    evidence = (query.bounds_evidence or "").lower()
    return tuple(t for t in query.terms if t not in evidence and not t.isdigit())


def correct(
    terms: Sequence[str],
    known: Callable[[str], bool],
    candidates: Callable[[str], Iterable[str]],
) -> dict[str, str]:
    """Likely spellings of terms that the archive does not know: {"adress": "address"}.

    known: whether a word stands in the archive; candidates: words of the archive to choose from,
    the most frequent first. The first at edit distance 1 (2 from 8 letters on) is taken; numbers
    and words under 5 letters are left as they are.
    """
    found: dict[str, str] = {}
    for term in terms:
        if len(term) < 5 or not term.isalpha() or known(term):
            continue
        limit = 1 if len(term) < 8 else 2
        near = [(edits(term, word, limit), n, word) for n, word in enumerate(candidates(term))]
        close = min((n for n in near if n[0] <= limit), default=None)
        if close:
            found[term] = close[2]
    return found
