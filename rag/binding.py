"""Which date expressions of a question bind the release date, and which only hint at it.

A bound is hard: a release outside it must not answer. Most dates in questions are those of an
event or of something in the text ("the 1999 study", "awarded in August 2006"); they become hints,
which may order releases and never drop one. An expression binds when words of releasing, of
speaking or the issuer's name govern it, when it is relative to the day of asking ("last month"),
or when it opens a side that no report of the event could lie beyond ("since 2006").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.records import Span
from rag.records import Bounds
from rag.timewords import TimeWords

# Releases about an event follow it by days: in eval/train, 94 of 100 that state the month of
# their event were put out in that month, nearly all others within five weeks.
EVENT_LAG = timedelta(days=31)

_RELEASE = (
    r"(?:(?:press|news|media|joint|official|public|written)[\s-]+)?(?:releases?|statements?|readouts?|"
    r"press notes?|media notes?|fact ?sheets?|announcements?|declarations?|communiqu[eé]s?|"
    r"advisory|advisories|bulletins?|newsletters?|postings?|remarks|comments?)"
)
_RELEASE_AFTER = re.compile(
    rf"\s*,?\s*(?:(?!(?:in|on|about|of|for|did|was|were|is|to|that|who|which)\b)[\w.&'’-]+\s+){{0,4}}?"
    rf"{_RELEASE}\b",
    re.IGNORECASE,
)
_RELEASE_BEFORE = re.compile(
    r"\b(?:(?:press|news|media)[\s-]+releases?|releases|statements?|readouts?|fact ?sheets?|"
    r"announcements?|communiqu[eé]s?|advisories|newsletters?|press notes?|media notes?|"
    r"(?:the|a|an|any|that|which|what|each|every) releases?)\b(?P<between>[^?;]*)$",
    re.IGNORECASE,
)
# Verbs of speaking and issuing in the forms that carry the question, never those of a clause
# inside it ("the plan that Bush announced in …" dates the plan, not the release).
_ISSUING = r"(?:announce|release|issue|publish|put out|post|unveil)"
_ISSUED = re.compile(
    rf"\b(?:(?:did|does)\s+[^?;,]{{2,80}}?\b{_ISSUING}\b"
    r"|(?:has|have)\s+[^?;,]{2,80}?\b(?:announced|released|issued|published|put out|posted)\b"
    r"|what(?:\s+\w+){0,3}?\s+(?:was|were|has been|have been)\s+"
    r"(?:announced|released|issued|published|put out|posted)\b|\bdated\b)"
    r"(?P<between>[^?;]*)$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:(?:did|does|do|has|have|was|is)\s+[^?;]{2,80}?\b(?:say|said|saying|tell|argue|claim|warn|complain|comment|react|"
    r"respond|criticize|praise|describe|urge|call|speak)\b|says|said|according to|per|"
    r"any word|reaction|response|position|stance|views?|verdict|news|happened|spoke|anything|quotes?|"
    r"(?:comments?|remarks)\s+(?:on|about|by|from|of|to))\b(?P<between>[^?;]*)$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:who|whom|whose|that|which|when|where|after|before|because|if|while|since|until|had|would|"
    r"will|as|to\s+(?!(?:the|an?|his|her|its|their|our|my|us|them|him)\b)(?-i:[a-z])\w*)\b",
    re.IGNORECASE,
)
_EARLIER_FACT = re.compile(
    r"\b(?:had(?! (?:[\w’'.-]+ ){0,5}(?:said|stated|announced|told|declared)\b)"
    r"|already|last|most recently|previously|ever|used to|when|its|still|who was|who were)\b"
    r"|\b(?:night|day|week|month|year|eve|hours?)\s*\Z",
    re.IGNORECASE,
)
_STARTING = re.compile(r"starting|beginning", re.IGNORECASE)
_OF_A_NAME = re.compile(
    r"(?:of|for)\b", re.IGNORECASE
)  # "the … Act of 2006", "the budget for 2008"
_AGREEMENT = re.compile(
    rf"\s+(?:[\w-]+\s+){{0,3}}?(?:{_RELEASE}|agreements?|accords?|memorand(?:um|a)|treaty|pact|deal)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:releases?|statements?|readouts?|announcements?|declarations?|"
    r"communiqu[eé]s?|agreements?|accords?|memorand(?:um|a))\b",
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:appropriations?|spending|budget|omnibus|defense (?:bill|authorization))\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:would|will|must|should|going to|expect(?:ed|s)?|due|plan(?:s|ned)?)\b", re.IGNORECASE
)
_FUNCTION_WORD = re.compile(
    r"\s*(?:$|[,.;:?!)\"”-]|(?:in|on|about|of|for|by|with|from|at|to|and|or|did|was|were|is|are|has|have|"
    r"had|does|do|what|who|when|where|how|why|which|regarding|concerning|as|that|before|after|since|"
    r"until|per|according|how|the|a|an|over|during|against|toward)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What else a binding depends on.

    named: where issuers are named. latest: the question asks for the latest, first or all over
    time, or compares. asked: it asks for the releases of an issuer by words of issuing. alone:
    the date is all that the question says (a follow-up).
    """

    named: tuple[Span, ...] = ()
    latest: bool = False
    asked: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """Bounds and hints with the words they rest on; compared: the periods set side by side."""

    bounds: Bounds = Bounds()
    hints: Bounds = Bounds()
    evidence: Span | None = None
    compared: tuple[Bounds, ...] = ()


def bind(
    question: str, words: Sequence[TimeWords], frame: Frame, span: Bounds, compare: bool = False
) -> Binding:
    """The bounds and hints that the date expressions of a question give.

    span: first and last date of the archive, None where unknown. Bounds of several expressions
    are intersected, unless they are compared; then they span both.
    """
    hard = [w for w in words if _is_hard(question, w, frame, span)]
    hard = hard if compare else _without_asides(question, hard)
    soft = [w for w in words if w not in hard]
    hints = _best_hint(question, soft, span)
    if not hard:
        return Binding(hints=hints)
    evidence = Span(min(w.lead for w in hard), max(w.tail for w in hard))
    periods = [_bounds(question, w) for w in hard]
    if compare and len(periods) + sum(len(w.parts) for w in hard) > 1:
        parts = [Bounds(a.isoformat(), b.isoformat()) for w in hard for a, b in w.parts]
        return Binding(_spanning(periods), hints, evidence, tuple(parts or periods))
    return Binding(_intersected(periods), hints, evidence)


def _without_asides(question: str, hard: list[TimeWords]) -> list[TimeWords]:
    """Expressions without "tonight" and its like where another one names a time: beside "in 2006" it
    is a word of what is asked about."""
    named = [w for w in hard if not _TODAY.fullmatch(w.span.of(question))]
    return named or hard


def _is_hard(question: str, words: TimeWords, frame: Frame, span: Bounds) -> bool:
    """Whether an expression binds the release date; the strongest signs first."""
    if not words.certain:
        return False
    if of_release(question, words):
        return True
    if words.grain == "decade":
        return False
    if words.grain == "relative":
        return not _of_event(question, words)
    if words.relation in ("since", "after") and not _STARTING.match(question, words.lead):
        return not _lies_ahead(question, words, span)
    if words.relation == "before" and _before_agreement(question, words):
        return True
    if frame.alone:
        return True
    if words.relation in ("by", "as_of"):
        return frame.latest or frame.asked
    if _of_event(question, words):
        return False
    return frame.latest or frame.asked or _governed(question, words, frame)


def of_release(question: str, words: TimeWords) -> bool:
    """Whether words date a release: "the August 2019 joint statement", "releases of May 2005"."""
    if _RELEASE_AFTER.match(question, words.tail):
        return words.relation == "in"
    before = question[: words.lead]
    for pattern in (_RELEASE_BEFORE, _ISSUED):
        match = pattern.search(before)
        if match and not _SUBORDINATE.search(match["between"]):
            direct = not match["between"].strip()  # "releases in the past year mention …"
            return words.relation != "by" and (direct or not _has_noun(question, words))
    return False


def _of_event(question: str, words: TimeWords) -> bool:
    """Whether a noun follows that the date belongs to ("the May 2006 hearing") or stands before
    it ("the Act of 2006")."""
    if _OF_A_NAME.match(question, words.lead) or (words.determined and words.grain == "fiscal"):
        return True
    return _has_noun(question, words)


def _has_noun(question: str, words: TimeWords) -> bool:
    """Whether the expression is an adjective of the noun after it."""
    adverbial = words.lead < words.span.start and not words.determined
    return not adverbial and not _FUNCTION_WORD.match(question, words.tail)


def _governed(question: str, words: TimeWords, frame: Frame) -> bool:
    """Whether words of speaking, or an issuer's name right before, govern the expression."""
    before = question[: words.lead]
    if any(_opens(question, name, words) for name in frame.named):
        return True
    if words.grain == "day" and words.relation == "in":
        return False
    spoken = _SPOKEN.search(before)
    if spoken:
        return not _SUBORDINATE.search(spoken["between"])
    opening = not before.strip()
    return opening and bool(re.search(r"\b(?:say|said|announce)\b", question[words.tail :]))


_TODAY = re.compile(r"today|tonight|yesterday|tomorrow", re.IGNORECASE)
_TITLE_ALONE = re.compile(r"\W*(?:\w+\.?\s+){0,2}", re.IGNORECASE)


def _opens(question: str, name: Span, words: TimeWords) -> bool:
    """Whether a question opens with an issuer and the date: "Sen. Collins in early 2006 on …"."""
    if name.end > words.lead or question[name.end : words.lead].strip(" ,:'’s"):
        return False
    return _TITLE_ALONE.fullmatch(question, 0, name.start) is not None


def _lies_ahead(question: str, words: TimeWords, span: Bounds) -> bool:
    """Whether "after …" is about what would happen then, and so no bound on the release."""
    if not _FUTURE.search(question):
        return False
    if words.relation == "after" and not words.determined:
        return True
    return span.end is not None and words.first.isoformat() > span.end


def _before_agreement(question: str, words: TimeWords) -> bool:
    """ "before the September 2019 agreement" binds, unless an earlier fact is asked for."""
    if not words.determined or not _AGREEMENT.match(question, words.tail):
        return False
    if _ISSUED.search(question[: words.lead]):
        return True
    parts = question[: words.lead], question[words.tail :]
    return not any(_EARLIER_FACT.search(part) for part in parts)


def _bounds(question: str, words: TimeWords) -> Bounds:
    """The inclusive bounds that an expression sets by its relation."""
    first, last = words.first, words.last
    match words.relation:
        case "since":
            return Bounds(first.isoformat(), None)
        case "after":
            if words.determined and not _PAPER.match(question, words.tail):
                return Bounds(first.isoformat(), None)  # an event: what follows it in that month
            return Bounds((last + timedelta(days=1)).isoformat(), None)
        case "before":
            return Bounds(None, (first - timedelta(days=1)).isoformat())
        case "until" | "by" | "as_of":
            return Bounds(None, last.isoformat())
        case _:
            return Bounds(first.isoformat(), last.isoformat())


def _hint(question: str, words: TimeWords) -> Bounds:
    """Where the release on something of that date most likely lies."""
    first, last = words.first, words.last
    if words.relation in ("before", "until") or words.grain == "decade" or not words.certain:
        return Bounds()
    if words.grain == "fiscal":  # bills for a fiscal year are made in the year before it
        return Bounds(first.replace(month=1, day=1).isoformat(), last.isoformat())
    if words.grain == "year" and _is_ahead(question, words):
        return Bounds(first.replace(year=first.year - 1).isoformat(), last.isoformat())
    if words.grain in ("day", "week"):
        first -= timedelta(days=3)
    if words.grain not in ("year", "congress", "part", "half"):
        last += EVENT_LAG
    return Bounds(first.isoformat(), last.isoformat())


def _is_ahead(question: str, words: TimeWords) -> bool:
    """Whether a year is likely to lie ahead of the release: of a budget, or of what would be."""
    return bool(_BUDGET.match(question, words.tail) or _FUTURE.search(question))


def _best_hint(question: str, words: Sequence[TimeWords], span: Bounds) -> Bounds:
    """Of several hints that lie in the archive the narrowest, of equal ones the latest."""
    hints = [hint for hint in (_hint(question, w) for w in words) if hint.start and hint.end]
    inside = [
        hint
        for hint in hints
        if (hint.end or "") >= (span.start or "") and (hint.start or "") <= (span.end or "9999")
    ]
    return min(reversed(inside), key=_days_in, default=Bounds())


def _days_in(bounds: Bounds) -> int:
    if bounds.start is None or bounds.end is None:
        return 10**6
    return (date.fromisoformat(bounds.end) - date.fromisoformat(bounds.start)).days


def _spanning(periods: Sequence[Bounds]) -> Bounds:
    starts, ends = [p.start for p in periods], [p.end for p in periods]
    start = None if None in starts else min(s for s in starts if s)
    return Bounds(start, None if None in ends else max(e for e in ends if e))


def _intersected(periods: Sequence[Bounds]) -> Bounds:
    """The days in all periods; of periods that exclude each other, the span of all."""
    start = max((p.start for p in periods if p.start), default=None)
    end = min((p.end for p in periods if p.end), default=None)
    if start and end and start > end:
        return _spanning(periods)
    return Bounds(start, end)
