"""A test collection: topics (questions), qrels (which releases answer them) and releases.

On disk a collection is a folder in one of two forms, told apart by what is there:

    questions.jsonl              one topic a line: gold release, date, evidence, short answer
    releases.jsonl[.xz]          optional: id, issuer, date, text; else the archive's own are used

    topics.tsv and qrels.txt     TREC's: "id<TAB>question" and "id 0 release_id relevance"; only the
                                 retrieval measures can be computed, as no answers are known
"""

import hashlib
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError

# Options of Archive.ask that a question may carry beside its words.
OPTIONS = ("date_from", "date_to", "issuer", "as_of")
RELEASES = ("releases.jsonl", "releases.jsonl.xz")


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with what is known of its right answer.

    answerable: False where the releases do not hold the answer; None where nobody judged it (TREC).
    release_id, release_date: the gold release and its date; the date is None for a release that
        states none, both are None for an unanswerable topic.
    also_release_ids: other releases that answer just as well.
    evidence: verbatim substrings of the gold release with white space collapsed, any one suffices.
    kind: why it is unanswerable: "far" (off topic), "near" (on topic, not stated), "outside" (only
        outside the date bounds), "undated" (only in an undated release, and a date is asked for).
    options: keyword arguments of `Archive.ask` that go with it, such as ("as_of", "2019-10-15").
    """

    id: str
    question: str
    type: str = "what"
    answerable: bool | None = None
    release_id: str | None = None
    release_date: str | None = None
    also_release_ids: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answer: str | None = None
    kind: str | None = None
    note: str = ""
    split: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    @property
    def gold(self) -> frozenset[str]:
        """The ids of every release that answers it."""
        first = (self.release_id,) if self.release_id else ()
        return frozenset((*first, *self.also_release_ids))


@dataclass(frozen=True, slots=True)
class Source:
    """A release as the collection or the archive gives it: what quotes and dates are checked on."""

    id: str
    issuer: str | None
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Topics in order with qrels {topic id: {release id: relevance}} and releases by id.

    releases is empty where the collection ships none; `with_releases` sets those of an archive.
    passed_over: how many questions were left out because nobody settled whether they are
        answerable: readers' votes that only say that an answer was wrong.
    """

    name: str
    topics: tuple[Topic, ...]
    qrels: Mapping[str, Mapping[str, int]]
    releases: Mapping[str, Source]
    passed_over: int = 0

    @property
    def judged(self) -> bool:
        """Whether answers are known, so that answer measures can be computed."""
        return all(topic.answerable is not None for topic in self.topics)

    @property
    def digest(self) -> str:
        """SHA-256 over the topics and what is known of them: two reports compare only if equal."""
        lines = [json.dumps(topic_to_dict(t), sort_keys=True) for t in self.topics]
        lines += [f"{t} {r} {n}" for t, row in sorted(self.qrels.items()) for r, n in row.items()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def with_releases(self, releases: Iterable[Source]) -> "Collection":
        """The same topics on other releases, those of an archive."""
        return Collection(self.name, self.topics, self.qrels, {r.id: r for r in releases})

    def only(self, split: str) -> "Collection":
        """The topics of one split ("gate", "held"); InputError when there are none."""
        topics = tuple(t for t in self.topics if t.split == split)
        if not topics:
            known = sorted({t.split for t in self.topics if t.split})
            raise InputError(f"no question of split {split!r} in {self.name} (found {known})")
        kept = {t.id for t in topics}
        qrels = {id: row for id, row in self.qrels.items() if id in kept}
        return Collection(self.name, topics, qrels, self.releases)


def read_collection(path: Path | str) -> Collection:
    """The collection in a folder, or the questions of one .jsonl file.

    Raises InputError when there is neither questions.jsonl nor topics.tsv with qrels.txt, when a
    line cannot be read, when an id comes twice or when a gold release is not among the releases.
    """
    path = Path(path)
    if path.is_file():
        folder, questions = path.parent, path
    else:
        folder, questions = path, path / "questions.jsonl"
    if questions.is_file():
        topics, passed_over = _questions(questions)
        qrels = {t.id: {id: 1 for id in sorted(t.gold)} for t in topics if t.gold}
    elif (path / "topics.tsv").is_file() and (path / "qrels.txt").is_file():
        topics, qrels = read_topics(path / "topics.tsv"), read_qrels(path / "qrels.txt")
        passed_over = 0
    else:
        raise InputError(
            f"no collection at {path}: expected questions.jsonl, or topics.tsv with qrels.txt"
        )
    releases = read_releases(folder)
    collection = Collection(folder.resolve().name, topics, qrels, releases, passed_over)
    _check(collection)
    return collection


def _questions(path: Path) -> tuple[tuple[Topic, ...], int]:
    """The topics of a file, and how many were left out because their answer is not settled."""
    topics, passed_over = [], 0
    for row, at in _json_lines(path):
        if row.get("answerable", "") is None:
            passed_over += 1
        else:
            topics.append(topic_from_dict(row, at))
    return tuple(topics), passed_over


def read_releases(folder: Path) -> dict[str, Source]:
    """The releases of a collection's folder by id, in order; empty where it ships none."""
    for name in RELEASES:
        if (folder / name).is_file():
            rows = _json_lines(folder / name)
            sources = (_source(row, at) for row, at in rows)
            return {source.id: source for source in sources}
    return {}


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Topics of a TREC-like file, one "id<TAB>question" a line."""
    topics = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        id, tab, question = line.partition("\t")
        if not tab or not question.strip():
            raise InputError(f"{path}:{number}: expected id<TAB>question, found {line[:60]!r}")
        topics.append(Topic(id.strip(), question.strip()))
    return tuple(topics)


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """TREC's qrels, a line "topic iteration release relevance": {topic: {release: relevance}}."""
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 4 or not re.fullmatch(r"-?\d+", fields[3]):
            raise InputError(f"{path}:{number}: expected 4 fields, found {line[:60]!r}")
        qrels.setdefault(fields[0], {})[fields[2]] = int(fields[3])
    return qrels


def write_trec(collection: Collection, folder: Path) -> None:
    """topics.tsv and qrels.txt into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = (f"{t.id}\t{' '.join(t.question.split())}\n" for t in collection.topics)
    (folder / "topics.tsv").write_text("".join(topics), encoding="utf-8")
    rows = (
        f"{topic} 0 {release} {relevance}\n"
        for topic, row in collection.qrels.items()
        for release, relevance in row.items()
    )
    (folder / "qrels.txt").write_text("".join(rows), encoding="utf-8")


def write_run(path: Path, tag: str, run: Mapping[str, Sequence[tuple[str, float]]]) -> None:
    """A TREC run, a line "topic Q0 release rank score tag", of (release id, score) best first."""
    rows = (
        f"{topic} Q0 {release} {rank} {score:.6f} {tag}\n"
        for topic, ranked in run.items()
        for rank, (release, score) in enumerate(ranked, 1)
    )
    path.write_text("".join(rows), encoding="utf-8")


def topic_from_dict(row: Mapping[str, Any], at: str = "question") -> Topic:
    """A topic from a line of questions.jsonl; InputError names the place of a line that is off."""
    try:
        answerable = bool(row["answerable"])
        topic = Topic(
            id=str(row["id"]),
            question=row["question"],
            type=row["type"],
            answerable=answerable,
            release_id=row["release_id"],
            release_date=row["release_date"],
            also_release_ids=tuple(row.get("also_release_ids") or ()),
            evidence=tuple(row["evidence"] or ()),
            answer=row["answer"],
            kind=row.get("kind"),
            note=row.get("note") or "",
            split=row.get("split"),
            options=tuple((name, row[name]) for name in OPTIONS if row.get(name)),
        )
    except KeyError as missing:
        raise InputError(f"{at}: the question has no {missing}") from None
    if answerable and (topic.release_id is None or topic.answer is None):
        raise InputError(f"{at}: answerable, but without release_id or answer")
    return topic


def topic_to_dict(topic: Topic) -> dict[str, Any]:
    """The line of questions.jsonl: `topic_from_dict(topic_to_dict(t)) == t` for a judged topic."""
    row: dict[str, Any] = {
        "id": topic.id,
        "question": topic.question,
        "type": topic.type,
        "answerable": topic.answerable,
        "release_id": topic.release_id,
        "also_release_ids": list(topic.also_release_ids),
        "release_date": topic.release_date,
        "evidence": list(topic.evidence) or None,
        "answer": topic.answer,
        "kind": topic.kind,
        "note": topic.note,
        "split": topic.split,
    }
    return row | dict(topic.options)


def source_to_dict(source: Source) -> dict[str, str | None]:
    """The line of releases.jsonl, as `dateline index` reads it too."""
    return {"id": source.id, "issuer": source.issuer, "date": source.date, "text": source.text}


def _source(row: Mapping[str, Any], at: str) -> Source:
    id = row.get("id") or row.get("release_id")
    if not isinstance(id, str) or not isinstance(row.get("text"), str):
        raise InputError(f"{at}: a release needs id and text")
    return Source(id, row.get("issuer"), row.get("date"), row["text"])


def _json_lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """(object, "file:line") of every line that is not blank."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            at = f"{path}:{number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{at}: not JSON ({error})") from None
            if not isinstance(row, dict):
                raise InputError(f"{at}: expected an object, found {type(row).__name__}")
            yield row, at


def _check(collection: Collection) -> None:
    if not collection.topics:
        raise InputError(f"the collection {collection.name} has no question")
    ids = [t.id for t in collection.topics]
    if len(set(ids)) < len(ids):
        twice = next(id for number, id in enumerate(ids) if id in ids[:number])
        raise InputError(f"the collection {collection.name} has the question id {twice} twice")
    check_gold(collection)


def check_gold(collection: Collection) -> None:
    """InputError when releases are known and a gold release is not among them."""
    gold = {id for row in collection.qrels.values() for id, grade in row.items() if grade > 0}
    lost = sorted(gold - collection.releases.keys()) if collection.releases else []
    if lost:
        raise InputError(
            f"{len(lost)} gold releases of {collection.name} are not among the releases, "
            f"the first: {lost[0]}"
        )
