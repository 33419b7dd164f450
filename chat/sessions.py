"""Who is asking: one conversation a session, and how much one client may ask for.

A session is named by a secret that the browser draws (128 random bits), so that nobody else can
name it; nothing is shared between sessions. Sessions that rest for an hour are forgotten, and the
longest resting go first when there are too many, so memory stays flat.
"""

import re
import shutil
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, get_args

from chat.markup import is_iso
from index.errors import QuestionError
from rag.archive import Archive
from rag.records import Answer, AnswerType

MAX_TURNS = 50
MAX_SESSIONS = 500
IDLE_SECONDS = 3600
ANSWER_TYPES: tuple[str, ...] = get_args(AnswerType)

_TOKEN = re.compile(r"[0-9a-f]{32}")


class LimitError(Exception):
    """A client asks for more than it may; the message says what and when it may again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask for.

    per_minute: questions a session a minute. address_per_minute: calls from one address a minute,
    over all its sessions. question: characters. files, file_bytes: of one upload.
    """

    per_minute: int = 60
    address_per_minute: int = 1200
    question: int = 1000
    files: int = 200
    file_bytes: int = 20_000_000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader fixed for a question; None leaves it to the question's own words.

    issuer: "" for any, whatever the question says. dates: "mine" when date_from and date_to stand
    for the dates of the question itself, so that they may be wider than its words, or open.
    threshold: the confidence below which the answer is withheld.
    """

    date_from: str | None = None
    date_to: str | None = None
    issuer: str | None = None
    answer_type: str | None = None
    as_of: str | None = None
    dates: str | None = None
    threshold: float | None = None

    @classmethod
    def of(cls, fields: Any) -> "Filters":
        """Filters from what a browser or a link sent, checked.

        Empty values count as not set, but for the issuer. Raises QuestionError with what would be right.
        """
        if not isinstance(fields, dict):
            raise QuestionError("The filters could not be read.")
        values: dict[str, str | None] = {}
        for name in (n for n in cls.__slots__ if n != "threshold"):
            value = fields.get(name)
            if value is not None and not isinstance(value, str):
                raise QuestionError("The filters could not be read.")
            values[name] = (value or "").strip()[:300] or None
        for name in ("date_from", "date_to", "as_of"):
            value = values[name]
            if value is not None and not is_iso(value):
                raise QuestionError("Dates are written 2019, 2019-09 or 2019-09-26.")
        if values["answer_type"] not in (None, *ANSWER_TYPES):
            raise QuestionError("This kind of question is not known.")
        if values["dates"] not in (None, "mine"):
            raise QuestionError("The filters could not be read.")
        if values["issuer"] is None and fields.get("issuer") is not None:
            values["issuer"] = ""
        return cls(**values, threshold=_share(fields.get("threshold")))

    def arguments(self) -> dict[str, Any]:
        """The same as keyword arguments of Archive.ask."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "dates"}


def _share(value: Any) -> float | None:
    """A number from 0 to 1, also as text; None for nothing."""
    if value is None or value == "":
        return None
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = -1.0
    if not 0 <= share <= 1:
        raise QuestionError("How sure an answer must be is a number from 0 to 1.")
    return share


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer.

    before: the number of the turn that it follows up on, or None for the first question.
    private: whether it was asked of the session's own files.
    """

    number: int
    question: str
    filters: Filters
    before: int | None
    answer: Answer
    private: bool = False


@dataclass(slots=True)
class Session:
    """One conversation: its turns, and the private archive of uploaded files, if any."""

    turns: OrderedDict[int, Turn] = field(default_factory=OrderedDict)
    next_number: int = 1
    last: int | None = None
    asked: deque[float] = field(default_factory=deque)
    private: Archive | None = None
    private_path: Path | None = None
    seen: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def keep(self, turn: Turn) -> None:
        """Remember a turn, forgetting the oldest beyond MAX_TURNS."""
        self.turns[turn.number] = turn
        self.last = turn.number
        self.next_number = max(self.next_number, turn.number + 1)
        while len(self.turns) > MAX_TURNS:
            self.turns.popitem(last=False)

    def clear(self) -> None:
        """Start the conversation anew; numbers go on, so that an old turn is never mistaken."""
        self.turns.clear()
        self.last = None

    def previous(self, number: int | None) -> Answer | None:
        """The answer that a follow-up on turn `number` builds on, or None."""
        turn = self.turns.get(number) if number is not None else None
        return turn.answer if turn else None

    def drop_private(self) -> None:
        """Delete the uploaded files and the archive built of them."""
        path, self.private, self.private_path = self.private_path, None, None
        if path is not None:
            shutil.rmtree(path, ignore_errors=True)


class Sessions:
    """All sessions of a server, by their secret."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._addresses: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._sessions)

    def get(self, token: Any) -> Session:
        """The session of this secret, begun when there is none. Raises LimitError on a bad one."""
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise LimitError("This page is out of date. Load it again.")
        now = self._clock()
        with self._lock:
            session = self._sessions.setdefault(token, Session())
            session.seen = now
            self._sessions.move_to_end(token)
            stale = self._stale(now)
        for old in stale:
            old.drop_private()
        return session

    def _stale(self, now: float) -> list[Session]:
        stale = []
        while self._sessions:
            token, session = next(iter(self._sessions.items()))
            if len(self._sessions) <= MAX_SESSIONS and now - session.seen < IDLE_SECONDS:
                break
            del self._sessions[token]
            stale.append(session)
        return stale

    def count_question(self, session: Session) -> None:
        """Count a question against the session's rate. Raises LimitError when it is too much."""
        with self._lock:
            _count(session.asked, self.limits.per_minute, self._clock())

    def count_call(self, address: str) -> None:
        """Count a call against the address's rate. Raises LimitError when it is too much."""
        with self._lock:
            calls = self._addresses.setdefault(address, deque())
            self._addresses.move_to_end(address)
            while len(self._addresses) > 10_000:
                self._addresses.popitem(last=False)
            _count(calls, self.limits.address_per_minute, self._clock())

    def close(self) -> None:
        """Forget every session and delete their private archives."""
        with self._lock:
            sessions = list(self._sessions.values())
            self._sessions.clear()
        for session in sessions:
            session.drop_private()


def _count(times: deque[float], limit: int, now: float) -> None:
    while times and now - times[0] >= 60.0:
        times.popleft()
    if len(times) >= limit:
        wait = max(1, round(60.0 - (now - times[0])))
        raise LimitError(f"That is more than {limit} a minute. Ask again in {wait} s.")
    times.append(now)
