"""Question-passage pairs made from plain releases, to teach a reader before it sees real questions.

From each release an answer (amount, number, date, name, phrase) is picked with the words around it;
the question is some of those words, thinned, partly replaced by near-synonyms, with a question word
for the answer. Half of the pairs have no answer, in the ways that real near misses lack one:

    swapped   a name, place, number or year of the question is another release's
    removed   the answer is cut out of the passage, its surroundings stay
    elsewhere the passage is another one of the same release
    other     the passage is of another release that shares the question's rarest word

All choices come from the given random generator: the same releases and seed give the same pairs.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.records import Release
from rag.passages import date_words, header

STOP = frozenset(
    "a an the of in on at to for and or but by with from as is are was were be been has have had "
    "will would can could may might that this these those it its he she they his her their our we "
    "i you not no so than then there who which what when where how said says also more into over "
    "about after before between through during under up out all any some such other us".split()
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
AMOUNT = re.compile(
    r"\$\d[\d,.]*\d?(?: ?(?:million|billion|thousand))?|\d[\d,.]* (?:million|billion)(?: dollars)?"
)
DATE = re.compile(rf"{MONTH} +\d{{1,2}},? +(?:19|20)\d\d|{MONTH} +(?:19|20)\d\d|\b(?:19|20)\d\d\b")
NUMBER = re.compile(r"\b\d{1,3}(?:[, ]\d{3})*(?:\.\d+)?(?: percent|%)?(?= [a-z])")
NAME = re.compile(r"\b[A-Z][a-z]+(?: (?:[A-Z][a-z]+|[A-Z]|of|and|the))* [A-Z][a-z]+\b")
PHRASE = re.compile(
    r"\b(?:because|to|that|for|by|including|whether|called|at|in) ((?:\S+\s+){2,11}\S+)"
)
QUESTION_WORDS: Mapping[str, Sequence[str]] = {
    "amount": ("how much", "what amount", "how much money", "what sum", "amount"),
    "number": ("how many", "what number of", "how many"),
    "date": ("when", "what year", "on what date", "when", "date"),
    "name": ("who", "which", "what", "where", "whom", "who", "name of"),
    "phrase": ("what", "why", "what", "what did", "why did", "how", "what does", "which"),
}
FILLERS: Mapping[str, Sequence[str]] = {
    "amount": ("funding", "a grant", "money", "assistance", ""),
    "number": ("many", "several", "", "additional"),
    "date": ("recently", "", "last year", "soon"),
    "name": ("officials", "others", "", "a group"),
    "phrase": ("", "", "this"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage; start and end mark the answer in the passage, or None for none."""

    question: str
    header: str
    passage: str
    start: int | None
    end: int | None


def squeeze(text: str) -> str:
    """A text with its white space collapsed."""
    return " ".join(text.split())


def candidates(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the spans of a text that a question could ask for."""
    found = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in (("amount", AMOUNT), ("date", DATE), ("number", NUMBER), ("name", NAME)):
        for m in pattern.finditer(text):
            if not any(s < m.end() and m.start() < e for s, e in taken):
                found.append((m.start(), m.end(), kind))
                taken.append((m.start(), m.end()))
    found += [(m.start(1), m.end(1), "phrase") for m in PHRASE.finditer(text)]
    return found


class Maker:
    """Makes pairs out of a fixed set of releases (texts with white space collapsed).

    synonyms: near-synonyms of lower-case words, may be empty.
    """

    def __init__(
        self, releases: Sequence[Release], synonyms: Mapping[str, Sequence[str]], seed: int
    ) -> None:
        self.releases = releases
        self.texts = [squeeze(r.text) for r in releases]
        self.synonyms = synonyms
        self.random = random.Random(seed)
        self.frequency: Counter[str] = Counter()
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.names: list[str] = []
        for k, text in enumerate(self.texts):
            words = set(re.findall(r"\w+", text))
            self.frequency.update(words)
            for w in words:
                self.holders[w].append(k)
            self.names += [m.group() for m in list(NAME.finditer(text))[:6]]

    def pairs(self, count: int) -> Iterator[Pair]:
        """`count` pairs, about half of them without an answer."""
        made = 0
        while made < count:
            pair = self._one(self.random.randrange(len(self.releases)))
            if pair:
                made += 1
                yield pair

    def _one(self, k: int) -> Pair | None:
        text, rng = self.texts[k], self.random
        begin = rng.randrange(max(1, len(text) - 500))
        begin = text.rfind(" ", 0, begin) + 1
        window = text[begin : begin + rng.randrange(450, 850)]
        window = window[: window.rfind(" ")] if " " in window else window
        spans = [s for s in candidates(window) if s[1] - s[0] < 120]
        if not spans:
            return None
        kinds = {s[2] for s in spans}
        kind = rng.choice(sorted(kinds))
        start, end, _ = rng.choice([s for s in spans if s[2] == kind])
        chosen = self._context(window, start, end)
        if len(chosen) < 3:
            return None
        head = self._header(k)
        fate = rng.random()
        if fate < 0.5:
            question = self._question(chosen, kind, k)
            return Pair(question, head, window, start, end)
        if fate < 0.68:
            swapped = self._swap(chosen)
            if swapped is None:
                return None
            return Pair(self._question(swapped, kind, k), head, window, None, None)
        question = self._question(chosen, kind, k)
        if fate < 0.84:
            filler = rng.choice(FILLERS[kind])
            return Pair(question, head, squeeze(window[:start] + filler + window[end:]), None, None)
        return self._elsewhere(question, chosen, window, begin, k, other=fate > 0.9)

    def _elsewhere(
        self, question: str, chosen: Sequence[str], window: str, begin: int, k: int, *, other: bool
    ) -> Pair | None:
        rng = self.random
        if other:
            rare = min(chosen, key=lambda w: self.frequency[w] or 10**9)
            holders = [h for h in self.holders.get(rare, []) if h != k][:50]
            if not holders:
                return None
            j = rng.choice(holders)
            at = max(0, self.texts[j].find(rare) - rng.randrange(50, 500))
            text = self.texts[j]
        else:
            j, text = k, self.texts[k]
            if len(text) < 2 * len(window):
                return None
            at = rng.randrange(len(text) - len(window))
            if abs(at - begin) < len(window):
                return None
        passage = text[text.find(" ", at) + 1 : at + len(window)]
        return Pair(question, self._header(j), passage, None, None)

    def _header(self, k: int) -> str:
        r = self.releases[k]
        return header(r.title, r.issuer, r.date, self.texts[k])

    def _context(self, window: str, start: int, end: int) -> list[str]:
        """Some of the content words within about 20 words of the answer, in order."""
        rng = self.random
        left = [(m.group(), start - m.end()) for m in re.finditer(r"[\w'-]+", window[:start])]
        right = [(m.group(), m.start()) for m in re.finditer(r"[\w'-]+", window[end:])]
        near = [(w, d) for w, d in left[-22:] + right[:18]]
        total = len(self.texts)
        kept = []
        for w, distance in near:
            rarity = 1.0 - (self.frequency[w] + 1) / (total + 1)
            content = w.lower() not in STOP
            chance = (0.25 + 0.55 * rarity**8) if content else 0.12
            chance *= 1.15 if distance < 60 else 0.7
            if rng.random() < chance:
                kept.append(w)
        return kept[: rng.randrange(5, 15)] if len(kept) > 5 else kept

    def _swap(self, chosen: Sequence[str]) -> list[str] | None:
        """The words with one particular (number or capitalised word) replaced by another's."""
        rng = self.random
        at = [i for i, w in enumerate(chosen) if w[0].isdigit() or (w[0].isupper() and len(w) > 3)]
        if not at:
            return None
        out = list(chosen)
        i = rng.choice(at)
        if out[i][0].isdigit():
            number = re.sub(r"\d", lambda m: str(rng.randrange(1, 10)), out[i])
            year = re.fullmatch(r"(?:19|20)\d\d", out[i])
            out[i] = str(int(out[i]) + rng.choice((-3, -2, -1, 1, 2))) if year else number
        else:
            out[i : i + 1] = rng.choice(self.names).split()[-2:]
        return None if out == list(chosen) else out

    def _question(self, chosen: Sequence[str], kind: str, k: int) -> str:
        rng, r = self.random, self.releases[k]
        words = []
        for w in chosen:
            options = self.synonyms.get(w)
            words.append(rng.choice(options) if options and rng.random() < 0.3 else w)
        if rng.random() < 0.25:
            cut = rng.randrange(len(words))
            words = words[cut:] + words[:cut]
        if r.issuer and rng.random() < 0.3:
            surname = r.issuer.split()[-1]
            words.insert(rng.randrange(len(words) + 1), rng.choice((surname, "Sen. " + surname)))
        if r.date and rng.random() < 0.15:
            month, *_, year = date_words(r.date).replace(",", "").split()
            words += rng.choice((["in", month, year], ["in", year]))
        if kind == "date":
            words = [w for w in words if not re.fullmatch(MONTH, w)]
        lead = rng.choice(QUESTION_WORDS[kind])
        style = rng.random()
        if style < 0.12:
            return " ".join(words).lower()
        if style < 0.25:
            return (" ".join(words) + " " + lead).lower()
        return (lead + " " + " ".join(words)).capitalize() + ("?" if style < 0.9 else "")


def near_words(words: Sequence[str], vectors: "Iterable[Sequence[float]]") -> dict[str, list[str]]:
    """Near-synonyms by cosine between 0.62 and 0.97 of unit vectors, at most 4 a word."""
    import numpy as np

    v = np.asarray(vectors, dtype=np.float32)
    out: dict[str, list[str]] = {}
    for block in range(0, len(words), 1000):
        cosines = v[block : block + 1000] @ v.T
        for i, row in enumerate(cosines):
            best = np.argsort(-row)[1:5]
            near = [words[j] for j in best if 0.62 <= row[j] <= 0.97]
            if near:
                out[words[block + i]] = near
    return out
