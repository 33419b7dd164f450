"""The words of a question: terms, subject, particulars, and the speaker who is asked about."""

import re
from collections.abc import Iterable, Sequence

from index.records import Span
from rag.issuers import NOT_A_NAME
from rag.records import AnswerType

STOPWORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being between
    both but by can compare could did do does doing done during each else few for from further get
    gets getting got had has have having he her here hers him his how i if in into is it its itself
    just latest many may me might more most much must my newest no nor not of off on once only or
    other our out over own per please said same say says shall she should since so some such tell
    than that the their them then there these they this those through to too under until up upon us
    very was we were what when where whether which while who whom whose why will with would you your
    s t d ll re ve""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.,'’&-][^\W_]+)*")
# What asks for a measure is no word of the answer.
_HOW = re.compile(
    r"\bhow (?:often|long|soon|far|old|big|large|tall|high|fast|quickly)\b", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?$")


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order in which they came first."""
    return tuple(dict.fromkeys(items))


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def terms_of(text: str) -> tuple[str, ...]:
    """Content words in order, lower-cased, each once, possessive endings off."""
    words = (_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(_HOW.sub("how", text)))
    return unique(word for word in words if word and word not in STOPWORDS)


# --- subject -----------------------------------------------------------------------------------

_FORM = re.compile(
    r"^\W*(?:(?:please\s+)?(?:tell me|show me|give me|find|list|name|i want to know)\s+)?"
    r"(?:(?:and|so|but|also)\s+)?"
    r"(?:(?:what|who|whom|whose|when|where|why|which|how(?: many| much| long| big)?)\b\s*)?"
    r"(?:(?:did|does|do|is|are|was|were|has|have|had|will|would|could|can)(?:n?['’]t)?\b\s*)?",
    re.IGNORECASE,
)
_SAID = re.compile(r"\s+(?:say|said|tell)(?:\s+(?:about|of|on|regarding))?\b", re.IGNORECASE)


def subject_of(text: str) -> str:
    """The words to search: the question without the words of form, or whole when none are left."""
    form = _FORM.match(text)
    bare = _SAID.sub("", text[form.end() if form else 0 :], count=1).strip(" ?!.,;:\t\n")
    return bare if terms_of(bare) else text.strip()


# --- particulars -------------------------------------------------------------------------------

_UNITS = (
    r"(?:percent|million|billion|thousand|hundred|acres?|miles?|gallons?|tons?|pounds?|jobs?|people|"
    r"feet|megawatts?|years?|days?|months?|hours?|cents?|dollars?|barrels?|votes?)"
)
_CAPITAL = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'&]*)"
_JOIN = r"(?:[-–.]? ?(?:(?:of|the|and|for|de|la|von|&)\s+){0,2}|\.\s)"
_PARTICULARS = re.compile(
    r"(?P<quoted>\"[^\"]{2,120}\"|“[^”]{2,120}”)"
    r"|(?P<bill>\b(?:S|H\.?\s?R|H\.?\s?J\.?\s?Res|S\.?\s?J\.?\s?Res|H\.?\s?Con\.?\s?Res|S\.?\s?Res|"
    r"P\.?L)\.?\s?\d[\d-]{0,6}\b)"
    rf"|(?P<number>[$€£]\s?\d[\d,.]*(?<=\d)(?:\s?(?:million|billion|thousand))?"
    rf"|\b\d[\d,.]*[\s-]{_UNITS}\b|\b\d[\d,.]*\s?%|\b\d{{1,3}}(?:,\d{{3}})+\b|\b\d+(?:[-/]\d+)*\b)"
    rf"|(?P<name>\b{_CAPITAL}(?:{_JOIN}(?:{_CAPITAL}|\d+\w*\b))*)"
)


def particulars_of(
    text: str, dates: Sequence[Span] = (), bound: Span | None = None
) -> tuple[str, ...]:
    """Names, numbers with their units, bill numbers, quoted words and dates, as typed, each once.

    dates: where the date expressions stand; each is a particular of its own, never part of a name.
    bound: the words that bind the release date; the dates in them are met by it, not by the text.
    """
    found: list[tuple[int, str]] = [
        (span.start, span.of(text))
        for span in dates
        if bound is None or not bound.start <= span.start < bound.end
    ]
    masked = text
    for span in dates:
        masked = masked[: span.start] + ";" * (span.end - span.start) + masked[span.end :]
    for match in _PARTICULARS.finditer(masked):
        if match.lastgroup == "name":
            found.extend((match.start(), name) for name in names_in(match[0]))
        else:
            found.append((match.start(), match[0].strip('"“” ')))
    return unique(words for _, words in sorted(found, key=lambda f: f[0]) if words)


def names_in(run: str) -> list[str]:
    """The names of a capitalised run: possessives part them, "and" parts two single words.

    Example: names_in("What Reed and Coast Guard's Deepwater") == ["Reed", "Coast Guard", "Deepwater"].
    """
    names: list[str] = []
    for piece in re.split(r"['’]s?(?=\s|$)\s*", run):
        words = piece.split()
        while words and words[0].lower().strip("’'.") in NOT_A_NAME:
            words = words[1:]
        parts = re.split(r"\s+(?:and|&)\s+(?:the\s+)?", " ".join(words))
        single = any(len(part.split()) == 1 for part in parts[-1:])
        names.extend(parts if single else [" ".join(words)])
    return [name.strip(" -&") for name in names if name.strip(" -&.")]


# --- speaker -----------------------------------------------------------------------------------

_SAY = (
    r"(?:say|said|tell|told|describe|call|predict|think|argue|claim|warn|vow|complain|announce|state|"
    r"write|mean|make of|react|respond|answer|sum up|comment|ask|promise|remark)"
)
_GIVE = r"(?:hope|give|draw|want|defend|demand|use|compare|liken|have|cite|credit|praise|criticize)"
_OPINION = (
    r"(?:reaction|response|words|quotes?|comments?|verdict|views?|take|remarks?|answer|reply)"
)
_NAME = r"(?P<name>[A-Z][\w.’' -]{1,50}?)"
_SPEAKERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:was|is|were|are)\s+)(?P<name>[^?,]{{2,50}}?)['’]s?\s+{_OPINION}\b",
        rf"(?i:\b(?:did|does|has|have|had|do)\s+)(?P<name>[^?]{{2,60}}?)\s+(?:ever |also |have to )?{_SAY}\b",
        rf"^(?P<name>[\w.’' -]{{2,40}}?)(?:['’]s?)?\s+{_OPINION}\b",
        rf"\b(?i:{_OPINION} (?:of|from|by)\s+)(?P<name>[^?,]{{2,40}}?)"
        r"(?:\s+(?:on|about|to|when|after)\b|[?,]|$)",
        r"\b(?i:according to|per)\s+(?P<name>(?:[A-Z][\w’'.-]*(?:\s+|$|(?=[,?;:])))+)",
        rf"\b(?i:in)\s+{_NAME}['’]s?\s+(?:view|words|telling|opinion|account)\b",
    )
)
_GIVERS = re.compile(rf"(?i:\b(?:did|does)\s+)(?P<name>[^?]{{2,60}}?)\s+{_GIVE}\b")
_PAPER = re.compile(
    r"\b(?:statements?|releases?|readouts?|agreements?|reports?|letters?|bills?|study|law|page)(?: of)?$",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("he she it they we you i this that anyone anybody people".split())


def speaker_of(text: str, kind: AnswerType, dates: Sequence[Span] = ()) -> str | None:
    """The person or body whose words are asked for, as typed, without article; None for none."""
    masked = text
    for span in dates:
        masked = masked[: span.start] + " " * (span.end - span.start) + masked[span.end :]
    for pattern in (*_SPEAKERS, *([_GIVERS] if kind == "quote" else [])):
        match = pattern.search(masked)
        name = _bare(match["name"]) if match else ""
        if name:
            return name
    return None


def _bare(name: str) -> str:
    """A name without article, home state and possessive: "Gordon Smith" of "Oregon's Gordon Smith"."""
    name = re.sub(r"\s+", " ", name).strip(" ,")
    name = re.sub(r"^(?:the|a|an)\s+|^[A-Z]\w+['’]s\s+(?=[A-Z])", "", name)
    name = re.sub(r"['’]s?(?:\s.*)?$", "", name)
    if name.lower() in STOPWORDS or name.lower() in _PRONOUNS or _PAPER.search(name):
        return ""
    return name
