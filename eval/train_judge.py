"""Trains the judge of rag/judge.py and writes rag/models/judge.json.

    python -m eval.train_judge COLLECTION=ARCHIVE [COLLECTION=ARCHIVE ...] [--extra QUESTIONS=ARCHIVE ...]

Each collection (a .jsonl of questions in the form of shared/eval/dev) is answered on its archive by
the reader that ships; every candidate quote is an example, right or wrong. Collections are
cross-validated over releases and give the figures that are printed; --extra questions (those of
eval/questions.jsonl.xz that the reader has not seen) only ever train, asked of the archive that holds
their releases and of small ones. What is written is fitted on all of them; its calibration comes from
folds of the collections that were not fitted on, its table of thresholds from the cross-validated collections.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from eval.ablations import cited_of
from eval.collection import Topic, topic_from_dict
from eval.folds import FOLDS, at_threshold, fold_of, group_of
from eval.intervals import calibration_error, error_bound, reliability
from eval.measures import Cited, Outcome, Prediction, is_answer, prediction_to_dict, score
from eval.measures import judge as outcome_of
from eval.reader_examples import Record, held_out, records
from index.build import build_releases
from index.store import Store
from rag.abstaining import at_most
from rag.archive import understood
from rag.evidence import FEATURES, Candidate, candidates
from rag.judge import LEAD_FEATURES, MODEL, Judge, Judged, Trees, decisive, shown
from rag.kinds import kind_of
from rag.reader import Reader
from rag.retrieval import retrieve

AS_OF = "2026-01-01"
SMALL = 10  # topics that share a small archive
INNER = 4  # folds inside the training part, for examples of ranked candidates
SEEDS = (1, 2, 3)
COMMON = {
    "objective": "binary",
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "deterministic": True,
    "num_threads": 1,
}
# Figures that may only speak for a quote, or only against it, all else equal. Trees that know this
# are not misled by the few examples in a corner: cross-validated net rises from 0.72 to 0.74 at 0.50.
FOR = frozenset(
    "found fit release_score release_cosine passage_cosine quote_coverage passage_coverage "
    "release_coverage type_fits issuer_fits date_fits score lead lead_elsewhere".split()
)
AGAINST = frozenset(
    "release_rank release_missing passage_missing quote_missing numbers_missing "
    "particulars_missing rarest_missing later_years unknown_terms "
    "unknown_names".split()
)
RANKING = COMMON | {"num_leaves": 10, "learning_rate": 0.05, "min_data_in_leaf": 30}
DECIDING = COMMON | {"num_leaves": 6, "learning_rate": 0.04, "min_data_in_leaf": 25}
ROUNDS = {"ranking": 160, "deciding": 90}
# Near misses to answerable questions that extra questions are weighted to: as in shared/eval/dev.
NEAR_SHARE = 0.27
# Cross-validated net on shared/eval/dev is greatest at 0.40, 0.78; 80 % of the near misses are withheld
# there, and three points more of the right answers given than at 0.60.
THRESHOLD = 0.4


@dataclass(frozen=True, slots=True)
class Case:
    """A topic with the candidates found for it, and which of them are right."""

    topic: Topic
    group: str
    weight: float
    candidates: tuple[Candidate, ...]
    cited: tuple[Cited, ...]
    right: NDArray[np.float64]


def cases(topics: Sequence[Topic], archive: Path, releases: frozenset[str]) -> list[Case]:
    """What the shipped reader offers for each topic."""
    store, reader = Store.open(archive), Reader()
    encoder = store.encoder()
    out = []
    for topic in tqdm(topics, desc=str(archive), mininterval=30):
        query = understood(store, reader, topic.question, {"as_of": AS_OF})
        vector = encoder.embed([query.question])[0]
        found = retrieve(store, query, vector)
        offered = candidates(store, reader, query, vector, found) if len(found.rows) else []
        cited = tuple(cited_of(c, store.release) for c in offered)
        right = [
            topic.answerable
            and c.release_id in topic.gold
            and c.date == topic.release_date
            and is_answer(topic, c.quote)
            for c in cited
        ]
        group = group_of(topic, releases)
        out.append(Case(topic, group, 1.0, tuple(offered), cited, np.array(right, dtype=float)))
    return out


def small_cases(topics: Sequence[Topic], archive: Path) -> list[Case]:
    """The same topics asked of small archives, SMALL at a time with their releases.

    In an archive of a few releases words are hardly rare and every release is near: figures differ
    from those of a large one, and the judge has to know both.
    """
    store = Store.open(archive)
    known = frozenset(store.release_ids())
    topics = sorted(topics, key=lambda t: fold_of(t.id, 1_000_003))
    out: list[Case] = []
    for first in range(0, len(topics), SMALL):
        some = topics[first : first + SMALL]
        ids = sorted({group_of(t, known) for t in some} & known)
        own = [store.release(i) for i in ids]
        if not own:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive"
            build_releases(own, path, encoder=store.encoder(), progress=False)
            out += cases(some, path, known)
    return out


def fit(given: Sequence[Case], extra: Sequence[Case]) -> Judge:
    """A judge fitted on both; calibrated on what it gives those of `given` when not fitted on them.

    The extra questions hold harder near misses, and small archives: calibrated on them too, a judge
    is less sure of itself than it has reason to.
    """
    both = [*given, *extra]
    ranked: list[tuple[Case, list[Judged]]] = []
    for fold in range(INNER):
        trees = _ranking([c for c in both if fold_of("inner " + c.group, INNER) != fold])
        judge = Judge(trees, Trees.of([]), (1.0, 0.0), THRESHOLD, ())
        inside = [c for c in both if fold_of("inner " + c.group, INNER) == fold]
        ranked += [(c, judge.rank(c.candidates)) for c in inside if c.candidates]
    rows = np.stack([decisive(best) for _, best in ranked]).astype(np.float64)
    right = np.array([_shown_right(c, best) for c, best in ranked], dtype=float)
    weights = np.array([c.weight for c, _ in ranked])
    raw = np.zeros(len(ranked))
    part = np.array([fold_of("outer " + c.group, INNER) for c, _ in ranked])
    for fold in range(INNER):
        trees = _boosted(rows[part != fold], right[part != fold], weights[part != fold], "deciding")
        raw[part == fold] = trees.log_odds(rows[part == fold])
    known = {id(c) for c in given}
    own = np.array([id(c) in known for c, _ in ranked])
    line = LogisticRegression(C=1e6).fit(raw[own, None], right[own])
    calibration = float(line.coef_[0, 0]), float(line.intercept_[0])
    deciding = _boosted(rows, right, weights, "deciding")
    return Judge(_ranking(both), deciding, calibration, THRESHOLD, ())


def cross_validated(given: Sequence[Case], extra: Sequence[Case]) -> list[Outcome]:
    """How each case fares with a judge that has not seen its release."""
    out = []
    for fold in range(FOLDS):
        judge = fit([c for c in given if fold_of(c.group) != fold], extra)
        out += [answered(judge, c) for c in given if fold_of(c.group) == fold]
    return out


def answered(judge: Judge, case: Case) -> Outcome:
    """How a case fares with this judge at its threshold."""
    best = judge.rank(case.candidates)
    given = [case.cited[case.candidates.index(j.candidate)] for j in shown(best)]
    sure = judge.confidence(best)
    sure = min(sure, at_most(kind_of(case.topic.question), best))
    prediction = Prediction(case.topic.id, sure >= judge.threshold, sure, tuple(given))
    return outcome_of(case.topic, prediction)


def curve(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float, float]]:
    """(threshold, share wrong of those answered, its upper bound, share answered), ascending.

    The bound is Clopper and Pearson's, one-sided, at 95 %.
    """
    rows = []
    for threshold in np.arange(0.05, 0.96, 0.05):
        given = [o for o in outcomes if o.prediction.confidence >= threshold]
        wrong = sum(not o.right for o in given)
        if not given:
            break
        most = error_bound(wrong, len(given))
        row = (float(threshold), wrong / len(given), most, len(given) / len(outcomes))
        rows.append(tuple(round(x, 4) for x in row))
    return rows  # type: ignore[return-value]


def _ranking(given: Sequence[Case]) -> Trees:
    some = [c for c in given if c.candidates]
    rows = np.concatenate([np.stack([x.features for x in c.candidates]) for c in some])
    right = np.concatenate([c.right for c in some])
    weights = np.concatenate([np.full(len(c.right), c.weight) for c in some])
    return _boosted(rows.astype(np.float64), right, weights, "ranking")


def _boosted(
    rows: NDArray[np.float64], right: NDArray[np.float64], weights: NDArray[np.float64], kind: str
) -> Trees:
    """The mean of models of several seeds, as one sum of trees."""
    names = FEATURES if kind == "ranking" else FEATURES + LEAD_FEATURES
    settings = (RANKING if kind == "ranking" else DECIDING) | {
        "monotone_constraints": [(name in FOR) - (name in AGAINST) for name in names],
        "monotone_constraints_method": "advanced",
    }
    trees = []
    for seed in SEEDS:
        data = lightgbm.Dataset(rows, right, weight=weights)
        model = lightgbm.train(settings | {"seed": seed}, data, ROUNDS[kind])
        trees += [_flat(t["tree_structure"]) for t in model.dump_model()["tree_info"]]
    return Trees.of(trees)


def _flat(root: dict[str, Any]) -> dict[str, list[float]]:
    """A tree as arrays; leaves' values divided by the number of seeds that are added up."""
    tree: dict[str, list[float]] = {
        n: [] for n in ("feature", "threshold", "left", "right", "value")
    }

    def add(node: dict[str, Any]) -> int:
        place = len(tree["feature"])
        leaf = "leaf_value" in node
        tree["feature"].append(0 if leaf else node["split_feature"])
        tree["threshold"].append(0.0 if leaf else node["threshold"])
        tree["value"].append(node["leaf_value"] / len(SEEDS) if leaf else 0.0)
        tree["left"].append(-1)
        tree["right"].append(-1)
        if not leaf:
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(root)
    return tree


def _shown_right(case: Case, ranked: Sequence[Judged]) -> bool:
    return any(case.right[case.candidates.index(j.candidate)] for j in shown(ranked))


def _weighted(extra: Sequence[Case]) -> list[Case]:
    """Extra cases with the near misses weighted down to their share in use."""
    good = sum(bool(c.topic.answerable) for c in extra)
    near = max(1, sum(c.topic.kind == "near" for c in extra))
    down = min(1.0, NEAR_SHARE * good / near)
    return [replace(c, weight=down) if c.topic.kind == "near" else c for c in extra]


def _json(judge: Judge) -> str:
    """The judge as JSON that `rag.judge.load_judge` reads."""

    def trees(model: Trees) -> list[dict[str, list[float]]]:
        inner = model.left != np.arange(model.left.shape[1])
        left, right = (np.where(inner, side, -1) for side in (model.left, model.right))
        columns = {"feature": model.feature, "threshold": model.threshold, "left": left}
        columns |= {"right": right, "value": model.value}
        # A binary tree of k inner nodes has 2 k + 1 nodes; the rest of a row is padding.
        sizes = 2 * inner.sum(axis=1) + 1
        return [
            {name: column[place, :size].tolist() for name, column in columns.items()}
            for place, size in enumerate(sizes)
        ]

    record = {
        "features": list(FEATURES),
        "ranking": trees(judge.ranking),
        "deciding": trees(judge.deciding),
        "calibration": list(judge.calibration),
        "threshold": judge.threshold,
        "curve": [list(row) for row in judge.curve],
    }
    return json.dumps(record, separators=(",", ":"))


def _asks_of(q: Record, known: frozenset[str]) -> bool:
    """Whether a question is on one of these releases, or on none of any."""
    return q.get("kind") == "far" or (q["release_id"] or q["near_release"]) in known


def _topics(path: Path) -> list[Topic]:
    return [topic_from_dict(q) for q in records(path)]


def main() -> None:
    """Collect, cross-validate, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="+", help="COLLECTION=ARCHIVE")
    parser.add_argument("--extra", nargs="*", default=[], help="QUESTIONS=ARCHIVE, see above")
    parser.add_argument(
        "--predictions", type=Path, help="where the cross-validated ones go, for `dateline eval`"
    )
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    given: list[Case] = []
    for pair in options.given:
        path, archive = map(Path, pair.split("="))
        known = frozenset(Store.open(archive).release_ids())
        given += cases(_topics(path), archive, known)
    extra: list[Case] = []
    for pair in options.extra:
        path, archive = map(Path, pair.split("="))
        known = frozenset(Store.open(archive).release_ids())
        mine = [topic_from_dict(q) for q in records(path) if held_out(q) and _asks_of(q, known)]
        extra += cases(mine, archive, known) + small_cases(mine[::2], archive)
    extra = _weighted(extra)
    outcomes = cross_validated(given, extra)
    for name, value in score(outcomes).items():
        print(f"{name:20} {value:.3f}")
    print(f"calibration error    {calibration_error(reliability(outcomes)):.3f}")
    for threshold in np.arange(0.3, 0.81, 0.05):
        moved = score(at_threshold(outcomes, float(threshold)))
        names = ("net", "F1", "precision", "recall", "abstain_far", "abstain_near")
        print(
            f"at {threshold:.2f}  " + "  ".join(f"{n} {moved[n]:.3f}" for n in names if n in moved)
        )
    if options.predictions:
        lines = [json.dumps(prediction_to_dict(o.prediction)) + "\n" for o in outcomes]
        options.predictions.write_text("".join(lines), "utf-8")
    judge = fit(given, extra)
    options.out.write_text(_json(replace(judge, curve=tuple(curve(outcomes)))), "utf-8")


if __name__ == "__main__":
    main()
