"""Questions bound to one side: "who signed for Honduras?" is not answered by who signed with Honduras.

A quote is of the other side when it names the party that the question speaks for, and names it only
as the one that somebody deals with.
"""

import re

OTHER_SIDE_CONFIDENCE = 0.1  # of an answer whose best quote is of the other side

_PARTY = r"(?P<party>[A-Z][\w.’'-]*(?:\s+(?:(?:of|and|the)\s+){0,2}[A-Z][\w.’'-]*)*)"
_ACTS = r"\b(?:for|on behalf of|in the name of|representing)\s+(?:the\s+)?"
_FOR = re.compile(rf"{_ACTS}{_PARTY}")
# "the", "the Government of the", "its counterparts from"
_OFFICES = r"(?:(?:the|its|their|his|her)\s+)?(?:[\w’'-]+\s+(?:of|from)\s+)?(?:the\s+)?"
# "with Honduras", "between Honduras" and "between the Department of Labor and Honduras"
_DEALS = rf"\b(?:with|against|opposite|between(?:\s[^;]{{1,80}}?\sand)?)\s+{_OFFICES}"
# What names of countries and of their people end in, and the letters that they have in common.
_ENDING = re.compile(r"(?:i?ans?|ese|as?|os?|y|ia)$")
_LEAST_STEM = 5


def party_of(question: str) -> str | None:
    """The party that somebody acts for in a question, without its article; None for none."""
    match = _FOR.search(question)
    return match["party"].rstrip(".'’") if match else None


def is_of_other_side(party: str, quote: str) -> bool:
    """Whether a quote names a party, and only as the one that somebody deals with."""
    rest, dealt = _without_dealings(party, quote)
    return dealt > 0 and not re.search(rf"\b{_named(party)}\b", rest)


def acts_for(party: str, quote: str) -> bool:
    """Whether somebody in a quote acts for a party, belongs to it, or is the party itself."""
    rest, _ = _without_dealings(party, quote)
    bound = rf"(?:{_ACTS}|\b(?:of|from|by)\s+){_OFFICES}{_named(party)}\b"
    return re.search(rf"{bound}|\b{_named(party)}['’]", rest) is not None


def _without_dealings(party: str, quote: str) -> tuple[str, int]:
    return re.subn(rf"{_DEALS}{_named(party)}\b", " ", quote)


def _named(party: str) -> str:
    """A pattern of the party's name, of one word also as who is of it: "Honduras", "Honduran"."""
    stem = _ENDING.sub("", party)
    if " " not in party and len(stem) >= _LEAST_STEM:
        return re.escape(stem) + r"\w{0,4}"
    return re.escape(party).replace(r"\ ", r"\s+")
