"""Makes index/int8.npz: the ranges by which the default encoder runs on 8-bit integers.

    python -m eval.calibrate CORPUS... [--chunks 96]

The ranges depend on the texts only a little: any hundred chunks of ordinary releases will do.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.chunking import chunk_spans
from index.corpus import read_corpus
from index.embedding import (
    RANGES,
    default_folder,
    file_sha256,
    load_encoder,
    padded,
)
from index.runtime import BertShape, observe, read_safetensors
from index.wordpieces import plain_tokenizer


def chunks_of(corpora: Sequence[Path], most: int) -> list[str]:
    """Texts of up to `most` chunks, evenly spread over the corpora's releases."""
    pieces = load_encoder(precision="f32").pieces
    releases = list(read_corpus(corpora, lambda skip: None))
    step = max(1, len(releases) // most)
    firsts = (chunk_spans(r.text, pieces)[:1] for r in releases[::step])
    texts = [
        spans[0].of(r.text) for r, spans in zip(releases[::step], firsts, strict=True) if spans
    ]
    return texts[:most]


def batches_of(texts: Sequence[str], folder: Path) -> Iterator[tuple[NDArray[np.int32], ...]]:
    """Each text as a batch of its own, so that nothing is padded."""
    tokenizer = plain_tokenizer(folder)
    for text in texts:
        yield padded([tokenizer.encode(text)])


def main() -> None:
    """Read the corpora, observe the encoder, write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--chunks", type=int, default=96)
    options = parser.parse_args()
    folder = default_folder()
    texts = chunks_of(options.corpora, options.chunks)
    weights = folder / "model.safetensors"
    shape = BertShape.of(json.loads((folder / "config.json").read_text("utf-8")))
    found = observe(read_safetensors(weights), shape, batches_of(texts, folder))
    arrays: dict[str, Any] = {name: np.stack(ranges) for name, ranges in found.items()}
    np.savez_compressed(RANGES, weights_sha256=np.array(file_sha256(weights)), **arrays)
    print(f"{RANGES}: {len(arrays)} ranges from {len(texts)} chunks")


if __name__ == "__main__":
    main()
