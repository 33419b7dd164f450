"""What the harness measures, for retrieval and for answers.

Retrieval (over topics that have a relevant release): nDCG@10, R@1, R@5, R@10, RR@10 of releases,
through ir_measures. R@k is the share of the relevant releases among the first k, as TREC has it.

Answers: a topic counts as *correct* when it is answerable and answered, and one of the first 3
citations is to a gold release, carries that release's exact date, and its quote (at most 400
characters) holds the short answer or covers at least 60 % of an evidence string's words in order.

    precision       correct / answered (an answered unanswerable topic is an error)
    recall, F1      correct / answerable, and the harmonic mean of both
    net             (correct - wrong) / answerable, wrong being all answered that is not correct
    release@1       first citation names a gold release, over answerable (an abstention is a miss)
    release_exact   the same over the answerable topics that were answered
    date_exact      first citation has the gold date, over those whose first release is right
    abstain_KIND    unanswerable topics of that kind that were abstained on
    AURC            area under the risk-coverage curve by confidence, lower is better
    AUROC           chance that an answerable topic has the higher confidence than an unanswerable
    verbatim        quotes equal to text[start:end] of their release, over all quotes
"""

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ir_measures import RR, Qrel, R, ScoredDoc, iter_calc, nDCG

from eval.collection import Source, Topic

MAX_CITATIONS = 3
MAX_QUOTE = 400  # characters, white space collapsed
MIN_COVER = 0.6  # share of an evidence string's words
RETRIEVAL = (nDCG @ 10, R @ 1, R @ 5, R @ 10, RR @ 10)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a prediction: quote == text[start:end] of the release, if it is honest."""

    release_id: str
    date: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system answered to one topic.

    citations: most important first; for an abstention those of the answer that was withheld, so
        that the risk-coverage curve can be drawn beyond the threshold.
    confidence: any number, higher is surer. reason: of an abstention, or None.
    latency_ms: of the whole answer, or None where it was not measured.
    """

    id: str
    answered: bool
    confidence: float
    citations: tuple[Cited, ...]
    latency_ms: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one prediction fared.

    right: it would be correct if answered; correct: right and answered.
    first: the first citation is to a gold release; dated: that citation has the gold date.
    """

    topic: Topic
    prediction: Prediction
    right: bool
    first: bool
    dated: bool

    @property
    def answered(self) -> bool:
        """Whether the system answered."""
        return self.prediction.answered

    @property
    def correct(self) -> bool:
        """Whether it answered, rightly."""
        return self.right and self.prediction.answered


def judge(topic: Topic, prediction: Prediction) -> Outcome:
    """How a prediction fares on its topic."""
    lead = prediction.citations[0] if prediction.citations else None
    first = lead is not None and bool(topic.answerable) and lead.release_id in topic.gold
    return Outcome(
        topic,
        prediction,
        right=bool(topic.answerable) and is_right(topic, prediction),
        first=first,
        dated=first and lead is not None and lead.date == topic.release_date,
    )


def is_right(topic: Topic, prediction: Prediction) -> bool:
    """Whether one of the first 3 citations answers the topic, whether or not it was withheld."""
    return any(
        cited.release_id in topic.gold
        and cited.date == topic.release_date
        and is_answer(topic, cited.quote)
        for cited in prediction.citations[:MAX_CITATIONS]
    )


def is_answer(topic: Topic, quote: str) -> bool:
    """Whether a quote holds the short answer or covers enough of an evidence string.

    "Yes, " and "No, " before the short answer are not looked for in the quote.
    """
    if len(" ".join(quote.split())) > MAX_QUOTE:
        return False
    words = _words(quote)
    short = _words(re.sub(r"^(yes|no)\b[,:]?\s*", "", topic.answer or "", flags=re.IGNORECASE))
    if _stands_in(short, words):
        return True
    return any(_covers(words, _words(evidence)) for evidence in topic.evidence)


def verbatim(cited: Cited, releases: Mapping[str, Source]) -> bool:
    """Whether the quote equals its span of its release's text."""
    release = releases.get(cited.release_id)
    text = release.text if release else ""
    return text[cited.start : cited.end] == cited.quote


def score(
    outcomes: Sequence[Outcome], releases: Mapping[str, Source] | None = None
) -> dict[str, float]:
    """Every answer measure by name; a measure that has no topic to rest on is left out or NaN.

    releases: to check the quotes on; None leaves verbatim and quote_chars_median out.
    """
    hopeless = [o for o in outcomes if not o.topic.answerable]
    figures = _counts(outcomes)
    figures |= by_confidence(outcomes)
    for kind in sorted({o.topic.kind for o in hopeless if o.topic.kind}):
        some = [o for o in hopeless if o.topic.kind == kind]
        figures[f"abstain_{kind}"] = sum(not o.answered for o in some) / len(some)
    for type in sorted({o.topic.type for o in outcomes if o.topic.answerable}):
        some = [o for o in outcomes if o.topic.answerable and o.topic.type == type]
        figures[f"recall[{type}]"] = sum(o.correct for o in some) / len(some)
    cited = [c for o in outcomes for c in o.prediction.citations]
    if releases is not None:
        good = sum(verbatim(c, releases) for c in cited)
        figures["verbatim"] = good / len(cited) if cited else 1.0
        figures["quote_chars_median"] = (
            statistics.median(len(c.quote) for c in cited) if cited else 0
        )
    return figures | latency(outcomes)


def _counts(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The measures that are ratios of counts."""
    answerable = sum(bool(o.topic.answerable) for o in outcomes)
    answered = sum(o.answered for o in outcomes)
    reachable = sum(o.answered for o in outcomes if o.topic.answerable)
    correct = sum(o.correct for o in outcomes)
    first = [o for o in outcomes if o.first and o.answered]
    precision, recall = ratio(correct, answered), ratio(correct, answerable)
    return {
        "questions": len(outcomes),
        "answered": answered,
        "precision": precision,
        "recall": recall,
        "F1": f1(precision, recall),
        "net": ratio(2 * correct - answered, answerable),
        "release@1": ratio(len(first), answerable),
        "release_exact": ratio(len(first), reachable),
        "date_exact": ratio(sum(o.dated for o in first), len(first)),
    }


def f1(precision: float, recall: float) -> float:
    """Harmonic mean, 0 where both are 0: `f1(0.5, 1.0) == 2 / 3`."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def ratio(part: float, whole: float) -> float:
    """`part / whole`, and 0.0 of nothing."""
    return part / whole if whole else 0.0


def by_confidence(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """AURC and AUROC; AUROC is NaN unless there are topics of both kinds."""
    hopes = [o.prediction.confidence for o in outcomes if o.topic.answerable]
    noise = [o.prediction.confidence for o in outcomes if not o.topic.answerable]
    risks = [risk for _, risk in risk_coverage(outcomes)]
    return {"AURC": ratio(sum(risks), len(risks)), "AUROC": auroc(hopes, noise)}


def risk_coverage(outcomes: Sequence[Outcome]) -> list[tuple[float, float]]:
    """(coverage, risk) after each topic, surest first; risk is the share of answers that are wrong.

    Every topic counts, an abstention as the answer that was withheld. Ties keep the topics' order.
    """
    errors, curve = 0, []
    ranked = sorted(outcomes, key=lambda o: -o.prediction.confidence)
    for number, outcome in enumerate(ranked, 1):
        errors += not outcome.right
        curve.append((number / len(ranked), errors / number))
    return curve


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Share of (positive, negative) pairs in which the positive is higher, ties counting half.

    Example: `auroc([2, 1], [1]) == 0.75`. NaN where either side is empty.
    """
    if not positive or not negative:
        return float("nan")
    ordered = sorted(negative)
    wins = sum((bisect_left(ordered, p) + bisect_right(ordered, p)) / 2 for p in positive)
    return wins / (len(positive) * len(negative))


def latency(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """p50_ms and p95_ms of the topics whose latency was measured; empty when none was."""
    times = sorted(o.prediction.latency_ms for o in outcomes if o.prediction.latency_ms is not None)
    if not times:
        return {}
    return {"p50_ms": times[len(times) // 2], "p95_ms": times[int(len(times) * 0.95)]}


def retrieval(
    qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Sequence[tuple[str, float]]]
) -> dict[str, dict[str, float]]:
    """{measure: {topic id: value}} over the topics of the qrels; one with no hit counts 0.

    run: by topic id, (release id, score) with the higher the better.
    """
    judged = [Qrel(t, r, n) for t, row in qrels.items() for r, n in row.items()]
    scored = [
        ScoredDoc(topic, release, score)
        for topic, ranked in run.items()
        if topic in qrels
        for release, score in ranked
    ]
    values: dict[str, dict[str, float]] = {str(m): dict.fromkeys(qrels, 0.0) for m in RETRIEVAL}
    for metric in iter_calc(list(RETRIEVAL), judged, scored):
        values[str(metric.measure)][metric.query_id] = metric.value
    return values


def prediction_to_dict(prediction: Prediction) -> dict[str, Any]:
    """One line of a predictions file, as ../shared/eval/score.py reads it."""
    return {
        "id": prediction.id,
        "answered": prediction.answered,
        "confidence": prediction.confidence,
        "reason": prediction.reason,
        "latency_ms": prediction.latency_ms,
        "citations": [
            {
                "release_id": c.release_id,
                "date": c.date,
                "quote": c.quote,
                "start": c.start,
                "end": c.end,
            }
            for c in prediction.citations
        ],
    }


def prediction_from_dict(row: Mapping[str, Any]) -> Prediction:
    """The prediction of such a line, or of an answer record of `dateline ask --batch`.

    An answer record keeps the quotes of an abstention under `withheld`.
    """
    citations = row.get("citations") or row.get("withheld") or ()
    return Prediction(
        str(row["id"]),
        bool(row["answered"]),
        float(row["confidence"]),
        tuple(
            Cited(c["release_id"], c.get("date"), c.get("quote") or "", c["start"], c["end"])
            for c in citations
        ),
        row.get("latency_ms"),
        row.get("reason"),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _stands_in(needle: Sequence[str], haystack: Sequence[str]) -> bool:
    """Whether the words of needle stand in a row in haystack; no words stand nowhere."""
    size = len(needle)
    starts = range(len(haystack) - size + 1) if size else ()
    return any(haystack[at : at + size] == needle for at in starts)


def _covers(quote: Sequence[str], evidence: Sequence[str]) -> bool:
    """Whether runs of at least two shared words make up MIN_COVER of the evidence's words."""
    if not evidence:
        return False
    matcher = SequenceMatcher(None, quote, evidence, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks() if block.size >= 2)
    return shared >= MIN_COVER * len(evidence)
