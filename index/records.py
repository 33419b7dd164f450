"""The nouns of index/: pages, releases and chunks, as immutable values.

A page is one file or record as it came; a release is one statement with its own title, issuer and
date; a chunk is a span of one release that is embedded and retrieved. Spans are half-open character
(code point) ranges: `release.text[chunk.span.start:chunk.span.end]` is the chunk's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range [start, end) in characters of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers: `Span(0, 3).of("today") == "tod"`."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character: not where one ends as the other begins."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One file or record as it came.

    source: path relative to the corpus, with `!member` for a file inside a container and `#n` for
        the n-th record (from 1) of a file of many records.
    sha256: of the page's bytes, in hexadecimal.
    content: the bytes of a file, or None for a record (a line of JSONL, a row of CSV).
    format: what reading.py took it for: "text", "markdown", "html", "pdf", "docx", "eml", "feed",
        "json", "record".
    record: the fields of a record, else empty.
    override: what a manifest.csv in the corpus says of this file (title, issuer, date, url: any
        subset), stronger than the page itself.
    """

    source: str
    sha256: str
    content: bytes | None
    format: str
    record: Mapping[str, Any] = field(default_factory=dict)
    override: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skip:
    """A page that was not used, and why; counted and reported, never silent."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date as a page states it, with the evidence that it rests on.

    value: ISO at the precision that is stated: "2019-09-26", "2019-09" or "2019"; never completed.
    rule: the name of the rule of dating.py that found it; evidence: the words it rests on.
    start: where the evidence stands in the page's decoded text, or None when it does not stand
        there (a manifest, a URL).
    """

    value: str
    rule: str
    evidence: str
    start: int | None = None

    @property
    def precision(self) -> Precision:
        """How much of the date is stated: `DatedBy("2019-09", …).precision == "month"`."""
        return precision_of(self.value)


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A date on the page that is not the release date: "updated", "event", "retrieved", …"""

    kind: str
    date: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Release:
    """One statement with its own title, issuer and date: the unit that is cited.

    title, issuer, url, language: as stated, or None where nothing states them.
    dated: the release date with its evidence, or None when the page states none.
    text: the release's own words, boilerplate removed, otherwise verbatim.
    sources: every page that carries these same words, the first being the one cited.
    version_of: release_id of the earlier version that this one corrects or updates, or None.
    span: where it stands in its page, from its title to the last of its own words, in characters of
        `extraction.page_text` (of a text file: of the decoded file); None for a record and for an
        item of a feed or of JSON, which its number tells.
    """

    release_id: str
    source: str
    source_sha256: str
    title: str | None
    issuer: str | None
    url: str | None
    language: str | None
    dated: DatedBy | None
    text: str
    date_conflicts: tuple[DatedBy, ...] = ()
    other_dates: tuple[OtherDate, ...] = ()
    sources: tuple[str, ...] = ()
    version_of: str | None = None
    span: Span | None = None

    @property
    def date(self) -> str | None:
        """The release date in ISO at its stated precision, or None when none is stated."""
        return self.dated.value if self.dated else None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of one release that is embedded and retrieved."""

    release_id: str
    number: int
    span: Span


def precision_of(value: str) -> Precision:
    """The precision of an ISO date by its length: "2019" year, "2019-09" month, else day."""
    if len(value) == 4:
        return "year"
    return "month" if len(value) == 7 else "day"


def release_to_dict(release: Release) -> dict[str, Any]:
    """The release record of `dateline releases`, ready for JSON (keys as in the README)."""
    return {
        "release_id": release.release_id,
        "source": release.source,
        "source_sha256": release.source_sha256,
        "title": release.title,
        "issuer": release.issuer,
        "url": release.url,
        "language": release.language,
        "date": release.date,
        "date_rule": release.dated.rule if release.dated else None,
        "date_evidence": release.dated.evidence if release.dated else None,
        "date_conflicts": [
            {"date": c.value, "rule": c.rule, "evidence": c.evidence}
            for c in release.date_conflicts
        ],
        "other_dates": [
            {"kind": o.kind, "date": o.date, "evidence": o.evidence} for o in release.other_dates
        ],
        "sources": list(release.sources),
        "version_of": release.version_of,
        "span": [release.span.start, release.span.end] if release.span else None,
        "text": release.text,
    }
