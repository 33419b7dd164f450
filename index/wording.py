"""Titles and names as strings: their words compared, their edges tidied, site names cut off."""

import re

# Where a page's own name for itself is cut from the name of its site.
CUT = re.compile(r"\s+[|–—·»«:]{1,2}\s+|\s+-{1,2}\s+|\s*[|：｜─]\s*")
_SPACE = re.compile(r"\s+")
_FILE_NAME = re.compile(r"[\w.-]+\.(?:html?|aspx?|php|docx?|pdf|txt|jsp|cfm)", re.I)


def is_file_name(text: str) -> bool:
    """`is_file_name("pr970611.htm")`: what some editors write where a title belongs."""
    return _FILE_NAME.fullmatch(text) is not None


def flat(text: str) -> str:
    """The words of a text for comparing: lower case, punctuation and soft hyphens aside."""
    return " ".join(re.findall(r"\w+", text.replace("\xad", "").lower()))


def tidy(text: str) -> str:
    """A title or name on one line, without soft hyphens and marks of Markdown round it."""
    text = _SPACE.sub(" ", text.replace("\xad", "").replace("\u200b", "")).strip()
    return text.strip("#* _•▪‣►").strip() if text[:1] in "#*_•▪‣►" else text


def are_one(a: str, b: str) -> bool:
    """Whether one title holds the words of the other."""
    short, long = sorted((flat(a), flat(b)), key=len)
    return short in long


def alike(a: str, b: str) -> bool:
    """Whether two titles have the same words, or one begins with nearly all of the other."""
    x, y = flat(a), flat(b)
    if not x or not y:
        return False
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    return len(short) >= 0.8 * len(long) and long.startswith(short)
