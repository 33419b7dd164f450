"""Questions to the reader's inputs: passages with the answer, and the most tempting ones without.

The banks hold the passages of the releases that were asked about: shared/eval/train for most of
eval/questions.jsonl.xz; for the others, which are on releases of agencies, the pages of
shared/eval/pages-dev (ids that begin with "a-") and eval/releases.jsonl.xz (with "x"), invented for
this purpose.
"""

import hashlib
import json
import lzma
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.corpus import read_corpus
from index.embedding import default_folder
from index.records import Span
from index.wordpieces import plain_tokenizer
from rag.passages import MONTHS, header, windows
from rag.quoting import boundaries, quote_span
from rag.reader import ALL_PIECES, CLS, HEADER_PIECES, QUESTION_PIECES, SEP

QUESTIONS = Path(__file__).parent / "questions.jsonl.xz"
INVENTED = Path(__file__).parent / "releases.jsonl.xz"
OF_AGENCIES = ("a-", "x")  # how the ids of questions on releases of agencies begin
NEAR_SHARE = 0.5  # near misses drawn for each answerable question of their kind
HELD_OUT, AGENCIES_HELD_OUT = 8, 4  # one release in so many is held out for the judge

PARTICULARS = {
    "amount": re.compile(r"\$[\d,.]+(?: (?:million|billion))?|\b[\d,.]+ (?:million|billion)\b"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "name": re.compile(r"(?<=[a-z] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"),
}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One input with its target: start and end are token positions, 0 (the [CLS]) for no answer."""

    ids: NDArray[np.int32]
    second: int
    first: int
    count: int
    start: int
    end: int


class Encoder:
    """Turns a question and a passage into the reader's input, exactly as rag/reader.py does."""

    def __init__(self) -> None:
        self.tokenizer = plain_tokenizer(default_folder())

    def example(
        self, question: str, head: str, passage: str, start: int | None, end: int | None
    ) -> Example | None:
        """The input; None when the answer is cut off."""
        asked = self.tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_PIECES]
        top = self.tokenizer.encode(head, add_special_tokens=False).ids[:HEADER_PIECES]
        body = self.tokenizer.encode(passage, add_special_tokens=False)
        room = ALL_PIECES - 3 - len(asked) - len(top)
        ids, offsets = body.ids[:room], body.offsets[:room]
        first = len(asked) + 2 + len(top)
        at = (0, 0)
        if start is not None and end is not None:
            inside = [i for i, (s, e) in enumerate(offsets) if s < end and e > start]
            if not inside:
                return None
            at = first + inside[0], first + inside[-1]
        whole = np.array([CLS, *asked, SEP, *top, *ids, SEP], dtype=np.int32)
        return Example(whole, len(asked) + 2, first, len(ids), *at)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's passages: with the answer, and without, the most tempting first.

    kind: the type of answer wanted ("who", "quote").
    """

    kind: str
    positive: tuple[Example, ...]
    negative: tuple[Example, ...]


class Bank:
    """The windows of some releases, searched by BM25 (k1 0.9, b 0.4)."""

    def __init__(self, encoder: Encoder, releases: Sequence[Record]) -> None:
        self.texts = {r["id"]: r["text"] for r in releases}
        self.windows: list[tuple[str, int, int, str]] = []
        self.of: dict[str, list[int]] = {}
        for r in releases:
            head = header(r.get("title"), r["issuer"], r["date"], r["text"])
            for span in windows(encoder.tokenizer.encode(r["text"], add_special_tokens=False)):
                self.of.setdefault(r["id"], []).append(len(self.windows))
                self.windows.append((r["id"], span.start, span.end, head))
        self._weigh()

    def _weigh(self) -> None:
        self.vocabulary: dict[str, int] = {}
        rows, columns, counts = [], [], []
        lengths = np.zeros(len(self.windows))
        for i, (release_id, start, end, head) in enumerate(self.windows):
            words = terms(self.texts[release_id][start:end]) + terms(head)
            lengths[i] = len(words)
            for word in words:
                rows.append(i)
                columns.append(self.vocabulary.setdefault(word, len(self.vocabulary)))
                counts.append(1.0)
        shape = (len(self.windows), len(self.vocabulary))
        tf = sparse.csr_matrix((counts, (rows, columns)), shape=shape)
        tf.sum_duplicates()
        df = np.bincount(tf.indices, minlength=shape[1])
        idf = np.log1p((shape[0] - df + 0.5) / (df + 0.5))
        k = np.repeat(0.9 * (0.6 + 0.4 * lengths / lengths.mean()), np.diff(tf.indptr))
        tf.data = tf.data * 1.9 / (tf.data + k) * idf[tf.indices]
        self.weights = tf.tocsc()

    @cache  # noqa: B019 -- a bank lives as long as the program
    def search(self, question: str, count: int) -> tuple[int, ...]:
        """The best windows for a question."""
        columns = [self.vocabulary[w] for w in set(terms(question)) if w in self.vocabulary]
        scores = np.asarray(self.weights[:, columns].sum(axis=1)).ravel()
        return tuple(int(i) for i in np.argsort(-scores, kind="stable")[:count])

    def holds(self, window: int, place: tuple[int, int]) -> bool:
        """Whether a place of its release stands whole in a window."""
        _, start, end, _ = self.windows[window]
        return start <= place[0] and place[1] <= end

    def text(self, window: int) -> str:
        """The words of a window."""
        release_id, start, end, _ = self.windows[window]
        return str(self.texts[release_id][start:end])

    def head(self, release_id: str) -> str:
        """The header of a release's windows."""
        return self.windows[self.of[release_id][0]][3]

    @cache  # noqa: B019
    def cuts(self, release_id: str) -> list[int]:
        """Where the sentences of a release begin and end."""
        return boundaries(self.texts[release_id])

    def quotes(self, release_id: str, question: str) -> list[Span]:
        """The quotes that a release offers, those that share most words with a question first."""
        wanted = set(terms(question))
        found = self._quotes(release_id)
        return sorted(found, key=lambda quote: (-len(wanted & found[quote]), quote.start))

    @cache  # noqa: B019
    def _quotes(self, release_id: str) -> dict[Span, frozenset[str]]:
        text, cuts = self.texts[release_id], self.cuts(release_id)
        ends = zip(cuts, cuts[1:], strict=False)
        spans = (quote_span(text, Span(*end), cuts) for end in ends if text[slice(*end)].strip())
        return {span: frozenset(terms(span.of(text))) for span in spans}


def asked(encoder: Encoder, bank: Bank, q: Record) -> Asked | None:
    """The passages of a question; None when its release or its evidence is not found.

    The pages are read as index/ reads them today: one may have lost words since it was asked about.
    """
    if q["answerable"] and q["release_id"] not in bank.texts:
        return None
    top = bank.search(q["question"], 14)
    if not q["answerable"]:
        near = q.get("near_release")
        own = [w for w in top if bank.windows[w][0] == near][:3]
        chosen = own + [w for w in top if bank.windows[w][0] != near][: 4 if near else 6]
        return Asked(q["type"], (), tuple(_negatives(encoder, bank, q, chosen)))
    text = bank.texts[q["release_id"]]
    target = _target(text, q)
    if not target:
        return None
    evidence, answer = _evidence(text, q), _answer(q)
    wanted = loose(answer)
    positive, bad = [], set()
    for w in bank.of[q["release_id"]]:
        _, start, end, head = bank.windows[w]
        if bank.holds(w, target):
            at = target[0] - start, target[1] - start
            positive.append(encoder.example(q["question"], head, text[start:end], *at))
        if any(s < end and e > start for s, e in evidence) or wanted.search(text, start, end):
            bad.add(w)
    elsewhere = [w for w in top if w not in bad and not _answers(bank, w, q, answer, wanted)][:6]
    own = [w for w in bank.of[q["release_id"]] if w not in bad and w not in elsewhere][:2]
    negative = _negatives(encoder, bank, q, elsewhere + own)
    return Asked(q["type"], tuple(e for e in positive if e), tuple(negative))


def quoted(encoder: Encoder, bank: Bank, q: Record) -> Asked | None:
    """The same with quotes alone for passages: the answer's, and those without it, of its own and of
    the nearest other release, that share most words with the question."""
    top = dict.fromkeys(bank.windows[w][0] for w in bank.search(q["question"], 14))
    own = str(q["release_id"] or q.get("near_release") or next(iter(top)))
    if own not in bank.texts:
        return None
    others = [release_id for release_id in top if release_id != own][:1]
    if not q["answerable"]:
        chosen = [(own, quote) for quote in bank.quotes(own, q["question"])[:2]]
        chosen += _first_of(bank, q, others)
        return Asked(q["type"], (), tuple(_of_quotes(encoder, bank, q, chosen)))
    text, answer = bank.texts[own], _answer(q)
    target, wanted = _target(text, q), loose(answer)
    if not target:
        return None
    span = quote_span(text, Span(*target), bank.cuts(own))
    at = target[0] - span.start, min(target[1], span.end) - span.start
    positive = encoder.example(q["question"], bank.head(own), span.of(text), *at)
    right = [span, *(Span(*place) for place in _evidence(text, q))]
    wrong = [
        (own, quote)
        for quote in bank.quotes(own, q["question"])
        if not any(quote.overlaps(s) for s in right) and not wanted.search(quote.of(text))
    ]
    others = [o for o in others if len(answer) <= 6 or not wanted.search(bank.texts[o])]
    chosen = [*wrong[:2], *_first_of(bank, q, others)]
    negative = _of_quotes(encoder, bank, q, chosen)
    return Asked(q["type"], (positive,) if positive else (), tuple(negative))


def _first_of(bank: Bank, q: Record, release_ids: Iterable[str]) -> list[tuple[str, Span]]:
    return [(r, quote) for r in release_ids for quote in bank.quotes(r, q["question"])[:1]]


def _of_quotes(
    encoder: Encoder, bank: Bank, q: Record, chosen: Iterable[tuple[str, Span]]
) -> list[Example]:
    """Examples without an answer, of quotes by their releases."""
    return _unanswered(encoder, q, ((bank.head(r), quote.of(bank.texts[r])) for r, quote in chosen))


def _answer(q: Record) -> str:
    return re.sub(r"^(yes|no)\b[,:]?\s*", "", q["answer"], flags=re.I)


def _evidence(text: str, q: Record) -> list[tuple[int, int]]:
    return [m.span() for e in q["evidence"] if (m := loose(e).search(text))]


def _target(text: str, q: Record) -> tuple[int, int] | None:
    """Where the short answer stands in the evidence, or else the evidence; None without any."""
    evidence, answer = _evidence(text, q), _answer(q)
    inside = (loose(answer).search(text, *span) for span in evidence) if terms(answer) else iter(())
    return next((m.span() for m in inside if m), evidence[0] if evidence else None)


def _answers(bank: Bank, w: int, q: Record, answer: str, wanted: re.Pattern[str]) -> bool:
    """Whether a window of another release holds the answer's words: a copy, not a negative."""
    other = bank.windows[w][0] != q["release_id"]
    return other and len(answer) > 6 and bool(wanted.search(bank.text(w)))


def _negatives(encoder: Encoder, bank: Bank, q: Record, chosen: Sequence[int]) -> list[Example]:
    return _unanswered(encoder, q, ((bank.windows[w][3], bank.text(w)) for w in chosen))


def _unanswered(encoder: Encoder, q: Record, passages: Iterable[tuple[str, str]]) -> list[Example]:
    """Examples without an answer, of passages with their headers."""
    made = (encoder.example(q["question"], head, text, None, None) for head, text in passages)
    return [e for e in made if e]


def general_questions(shared: Path) -> Iterator[tuple[str, str, Record]]:
    """(title, passage, question) of the general reading-comprehension questions."""
    for name in ("squad2-dev-half", "xquad-en"):
        for article in json.loads(lzma.open(shared / f"eval/reader/{name}.json.xz").read())["data"]:
            for paragraph in article["paragraphs"]:
                for q in paragraph["qas"]:
                    yield article.get("title", ""), paragraph["context"], q


def off_topic(encoder: Encoder, bank: Bank, shared: Path) -> list[Example]:
    """2,500 general questions with the two Senate passages that BM25 finds for each."""
    asked_of = [q["question"] for _, _, q in general_questions(shared)]
    random.Random(4).shuffle(asked_of)
    return [
        example
        for question in asked_of[:2_500]
        for example in _negatives(encoder, bank, {"question": question}, bank.search(question, 2))
    ]


def swapped(
    encoder: Encoder, bank: Bank, questions: Iterable[Record], rng: random.Random
) -> list[Asked]:
    """Answerable questions with one particular exchanged for another question's, which the release
    does not hold: asked of the very passages that answered them before."""
    found = [(q, list(_particulars(q["question"]))) for q in questions if q["answerable"]]
    pool: dict[str, list[str]] = defaultdict(list)
    for q, places in found:
        for kind, start, end in places:
            pool[kind].append(q["question"][start:end])
    out = []
    for q, places in found:
        text = bank.texts[q["release_id"]]
        target = _target(text, q)
        if not target:
            continue
        holding = [w for w in bank.of[q["release_id"]] if bank.holds(w, target)]
        for kind, start, end in rng.sample(places, len(places)):
            other = _foreign(pool[kind], text, rng)
            if other:
                changed = {"question": q["question"][:start] + other + q["question"][end:]}
                out.append(Asked(q["type"], (), tuple(_negatives(encoder, bank, changed, holding))))
                break
    return [a for a in out if a.negative]


def _particulars(question: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of what a question could have exchanged."""
    for kind, pattern in PARTICULARS.items():
        for m in pattern.finditer(question):
            if m.group().split()[0] not in MONTHS:
                yield kind, m.start(), m.end()
            elif " " not in m.group():
                yield "month", m.start(), m.end()


def _foreign(others: Sequence[str], text: str, rng: random.Random) -> str | None:
    """One of the others of which a text holds no word; None when a dozen draws find none."""
    known = frozenset(re.findall(r"\w+", text.lower()))
    drawn = (rng.choice(others) for _ in range(12))
    return next((o for o in drawn if not known & set(re.findall(r"\w+", o.lower()))), None)


def sampled(questions: Sequence[Asked], rng: random.Random) -> list[Example]:
    """One epoch: a positive and one or two negatives a question, two where there is no answer.

    Of the questions without an answer so many of each kind that they are NEAR_SHARE of those with
    one: a kind with more of them would teach that it is seldom answered.
    """
    out: list[Example] = []
    for q in _balanced(questions, rng):
        if q.positive:
            out.append(rng.choice(q.positive))
            if q.negative:
                out.append(rng.choice(q.negative[:3]))
                out += [rng.choice(q.negative)] if rng.random() < 0.35 else []
        else:
            out += rng.sample(q.negative[:4], min(2, len(q.negative[:4])))
    return out


def _balanced(questions: Sequence[Asked], rng: random.Random) -> list[Asked]:
    answered = [q for q in questions if q.positive]
    of_kind = Counter(q.kind for q in answered)
    near: dict[str, list[Asked]] = defaultdict(list)
    for q in questions:
        if not q.positive:
            near[q.kind].append(q)
    for kind, those in near.items():
        answered += rng.sample(those, min(len(those), round(NEAR_SHARE * of_kind[kind])))
    return answered


def terms(text: str) -> list[str]:
    """Lower-cased words with common endings cut."""
    return [
        re.sub(r"(?<=\w{3})(?:ing|ies|es|ed|s)$", "", w) for w in re.findall(r"\w+", text.lower())
    ]


def loose(words: str) -> re.Pattern[str]:
    """Matches the words in a row, whatever stands between them."""
    return re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", words))) or r"(?!)", re.I)


def records(path: Path) -> list[Record]:
    """JSON lines, plain or xz."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open() as lines:
        return [json.loads(line) for line in lines]


def held_out(q: Record) -> bool:
    """Whether a question of eval/questions.jsonl.xz is the judge's, not the reader's: by release.

    Those far off topic, which belong to no release, are all the judge's.
    """
    if q.get("kind") == "far":
        return True
    of = q["release_id"] or q.get("near_release") or q["id"]
    share = AGENCIES_HELD_OUT if of_agencies(q) else HELD_OUT
    return int(hashlib.md5(of.encode(), usedforsecurity=False).hexdigest(), 16) % share == 0


def of_agencies(q: Record) -> bool:
    """Whether a question of eval/questions.jsonl.xz is on a release of an agency, not of a senator."""
    return str(q["id"]).startswith(OF_AGENCIES)


def agency_releases(shared: Path) -> list[Record]:
    """The invented releases, and those of shared/eval/pages-dev that are longer than a headline."""
    found = read_corpus([shared / "eval/pages-dev/files"], lambda skip: None)
    pages = [
        {"id": r.release_id, "title": r.title, "issuer": r.issuer, "date": r.date, "text": r.text}
        for r in found
        if len(r.text) > 300
    ]
    return pages + records(INVENTED)
