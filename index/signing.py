"""Signatures: the lines below a text in which someone in office signs for a body, and their date."""

import re

from index import labels
from index.mentions import UPPER, is_institution, is_kind, mentions

# A name with an office, as below a letter.
_SIGNER = re.compile(
    rf"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.? )?(?:[{UPPER}][\w’'-]*\.? ?){{1,4}},? "
    r"(?:(?:Deputy|Assistant|Acting|Executive|Managing|General|Press|Media|Information|Communications?|Public) )*"
    r"(?:Director|Secretary|Minister|Officer|Commissioner|Chief|Head|Manager|Spokes\w+|Registrar|President"
    r"|Administrator|Superintendent|Coordinator|Advisor|Adviser|Relations|Affairs)\b"
)
# The body, and its term of office, after a slogan: "Building bridges! Sarn Town Council 2024-2028."
_LAST_NAME = re.compile(
    r"(?:^|[,.!|–—]\s+)(?P<who>[^,.!|–—\n]{5,90}?)(?:,?\s(?:[^\W\d_]+\s)?(?:19|20)\d\d\s?[-–/]\s?(?:20)?\d\d)?\W*$"
)
# The body before a slogan: "Sarn Town Council – building bridges".
_BEFORE_SLOGAN = re.compile(r"(?P<who>[^,.!|–—\n]{5,90}?)\s(?:[–—|]|-)\s[^.]{5,80}\W?$")
# A line longer than this many characters is no signature.
_LONGEST = 140


def signed_for(line: str) -> str | None:
    """The body for which someone in office signs: "Ministry of Law" of "Jane Roe, Director, Ministry
    of Law"; None for any other line."""
    signer = _SIGNER.match(line) if len(line) <= _LONGEST and line[-1:] not in ".!?”:" else None
    long = [word for word in line.split() if len(word) > 3]
    if signer is None or sum(word[0].isupper() for word in long) < 0.8 * len(long):
        return None
    bodies = [m.name for m in mentions(line) if m.kind == "body" and line.endswith(m.name)]
    return bodies[-1] if bodies and not is_kind(bodies[-1]) else None


def last_named(text: str) -> str | None:
    """The body whose name, with no more than a term of office, closes a text's last paragraph, or
    stands in it before a slogan."""
    match = _BEFORE_SLOGAN.match(text) or _LAST_NAME.search(text[-200:])
    who = match["who"].strip() if match else ""
    return who if " " in who and is_institution(who) and not is_kind(who) else None


def is_signature(text: str, above: str) -> bool:
    """Whether a line is a signature, or the date below the one above."""
    return signed_for(above if labels.is_dated(text) else text) is not None
