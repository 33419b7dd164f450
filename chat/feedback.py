"""What readers said of answers: one JSON object a line, which the eval harness reads as questions.

A line has the fields of a question of eval/ (id, question, type, answerable, release_id,
release_date, evidence) as far as the vote settles them, null where it does not, and beside them the
vote itself. Nothing of a private archive is ever written.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from chat.sessions import Turn

VOTES = ("good", "wrong_date", "wrong_release", "not_an_answer", "should_have_answered")

_lock = Lock()


def feedback_record(turn: Turn, vote: str, at: datetime) -> dict[str, Any]:
    """The line for one vote.

    "good" settles the gold: the cited release of an answer, or that there is no answer.
    "should_have_answered" settles that there is one. Every other vote only says that this one is
    wrong, so `answerable` is null. Raises ValueError for an unknown vote.
    """
    if vote not in VOTES:
        raise ValueError(f"unknown vote {vote!r}, expected one of {', '.join(VOTES)}")
    answer = turn.answer
    first = answer.citations[0] if answer.citations else None
    gold = first if vote == "good" and answer.answered else None
    answerable = {"good": answer.answered, "should_have_answered": True}.get(vote)
    return {
        "id": f"feedback-{at.strftime('%Y%m%dT%H%M%S%f')}",
        "question": turn.question,
        "type": answer.query.answer_type,
        "answerable": answerable,
        "release_id": gold.release_id if gold else None,
        "release_date": gold.date if gold else None,
        "evidence": [gold.quote] if gold else [],
        "vote": vote,
        "answered": answer.answered,
        "reason": answer.reason,
        "cited": [{"release_id": c.release_id, "date": c.date} for c in answer.citations],
        "filters": {k: v for k, v in turn.filters.arguments().items() if v is not None},
        "follow_up": turn.before is not None,
    }


def keep_feedback(path: Path, turn: Turn, vote: str, at: datetime | None = None) -> None:
    """Append one vote to the file. Raises OSError when it cannot be written."""
    line = json.dumps(feedback_record(turn, vote, at or datetime.now(UTC)), ensure_ascii=False)
    with _lock, path.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
