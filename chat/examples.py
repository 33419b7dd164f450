"""Questions for the empty page, made from an archive's own names, speakers, issuers and dates."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from chat.markup import date_words
from index.database import Listed
from index.records import Release
from rag.archive import Archive
from rag.records import Answer

SHOWN = 4
READ = 200  # releases that questions are made of, from all times of the archive
TRIED = 5  # questions made of each kind
ASKED = 12  # of all of them; while they are asked, the first reader waits longer
WIDELY = 0.1  # a name in more of the releases than this is no subject, unless they are few
FEW = 12

_NAME = r"[A-Z][a-z’'-]+(?: (?:of |for )?[A-Z][a-z’'-]+){0,3}"
# After a preposition and before a word of form, a name is a thing to ask about: "in Iraq and".
_SUBJECT = re.compile(
    rf"\b(?:in|from|with|about|against|on|to) ({_NAME})"
    r"(?=[.,;]|\s(?:and|to|on|was|is|are|has|have|will|that|which)\b)"
)
_SPEAKER = re.compile(
    r"[”\"]\s+said ((?=\S+ [A-Z])(?:(?:[A-Z]\.)+ )?(?:(?:Sen|Rep|Gov|Gen|Dr|Mr|Ms|Mrs)\. )?"
    r"(?:[A-Z](?:[\w’'-]+|\.) ){0,2}[A-Z][\w’'-]+)"
)
_CALENDAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def derived_examples(archive: Archive) -> list[str]:
    """Up to SHOWN questions that the archive answers, each of another kind as far as there are
    any, and one that it rightly does not answer.

    Each is asked once before it is offered. Asking them also warms the archive up, so that the
    first reader does not wait for it.
    """
    rows = [r for r in archive.listing() if r.date]
    offered: list[str] = []
    for question in islice(dict.fromkeys(_candidates(archive, rows)), ASKED):
        if len(offered) == SHOWN:
            break
        if _worth_showing(archive.ask(question)):
            offered.append(question)
    beyond = _beyond(rows)
    if beyond and not archive.ask(beyond).answered:
        offered.append(beyond)
    return offered


def _worth_showing(answer: Answer) -> bool:
    """Whether it is answered, and a timeline by releases of more than one day."""
    days = {c.date for c in answer.citations}
    return answer.answered and (answer.query.answer_type != "timeline" or len(days) > 1)


def _candidates(archive: Archive, rows: Sequence[Listed]) -> Iterator[str]:
    """Questions by turns of every kind, so that the first ones are of different kinds."""
    if not rows:
        return
    read = [archive.release(row.release_id) for row in rows[:: max(1, len(rows) // READ)]]
    subjects = _subjects(read)
    kinds = [
        [f"What was said about {subject} over time?" for subject in subjects],
        _of_speakers(read, subjects),
        [f"What is the latest release on {subject}?" for subject in reversed(subjects)],
        _of_issuers(rows),
        [f"What does “{r.title}” say?" for r in read if r.title and 12 <= len(r.title) <= 90],
    ]
    for turn in zip_longest(*(kind[:TRIED] for kind in kinds)):
        yield from (question for question in turn if question)
    yield "What is the latest release?"


def _subjects(read: Sequence[Release]) -> list[str]:
    """Names that releases speak of, those in most releases first; no issuer, month or place line."""
    issuers = " ".join({r.issuer or "" for r in read})
    seen: Counter[str] = Counter()
    for release in read:
        seen.update(set(_SUBJECT.findall(release.text)))
    most = max(FEW, WIDELY * len(read))
    return [
        name
        for name, count in seen.most_common(100)
        if 2 <= count <= most and not _CALENDAR.search(name) and name.split()[-1] not in issuers
    ][: 4 * TRIED]


def _of_speakers(read: Sequence[Release], subjects: Sequence[str]) -> list[str]:
    found = []
    for release in read:
        about = next((s for s in reversed(subjects) if s in release.text), None)
        speaker = _SPEAKER.search(release.text)
        if speaker and about and about not in speaker[1]:
            found.append(f"What did {speaker[1]} say about {about}?")
    return found[:: max(1, len(found) // TRIED)]


def _of_issuers(rows: Sequence[Listed]) -> list[str]:
    few = rows[:: max(1, len(rows) // TRIED)]
    return [
        f"What did {row.issuer} announce in {date_words(row.date[:7])}?"
        for row in reversed(few)
        if row.issuer and row.date and len(row.date) > 4
    ]


def _beyond(rows: Sequence[Listed]) -> str | None:
    """A question about the year after the last release, which the archive cannot answer."""
    last = max((r.date[:4] for r in rows if r.date), default=None)
    return f"What was announced in {int(last) + 1}?" if last else None
