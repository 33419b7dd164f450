"""What the page asks for, answered: questions, releases, explanations, exports, votes, the table.

Every method takes what a browser sent (so nothing in it is trusted) and returns a dict ready for
JSON. What went wrong comes back as {"error": sentence}, never with internals; those go to the log.
"""

import functools
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec
from urllib.parse import urlencode

from chat import exports
from chat.asking import asked, followed, words_asked
from chat.examples import derived_examples
from chat.explain import explain_html, sureness_html
from chat.feedback import VOTES, keep_feedback
from chat.markup import date_words
from chat.overview import View, audit_html, table_html
from chat.plots import histogram_svg
from chat.reader import release_html
from chat.sessions import USUAL, Filters, LimitError, Limits, Session, Sessions, Turn
from chat.turn import Extent, paragraphs, turn_html
from chat.upload import accepted, build_private, report_html
from index.build import BuildReport
from index.errors import DatelineError, QuestionError
from index.records import Release
from rag.archive import Archive
from rag.records import Answer

log = logging.getLogger("dateline.chat")

IN_LINK = {"date_from": "from", "date_to": "to", "answer_type": "type", "threshold": "sure"}

P = ParamSpec("P")
Reply = dict[str, Any]


def replying(method: Callable[P, Reply]) -> Callable[P, Reply]:
    """Turn what a method raises into {"error": sentence}."""

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> Reply:
        try:
            return method(*args, **kwargs)
        except Exception as error:  # the edge: a page must get a sentence whatever happens
            return failure(error)

    return call


def failure(error: Exception) -> Reply:
    """The reply for an error: its sentence when it was raised for the reader, else a plain one."""
    if isinstance(error, (DatelineError, LimitError)):
        said = str(error).strip()
        return {"error": said[:1].upper() + said[1:] + ("" if said.endswith((".", "?")) else ".")}
    log.error("a call of the page failed", exc_info=error)
    return {"error": "Something went wrong here. The log of the server has the details."}


class Service:
    """One archive with all the sessions that read it."""

    def __init__(
        self,
        archive: Archive,
        *,
        feedback: Path,
        limits: Limits = USUAL,
        examples: Sequence[str] | None = (),
        today: Callable[[], date] = date.today,
    ) -> None:
        self.archive = archive
        self.sessions = Sessions(limits)
        self.feedback = feedback
        self.limits = limits
        self.examples = tuple(examples) if examples is not None else None
        self._today = today

    def warm(self) -> None:
        """Make the first question as quick as the next, and find examples when none were given."""
        try:
            derived = derived_examples(self.archive)
        except Exception as error:  # the page works without examples; the log says why
            log.error("no examples could be made", exc_info=error)
            derived = []
        if self.examples is None:
            self.examples = tuple(derived)

    @replying
    def hello(self, payload: Any, address: str) -> Reply:
        """What the page shows before the first question."""
        session = self._session(payload, address)
        archive = self._archive(session, payload)
        summary = archive.summary()
        extent = extent_of(archive)
        return {
            "extent": extent.words() + building_words(summary.embedded),
            "issuers": list(summary.issuers),
            "examples": list(self.examples or ()) if archive is self.archive else [],
            "unfinished": self.examples is None or summary.embedded < 1,
            "sureness": sureness_html(archive.thresholds(), archive.threshold),
            "limits": {
                "question": self.limits.question,
                "files": self.limits.files,
                "file_bytes": self.limits.file_bytes,
            },
        }

    def ask(self, payload: Any, address: str) -> Iterator[Reply]:
        """The turn of a question as it comes in: several replies, each holding all before it."""
        try:
            self.sessions.count_call(address)
            session = self._session(payload, address)
            with session.lock:
                turn = self._turn(session, payload)
        except Exception as error:  # the edge, as in `replying`
            yield {**failure(error), "asked": _field(payload, "asked"), "done": True}
            return
        yield from self._replies(session, turn, payload)

    def _turn(self, session: Session, payload: Any) -> Turn:
        self.sessions.count_question(session)
        revised = session.turns.get(_field(payload, "revise") or 0)
        filters = Filters.of(_field(payload, "filters") or {})
        question = revised.question if revised else str(_field(payload, "question") or "").strip()
        self.check_length(question)
        before = revised.before if revised else session.last
        own = session.private if _field(payload, "private") else None
        archive, private = own or self.archive, own is not None
        number = revised.number if revised else session.next_number
        earlier = session.turns.get(before or 0)
        follows = earlier if earlier is not None and earlier.private == private else None
        answer = asked(archive, question, filters, follows.answer if follows else None)
        kept = follows.number if follows else None
        turn = Turn(number, question, filters, kept, answer, private)
        session.keep(turn)
        return turn

    def _replies(self, session: Session, turn: Turn, payload: Any) -> Iterator[Reply]:
        archive = self._of(session, turn)
        releases = shown_releases(archive, turn.answer)
        extent = extent_of(archive)
        base = {"asked": _field(payload, "asked"), "turn": turn.number}
        steps = len(paragraphs(turn.answer)) if turn.answer.answered else 0
        if turn.answer.query.answer_type == "timeline":
            steps = len(turn.answer.citations)
        for shown in range(1, steps):
            yield {**base, "html": turn_html(turn, releases, extent, shown=shown), "done": False}
        yield {
            **base,
            "html": turn_html(turn, releases, extent),
            "link": self.permalink(session, turn),
            "say": announcement(turn.answer),
            "done": True,
        }

    def permalink(self, session: Session, turn: Turn) -> str:
        """The query string that asks this turn again, after the questions that it builds on.

        Every question is followed by its own filters.
        """
        chain = [turn]
        while chain[0].answer.query.inherited:
            before = session.turns.get(chain[0].before or 0)
            if before is None:
                break
            chain.insert(0, before)
        return urlencode([field for t in chain for field in self._link_fields(t)])

    def _link_fields(self, turn: Turn) -> list[tuple[str, Any]]:
        values = {**turn.filters.arguments(), "dates": turn.filters.dates}
        if turn.answer.query.bounds_evidence and not values["as_of"]:
            values["as_of"] = self._today().isoformat()
        set_by_reader = [(IN_LINK.get(k, k), v) for k, v in values.items() if v is not None]
        return [("q", turn.question), *set_by_reader]

    @replying
    def release(self, payload: Any, address: str) -> Reply:
        """A release to read, its quotes of a turn marked."""
        session = self._session(payload, address)
        turn = session.turns.get(_field(payload, "turn") or 0)
        archive = self._of(session, turn) if turn else self._archive(session, payload)
        citations = (turn.answer.citations or turn.answer.withheld) if turn else ()
        marker = _field(payload, "marker")
        cited = next((c for c in citations if c.marker == marker), None)
        release_id = cited.release_id if cited else str(_field(payload, "release_id"))
        try:
            release = archive.release(release_id)
        except KeyError:
            return {"error": "This release is no longer in the archive."}
        shown = citations if cited else ()
        versions = archive.versions(release_id)
        html = release_html(release, shown, marker if cited else None, versions)
        return {"html": html, "title": release.title or "Untitled release"}

    @replying
    def explain(self, payload: Any, address: str) -> Reply:
        """The candidates of a turn with their scores, and why it was answered or withheld."""
        session = self._session(payload, address)
        turn = self._known(session, payload)
        archive = self._of(session, turn)
        explanation = archive.explain(
            words_asked(turn.question, turn.filters, turn.answer),
            after=followed(turn.filters, session.previous(turn.before)),
            **turn.filters.arguments(),
        )
        set_at = turn.filters.threshold
        limit = archive.threshold if set_at is None else set_at
        return {"html": explain_html(explanation, archive.thresholds(), limit)}

    @replying
    def export(self, payload: Any, address: str) -> Reply:
        """An answer with its citations as text, or its citations in one of exports.FORMATS."""
        session = self._session(payload, address)
        turn = self._known(session, payload)
        kind, marker = _field(payload, "format"), _field(payload, "marker")
        if marker is not None:
            quotes = turn.answer.citations or turn.answer.withheld
            cited = [c for c in quotes if c.marker == marker]
            return {"text": "\n".join(exports.citation_text(c) for c in cited)}
        if kind == "text":
            return {"text": exports.answer_text(turn.answer)}
        if kind not in exports.FORMATS:
            raise QuestionError("This format is not known.")
        write, name, media = exports.FORMATS[kind]
        return {"text": write(turn.answer.citations), "name": name, "media": media}

    @replying
    def vote(self, payload: Any, address: str) -> Reply:
        """Keep what a reader thinks of an answer."""
        session = self._session(payload, address)
        turn = self._known(session, payload)
        vote = _field(payload, "vote")
        if vote not in VOTES or turn.private:
            raise QuestionError("This vote is not known.")
        keep_feedback(self.feedback, turn, vote)
        return {"say": "Thank you. Your vote is kept on this machine."}

    @replying
    def overview(self, payload: Any, address: str) -> Reply:
        """The Archive tab: the table of a view, and with it the plot and the audit at first."""
        session = self._session(payload, address)
        archive = self._archive(session, payload)
        rows = archive.listing()
        view = View.of(_field(payload, "view") or {})
        reply: Reply = {"table": table_html(rows, view, lambda i: archive.release(i).text)}
        if _field(payload, "whole"):
            reply["plot"] = histogram_svg((r.date, r.issuer) for r in rows)
            reply["audit"] = audit_html(rows)
        return reply

    @replying
    def forget(self, payload: Any, address: str) -> Reply:
        """Begin a new conversation, or with `files` also delete the uploaded ones."""
        session = self._session(payload, address)
        with session.lock:
            session.clear()
            if _field(payload, "files"):
                session.drop_private()
        return {}

    def build(self, payload: Any, address: str, uploads: Path) -> Iterator[Reply]:
        """Make the session's private archive of uploaded files, telling how far it is.

        uploads: the folder below which the server puts what is uploaded.
        """
        try:
            self.sessions.count_call(address)
            session = self._session(payload, address)
            files = accepted(_field(payload, "paths"), uploads, self.limits)
            kept: Reply = {}

            def keep(place: Path, report: BuildReport) -> None:
                archive = Archive.open(place / "archive")
                with session.lock:
                    session.drop_private()
                    session.private, session.private_path = archive, place
                words = extent_of(archive).words()
                kept.update(html=report_html(report, words), words=f"{words} in your files.")

            for share, words in build_private(files, keep):
                yield {"share": share, "words": words, "done": False}
            yield {**kept, "done": True}
        except Exception as error:  # the edge, as in `replying`
            yield {**failure(error), "done": True}

    def check_length(self, question: str) -> None:
        """Raise QuestionError when a question is longer than the limit."""
        most = self.limits.question
        if len(question) > most:
            raise QuestionError(
                f"The question has {len(question):,} characters; {most:,} is the most."
                " Ask it shorter."
            )

    def _session(self, payload: Any, address: str) -> Session:
        self.sessions.count_call(address)
        return self.sessions.get(_field(payload, "token"))

    def _known(self, session: Session, payload: Any) -> Turn:
        turn = session.turns.get(_field(payload, "turn") or 0)
        if turn is None:
            raise QuestionError("This answer is no longer kept. Ask the question again.")
        return turn

    def _archive(self, session: Session, payload: Any) -> Archive:
        own = session.private if _field(payload, "private") else None
        return own or self.archive

    def _of(self, session: Session, turn: Turn) -> Archive:
        if not turn.private:
            return self.archive
        if session.private is None:
            raise QuestionError("The files of this answer were removed.")
        return session.private


def _field(payload: Any, name: str) -> Any:
    return payload.get(name) if isinstance(payload, Mapping) else None


def extent_of(archive: Archive) -> Extent:
    """What the archive holds, in a line."""
    summary = archive.summary()
    return Extent(summary.releases, summary.undated, summary.first, summary.last)


def building_words(embedded: float) -> str:
    """`", 62% of it embedded so far"` while an archive is being built; "" when it is whole."""
    return f", {embedded:.0%} of it embedded so far" if embedded < 1 else ""


def shown_releases(archive: Archive, answer: Answer) -> dict[str, Release]:
    """The releases that an answer cites, or that come closest where it is withheld, by id."""
    shown = {c.release_id for c in answer.citations or answer.withheld}
    if not answer.citations:
        shown |= {near.release_id for near in answer.nearest}
    return {release_id: archive.release(release_id) for release_id in shown}


def hit_records(archive: Archive, question: str, k: int, filters: Filters) -> Reply:
    """The k nearest passages for a program, ready for JSON."""
    bounds = {name: getattr(filters, name) for name in ("date_from", "date_to", "issuer")}
    records = []
    for hit in archive.search(question, k=k, **bounds):
        release, span = archive.release(hit.chunk.release_id), hit.chunk.span
        record: Reply = {"release_id": release.release_id, "title": release.title}
        record |= {"issuer": release.issuer, "date": release.date, "score": round(hit.score, 4)}
        record |= {"rank": hit.rank, "start": span.start, "end": span.end}
        records.append({**record, "text": span.of(release.text)})
    return {"hits": records}


def announcement(answer: Answer) -> str:
    """What a screen reader says when the answer is there."""
    if not answer.answered:
        return "The archive does not say."
    first = answer.citations[0] if answer.citations else None
    cited = f" Cited: {first.title or 'untitled'}, {date_words(first.date)}." if first else ""
    return f"{answer.text}{cited}"
