"""The reader: where in a passage the answer to a question stands, and whether it stands there.

A BERT of MiniLM's shape with two heads, trained by eval/train_reader.py: for each word piece, that
the answer starts or ends there, and for the whole, that the passage answers the question at all.
Its word embeddings are the default encoder's own (they stay as they are in training), so that only
the layers and heads lie in models/.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding import LENGTHS, default_folder, padded
from index.records import Span
from index.runtime import (
    HALF,
    BertShape,
    Head,
    Network,
    Precision,
    Ranges,
    graph,
    read_safetensors,
)
from index.wordpieces import plain_tokenizer

MODEL = Path(__file__).parent / "models" / "reader.safetensors"
RANGES = MODEL.with_name("reader-int8.npz")
QUESTION_PIECES = 48
HEADER_PIECES = 44
ALL_PIECES = 256
LONGEST_ANSWER = 48  # word pieces: the longest gold answers of the training questions
CLS, SEP = 101, 102
EMBEDDINGS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, without special ones: equally long sequences.

    offsets: (start, end) in characters of the text. words: which word each piece is of.
    """

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]
    words: Sequence[int | None]

    def within(self, span: Span) -> "Pieces | None":
        """Those of a part of the text, as if it were alone; None when it cuts a word in two."""
        first = bisect_left(self.offsets, (span.start, 0))
        last = bisect_left(self.offsets, (span.end, 0))
        for cut, at in ((first, span.start), (last, span.end)):
            same_word = 0 < cut < len(self.words) and self.words[cut] == self.words[cut - 1]
            if same_word or (cut and self.offsets[cut - 1][1] > at):
                return None
        return Pieces(
            self.ids[first:last],
            [(start - span.start, end - span.start) for start, end in self.offsets[first:last]],
            self.words[first:last],
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read: a span of a release's text with the header that goes before it.

    whole: the pieces of the release's text where they are known already. asides: words that are
    read as if they stood after a span of the passage's text, and count as that span.
    """

    release_id: str
    header: str
    span: Span
    text: str
    whole: Pieces | None = None
    asides: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the best answer stands in a passage.

    span: in characters of the release's text. found: log-odds that the passage answers the
    question. fit: logit of the span over that of "no answer here". fits: the same of all spans,
    (pieces, pieces) float32 by first and last piece, -inf for what is none. places: (pieces, 2)
    int64, the characters of each piece in the release's text.
    """

    span: Span
    found: float
    fit: float
    fits: NDArray[np.float32] = field(repr=False, compare=False)
    places: NDArray[np.int64] = field(repr=False, compare=False)

    def outside(self, quote: Span) -> "Reading | None":
        """The best answer that shares no piece with a quote; None when there is none."""
        inside = (self.places[:, 0] < quote.end) & (self.places[:, 1] > quote.start)
        before = np.concatenate([[0], np.cumsum(inside)])
        shared = before[None, 1:] > before[:-1, None]
        fits = np.where(shared, np.float32(-np.inf), self.fits)
        return _best(fits, self.places, self.found) if np.isfinite(fits).any() else None


class Reader:
    """The trained reader; any number of threads may share it."""

    def __init__(
        self,
        model: Path = MODEL,
        *,
        ranges: Path | None = RANGES,
        precision: Precision = "f32",
    ) -> None:
        """precision: of what is not reckoned in 8-bit integers. In bf16 it is no faster, and gives
        other figures on a CPU that has none."""
        folder = default_folder()
        weights = {k: np.asarray(v) for k, v in read_safetensors(model).items()}
        weights = {k: v.astype(np.float32) for k, v in weights.items()}
        weights[EMBEDDINGS] = read_safetensors(folder / "model.safetensors")[EMBEDDINGS]
        shape = BertShape.of(json.loads((folder / "config.json").read_text("utf-8")))
        heads = [
            Head("span", "tokens", weights.pop("span.weight"), weights.pop("span.bias")),
            Head("found", "first", weights.pop("found.weight"), weights.pop("found.bias")),
        ]
        self._network = Network(
            graph(weights, shape, heads, ranges=_ranges(ranges), reach=HALF),
            precision=precision,
        )
        self._tokenizer: Tokenizer = plain_tokenizer(folder)

    def encode(self, texts: Sequence[str]) -> list[Pieces]:
        """The word pieces of texts, side by side on all cores."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Pieces(e.ids, e.offsets, e.word_ids) for e in encodings]

    def knows(self, word: str) -> bool:
        """Whether a word is a single word piece: one of the language's common words."""
        return len(self._tokenizer.encode(word, add_special_tokens=False).ids) == 1

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """The best answer in each passage, in order."""
        if not passages:
            return []
        heads = list(dict.fromkeys(passage.header for passage in passages))
        asked, *encoded = (pieces.ids for pieces in self.encode([question, *heads]))
        asked, by_head = asked[:QUESTION_PIECES], dict(zip(heads, encoded, strict=True))
        inputs = [self._input(asked, by_head[passage.header], passage) for passage in passages]
        # OpenVINO keeps memory for every shape that it met: 1.2 GB after 900 questions, 0.6 rounded up.
        logits, found = self._network(*padded(inputs, LENGTHS))
        return [
            _reading(passage, given, logits[i], float(found[i, 0]))
            for i, (passage, given) in enumerate(zip(passages, inputs, strict=True))
        ]

    def _input(self, asked: Sequence[int], head: Sequence[int], passage: Passage) -> "_Input":
        head = head[:HEADER_PIECES]
        room = ALL_PIECES - 3 - len(asked) - len(head)
        body = passage.whole.within(passage.span) if passage.whole else None
        body = self._with_asides(body or self.encode([passage.text])[0], passage.asides)
        ids = [CLS, *asked, SEP, *head, *body.ids[:room], SEP]
        first = len(asked) + 2 + len(head)
        return _Input(ids, len(asked) + 2, first, body.offsets[:room])

    def _with_asides(self, body: Pieces, asides: Sequence[tuple[Span, str]]) -> Pieces:
        """The pieces with those of each aside after the last piece of its span."""
        for (span, _), aside in zip(
            asides, self.encode([words for _, words in asides]), strict=True
        ):
            at = bisect_left(body.offsets, (span.end, 0))
            more = len(aside.ids)
            body = Pieces(
                [*body.ids[:at], *aside.ids, *body.ids[at:]],
                [*body.offsets[:at], *[(span.start, span.end)] * more, *body.offsets[at:]],
                [*body.words[:at], *[None] * more, *body.words[at:]],
            )
        return body


def _ranges(path: Path | None) -> Ranges | None:
    if path is None:
        return None
    with np.load(path, allow_pickle=False) as file:
        return {name: (file[name][0], file[name][1]) for name in file.files}


@dataclass(frozen=True, slots=True)
class _Input:
    """Word piece ids; where the second part and the passage in it begin; the passage's offsets."""

    ids: list[int]
    second: int
    first: int
    offsets: Sequence[tuple[int, int]]

    @property
    def type_ids(self) -> list[int]:
        return [0] * self.second + [1] * (len(self) - self.second)

    def __len__(self) -> int:
        return len(self.ids)


def _reading(passage: Passage, given: _Input, logits: NDArray[np.float32], found: float) -> Reading:
    count = len(given.offsets)
    places = np.array(given.offsets, dtype=np.int64).reshape(count, 2) + passage.span.start
    if not count:
        nowhere = Span(passage.span.start, passage.span.start)
        return Reading(nowhere, found, -np.inf, np.empty((0, 0), np.float32), places)
    starts = logits[given.first : given.first + count, 0]
    ends = logits[given.first : given.first + count, 1]
    every = np.ones((count, count), dtype=bool)
    band = np.triu(every) & ~np.triu(every, LONGEST_ANSWER)
    none = logits[0, 0] + logits[0, 1]
    fits = np.where(band, starts[:, None] + ends[None, :] - none, np.float32(-np.inf))
    return _best(fits, places, found)


def _best(fits: NDArray[np.float32], places: NDArray[np.int64], found: float) -> Reading:
    first, last = divmod(int(np.argmax(fits)), len(places))
    span = Span(int(places[first, 0]), int(places[last, 1]))
    return Reading(span, found, float(fits[first, last]), fits, places)
