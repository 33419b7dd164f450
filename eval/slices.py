"""Kinds of questions that the figures are broken down by."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from eval.collection import Collection, Source, Topic

# Stops, commas and line breaks per 100 words below which a text has lost its punctuation. Measured
# on the 3,000 dev releases: 1,328 have less than 0.5, the others 5 to 30.
FEW_MARKS = 3.0
MARKS = re.compile(r"[.!?,;:](?=\s|$)|\n")

MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# A year, a month before a number, "in May", or a relative date.
DATED = re.compile(
    rf"\b(?:19|20)\d\d\b|\bfy ?'?\d\d\b|\b(?:{MONTHS})\.? \d|"
    rf"\b(?:in|on|by|since|before|after|during|between|early|late|mid) (?:{MONTHS})\b|"
    r"\b(?:last|this|past) (?:week|month|year|spring|summer|fall|autumn|winter)\b|\d/\d",
    re.IGNORECASE,
)

Namer = Callable[[Topic], str | None]


def slices(collection: Collection) -> dict[str, dict[str, list[int]]]:
    """{slicing: {slice: positions of its topics}}, slices in order of name.

    A topic that a slicing does not concern (the gold release of an unanswerable one) is in none of
    its slices.
    """
    releases = collection.releases
    words = issuer_words(r.issuer for r in releases.values() if r.issuer)
    namers: dict[str, Namer] = {
        "kind of question": lambda t: t.type,
        "unanswerable question": lambda t: t.kind if t.answerable is False else None,
        "gold release": lambda t: _punctuation(releases.get(t.release_id or "")),
        "gold date": lambda t: _gold_date(t),
        "question's date": lambda t: "names a date" if names_date(t) else "names no date",
        "question's issuer": lambda t: _issuer_named(t, releases.get(t.release_id or ""), words),
        "wording": lambda t: "a sentence" if is_sentence(t.question) else "terse",
        "split": lambda t: t.split,
    }
    found = {name: _split(collection.topics, namer) for name, namer in namers.items()}
    return {name: parts for name, parts in found.items() if parts}


def is_punctuated(text: str) -> bool:
    """Whether a text kept its punctuation: enough commas, stops and line breaks for its words."""
    words = len(text.split())
    return len(MARKS.findall(text)) * 100 >= FEW_MARKS * words


def names_date(topic: Topic) -> bool:
    """Whether the question, or an option beside it, says when: "in May 2005", "last month"."""
    bound = any(name in ("date_from", "date_to") for name, _ in topic.options)
    return bound or bool(DATED.search(topic.question))


def is_sentence(question: str) -> bool:
    """Whether a question is written out: a capital first and a question mark or stop last."""
    stripped = question.strip()
    return stripped[:1].isupper() and stripped[-1:] in "?.!"


def issuer_words(issuers: Iterable[str]) -> Mapping[str, re.Pattern[str]]:
    """What names each issuer in a question: surname of a person, else full name or its initials.

    Example: "Sen. Collins" is named by "collins"; "U.S. Department of Homeland Security" by "dhs",
    "homeland security" or the whole.
    """
    return {issuer: re.compile("|".join(_ways(issuer)), re.IGNORECASE) for issuer in set(issuers)}


def _ways(issuer: str) -> list[str]:
    person = re.match(r"(?:Sen|Rep|Gov|Senator|Representative)\.? ", issuer)
    if person:
        return [rf"\b{re.escape(issuer.split()[-1])}\b"]
    core = re.sub(r"^(?:The )?(?:U\.?S\.? |United States )?", "", issuer)
    initials = "".join(word[0] for word in core.split() if word[0].isupper())
    short = re.sub(r"^(?:Department|Office|Bureau|Ministry) of (?:the )?", "", core)
    ways = [re.escape(core), re.escape(short)]
    return [rf"\b{way}\b" for way in ways + ([initials] if len(initials) > 2 else [])]


def _issuer_named(
    topic: Topic, gold: Source | None, words: Mapping[str, re.Pattern[str]]
) -> str | None:
    """Whether the gold release's issuer is named; for an unanswerable topic, whether any is."""
    if not words or (topic.answerable and (gold is None or gold.issuer is None)):
        return None
    concerned = [words[gold.issuer]] if gold and gold.issuer else words.values()
    named = any(name == "issuer" for name, _ in topic.options)
    named = named or any(pattern.search(topic.question) for pattern in concerned)
    return "issuer named" if named else "issuer not named"


def _punctuation(release: Source | None) -> str | None:
    if release is None:
        return None
    return "punctuated" if is_punctuated(release.text) else "unpunctuated"


def _gold_date(topic: Topic) -> str | None:
    if not topic.answerable:
        return None
    return "dated" if topic.release_date else "undated"


def _split(topics: Sequence[Topic], namer: Namer) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for position, topic in enumerate(topics):
        name = namer(topic)
        if name is not None:
            found.setdefault(name, []).append(position)
    return dict(sorted(found.items()))
