"""Why an answer was given or withheld: the candidates with their scores, as a table."""

import json
from collections.abc import Sequence

from chat.markup import date_html, esc
from rag.archive import Considered, Explanation

SHOWN = 12

# (threshold, expected share of wrong answers, its upper bound, share answered), as
# Archive.thresholds gives them.
Curve = Sequence[tuple[float, float, float, float]]


def explain_html(explanation: Explanation, thresholds: Curve, limit: float) -> str:
    """The verdict in a sentence, then the best candidates with their scores.

    limit: the confidence below which the answer is withheld, and with it how to change that.
    """
    answer = explanation.answer
    verdict = "was given" if answer.answered else "was withheld"
    rows = "".join(_row(n, c) for n, c in enumerate(explanation.candidates[:SHOWN], 1))
    table = (
        '<div class="scroll" tabindex="0" role="region" aria-label="Candidates"><table><thead><tr>'
        '<th scope="col">Rank</th><th scope="col">Quote considered</th>'
        '<th scope="col">Release</th><th scope="col">Verdict</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return (
        f"<p>The answer {verdict} at a confidence of {answer.confidence:.2f}, in"
        f" {answer.latency_ms:.0f} ms. {_risk(answer.confidence, thresholds)}</p>"
        f"{sureness_html(thresholds, limit)}{table if rows else '<p>No candidate was found.</p>'}"
    )


def sureness_html(thresholds: Curve, limit: float) -> str:
    """A slider from looser to stricter that says what each step costs; "" when nothing is known.

    Its data-steps hold [threshold, words] for each step.
    """
    if not thresholds:
        return ""
    steps = [
        (at, f"{at:.2f}: {wrong:.0%} of such answers were wrong, {share:.0%} of questions get one")
        for at, wrong, _, share in thresholds
    ]
    now = max((n for n, (at, _) in enumerate(steps) if at <= limit + 1e-9), default=0)
    return (
        '<label class="sure"><span>Answer when at least this sure</span><input type="range"'
        f' name="threshold" min="0" max="{len(steps) - 1}" value="{now}" data-usual="{now}"'
        f' data-steps="{esc(json.dumps(steps))}" aria-valuetext="{esc(steps[now][1])}">'
        f"<output>{esc(steps[now][1])}</output></label>"
    )


def _risk(confidence: float, thresholds: Curve) -> str:
    passed = [t for t in thresholds if t[0] <= confidence]
    if not passed:
        return ""
    _, error, most, share = max(passed)
    return (
        f"Of answers at least this sure, {error:.0%} were wrong when measured (at most"
        f" {most:.0%}); {share:.0%} of questions get one."
    )


def _row(rank: int, candidate: Considered) -> str:
    scores = ", ".join(f"{esc(k)} {v:.2f}" for k, v in candidate.scores.items())
    return (
        f"<tr><td class='number'>{rank}</td><td>{esc(candidate.quote)}"
        f"<details class='scores'><summary>Scores</summary>{scores}</details></td>"
        f"<td>{date_html(candidate.date)}<br>{esc(candidate.title or 'Untitled release')}</td>"
        f"<td>{esc(candidate.verdict)}</td></tr>"
    )
