"""Datelines: the place and the date that running text opens with."""

import re

from index import labels
from index.dates import Mention

# How far into a text its dateline may stand, below a title that runs into it, in characters.
_LATEST = 300
_NO_PLACE = frozenset(
    "on in since as by at from until am vom seit el le em il the today after before during im "
    "zum bis und and no na los las this that an a".split()
)
_PARTICLES = frozenset({"a", "de", "del", "der", "den", "am", "la", "le", "d"})
_CLOSES = re.compile(r"\s*[)\]]?\s*(?:[-–—:|•/…]|\.(?:\s|[-–—]|$)|\)|$|\n)")
# What parts a date alone from the text behind it.
_PARTED = re.compile(r"[ )\]]*(?:[-–—|]|:\s+[\"“«„]?[A-ZÀ-Þ])")
# What a letterhead that runs into the text has behind its date.
_KIND_OF_PAPER = re.compile(
    r"\s+(?:COMMUNIQUÉ|COMUNICADO|COMUNICATO|NOTA DE PRENSA|PRESSEMITTEILUNG|PRESS RELEASE)\b"
)
# What stands behind a date in brackets that a text opens with.
_BRACKETED = re.compile(r"\s*[)\]]\s+[\"“«„]?[A-ZÀ-Þ]")


def is_dateline(text: str, mention: Mention) -> bool:
    """Whether running text opens with place and date: "LIMA, 3 May 2019 – …"."""
    closes = _CLOSES.match(text[mention.end : mention.end + 4] or "\n")
    closes = closes or _KIND_OF_PAPER.match(text, mention.end)
    if mention.start > 20 and mention.full and _placed_late(text, mention):
        return True
    if re.fullmatch(r"\s*[(\[]\s*", text[: mention.start]) and _BRACKETED.match(text, mention.end):
        return True
    if mention.start > 70 or mention.start and not closes:
        return False
    words = re.findall(r"[^\W\d_][\w.’']*", labels.residue(text[: mention.start]))
    if not all(word[0].isupper() or word in _PARTICLES for word in words):
        return False
    if any(word.lower() in _NO_PLACE for word in words if word not in _PARTICLES):
        return False
    after = text[mention.end :].lstrip()
    if not (words or mention.start) and re.match(r"\(?[^\W\d_a-zß-ÿ]", after):
        return True
    return bool(words) or _PARTED.match(text, mention.end) is not None


def _placed_late(text: str, mention: Mention) -> bool:
    """Whether place and date stand between a title that runs into the text and the text."""
    before = text[: mention.start]
    return (
        mention.start <= _LATEST
        and re.match(r"\s*[-–—]\s*[\"“«„]?[A-ZÀ-Þ]", text[mention.end :]) is not None
        and re.search(r"[A-ZÀ-Þ][\w.’'-]+, $", before) is not None
        and not re.search(r"[a-zß-ÿ]{3}[.!?]\s", before)
    )
