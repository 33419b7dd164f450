"""Shared fixtures: an encoder that can be read by eye, and releases that are short to write."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray

from index.build import build
from index.embedding import EncoderRecord
from index.records import DatedBy, Release

# How long an example takes says nothing on a machine that does other work too.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")


class WordLengths:
    """Embeds a text as how many words of one, two, … eight and more letters it has.

    "to be or not" has three words of two letters and one of three: (0, 3, 1, 0, 0, 0, 0, 0),
    scaled to length 1. A text without words is (1, 0, …). Every word and every other character
    that is no space is one word piece.
    """

    def __init__(self, limit: int = 256, weights: str = "f" * 64) -> None:
        self.record = EncoderRecord("word-lengths", weights, 8, limit, "python")
        self.embedded = 0  # how many texts so far

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        counts = np.zeros((len(texts), 8), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"[^\W\d_]+", text):
                counts[row, min(len(word), 8) - 1] += 1
        counts[~counts.any(axis=1), 0] = 1
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def make_release(
    release_id: str,
    text: str,
    date: str | None = None,
    issuer: str | None = None,
    title: str | None = None,
) -> Release:
    """A release with the fields that a test cares for."""
    return Release(
        release_id=release_id,
        source=f"{release_id}.txt",
        source_sha256="0" * 64,
        title=title,
        issuer=issuer,
        url=None,
        language="en",
        dated=DatedBy(date, "test", date) if date else None,
        text=text,
        sources=(f"{release_id}.txt",),
    )


@pytest.fixture
def word_lengths() -> WordLengths:
    return WordLengths()


@pytest.fixture(scope="session")
def corpus_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the five pages of corpus/, built once; tests only read it."""
    path = tmp_path_factory.mktemp("corpus") / "archive"
    build([Path(__file__).parent.parent / "corpus"], path, progress=False)
    return path
