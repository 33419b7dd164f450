"""Names of the archive's issuers in a question, and whether the question asks for their releases.

A person named in a question is often only its subject, while another issuer's release answers; so
a name is a hint, unless the question has words of issuing ("Sen. Collins's releases on …", "what
has Collins said about …").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.records import Span

_TITLE = (
    r"(?:sens?|senators?|reps?|representatives?|congressm[ae]n|congresswom[ae]n|govs?|governors?|"
    r"presidents?|vice presidents?|secretary|mayors?|ministers?|ambassadors?|mr|mrs|ms|dr|chairm[ae]n|"
    r"chairwoman|hon)"
)
_TITLED = re.compile(rf"{_TITLE}\.?\s+", re.IGNORECASE)
_TITLE_BEFORE = re.compile(rf"\b{_TITLE}\.?\s+(?:[\w.'’-]+\s+)?$", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:departments?|offices?|agency|agencies|committees?|councils?|embass(?:y|ies)|ministry|bureau|"
    r"commission|administration|service|house|senate|government|union|nations|bank|authority|"
    r"university|foundation|institute|center|centre|association|corporation|company|inc|press|team)\b",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"^(?:the\s+)?(?:U\.?S\.?|United States|UK|U\.K\.)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "to", "de", "del", "la", "a", "&"])

# Capitalised at the start of a question without being part of a name.
NOT_A_NAME = frozenset(
    """what who whom whose when where why which how did does do is are was were has have had will would can
    could should in on by from to at of for the a an under after before since until during according as
    name tell list show give find besides near both only if and or but since between with without per
    besides total date number compare""".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An issuer's name in a question; sure is False for a misspelt or doubtful one."""

    issuer: str
    span: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """What the issuers may be called: surname -> (issuer, first name or ""), phrase -> issuers."""

    surnames: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    phrases: dict[str, list[str]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _names(issuers: tuple[str, ...]) -> _Names:
    names = _Names()
    for issuer in issuers:
        person = _TITLED.match(issuer)
        words = _WORD.findall(issuer[person.end() :] if person else issuer)
        if person or (2 <= len(words) <= 3 and not _OFFICE.search(issuer) and issuer.istitle()):
            parts = re.findall(r"[A-Z][a-z'’]+(?=[A-Z])|.+", words[-1]) if words else []
            joined = len(parts) > 1 and parts[0] not in ("Mc", "Mac", "De", "Di", "La", "Le", "Van")
            surname = parts[-1] if joined else "".join(words[-1:])
            first = parts[0] if joined else (words[0] if len(words) > 1 else "")
            names.surnames.setdefault(surname.lower(), []).append((issuer, first.lower()))
        else:
            for phrase in names_of(issuer):
                names.phrases.setdefault(phrase, []).append(issuer)
    return names


def names_of(issuer: str) -> set[str]:
    """What an office may be called, lower-cased: its name with and without its country, its
    initials ("DHS" of "U.S. Department of Homeland Security") and both together."""
    short = _COUNTRY.sub("", issuer)
    initials = "".join(w[0] for w in _WORD.findall(short) if w.lower() not in _SMALL)
    found = {_folded(issuer), _folded(short)}
    if len(initials) >= 3:
        found.add(initials.lower())
    return {phrase for phrase in found if phrase}


def _folded(text: str) -> str:
    return " ".join(_POSSESSIVE.sub("", w).replace(".", "").lower() for w in _WORD.findall(text))


def mentions(question: str, issuers: Sequence[str]) -> tuple[Mention, ...]:
    """Issuers named in a question, in order; one name may stand for several issuers."""
    names = _names(tuple(issuers))
    words = list(_WORD.finditer(question))
    lowered = not any(w[0][0].isupper() for w in words[1:])
    found = _offices(question, words, names, lowered)
    for position, word in enumerate(words):
        found.extend(_people(question, words, position, names, lowered))
        del word
    return tuple(sorted(found, key=lambda m: m.span.start))


def _offices(
    question: str, words: list[re.Match[str]], names: _Names, lowered: bool
) -> list[Mention]:
    found: list[Mention] = []
    folded = [_folded(w[0]) for w in words]
    for phrase, issuers in names.phrases.items():
        parts = phrase.split()
        for start in range(len(words) - len(parts) + 1):
            if folded[start : start + len(parts)] != parts:
                continue
            first, last = words[start], words[start + len(parts) - 1]
            bare = len(parts) == 1 and not (first[0].replace(".", "").isupper() or lowered)
            if not bare:
                span = Span(first.start(), last.end())
                found.extend(Mention(issuer, span, True) for issuer in issuers)
    return found


def _people(
    question: str, words: list[re.Match[str]], position: int, names: _Names, lowered: bool
) -> list[Mention]:
    """The issuers that the word at `position` may be the surname of."""
    word = words[position]
    surname = _POSSESSIVE.sub("", word[0])
    if not (surname[:1].isupper() or lowered):
        return []
    known = names.surnames.get(surname.lower())
    sure = known is not None
    if known is None:
        near = _misspelt(surname.lower(), names) if position or lowered else None
        known = names.surnames.get(near) if near else None
    if known is None or _is_first_name(question, words, position, names, lowered):
        return []
    previous = _word_before(question, words, position)
    span = Span(word.start(), word.start() + len(surname))
    named = [issuer for issuer, first in known if first and _same_first(first, previous)]
    fitting = named or [issuer for issuer, first in known if not first or not _is_name(previous)]
    return [Mention(issuer, span, sure and len(fitting) == 1) for issuer in fitting]


def _word_before(question: str, words: list[re.Match[str]], position: int) -> str:
    """The word before, when only a blank lies between; "" otherwise."""
    if position == 0:
        return ""
    before = words[position - 1]
    return before[0] if question[before.end() : words[position].start()].strip(" .") == "" else ""


def _is_name(word: str) -> bool:
    if word.lower() in NOT_A_NAME:
        return False
    return word[:1].isupper() and not _TITLED.match(word + " ") and not _POSSESSIVE.search(word)


def _same_first(first: str, word: str) -> bool:
    """Whether two first names may be one: equal, or one the beginning of the other ("Ben")."""
    other = word.lower().rstrip(".")
    return bool(other) and (first.startswith(other) or other.startswith(first))


def _is_first_name(
    question: str, words: list[re.Match[str]], position: int, names: _Names, lowered: bool
) -> bool:
    """Whether the next word is the surname that this one is the first name of."""
    if position + 1 >= len(words) or _POSSESSIVE.search(words[position][0]):
        return False
    after = words[position + 1]
    if question[words[position].end() : after.start()] != " ":
        return False
    surname = _POSSESSIVE.sub("", after[0]).lower()
    if surname in names.surnames:
        return True
    return False


@lru_cache(maxsize=4096)
def edits(one: str, two: str, limit: int) -> int:
    """Edit distance (insert, delete, replace, swap neighbours), limit + 1 when it is larger."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    earlier: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, earlier, row = earlier, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(earlier[j] + 1, row[j - 1] + 1, earlier[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _misspelt(word: str, names: _Names) -> str | None:
    """The surname that a word is a slip of (one letter from 6 letters on, two from 9), or None."""
    if len(word) < 6:
        return None
    limit = 1 if len(word) < 9 else 2
    near = [
        name
        for name in names.surnames
        if name[0] == word[0] and len(name) >= 5 and edits(word, name, limit) <= limit
    ]
    return near[0] if len(near) == 1 else None


# --- what is asked of an issuer ----------------------------------------------------------------

_ISSUED_NOUN = (
    r"(?:(?:press|news|media|joint)\s+)?(?:releases?|readouts?|newsletters?|press notes?|statements?|"
    r"announcements?|remarks|comments)\b"
)
_NEWEST = r"(?:(?:very\s+)?(?:latest|most recent|newest|last|first|earliest|recent))"
_AFTER_NAME = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w.,'’-]+\s+){{0,4}}?{_ISSUED_NOUN}"
    rf"|['’]s?\s+{_NEWEST}\s+(?:on|about|regarding|word|take|thoughts?|comments?|views?)\b",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    rf"\b(?:{_ISSUED_NOUN}|news|anything|issued|published|released|posted|put out|everything|quotes?)"
    r"(?:\b[^?;]{0,60}?)??\s(?:by|from|of)\s+(?:the\s+)?"
    rf"(?:office of\s+)?(?:{_TITLE}\.?\s+)?(?:[A-Z][\w.’'-]*\s+)?$"
    rf"|\b(?:everything|anything|all|whatever)\s+(?:that\s+)?(?:{_TITLE}\.?\s+)?(?:[A-Z][\w.’'-]*\s+)?$",
    re.IGNORECASE,
)
_HAS_SAID = re.compile(
    r"\b(?:has|have)\s+(?:the\s+)?(?P<name>[^?,;]{2,60}?)\s+(?:ever\s+|been\s+|publicly\s+)?"
    r"(?:said|saying|announced|issued|released|published|stated|commented|put out|written)\b"
    r"|\b(?:did|does)\s+(?:the\s+)?(?P<other>[^?,;]{2,60}?)\s+(?:issue|release|publish|put out|post)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"(?:,|:)?\s+(?:on|about|regarding|in|during|since|between|before|after|from|until|through)\s",
    re.IGNORECASE,
)


def asked_for(
    question: str, named: Sequence[Mention], dates: Sequence[int] = ()
) -> tuple[str, ...]:
    """The issuers whose releases are asked for by words of issuing, among those that are named.

    dates: where date expressions begin, for fragments such as "Sen. Collins last month on …".
    """
    found: list[str] = []
    for mention in named:
        if mention.sure and _is_asked_for(question, mention, dates):
            joint = [m for m in named if m is not mention and _are_joined(question, mention, m)]
            if joint or not _HAS_COMPANY.match(question, mention.span.end):
                found.extend(m.issuer for m in (mention, *joint))
    return tuple(dict.fromkeys(found))


_JOINED = re.compile(
    rf"(?:['’]s?)?\s*(?:,|\band\b|&|/|\bwith\b)+\s*(?:and\s+)?(?:{_TITLE}\.?\s+)?(?:[A-Z][\w.’-]*\s+)?",
    re.IGNORECASE,
)
_HAS_COMPANY = re.compile(rf"\s+(?:and|&)\s+(?:{_TITLE}\.?\s+)?[A-Z]")


def _are_joined(question: str, one: Mention, two: Mention) -> bool:
    """Whether two issuers are named in one breath: "the Levin and Stabenow announcement"."""
    first, second = sorted((one.span, two.span), key=lambda span: span.start)
    if first == second:
        return False
    return _JOINED.fullmatch(question, first.end, second.start) is not None


def _is_asked_for(question: str, mention: Mention, dates: Sequence[int]) -> bool:
    span = mention.span
    if _AFTER_NAME.match(question, span.end):
        return True
    if _BEFORE_NAME.search(question[: span.start]):
        return True
    if any(
        match.start() <= span.start and span.end <= match.end()
        for match in _HAS_SAID.finditer(question)
    ):
        return True
    opening = _TITLE_BEFORE.sub("", question[: span.start]).strip()
    if opening:
        return False
    dated = any(not question[span.end : start].strip(" ,:") for start in dates if start >= span.end)
    return dated or bool(_FRAGMENT.match(question, span.end))


def by_name(name: str, issuers: Sequence[str]) -> tuple[str, ...]:
    """The issuers that a given name stands for: equal but for case, or by the rules of mentions.

    Example: by_name("collins", ["Sen. Collins", "Sen. Reid"]) == ("Sen. Collins",).
    """
    equal = [issuer for issuer in issuers if issuer.lower() == name.strip().lower()]
    if equal:
        return tuple(equal)
    return tuple(dict.fromkeys(m.issuer for m in mentions(name, issuers)))
