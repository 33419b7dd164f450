"""The release date of a page: an ordered cascade of small rules, strongest evidence first.

Every date on the page becomes a candidate of one rule, or another date of some kind. The strongest
candidate wins; those that disagree with it stay as conflicts. Nothing is completed and no clock is
read: a page that states no release date gets none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import boilerplate, labels
from index.dates import Mention, Order, find_dates, find_partial, find_short, stamp_date
from index.institutions import is_name_line
from index.layout import Part, paragraph
from index.records import DatedBy, OtherDate
from index.sheet import Line, Sheet

# The rules, strongest first. A letterhead is of the day of release; what a site says of its own
# posting may be years later, so it comes after the release's own words.
RULES = (
    "manifest",
    "record",
    "release_label",
    "letterhead",
    "dateline",
    "front_matter",
    "feed",
    "published_label",
    "byline",
    "structured",
    "mail",
    "standing",
    "listed",
    "dated_label",
    "meta_date",
    "signature",
    "url",
)
# Rules that rest on what came with the page. What the page then states of itself is kept as an
# other date of the kind "stated", whether it agrees or not.
GIVEN = frozenset({"manifest", "record"})
RANK = {rule: rank for rank, rule in enumerate(RULES)}

# Names that sites give to the time of publication, and to that of the last change.
PUBLISHED = (
    "datepublished", "article:published_time", "og:published_time", "article.published",
    "published_time", "first_public_at", "first_published_at", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "parsely-pub-date", "sailthru.date", "publish_date",
    "publish-date", "pubdate", "publication_date", "publicationdate", "date_published",
    "article_date_original", "cxenseparse:recs:publishtime", "displaydate", "release_date",
    "datecreated", "uploaddate",
)  # fmt: skip
META_DATES = (
    "dc.date",
    "dcterms.date",
    "date",
    "dc.date.created",
    "dcterms.created",
    "dcterms.available",
)
UPDATED = (
    "datemodified", "article:modified_time", "og:updated_time", "modified_time", "dc.date.modified",
    "dcterms.modified", "last-modified", "public_updated_at", "updated_at", "modified", "lastmod",
    "updated", "revised",
)  # fmt: skip

# How far a letterhead's date may stand from "FOR IMMEDIATE RELEASE", in lines.
_REACH = 7
_NO_PLACE = frozenset(
    "on in since as by at from until am vom seit el le em il the today after before during im "
    "zum bis und and no na los las this that an a".split()
)
_CLOSES = re.compile(r"\s*[)\]]?\s*(?:[-–—:|•/]|\.(?:\s|$)|\)|$|\n)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


@dataclass(frozen=True, slots=True)
class Dating:
    """What was found out about a release's dates.

    dated: the winner, or None. conflicts: weaker candidates with another value, strongest first.
    others: dates of other kinds. trail: every candidate in order with its verdict, for --explain.
    """

    dated: DatedBy | None
    conflicts: tuple[DatedBy, ...]
    others: tuple[OtherDate, ...]
    trail: tuple[tuple[DatedBy, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A date with the line it stands in and the kind that its surroundings give it."""

    line: int
    mention: Mention
    kind: str
    evidence: str
    start: int | None


def date_release(
    sheet: Sheet,
    part: Part,
    order: Order | None,
    title_lines: frozenset[int],
    given: Sequence[DatedBy] = (),
) -> Dating:
    """The release date of one part of a page, with conflicts and other dates.

    given: candidates from outside of the words, such as a manifest's. title_lines: where the title
    stands, since a date beside it needs no label.
    """
    found = list(_found(sheet, part, order, title_lines))
    candidates = [*given, *_candidates(found), *_from_meta(sheet, part, order)]
    others = [*_others(found), *_other_meta(sheet, part, order)]
    return settle_dates(candidates, others)


def settle_dates(candidates: Sequence[DatedBy], others: Sequence[OtherDate]) -> Dating:
    """Order the candidates by rule, and let the first win.

    A candidate that states the same day more exactly replaces one that states only its month.
    """
    ranked = sorted(candidates, key=lambda c: RANK[c.rule])
    ranked = _trust_metadata(ranked)
    if not ranked:
        return Dating(None, (), tuple(_unique(others)), ())
    winner = ranked[0]
    own = next((c for c in ranked if c.rule not in GIVEN), None)
    if winner.rule in GIVEN and own:
        others = [OtherDate("stated", own.value, own.evidence), *others]
    finer = [
        c for c in ranked if c.value.startswith(winner.value) and len(c.value) > len(winner.value)
    ]
    if finer and winner.rule not in GIVEN:
        winner = finer[0]
    conflicts: dict[str, DatedBy] = {}
    trail = []
    for candidate in ranked:
        agrees = _agree(winner.value, candidate.value)
        verdict = (
            "wins"
            if candidate is winner
            else "agrees"
            if agrees
            else "loses: a stronger rule disagrees"
        )
        trail.append((candidate, verdict))
        if not agrees:
            conflicts.setdefault(candidate.value, candidate)
    return Dating(winner, tuple(conflicts.values()), tuple(_unique(others)), tuple(trail))


def _trust_metadata(ranked: list[DatedBy]) -> list[DatedBy]:
    """A date that merely stands beside the title and is later than the page's own time of
    publication announces an event: it is put after that."""
    structured = [c for c in ranked if c.rule == "structured"]
    if not structured or ranked[0].rule != "byline":
        return ranked
    if ranked[0].value > structured[0].value:
        return sorted(ranked, key=lambda c: (c.rule == "byline", RANK[c.rule]))
    return ranked


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _unique(others: Sequence[OtherDate]) -> list[OtherDate]:
    return list({(o.kind, o.date): o for o in reversed(others)}.values())[::-1]


def _candidates(found: Sequence[Found]) -> Iterator[DatedBy]:
    for one in found:
        if one.kind in RANK:
            yield DatedBy(one.mention.value, one.kind, one.evidence, one.start)


def _others(found: Sequence[Found]) -> Iterator[OtherDate]:
    for one in found:
        if one.kind not in RANK:
            yield OtherDate(one.kind, one.mention.value, one.evidence)


# The words of the page ---------------------------------------------------------------------------


def _found(
    sheet: Sheet, part: Part, order: Order | None, title_lines: frozenset[int]
) -> Iterator[Found]:
    lines = sheet.lines
    partial = _partial_dateline(sheet, part)
    immediate = [i for i in range(part.start, part.body) if labels.is_immediate(lines[i].text)]
    mastheads = [i for i in range(part.start, part.body) if labels.is_masthead(lines[i].text)]
    for index in range(part.start, part.stop):
        line = lines[index]
        mentions = _mentions(sheet, line, index, order, part)
        several = len({m.value for m in mentions}) > 1
        for mention in mentions:
            kind = _kind(sheet, part, index, mention, several, immediate, mastheads, title_lines)
            if kind == "signature" and partial and not mention.value.endswith(partial):
                kind = "event"
            yield Found(
                index, mention, kind, _evidence(sheet, index, mention), line.start + mention.start
            )
    if partial:
        line = lines[part.body]
        yield Found(part.body, Mention(0, 0, f"--{partial}"), "partial", line.text[:80], line.start)


def _mentions(
    sheet: Sheet, line: Line, index: int, order: Order | None, part: Part
) -> list[Mention]:
    mentions = find_dates(line.text, order)
    if not mentions and len(line.text) <= 60 and index < part.body:
        short = find_short(line.text, order)
        if short and (
            labels.kind_before(line.text[: short[0].start]) or _is_standing(line.text, short[0])
        ):
            return short
    if not mentions and sheet.wrapped and index == part.body:
        mentions = [
            m
            for m in find_dates(paragraph(sheet, index, part.stop)[:120], order)
            if m.start < len(line.text)
        ]
    if line.stamp and not mentions:
        value = stamp_date(line.stamp)
        return [Mention(0, len(line.text), value)] if value else []
    return mentions


def _kind(
    sheet: Sheet, part: Part, index: int, mention: Mention, several: bool,
    immediate: Sequence[int], mastheads: Sequence[int], title_lines: frozenset[int],
) -> str:  # fmt: skip
    """The rule of dating that fits the mention, or the kind of other date that it is."""
    line = sheet.lines[index]
    text = line.text
    labelled = _labelled(sheet, part, index, mention)
    if labelled in {"updated", "retrieved", "copyright"}:
        return labelled
    if boilerplate.is_banner(text):
        return "copyright" if "©" in text or "opyright" in text else "retrieved"
    if line.zone != "main":
        return "sidebar"
    if (
        index == part.body
        and index not in title_lines
        and _is_dateline(paragraph(sheet, index, part.stop), mention)
    ):
        return "dateline"
    header = index < part.body
    short = len(text) <= 160 and not boilerplate.is_prose(text)
    if labelled in {"released", "published"} and short and not several:
        return "release_label" if labelled == "released" else "published_label"
    if labelled == "event" or several or not short:
        return "event"
    if index >= part.end:
        return "signature" if _is_signed(sheet, part, index, mention) else "sidebar"
    if not header:
        return "signature" if _is_signed(sheet, part, index, mention) else "event"
    return _header_kind(sheet, part, index, mention, labelled, immediate, mastheads, title_lines)


def _header_kind(
    sheet: Sheet, part: Part, index: int, mention: Mention, labelled: str | None,
    immediate: Sequence[int], mastheads: Sequence[int], title_lines: frozenset[int],
) -> str:  # fmt: skip
    line = sheet.lines[index]
    standing = _is_standing(line.text, mention)
    if (
        immediate
        and (standing or index in immediate)
        and min(abs(index - i) for i in immediate) <= _REACH
    ):
        return "letterhead"
    if labelled == "dated":
        return "event" if _beside_place(sheet, part, index) else "dated_label"
    if not standing:
        return "event"
    if any(abs(index - i) <= 3 for i in mastheads):
        return "letterhead"
    near = any(abs(index - i) <= 2 for i in title_lines)
    if near and not line.text.startswith(("(", "[")):
        return "byline"
    return "standing"


def _labelled(sheet: Sheet, part: Part, index: int, mention: Mention) -> labels.Kind | None:
    before = sheet.lines[index].text[: mention.start]
    if before.strip(" \t,;([{|•·*_-–—"):
        kind = labels.kind_before(before)
        if kind in {"released", "published"} and not _opens_line(sheet, part, index, before):
            return "event"
        if kind or labels.residue(before):
            return kind
    if index > part.start:
        return labels.is_label(sheet.lines[index - 1].text)
    return None


def _opens_line(sheet: Sheet, part: Part, index: int, before: str) -> bool:
    """Whether the words before a date are a label of their own rather than the end of a sentence."""
    if len(labels.residue(before).split()) > 5 or before[0].islower():
        return False
    if index <= part.body or not sheet.wrapped or sheet.lines[index].gap:
        return True
    return before.rstrip().endswith(":") or len(sheet.lines[index - 1].text) < 40


def _is_standing(text: str, mention: Mention) -> bool:
    """Whether the line is little more than the date: "Wednesday, February 15, 2017"."""
    rest = labels.residue(text[: mention.start] + " | " + text[mention.end :])
    return len(rest) <= 30 and len(rest.split()) <= 4


def _is_dateline(text: str, mention: Mention) -> bool:
    """Whether running text opens with place and date: "LIMA, 3 May 2019 – …"."""
    if mention.start > 70 or not _CLOSES.match(text[mention.end : mention.end + 4] or "\n"):
        return False
    words = re.findall(r"[^\W\d_][\w.’']*", labels.residue(text[: mention.start]))
    if not all(
        word[0].isupper() or word in {"de", "del", "der", "den", "am", "la"} for word in words
    ):
        return False
    if any(word.lower() in _NO_PLACE for word in words if word not in {"am", "la"}):
        return False
    return bool(words) or text[mention.end :].lstrip(" )]")[:1] in {"-", "–", "—", "|"}


def _partial_dateline(sheet: Sheet, part: Part) -> str | None:
    """Month and day ("05-14") of a dateline without a year, or None."""
    if part.body >= part.stop:
        return None
    text = paragraph(sheet, part.body, part.stop)[:90]
    for mention in find_partial(text):
        if _is_dateline(text, mention):
            return mention.value[2:]
    return None


def _is_signed(sheet: Sheet, part: Part, index: int, mention: Mention) -> bool:
    """Whether the line dates the text as a whole: a date of its own near the end, beside a name in
    capitals or the name of a public body."""
    lines = sheet.lines
    if index < part.end - 10 or index <= part.body or not _is_standing(lines[index].text, mention):
        return False
    if index >= part.end + 4 or not mention.full:
        return False
    near = [i for i in (index - 1, index - 2, index + 1, index + 2) if part.body < i < part.stop]
    names = [lines[i].text.rstrip(",") for i in near]
    return any(name.isupper() and len(name) > 4 or is_name_line(name) for name in names)


def _beside_place(sheet: Sheet, part: Part, index: int) -> bool:
    """Whether the lines round a "Date:" give a time or a venue, so that it is an event's date."""
    near = sheet.lines[max(part.start, index - 3) : min(part.stop, index + 4)]
    return any(
        re.match(
            r"(?:time|where|venue|location|when|uhrzeit|hora|heure|lieu|lugar|local)\s*:",
            n.text,
            re.I,
        )
        for n in near
    )


def _evidence(sheet: Sheet, index: int, mention: Mention) -> str:
    text = sheet.lines[index].text
    if not 0 <= mention.start < mention.end:
        return text[:120]
    label = (
        sheet.lines[index - 1].text
        if index and labels.is_label(sheet.lines[index - 1].text)
        else ""
    )
    low = max(0, mention.start - 60)
    if mention.start <= 60:
        low = 0
    words = text[low : mention.end]
    return f"{label} {words}" if label and not labels.residue(text[: mention.start]) else words


# What the page says of itself --------------------------------------------------------------------


def _from_meta(sheet: Sheet, part: Part, order: Order | None) -> Iterator[DatedBy]:
    if part.start > 0:  # the second release of a page is not what its metadata are about
        return
    for rule, names in (
        (
            "front_matter",
            (
                "front:date",
                "front:published_time",
                "front:published",
                "front:publish_date",
                "front:release_date",
                "front:pubdate",
            ),
        ),
        ("feed", ("item:published",)),
        ("structured", PUBLISHED),
        ("mail", ("mail:date",)),
        ("meta_date", META_DATES),
    ):
        for name in names:
            for value in sheet.values(name):
                day = stamp_date(value, order)
                if day:
                    yield DatedBy(day, rule, f"{name.removeprefix('front:')}: {value}"[:160])
    match = _URL_DAY.search(sheet.url or "")
    if match and sheet.url:
        day = stamp_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
        if day:
            yield DatedBy(day, "url", sheet.url[:200])


def _other_meta(sheet: Sheet, part: Part, order: Order | None) -> Iterator[OtherDate]:
    if part.start > 0:
        return
    for name in UPDATED:
        for value in [*sheet.values(name), *sheet.values("front:" + name)]:
            day = stamp_date(value, order)
            if day:
                yield OtherDate("updated", day, f"{name}: {value}"[:160])
