"""Why an answer was given or withheld: the candidates with their scores, as a table."""

from collections.abc import Sequence

from chat.markup import date_html, esc
from rag.archive import Considered, Explanation

SHOWN = 12


def explain_html(
    explanation: Explanation, thresholds: Sequence[tuple[float, float, float, float]]
) -> str:
    """The verdict in a sentence, then the best candidates with their confidence and scores.

    thresholds: (threshold, expected share of wrong answers, its upper bound, share answered), as
    Archive.thresholds gives them.
    """
    answer = explanation.answer
    verdict = "was given" if answer.answered else "was withheld"
    rows = "".join(_row(c) for c in explanation.candidates[:SHOWN])
    table = (
        '<div class="scroll" tabindex="0" role="region" aria-label="Candidates"><table><thead><tr>'
        '<th scope="col">Confidence</th><th scope="col">Quote considered</th>'
        '<th scope="col">Release</th><th scope="col">Verdict</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return (
        f"<p>The answer {verdict} at a confidence of {answer.confidence:.2f}, in"
        f" {answer.latency_ms:.0f} ms. {_risk(answer.confidence, thresholds)}</p>"
        f"{table if rows else '<p>No candidate was found.</p>'}"
    )


def _risk(confidence: float, thresholds: Sequence[tuple[float, float, float, float]]) -> str:
    passed = [t for t in thresholds if t[0] <= confidence]
    if not passed:
        return ""
    _, error, most, share = max(passed)
    return (
        f"Of answers at least this sure, {error:.0%} were wrong when measured (at most"
        f" {most:.0%}); {share:.0%} of questions get one."
    )


def _row(candidate: Considered) -> str:
    scores = ", ".join(f"{esc(k)} {v:.2f}" for k, v in candidate.scores.items())
    return (
        f"<tr><td class='number'>{candidate.confidence:.2f}</td><td>{esc(candidate.quote)}"
        f"<details class='scores'><summary>Scores</summary>{scores}</details></td>"
        f"<td>{date_html(candidate.date)}<br>{esc(candidate.title or 'Untitled release')}</td>"
        f"<td>{esc(candidate.verdict)}</td></tr>"
    )
