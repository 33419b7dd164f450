"""Whether two answers to one question give different values: numbers, amounts or dates.

Names and places are not compared: a question asks for one of several as often as for the only one.
Of numbers and dates only what can be compared differs: an answer without a number does not
contradict one with a number, "July 10" is no other date than "July 10, 2018", "over 63,000" no other
sum than $63,031, "75 days" no other number than "245 hours".
"""

import re

from rag.passages import MONTHS
from rag.records import AnswerType

# What is said to be another in a second answer, by the kinds of answer that are compared.
COMPARED: dict[AnswerType, str] = {
    "how_many": "number",
    "how_much": "amount",
    "when": "date",
}
ROUNDED = 0.05  # relative difference within which two numbers may be one, rounded

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = re.compile(
    rf"(?P<digits>\d+(?:[,. ]\d+)*)(?:[\s-]+(?P<scale>{'|'.join(_SCALES)}))?"
    rf"|\b(?P<word>{'|'.join(_SPELLED)})(?:[\s-]+(?P<scaled>{'|'.join(_SCALES)}))?\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[\s-]*(?P<unit>%|[a-z]{3,})", re.IGNORECASE)
_NO_UNIT = frozenset(
    "and are for from has have more over than that the this was were will with".split()
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DAY = re.compile(
    rf"\b({'|'.join(m[:3] for m in MONTHS)})[a-z]*\.?\s+(\d{{1,2}})(?!\d)", re.IGNORECASE
)


def differ(kind: AnswerType, one: str, other: str) -> bool:
    """Whether two answers of a kind state values of which none can be the same."""
    match kind:
        case "how_many" | "how_much":
            pairs = [(a, b) for a in numbers(one) for b in numbers(other)]
            alike = [(a, b) for (a, unit), (b, its) in pairs if not unit or not its or unit == its]
            return bool(alike) and not any(_close(a, b) for a, b in alike)
        case "when":
            years = set(_YEAR.findall(one)), set(_YEAR.findall(other))
            days = _days(one), _days(other)
            return any(first and second and not first & second for first, second in (years, days))
        case _:
            return False


def numbers(text: str) -> list[tuple[float, str]]:
    """The numbers of a text with what they count or "": [(42370.0, "")] of "42 370", which lost its
    comma, [(1.6e6, "acre")] of "1 6 million acres"."""
    found = []
    for match in _NUMBER.finditer(text):
        scale = _SCALES.get((match["scale"] or match["scaled"] or "").lower(), 1.0)
        spelled = (match["word"] or "").lower()
        value = float(_SPELLED.index(spelled)) if spelled else _value(match["digits"])
        unit = _UNIT.match(text, match.end())
        counted = unit["unit"].lower().removesuffix("s") if unit else ""
        found.append((value * scale, "" if counted in _NO_UNIT else counted))
    return found


def _value(digits: str) -> float:
    """Groups of three digits belong together; a last group of fewer or more is a fraction."""
    first, *groups = re.split(r"[,. ]", digits)
    whole, fraction = first, ""
    for place, group in enumerate(groups):
        if len(group) == 3 and len(first) <= 3:
            whole += group
        elif place == len(groups) - 1:
            fraction = group
    return float(f"{whole}.{fraction or 0}")


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= ROUNDED * max(abs(one), abs(other))


def _days(text: str) -> set[tuple[str, str]]:
    return {(month.lower(), day.lstrip("0")) for month, day in _DAY.findall(text)}
