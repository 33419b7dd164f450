"""Typing errors in questions: words that no release has, one slip away from one that releases have.

A word is left as it is when the archive knows it, when it is an ordinary English word (a single
word piece of the encoder's vocabulary), when it is short, or when several words are as likely meant.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

SHORTEST = 5  # letters; shorter words have too many neighbours
SHORTEST_NAME = 7  # of a capitalised word inside the question: a name may be meant as it stands
OFTEN = 20  # chunks that a name which is no ordinary word ("Lautenberg") must stand in
CLEARLY = 3  # times as frequent as the next likely word
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Frequencies = Callable[[Sequence[str]], Sequence[int]]


def corrections(
    question: str,
    frequencies: Frequencies,
    ordinary: Callable[[str], bool],
    stem: Callable[[str], Sequence[str]],
) -> dict[str, str]:
    """What is likely meant by words of a question, as typed: {"adress": "address"}.

    frequencies: how often the archive has each of some words in lower case, in whatever form.
    ordinary: whether a word in lower case is one of the language's common ones. stem: what the
    archive makes of a word, the same for all its forms.
    """
    found = {}
    for match in _WORD.finditer(question):
        typed = match[0]
        named = typed[0].isupper() and match.start() > 0
        if len(typed) < (SHORTEST_NAME if named else SHORTEST) or typed.isupper():
            continue
        word = typed.lower()
        if ordinary(word):
            continue
        if frequencies([word])[0]:
            meant = _form_meant(word, ordinary, stem)
        else:
            meant = _meant(word, frequencies, ordinary, name=named)
        if meant is not None:
            found[typed] = meant.capitalize() if typed[0].isupper() else meant
    return found


def corrected(question: str, found: Mapping[str, str]) -> str:
    """The question with the words replaced."""
    return _WORD.sub(lambda match: found.get(match[0], match[0]), question)


def _meant(
    word: str, frequencies: Frequencies, ordinary: Callable[[str], bool], *, name: bool
) -> str | None:
    near = list(dict.fromkeys(_one_slip_away(word)))
    counts = dict(zip(near, frequencies(near), strict=True))
    known = [w for w in near if counts[w] and ordinary(w)]
    if not known and name:
        known = [w for w in near if counts[w] >= OFTEN]
    known.sort(key=lambda w: -counts[w])
    if not known or any(CLEARLY * counts[w] > counts[known[0]] for w in known[1:]):
        return None
    return known[0]


def _form_meant(
    word: str, ordinary: Callable[[str], bool], stem: Callable[[str], Sequence[str]]
) -> str | None:
    """The one ordinary word with a slip inside it where an ending makes the archive know both alike:
    "arrangements" for "arrangments", nothing for "biometrics"."""
    near = dict.fromkeys(_one_slip_away(word))
    inside = (w for w in near if w[:-2] != word[: len(w) - 2])
    known = [w for w in inside if ordinary(w) and stem(w) == stem(word)]
    return known[0] if len(known) == 1 else None


def _one_slip_away(word: str) -> Iterable[str]:
    """Words with two letters swapped, one left out, one put in or one replaced; same first letter."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1 and b[0] != b[1])
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b for a, b in cuts for letter in _LETTERS)
    yield from (a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS if letter != b[0])
