"""`dateline eval`: ask every question of a collection, measure, compare and report.

    dateline eval COLLECTION [--archive DIR] [--systems …] [--out DIR] [--against FILE]

writes into OUT: report.html, results.json, topics.tsv and qrels.txt, and for each system its
predictions (predictions-NAME.jsonl) and its ranked releases (run-NAME.txt, in TREC's form).
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from eval.ablations import PARTS, PREFIX, Recorded, ablation, recorder, recording
from eval.baselines import BASELINES, Shelf, System, baseline, rarity
from eval.collection import (
    Collection,
    Source,
    check_gold,
    read_collection,
    source_to_dict,
    write_run,
    write_trec,
)
from eval.folds import FOLDS, cross_validated, group_of
from eval.intervals import SAMPLES, Floats
from eval.measures import (
    Outcome,
    Prediction,
    judge,
    prediction_from_dict,
    prediction_to_dict,
)
from eval.report import Change, render
from eval.results import (
    Answered,
    Earlier,
    Measured,
    Ranked,
    differences,
    earlier_outcomes,
    losses,
    measure,
    to_json,
    weights_of,
)
from eval.systems import full, warm_up
from index.build import build
from index.errors import DatelineError, InputError
from index.store import Store
from rag.archive import Archive
from rag.judge import load_judge
from rag.reader import Reader

FULL = "full"
NOTES = {
    FULL: "Dateline as it ships, at the threshold that it ships",
    "bm25": "releases by BM25, and the sentence of the first that BM25 likes best",
    "dense": "releases by the cosine of their best chunk, and the nearest sentence of the first",
    "rrf": "reciprocal rank fusion of both, for releases and for sentences",
    "minmax": "both scores scaled and averaged, for releases and for sentences",
} | {
    f"{PREFIX}{part}": f"the full system, with the {part.replace('-', ' ')} hidden from its judge"
    for part in PARTS
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the harness; 0 done, 1 a significant loss against --against, 2 bad usage or input."""
    arguments = _parser().parse_args(argv)
    try:
        return evaluate(arguments)
    except (DatelineError, OSError) as error:
        print(f"dateline eval: {error}", file=sys.stderr)
        return 1 if isinstance(error, DatelineError) and not isinstance(error, InputError) else 2


def evaluate(arguments: argparse.Namespace) -> int:
    """The whole run, from parsed arguments; raises DatelineError."""
    collection = read_collection(arguments.collection)
    if collection.passed_over:
        print(f"{collection.passed_over} questions passed over, whose answer nobody settled")
    if arguments.split:
        collection = collection.only(arguments.split)
    names = [name for name in arguments.systems.split(",") if name]
    _check_names(names)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    # Read first: a slip here should not cost the minutes that building an archive takes.
    given = [_read(each, collection) for each in arguments.predictions or ()]
    answered, archive = [], None
    if names:
        path = arguments.archive or out / "archive"
        _built(path, collection)
        store = Store.open(path)
        archive = f"{path} ({store.manifest.digest[:12]})"
        collection = _with_releases(collection, store)
        for name, ask in _systems(names, path, store, collection, arguments.threshold).items():
            answered.append(_asked(name, ask, collection, arguments.folds))
    answered += given
    if not answered:
        raise InputError("nothing to measure: name --systems or --predictions")
    weights = weights_of(collection, arguments.samples, arguments.seed)
    measured = [measure(collection, one, weights) for one in answered]
    changes = _changes(collection, measured, weights, arguments.against)
    _write(out, collection, measured, changes, archive)
    _print(measured, changes, out)
    return 1 if arguments.against and any(change.losses for change in changes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline eval",
        description="Measure retrieval and answers on a collection of questions, and report.",
    )
    parser.add_argument("collection", type=Path, help="folder with questions.jsonl, or TREC files")
    parser.add_argument(
        "--archive",
        type=Path,
        help="archive to ask; built from the collection's releases where it is missing "
        "(default: OUT/archive)",
    )
    parser.add_argument(
        "--systems",
        default=",".join((FULL, *BASELINES)),
        help="comma-separated, the first is the one reported in depth; empty for none "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--predictions",
        action="append",
        metavar="NAME=FILE",
        help="also measure the answers in a .jsonl file (may be given several times)",
    )
    parser.add_argument("--out", type=Path, default=Path("eval-report"), help="where to write")
    parser.add_argument(
        "--against",
        metavar="FILE",
        type=Path,
        help="an earlier results.json on the same questions: exit 1 on a significant loss",
    )
    parser.add_argument("--split", help="only the questions of this split, such as gate or held")
    parser.add_argument(
        "--threshold", type=float, help="confidence from which the full system answers"
    )
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds over releases")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    return parser


def _check_names(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in NOTES]
    if unknown:
        raise InputError(f"no system {unknown[0]!r}; there are {', '.join(NOTES)}")


def _built(path: Path, collection: Collection) -> None:
    """Build the archive from the collection's releases where there is none yet."""
    if path.exists():
        return
    if not collection.releases:
        raise InputError(
            f"no archive at {path}, and the collection {collection.name} ships no releases to "
            "build one from: run `dateline index CORPUS --archive DIR` and give --archive DIR"
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "releases.jsonl"
        rows = (json.dumps(source_to_dict(s)) + "\n" for s in collection.releases.values())
        file.write_text("".join(rows), encoding="utf-8")
        build([file], path)


def _with_releases(collection: Collection, store: Store) -> Collection:
    """The collection on its own releases, else on the archive's.

    A gold release may be gone from the archive, which keeps one of several that say the same: a
    warning, as such a topic cannot come out right.
    """
    ids = store.release_ids()
    releases = (store.release(id) for id in ids)
    of_archive = collection.with_releases(
        Source(r.release_id, r.issuer, r.date, r.text) for r in releases
    )
    if not collection.releases:
        check_gold(of_archive)
        return of_archive
    gold = {id for topic in collection.topics for id in topic.gold}
    lost = sorted(gold - of_archive.releases.keys())
    if lost:
        print(
            f"dateline eval: {len(lost)} gold releases are not in the archive, the first: {lost[0]}",
            file=sys.stderr,
        )
    return collection


def _systems(
    names: Sequence[str],
    path: Path,
    store: Store,
    collection: Collection,
    threshold: float | None,
) -> dict[str, System]:
    systems: dict[str, System] = {}
    kept: dict[str, Recorded] = {}
    judge = recorder(load_judge()) if not set(names) <= set(BASELINES) else None
    shelf = Shelf(store, rarity(collection)) if set(names) & set(BASELINES) else None
    for name in names:
        if shelf and name in BASELINES:
            systems[name] = baseline(name, shelf)
        elif judge and name == FULL:
            archive = Archive(Store.open(path), Reader(), judge)
            systems[name] = recording(full(archive, threshold), judge, kept)
        elif judge:
            systems[name] = ablation(name.removeprefix(PREFIX), judge, kept, store.release)
    return systems


def _asked(name: str, ask: System, collection: Collection, folds: int) -> Answered:
    """Every topic asked; a baseline gets its threshold by cross-validation over releases."""
    warm_up(ask, collection.topics)
    outcomes: list[Outcome] = []
    run: dict[str, Ranked] = {}
    for topic in tqdm(collection.topics, desc=name, disable=not sys.stderr.isatty()):
        prediction, ranked = ask(topic)
        if ranked:
            run[topic.id] = ranked
        outcomes.append(judge(topic, prediction))
    note = NOTES[name]
    if name != FULL and collection.judged:
        groups = [group_of(topic, collection.releases) for topic in collection.topics]
        outcomes, thresholds = cross_validated(outcomes, groups, folds)
        chosen = ", ".join("silence" if t == math.inf else f"{t:.3g}" for t in thresholds)
        note += f"; the threshold best for net on the other folds ({chosen})"
    return Answered(name, note, tuple(outcomes), run, probable=name == FULL)


def _read(given: str, collection: Collection) -> Answered:
    """The predictions of NAME=FILE on the collection's topics."""
    name, equals, file = given.partition("=")
    if not equals:
        raise InputError(f"--predictions needs NAME=FILE, found {given!r}")
    found: dict[str, Prediction] = {}
    for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), 1):
        try:
            prediction = prediction_from_dict(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{file}:{number}: no prediction ({error!r})") from None
        found[prediction.id] = prediction
    missing = [topic.id for topic in collection.topics if topic.id not in found]
    if missing:
        raise InputError(f"{file}: {len(missing)} questions are missing, the first: {missing[0]}")
    outcomes = tuple(judge(topic, found[topic.id]) for topic in collection.topics)
    probable = all(0 <= o.prediction.confidence <= 1 for o in outcomes)
    return Answered(name, f"the predictions in {file}", outcomes, {}, probable)


def _changes(
    collection: Collection, measured: Sequence[Measured], weights: Floats, against: Path | None
) -> list[Change]:
    """The first system against the others; with an earlier run, each system against its earlier."""
    if against is None:
        first = measured[0]
        return [
            _change(first, _earlier(m), m.answered.name, collection, weights) for m in measured[1:]
        ]
    earlier = earlier_outcomes(against, collection)
    shared = [m for m in measured if m.answered.name in earlier]
    if not shared:
        raise InputError(f"{against} has none of the systems measured, but {', '.join(earlier)}")
    return [
        _change(m, earlier[m.answered.name], f"{m.answered.name} in {against}", collection, weights)
        for m in shared
    ]


def _change(
    measured: Measured, before: Earlier, against: str, collection: Collection, weights: Floats
) -> Change:
    values = differences(before, measured, collection, weights)
    return Change(measured.answered.name, against, values, losses(values))


def _earlier(measured: Measured) -> Earlier:
    return Earlier(measured.answered.outcomes, measured.topics)


def _write(
    out: Path,
    collection: Collection,
    measured: Sequence[Measured],
    changes: Sequence[Change],
    archive: str | None,
) -> None:
    results = json.dumps(to_json(collection, measured, archive), indent=1, ensure_ascii=False)
    (out / "results.json").write_text(results + "\n", encoding="utf-8")
    (out / "report.html").write_text(
        render(collection, measured, changes, archive), encoding="utf-8"
    )
    write_trec(collection, out)
    for one in measured:
        name = one.answered.name
        rows = (prediction_to_dict(o.prediction) for o in one.answered.outcomes)
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / f"predictions-{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        if one.answered.run:
            write_run(out / f"run-{name}.txt", name, one.answered.run)


def _print(measured: Sequence[Measured], changes: Sequence[Change], out: Path) -> None:
    names = ("net", "F1", "precision", "recall", "AURC", "AUROC", "nDCG@10")
    print(f"{'':22}" + "".join(f"{name:>11}" for name in names))
    for one in measured:
        values = (one.intervals.get(name) for name in names)
        cells = "".join(f"{v.value:11.3f}" if v else f"{'–':>11}" for v in values)
        print(f"{one.answered.name:22}{cells}")
    for change in changes:
        if change.losses:
            print(
                f"significant loss of {change.system} against {change.against}: "
                f"{', '.join(change.losses)}"
            )
    print(f"report: {out / 'report.html'}")
