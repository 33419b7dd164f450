"""The release date of a page: an ordered cascade of small rules, strongest evidence first.

Every date on the page becomes a candidate of one rule, or another date of some kind. The strongest
candidate wins; those that disagree with it stay as conflicts. Nothing is completed and no clock is
read: a page that states no release date gets none.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.dates import Order, stamp_date
from index.datewords import Found, find_dated_words, scene_of
from index.labels import is_immediate
from index.layout import Part
from index.records import DatedBy, OtherDate
from index.sheet import Sheet

# The rules, strongest first. A letterhead is of the day of release; what a site says of its own
# posting may be years later, so it comes after the release's own words.
RULES = (
    "manifest",
    "record",
    "release_label",
    "letterhead",
    "masthead",
    "dateline",
    "front_matter",
    "feed",
    "published_label",
    "byline",
    "structured",
    "mail",
    "standing",
    "said_today",
    "listed",
    "dated_label",
    "meta_date",
    "signature",
    "stamp",
    "url",
    "titled",
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
    
)  # fmt: skip
# The same of the head of a page, where data have them for whether something is published at all.
_PUBLISHED_META = ("published", "published_at", "published_date", "publisheddate", "issued")
META_DATES = (
    "dc.date",
    "dcterms.date",
    "date",
    "dc.date.created",
    "datecreated",
    "uploaddate",
    "dcterms.created",
    "dcterms.available",
)
UPDATED = (
    "datemodified", "article:modified_time", "og:updated_time", "modified_time", "dc.date.modified",
    "dcterms.modified", "last-modified", "public_updated_at", "updated_at", "modified", "lastmod",
    "updated", "revised",
)  # fmt: skip

_FRONT = (
    "date", "published_time", "published", "publish_date", "release_date", "pubdate", "published_at",
    "publishdate", "date_published", "datum", "fecha",
)  # fmt: skip
# What else front matter calls the day of release: "pub_date", "dateline_str".
_FRONT_DATE = re.compile(
    r"front:(?:(?:pub(?:lish(?:ed|ing)?)?|release|post(?:ed)?|display|issued?|article|news|press)[-_ ]?)?date"
    r"(?:line|[-_ ](?:published|posted|issued))?(?:[-_ ](?:str(?:ing)?|text|display|formatted))?"
)
_UTC = re.compile(r"\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]00:?00)")
_LOCAL = frozenset({"byline", "standing", "dated_label", "masthead", "meta_date"})
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
    found = list(find_dated_words(scene_of(sheet, part, order, title_lines)))
    candidates = [*given, *_candidates(found), *_from_meta(sheet, part, order)]
    others = [*_others(found), *_other_meta(sheet, part, order)]
    return settle_dates(candidates, others)


def settle_dates(candidates: Sequence[DatedBy], others: Sequence[OtherDate]) -> Dating:
    """Order the candidates by rule, and let the first win.

    A candidate that states the same day more exactly replaces one that states only its month.
    """
    ranked = sorted(candidates, key=lambda c: RANK[c.rule])
    archived = {o.date for o in others if o.kind == "retrieved"}
    ranked = [c for c in ranked if not (c.rule == "meta_date" and c.value in archived)]
    ranked, unclear = _without_unclear(_local_day(_trust_metadata(ranked)))
    others = [*others, *unclear]
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


def _local_day(ranked: list[DatedBy]) -> list[DatedBy]:
    """A time of publication in UTC that is a day off another of the page's data, or a date in the
    header, is of that local day."""
    if not ranked or ranked[0].rule != "structured" or not _UTC.search(ranked[0].evidence):
        return ranked
    for candidate in ranked:
        if candidate.rule in _LOCAL and _days_apart(candidate.value, ranked[0].value) == 1:
            return [candidate, *(c for c in ranked if c is not candidate)]
    return ranked


def _days_apart(a: str, b: str) -> int | None:
    if len(a) < 10 or len(b) < 10:
        return None
    return abs((datetime.date.fromisoformat(a) - datetime.date.fromisoformat(b)).days)


def _without_unclear(ranked: list[DatedBy]) -> tuple[list[DatedBy], list[OtherDate]]:
    """Without dates that stand alone in a header where several do: a list, not a release date."""
    alone = {c.value for c in ranked if c.rule == "standing"}
    if len(alone) < 2:
        return ranked, []
    unclear = [OtherDate("unclear", c.value, c.evidence) for c in ranked if c.rule == "standing"]
    return [c for c in ranked if c.rule != "standing"], unclear


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _unique(others: Sequence[OtherDate]) -> list[OtherDate]:
    return list({(o.kind, o.date): o for o in reversed(others)}.values())[::-1]


def _candidates(found: Sequence[Found]) -> Iterator[DatedBy]:
    for one in sorted(found, key=_place(found)):
        if one.kind in RANK:
            yield DatedBy(one.mention.value, one.kind, one.evidence, one.start)


def _place(found: Sequence[Found]) -> Callable[[Found], tuple[bool, int, str]]:
    """Where a date counts as standing: beside "For release" first, which is the paper's own, not the
    site's; of two on lines of their own that touch the earlier, since a site posts what a paper is
    dated before."""
    alone = {one.line for one in found if one.kind in _ALONE}

    def place(one: Found) -> tuple[bool, int, str]:
        stands_alone = one.kind in _ALONE
        line = one.line - (stands_alone and one.line - 1 in alone)
        return not is_immediate(one.evidence), line, one.mention.value if stands_alone else ""

    return place


def _others(found: Sequence[Found]) -> Iterator[OtherDate]:
    for one in found:
        if one.kind not in RANK:
            yield OtherDate(one.kind, one.mention.value, one.evidence)


# Rules of dates that are lines of their own in a header.
_ALONE = frozenset({"byline", "masthead", "standing"})


# What the page says of itself --------------------------------------------------------------------


def _from_meta(sheet: Sheet, part: Part, order: Order | None) -> Iterator[DatedBy]:
    if part.start > 0:  # the second release of a page is not what its metadata are about
        return
    for rule, names in (
        ("front_matter", _front_names(sheet)),
        ("feed", ("item:published",)),
        ("structured", (*PUBLISHED, *_PUBLISHED_META)),
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


def _front_names(sheet: Sheet) -> tuple[str, ...]:
    """Under which names front matter may state the day of release, surest first."""
    known = ["front:" + name for name in _FRONT]
    more = [name for name, _ in sheet.meta if _FRONT_DATE.fullmatch(name)]
    return tuple(dict.fromkeys((*known, *more)))


def _other_meta(sheet: Sheet, part: Part, order: Order | None) -> Iterator[OtherDate]:
    if part.start > 0:
        return
    for name in UPDATED:
        for value in [*sheet.values(name), *sheet.values("front:" + name)]:
            day = stamp_date(value, order)
            if day:
                yield OtherDate("updated", day, f"{name}: {value}"[:160])
