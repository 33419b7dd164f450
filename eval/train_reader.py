"""Trains the reader of rag/reader.py and writes rag/models/reader.safetensors.

    python -m eval.train_reader --shared ../shared --senate FOLDER [--minutes 26 38 25]

Three stages, all on the CPU with bf16 autocast, the word embeddings frozen:
  1. pairs made from 25,000 plain Senate releases (eval/reader_pairs.py) and the general questions of
     shared/eval/reader (half of SQuAD 2.0's development set, XQuAD's English part);
  2. the questions of shared/eval/train and of eval/questions.jsonl.xz (written for this purpose by
     reading other Senate releases), with the passages that BM25 finds for them as hard negatives;
  3. the same again with general questions against Senate passages, as negatives far off topic.

Nothing of shared/eval/dev is used: its releases are left out of stage 1 too. --senate is the unpacked
shared/corpora/senate-2004-2008.tar.xz. One question in eight of eval/questions.jsonl.xz, by release,
is held out for the judge (eval/train_judge.py). Stages end by time, so figures vary a little between
machines; what ships was trained so, except that stage 2 had 7,532 of the questions, those written by then.
"""

import argparse
import csv
import hashlib
import json
import lzma
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from scipy import sparse
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from eval.reader_pairs import STOP, Maker, near_words, squeeze
from index.embedding import default_folder, load_encoder, plain_tokenizer
from index.records import DatedBy, Release
from index.runtime import BertShape, observe, read_safetensors
from rag.passages import header, windows
from rag.reader import ALL_PIECES, CLS, EMBEDDINGS, HEADER_PIECES, QUESTION_PIECES, RANGES, SEP

QUESTIONS = Path(__file__).parent / "questions.jsonl.xz"
HELD_OUT = 8  # one release in so many is held out for the judge
BATCH_TOKENS = 6_000
PAIRS = 60_000
PLAIN_RELEASES = 25_000
RATES = (1e-4, 9e-5, 7e-5)
WARM_UP = 80  # steps
PARTS = ("embeddings", "encoder")  # of the weights: what is not a head

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


class Net(nn.Module):
    """BERT with a head for the span and one for whether there is an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            default_folder(),
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            add_pooling_layer=False,
        )
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        size = self.bert.config.hidden_size
        self.span = nn.Linear(size, 2)
        self.found = nn.Linear(size, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor, allowed: Tensor) -> Any:
        """Start and end logits (batch, tokens), and log-odds of an answer (batch,)."""
        hidden = self.bert(ids, attention_mask=mask, token_type_ids=types).last_hidden_state.float()
        logits = self.span(hidden) + (~allowed).float().unsqueeze(-1) * -1e4
        return logits[..., 0], logits[..., 1], self.found(hidden[:, 0]).squeeze(-1)


def collated(examples: Sequence[Example]) -> tuple[Tensor, ...]:
    """A padded batch: ids, types, mask, allowed positions, starts, ends."""
    width = -(-max(len(e.ids) for e in examples) // 32) * 32
    shape = (len(examples), width)
    ids, types, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    allowed = np.zeros(shape, dtype=bool)
    for row, e in enumerate(examples):
        size = len(e.ids)
        ids[row, :size] = e.ids
        types[row, e.second : size] = 1
        mask[row, :size] = 1
        allowed[row, e.first : e.first + e.count] = True
        allowed[row, 0] = True
    starts = torch.tensor([e.start for e in examples])
    ends = torch.tensor([e.end for e in examples])
    return *(torch.from_numpy(a) for a in (ids, types, mask, allowed)), starts, ends


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """The examples in random batches of similar length."""
    order = list(examples)
    rng.shuffle(order)
    out = []
    for begin in range(0, len(order), 3_000):
        part = sorted(order[begin : begin + 3_000], key=lambda e: len(e.ids))
        batch: list[Example] = []
        for e in part:
            if batch and (len(batch) + 1) * len(e.ids) > BATCH_TOKENS:
                out.append(batch)
                batch = []
            batch.append(e)
        out.append(batch)
    rng.shuffle(out)
    yield from out


def train(
    net: Net, epoch: Callable[[int], list[Example]], minutes: float, rate: float, seed: int
) -> None:
    """Epochs until the minutes are over, the rate warming up and then falling to zero."""
    rng = random.Random(seed)
    weights = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01, fused=True)
    began, step, number, part = time.time(), 0, 0, 0.0
    net.train()
    while part < 1:
        examples = epoch(number)
        number += 1
        for batch in batches(examples, rng):
            part = (time.time() - began) / 60 / minutes
            if part >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - part) + 1e-7
            loss = loss_of(net, collated(batch))
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 50 == 0:
                print(f"epoch {number} step {step} {part:.0%} loss {loss.item():.3f}", flush=True)


def loss_of(net: Net, batch: tuple[Tensor, ...]) -> Tensor:
    """Cross-entropy of start and end, [CLS] standing for no answer, and of there being one."""
    ids, types, mask, allowed, starts, ends = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        first, last, found = net(ids, types, mask, allowed)
    spans = functional.cross_entropy(first, starts) + functional.cross_entropy(last, ends)
    there = functional.binary_cross_entropy_with_logits(found, (starts > 0).float())
    return 0.5 * spans + 0.5 * there


# Stage 1 -----------------------------------------------------------------------------------------


def general(encoder: Encoder, shared: Path) -> list[Example]:
    """The general reading-comprehension questions."""
    out = []
    for name in ("squad2-dev-half", "xquad-en"):
        for article in json.loads(lzma.open(shared / f"eval/reader/{name}.json.xz").read())["data"]:
            head = article.get("title", "").replace("_", " ") + " |"
            for paragraph in article["paragraphs"]:
                for q in paragraph["qas"]:
                    at = (None, None)
                    if not q.get("is_impossible"):
                        start = q["answers"][0]["answer_start"]
                        at = start, start + len(q["answers"][0]["text"])
                    made = encoder.example(q["question"], head, paragraph["context"], *at)
                    out += [made] if made else []
    random.Random(5).shuffle(out)
    return out


def plain_releases(senate: Path, shared: Path) -> list[Release]:
    """Releases of the Senate corpus that are not those of the development set."""
    dev = {squeeze(r["text"])[:300] for r in records(shared / "eval/dev/releases.jsonl.xz")}
    with (senate / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        listed = list(csv.DictReader(rows))
    random.Random(1).shuffle(listed)
    out = []
    for row in listed:
        text = (senate / row["file"]).read_text("utf-8", errors="replace")
        if len(text) >= 500 and squeeze(text)[:300] not in dev:
            by = DatedBy(row["date"], "manifest", row["date"])
            name = row["file"]
            out.append(Release(name, name, "", None, row["issuer"], None, None, by, text))
        if len(out) == PLAIN_RELEASES:
            break
    return out


def synonyms(releases: Sequence[Release]) -> dict[str, list[str]]:
    """Near-synonyms among the 12,000 commonest lower-case words, by the default encoder."""
    counts: dict[str, int] = {}
    for release in releases:
        for word in set(re.findall(r"\b[a-z]{4,}\b", release.text)):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts, key=lambda w: (-counts[w], w))[:12_000]
    words = [w for w in words if w not in STOP]
    return near_words(words, load_encoder().embed(words))


# Stage 2 -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's passages: with the answer, and without, the most tempting first."""

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

    def search(self, question: str, count: int) -> list[int]:
        """The best windows for a question."""
        columns = [self.vocabulary[w] for w in set(terms(question)) if w in self.vocabulary]
        scores = np.asarray(self.weights[:, columns].sum(axis=1)).ravel()
        return [int(i) for i in np.argsort(-scores, kind="stable")[:count]]

    def text(self, window: int) -> str:
        """The words of a window."""
        release_id, start, end, _ = self.windows[window]
        return str(self.texts[release_id][start:end])


def asked(encoder: Encoder, bank: Bank, q: Record) -> Asked | None:
    """The passages of a question; None when its evidence is not found."""
    top = bank.search(q["question"], 14)
    if not q["answerable"]:
        near = q.get("near_release")
        own = [w for w in top if bank.windows[w][0] == near][:3]
        chosen = own + [w for w in top if bank.windows[w][0] != near][: 4 if near else 6]
        return Asked((), tuple(_negatives(encoder, bank, q, chosen)))
    text = bank.texts[q["release_id"]]
    answer = re.sub(r"^(yes|no)\b[,:]?\s*", "", q["answer"], flags=re.I)
    evidence = [m.span() for e in q["evidence"] if (m := loose(e).search(text))]
    if not evidence:
        return None
    wanted = loose(answer)
    inside = (wanted.search(text, *span) for span in evidence) if terms(answer) else iter(())
    target = next((m.span() for m in inside if m), evidence[0])
    positive, bad = [], set()
    for w in bank.of[q["release_id"]]:
        _, start, end, head = bank.windows[w]
        if start <= target[0] and target[1] <= end:
            at = target[0] - start, target[1] - start
            positive.append(encoder.example(q["question"], head, text[start:end], *at))
        if any(s < end and e > start for s, e in evidence) or wanted.search(text, start, end):
            bad.add(w)
    elsewhere = [w for w in top if w not in bad and not _answers(bank, w, q, answer, wanted)][:6]
    own = [w for w in bank.of[q["release_id"]] if w not in bad and w not in elsewhere][:2]
    negative = _negatives(encoder, bank, q, elsewhere + own)
    return Asked(tuple(e for e in positive if e), tuple(negative))


def _answers(bank: Bank, w: int, q: Record, answer: str, wanted: re.Pattern[str]) -> bool:
    """Whether a window of another release holds the answer's words: a copy, not a negative."""
    other = bank.windows[w][0] != q["release_id"]
    return other and len(answer) > 6 and bool(wanted.search(bank.text(w)))


def _negatives(encoder: Encoder, bank: Bank, q: Record, chosen: Sequence[int]) -> list[Example]:
    made = (
        encoder.example(q["question"], bank.windows[w][3], bank.text(w), None, None) for w in chosen
    )
    return [e for e in made if e]


def off_topic(encoder: Encoder, bank: Bank, shared: Path) -> list[Example]:
    """2,500 general questions with the two Senate passages that BM25 finds for each."""
    asked_of: list[str] = []
    for name in ("squad2-dev-half", "xquad-en"):
        for article in json.loads(lzma.open(shared / f"eval/reader/{name}.json.xz").read())["data"]:
            asked_of += [q["question"] for p in article["paragraphs"] for q in p["qas"]]
    random.Random(4).shuffle(asked_of)
    return [
        example
        for question in asked_of[:2_500]
        for example in _negatives(encoder, bank, {"question": question}, bank.search(question, 2))
    ]


def sampled(questions: Sequence[Asked], rng: random.Random) -> list[Example]:
    """One epoch: a positive and one or two negatives a question, two where there is no answer."""
    out: list[Example] = []
    for q in questions:
        if q.positive:
            out.append(rng.choice(q.positive))
            if q.negative:
                out.append(rng.choice(q.negative[:3]))
                out += [rng.choice(q.negative)] if rng.random() < 0.35 else []
        else:
            out += rng.sample(q.negative[:4], min(2, len(q.negative[:4])))
    return out


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
    return int(hashlib.md5(of.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT == 0


def export(net: Net, path: Path) -> None:
    """Layers and heads in half precision, without the word embeddings, which are the encoder's."""
    kept = {}
    for name, tensor in net.state_dict().items():
        if "word_embeddings" not in name:
            kept[name.removeprefix("bert.")] = tensor.to(torch.float16).contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(kept, path)


def write_ranges(model: Path, examples: Sequence[Example]) -> None:
    """Beside the weights, the ranges by which they run on 8-bit integers."""
    folder = default_folder()
    weights = {name: np.array(tensor) for name, tensor in read_safetensors(model).items()}
    layers = {n: w.astype(np.float32) for n, w in weights.items() if n.split(".")[0] in PARTS}
    layers[EMBEDDINGS] = read_safetensors(folder / "model.safetensors")[EMBEDDINGS]
    shape = BertShape.of(json.loads((folder / "config.json").read_text("utf-8")))
    found = observe(layers, shape, (_inputs(e) for e in examples))
    arrays: dict[str, Any] = {name: np.stack(pair) for name, pair in found.items()}
    np.savez_compressed(model.with_name(RANGES.name), **arrays)


def _inputs(example: Example) -> tuple[NDArray[np.int32], ...]:
    ids = example.ids[None, :]
    types = (np.arange(ids.shape[1], dtype=np.int32) >= example.second).astype(np.int32)[None, :]
    return ids, types, np.ones_like(ids)


def main() -> None:
    """Train both stages and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--senate", type=Path, required=True)
    parser.add_argument("--minutes", type=float, nargs=3, default=(26.0, 38.0, 25.0))
    parser.add_argument("--out", type=Path, default=Path("rag/models/reader.safetensors"))
    options = parser.parse_args()
    torch.manual_seed(0)
    encoder, net = Encoder(), Net()
    squad = general(encoder, options.shared)
    plain = plain_releases(options.senate, options.shared)
    maker = Maker(plain, synonyms(plain), seed=3)
    pairs = [
        e
        for p in maker.pairs(PAIRS)
        if (e := encoder.example(p.question, p.header, p.passage, p.start, p.end))
    ]
    train(net, lambda _: pairs + squad, options.minutes[0], RATES[0], seed=0)
    bank = Bank(encoder, records(options.shared / "eval/train/releases.jsonl.xz"))
    mine = [q for q in records(QUESTIONS) if not held_out(q)]
    questions = records(options.shared / "eval/train/questions.jsonl") + mine
    found = [a for q in questions if (a := asked(encoder, bank, q))]
    rng = random.Random(11)

    def epoch(number: int) -> list[Example]:
        more = squad[number * 3_500 : (number + 1) * 3_500]
        return sampled(found, rng) + more

    train(net, epoch, options.minutes[1], RATES[1], seed=1)
    far = off_topic(encoder, bank, options.shared)

    def last_epoch(number: int) -> list[Example]:
        more = squad[number * 1_500 : (number + 1) * 1_500]
        return sampled(found, rng) + rng.sample(far, 1_500) + more

    train(net, last_epoch, options.minutes[2], RATES[2], seed=2)
    export(net, options.out)
    observed = [example for question in found[:160] for example in _some(question)]
    write_ranges(options.out, observed)


def _some(question: Asked) -> tuple[Example, ...]:
    return question.positive[:1] or question.negative[:1]


if __name__ == "__main__":
    main()
