"""An archive that can be read by eye: it looks for the last word of the question.

"Who spoke of extradition?" is answered by every release that has the word "extradition", by date,
each with the line around it; one question in the form "… over time …" gives a timeline, and "… by
Bureau …" is bound to that issuer. Of "… perhaps …" it is not sure enough. Nothing is found of a
word that stands nowhere.
"""

import re
from collections.abc import Sequence

from index.database import Listed
from index.records import Chunk, Release, Span
from rag.archive import Considered, Explanation, Summary
from rag.records import Answer, AnswerType, Bounds, Citation, Hit, Near, Query


class FakeArchive:
    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = {r.release_id: r for r in releases}
        self.embedded = 1.0
        self.asked: list[dict[str, object]] = []

    def ask(
        self,
        question: str,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        issuer: str | None = None,
        answer_type: AnswerType | None = None,
        as_of: str | None = None,
        after: Answer | None = None,
        threshold: float | None = None,
    ) -> Answer:
        self.asked.append({"question": question, "after": after, "date_from": date_from})
        self.asked[-1] |= {"issuer": issuer, "threshold": threshold}
        if issuer is None and "by Bureau" in question:
            issuer = "Bureau"
        kind = answer_type or ("timeline" if "over time" in question else "what")
        query = Query(
            question,
            question,
            kind,
            Bounds(date_from, date_to),
            issuers=(issuer,) if issuer else (),
            inherited=("subject",) if after and question.startswith("And") else (),
        )
        found = self._found(question, after if query.inherited else None)
        kept = [
            r
            for r in found
            if issuer in (None, "", r.issuer) and (r.date or "") >= (date_from or "")
        ]
        citations = tuple(
            self._cite(n, r, s)
            for n, (r, s) in enumerate(((r, self._span(r, question)) for r in kept), 1)
        )
        if kind not in ("timeline", "list"):
            citations = citations[:2]
        near = tuple(
            Near(r.release_id, r.title, r.issuer, r.date, 0.5)
            for r in list(self.releases.values())[:3]
        )
        if not citations:
            reason = "outside_dates" if found else "out_of_corpus"
            return Answer(
                question, False, reason, 0.1, "The archive does not say.", query, (), near, 2.0
            )
        if "perhaps" in question:
            text = "The archive does not say."
            withheld = citations
            return Answer(question, False, "not_stated", 0.4, text, query, (), near, 2.0, withheld)
        text = "\n".join(f"“{c.quote}” [{c.marker}]" for c in citations)
        return Answer(
            question, True, None, 0.9, text, query, citations, near, 2.0, embedded=self.embedded
        )

    def _word(self, question: str) -> str:
        return re.findall(r"\w+", question)[-1]

    def _found(self, question: str, after: Answer | None) -> list[Release]:
        word = self._word(after.question if after else question)
        found = [r for r in self.releases.values() if word.casefold() in r.text.casefold()]
        return sorted(found, key=lambda r: (r.date is None, r.date or ""))

    def _span(self, release: Release, question: str) -> Span:
        at = max(0, release.text.casefold().find(self._word(question).casefold()))
        start = release.text.rfind("\n", 0, at) + 1
        end = release.text.find("\n", at)
        return Span(start, min(start + 400, end if end >= 0 else len(release.text)))

    def _cite(self, marker: int, r: Release, span: Span) -> Citation:
        return Citation(
            marker,
            r.release_id,
            r.title,
            r.issuer,
            r.date,
            r.url,
            r.source,
            span.of(r.text),
            span.start,
            span.end,
        )

    def explain(self, question: str, **kwargs: object) -> Explanation:
        answer = self.ask(question, **kwargs)
        return Explanation(
            answer,
            tuple(
                Considered(
                    c.release_id,
                    c.title,
                    c.date,
                    c.quote,
                    c.start,
                    c.end,
                    0.9,
                    {"dense": 0.5, "lexical": 7.25},
                    "given",
                )
                for c in answer.citations
            ),
        )

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        date_from: str | None = None,
        date_to: str | None = None,
        issuer: str | None = None,
    ) -> list[Hit]:
        found = self._found(question, None)[:k]
        return [
            Hit(Chunk(r.release_id, 0, self._span(r, question)), 1 / n, n, 0.5, 7.25)
            for n, r in enumerate(found, 1)
        ]

    def release(self, release_id: str) -> Release:
        return self.releases[release_id]

    def versions(self, release_id: str) -> list[Listed]:
        """The release with the one it is a version of and the ones that are versions of it."""
        earlier = self.releases[release_id].version_of
        family = [r for r in self.releases.values() if r.version_of == release_id]
        family += [r for r in self.releases.values() if r.release_id in (release_id, earlier)]
        return [_listed(r) for r in sorted(family, key=lambda r: r.date or "9999")]

    def listing(self) -> list[Listed]:
        return [_listed(r) for r in self.releases.values()]

    def summary(self) -> Summary:
        dates = sorted(r.date for r in self.releases.values() if r.date)
        issuers = tuple(sorted({r.issuer for r in self.releases.values() if r.issuer}))
        undated = sum(r.date is None for r in self.releases.values())
        return Summary(
            len(self.releases),
            undated,
            dates[0] if dates else None,
            dates[-1] if dates else None,
            issuers,
            9,
            self.embedded,
        )

    threshold = 0.8

    def thresholds(self) -> list[tuple[float, float, float, float]]:
        return [(0.3, 0.4, 0.5, 0.9), (0.8, 0.05, 0.07, 0.3)]


def _listed(r: Release) -> Listed:
    return Listed(
        r.release_id,
        r.title,
        r.issuer,
        r.date,
        r.dated.rule if r.dated else None,
        len(r.date_conflicts),
        r.source,
        r.url,
        len(r.text),
    )
