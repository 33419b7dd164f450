"""What readers said of answers: one JSON object a line, which the eval harness reads as questions.

A line has the fields of a question of eval/ (id, question, type, answerable, release_id,
release_date, evidence, answer, and what was asked with it) as far as the vote settles them, null
where it does not, and beside them the vote itself; the harness passes over lines whose answerable
is null. Nothing of a private archive is ever written.
"""

import json
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from chat.sessions import Turn

VOTES = ("good", "wrong_date", "wrong_release", "not_an_answer", "should_have_answered")

_lock = Lock()


def feedback_record(turn: Turn, vote: str, at: datetime) -> dict[str, Any]:
    """The line for one vote.

    "good" settles the gold: the cited release of an answer, or that there is no answer. Every other
    vote says that this answer is wrong, but not which is right, so `answerable` is null; so it is
    for a follow-up and for dates set against the question's words, which the question alone does
    not ask. at: when, with the zone of the reader's day. Raises ValueError for an unknown vote.
    """
    if vote not in VOTES:
        raise ValueError(f"unknown vote {vote!r}, expected one of {', '.join(VOTES)}")
    answer = turn.answer
    first = answer.citations[0] if answer.citations else None
    alone = not answer.query.inherited and turn.filters.dates is None
    settled = vote == "good" and alone
    gold = first if settled and answer.answered else None
    options = turn.filters.arguments()
    options["as_of"] = options["as_of"] or at.date().isoformat()
    return {
        "id": f"feedback-{at.strftime('%Y%m%dT%H%M%S%f')}",
        "question": turn.question,
        "type": answer.query.answer_type,
        "answerable": answer.answered if settled else None,
        "release_id": gold.release_id if gold else None,
        "release_date": gold.date if gold else None,
        "evidence": [gold.quote] if gold else [],
        "answer": gold.quote if gold else None,
        "vote": vote,
        "answered": answer.answered,
        "reason": answer.reason,
        "cited": [{"release_id": c.release_id, "date": c.date} for c in answer.citations],
        **{name: value for name, value in options.items() if value is not None},
    }


def keep_feedback(path: Path, turn: Turn, vote: str, at: datetime | None = None) -> None:
    """Append one vote to the file. Raises OSError when it cannot be written."""
    when = at or datetime.now().astimezone()
    line = json.dumps(feedback_record(turn, vote, when), ensure_ascii=False)
    with _lock, path.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
