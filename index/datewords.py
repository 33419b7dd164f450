"""The dates in a page's words: which rule of dating each fits, by what stands round it.

A label decides first, then the place: a letterhead, a dateline, a line of its own beside the title,
the end of the text. A date that fits no rule keeps the kind of date that it is: an event in running
text, an update, a copyright, a sidebar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from index import boilerplate, labels
from index.anchoring import trail_of
from index.closing import ends_byline, is_signed, is_standing
from index.datelines import is_dateline
from index.dates import Mention, Order, find_dates, find_partial, find_short, stamp_date
from index.layout import Part, goes_on, paragraph
from index.sheet import Line, Sheet

# How far a letterhead's date may stand from "FOR IMMEDIATE RELEASE", a masthead or the title.
_REACH, _MASTHEAD_REACH, _TITLE_REACH, _STANDING_REACH = 7, 3, 2, 6
# What precedes the date of a proclamation or an order.
_WITNESS = re.compile(
    r"\b(?:in (?:testimony|witness) whereof|hereunto set my hand"
    r"|(?:done|given|signed|dated|ordered|executed)\s(?:on\s)?(?:at|in|this|under)\b)",
    re.I,
)
_STAMP = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d)?\S{0,6}")
_RUN_IN = re.compile(
    r"\b(?:(?:press|news|media) (?:release|statement|notice)|pressemitteilung|medienmitteilung"
    r"|presseinformation|comunicado(?: de prensa)?|nota de prensa|communiqué(?: de presse)?"
    r"|comunicato stampa|persbericht|nota à imprensa)\b",
    re.I,
)
_EMBARGO = re.compile(r"\bembargo(?:ed)?\b", re.I)
_VENUE = re.compile(
    r"(?:time|where|venue|location|when|uhrzeit|hora|heure|lieu|lugar|local)\s*:", re.I
)
# A label above a date that tells when somebody met.
_SESSION = re.compile(
    r"\b(?:session|meeting|hearing|sitting|sesi[óo]n|reuni[óo]n|audiencia|s[ée]ance|r[ée]union"
    r"|sitzung|tagung|anhörung|sess[ãa]o|reuni[ãa]o|audi[êe]ncia|riunione|seduta|vergadering)\b"
    r"[^:]*:\s*$",
    re.I,
)
# A text says in so many of its first lines and characters which day is its own.
_BYLINES = 3
_LEAD, _EARLY = 3, 600
_BRACKETED = re.compile(r"\(\d{1,2}[/.-]\d{1,2}[/.-]\d\d\)")
# What follows a date that runs into the text, and a date in figures at the beginning of a line.
_CAPITAL = re.compile(r"\s+[\"“«„‚]?[A-ZÀ-Þ]")
_FIGURES = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}\s")
# Where or by whom something was posted, behind the day.
_WHERE_POSTED = re.compile(r"\s*(?:[|•·]|(?:in|by|under|to)\s[A-Z])")
# What the clock of a site says of its time.
_CLOCK = re.compile(
    r"\blocal time\b|\btime now\b|\bcurrent time\b|\bhora (?:local|actual)\b|\bheure locale\b"
    r"|\bortszeit\b|\bora locale\b|\blokale tijd\b",
    re.I,
)
_OTHER_KINDS = frozenset({"updated", "retrieved", "copyright"})


@dataclass(frozen=True, slots=True)
class Found:
    """A date with the line it stands in and the rule it fits, or the kind of other date it is."""

    line: int
    mention: Mention
    kind: str
    evidence: str
    start: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds the dates of one part of a page.

    titles, immediate, mastheads: numbers of the header's lines with the title, with "For immediate
    release", and with no more than "Press release". related: the line below the release's words
    from which on other pages are listed.
    """

    sheet: Sheet
    part: Part
    order: Order | None
    titles: frozenset[int]
    immediate: tuple[int, ...]
    mastheads: tuple[int, ...]
    related: int

    def text(self, index: int) -> str:
        """The words of a line."""
        return self.sheet.lines[index].text


def scene_of(sheet: Sheet, part: Part, order: Order | None, titles: frozenset[int]) -> Scene:
    """The surroundings of a part's dates."""
    header = range(part.start, part.body)
    immediate = tuple(i for i in header if labels.is_immediate(sheet.lines[i].text))
    mastheads = tuple(i for i in header if labels.is_masthead(sheet.lines[i].text))
    below = range(part.end, part.stop)
    related = next((i for i in below if _heads_list(sheet.lines[i].text)), part.stop)
    return Scene(sheet, part, order, titles, immediate, mastheads, related)


def _heads_list(text: str) -> bool:
    return boilerplate.is_list_head(text) or boilerplate.is_related(text)


def find_dated_words(scene: Scene) -> Iterator[Found]:
    """Every date in the part's words, in order; a dateline without a year comes last."""
    partial = _partial_dateline(scene)
    for index in range(scene.part.start, scene.part.stop):
        line = scene.sheet.lines[index]
        mentions = _mentions(scene, index)
        kinds = [_labelled(scene, index, mentions, n) for n in range(len(mentions))]
        bare = {
            m.value for m, kind in zip(mentions, kinds, strict=True) if kind not in _OTHER_KINDS
        }
        for mention, label in zip(mentions, kinds, strict=True):
            kind = _kind(scene, index, mention, label, len(bare) > 1)
            if kind == "signature" and partial and not mention.value.endswith(partial):
                kind = "event"
            words = _evidence(scene, index, mention)
            yield Found(index, mention, kind, words, line.start + mention.start)
    yield from _printed_stamps(scene)
    if partial:
        line = scene.sheet.lines[scene.part.body]
        mention = Mention(0, 0, f"--{partial}")
        yield Found(scene.part.body, mention, "partial", line.text[:80], line.start)


def _printed_stamps(scene: Scene) -> Iterator[Found]:
    """The first of two machine's times below the text, on lines of their own: the page's hidden
    data as dumps print them, its publication and its last change."""
    lines = scene.sheet.lines
    for index in range(scene.part.body, min(scene.part.stop, len(lines)) - 1):
        here, below = (_STAMP.fullmatch(lines[i].text) for i in (index, index + 1))
        if here and below and here[1] <= below[1] and (value := stamp_date(here[1])):
            mention = Mention(0, len(lines[index].text), value)
            yield Found(index, mention, "stamp", lines[index].text, lines[index].start)
            return


def _mentions(scene: Scene, index: int) -> list[Mention]:
    line = scene.sheet.lines[index]
    found = find_dates(line.text, scene.order)
    if not found and len(line.text) <= 60 and index < scene.part.body:
        short = find_short(line.text, scene.order)
        if short and (
            labels.kind_before(line.text[: short[0].start]) or is_standing(line.text, short[0])
        ):
            return short
    if not found and index == scene.part.body and _BRACKETED.search(line.text[:_EARLY]):
        short = find_short(line.text[:_EARLY], scene.order)
        if short and _of_today(line.text, short[0]):
            return short[:1]
    if not found and scene.sheet.wrapped and index == scene.part.body:
        top = find_dates(paragraph(scene.sheet, index, scene.part.stop)[:120], scene.order)
        return [mention for mention in top if mention.start < len(line.text)]
    if line.stamp and not found and (value := stamp_date(line.stamp)):
        return [Mention(0, len(line.text), value)]
    return found


def _labelled(scene: Scene, index: int, mentions: list[Mention], number: int) -> labels.Kind | None:
    """What the words between the date and the one before it say it is, or the line above."""
    if _is_clock(scene, index, mentions[number]):
        return "retrieved"
    low = mentions[number - 1].end if number else 0
    before = scene.text(index)[low : mentions[number].start]
    if before.strip(" \t,;([{|•·*_-–—"):
        kind = labels.kind_before(before)
        opens = _opens_line(scene, index, before, mentions[number].end)
        if kind in {"released", "published"} and not opens:
            return "event"
        if kind or labels.residue(before):
            return kind
    if not number and index > scene.part.start:
        return labels.is_label(scene.text(index - 1))
    return None


def _is_clock(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether a date is that of a site's clock, which says so behind it or in the line below."""
    lines = scene.sheet.lines
    after = lines[index].text[mention.end :]
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return any(len(text) <= 60 and _CLOCK.search(text) for text in (after, below))


def _opens_line(scene: Scene, index: int, before: str, end: int) -> bool:
    """Whether the words before a date are a label of their own rather than the end of a sentence."""
    if _EMBARGO.search(before) and index < scene.part.body:
        return True
    if labels.is_sent(before) and len(before) <= 120:
        return True
    if len(labels.residue(before).split()) > 5:
        return False
    if before[0].islower() and index >= scene.part.body:
        return False
    after = scene.text(index)[end : end + 20]
    if len(before.split()) > 2 and re.match(r"\s+(?!by\b|at\b)[a-zß-ÿ]{2}", after):
        return False
    if index <= scene.part.body or not scene.sheet.wrapped or scene.sheet.lines[index].gap:
        return True
    return before.rstrip().endswith(":") or len(scene.text(index - 1)) < 40


def _kind(
    scene: Scene, index: int, mention: Mention, label: labels.Kind | None, several: bool
) -> str:
    """The rule of dating that fits the mention, or the kind of other date that it is."""
    line, part = scene.sheet.lines[index], scene.part
    if _is_said(scene, index, mention):
        return "said_today"
    if label in _OTHER_KINDS:
        return str(label)
    if line.zone != "main":
        return _outside(line)
    if index >= scene.related or part.start == 0 and index < trail_of(scene.sheet):
        return "sidebar"
    if opens := _opens_text(scene, index, mention):
        return opens
    if index <= part.body and _after_masthead(line.text[: mention.start]):
        return "masthead"
    short = len(line.text) <= 160 and not boilerplate.is_prose(line.text)
    if index >= part.body and _WITNESS.search(line.text[: mention.start]):
        return "signature"
    short_label = short or _EMBARGO.search(line.text) or _runs_into_text(scene, index, mention)
    if label in {"released", "published"} and short_label:
        return "release_label" if label == "released" else "published_label"
    if label == "event" or several or not short:
        return "event"
    if index < part.body:
        return _header_kind(scene, index, mention, label)
    return _body_kind(scene, index, mention)


def _runs_into_text(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether when and where something was posted stands at the start of the line of its text:
    "Posted on Nov 15, 2015 in Latest News LIMA — The"."""
    text = scene.text(index)
    within = index <= scene.part.body and mention.full and mention.start <= 30
    return within and _WHERE_POSTED.match(text, mention.end) is not None


def _body_kind(scene: Scene, index: int, mention: Mention) -> str:
    """The rule that fits a date in a short line of the text or below it, or its kind."""
    part = scene.part
    if index < part.body + _BYLINES and ends_byline(scene.text(index), mention):
        return "byline"
    if is_signed(scene.sheet, part, scene.order, index, mention):
        return "signature"
    return "sidebar" if index >= part.end else "event"


def _outside(line: Line) -> str:
    if boilerplate.is_banner(line.text):
        return "copyright" if boilerplate.is_copyright(line.text) else "retrieved"
    return "sidebar"


def _is_said(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether one of the first sentences calls a day its own; a clock of the page has no sentence."""
    line, body = scene.sheet.lines[index], scene.part.body
    lead = body <= index < body + _LEAD and line.zone == "main"
    after = line.text[mention.end :]
    sentence = len(line.text[: mention.start].split()) > 2 or boilerplate.is_prose(after)
    return lead and sentence and _of_today(line.text, mention)


def _of_today(text: str, mention: Mention) -> bool:
    before = text[: mention.start]
    return mention.full and len(before) <= _EARLY and labels.is_today(before)


def _heads_text(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether a full date runs into the text that it heads: after no more than a label ("date
    2019-05-03 The bridge"), or in figures below a heading, as no other paragraph's ("3.5.2019 The")."""
    line, part = scene.sheet.lines[index], scene.part
    if not mention.full or not _CAPITAL.match(line.text, mention.end):
        return False
    if mention.start:
        label = labels.is_label(line.text[: mention.start].strip())
        return index == part.body and label in {"dated", "published", "released"}
    if not part.body < index < part.end:
        return False
    above = scene.sheet.lines[index - 1]
    heads = len(above.text) <= 120 and not boilerplate.is_prose(above.text)
    if not above.level and not (heads and index < part.body + _BYLINES + _LEAD):
        return False
    if not _FIGURES.match(line.text):
        return False
    # from the line outwards: of many such the next one is near
    others = chain(range(index - 1, part.body - 1, -1), range(index + 1, part.end))
    return not any(_FIGURES.match(scene.text(i)) for i in others)


def _after_masthead(before: str) -> bool:
    """Whether the words before a date are a masthead that runs into the text, with its number and
    a place at most: "State Chancellery - Press release No. 5/02 Magdeburg,"."""
    match = _RUN_IN.search(before) if len(before) <= 160 else None
    return match is not None and len(labels.residue(before[match.end() :]).split()) <= 3


def _opens_text(scene: Scene, index: int, mention: Mention) -> str | None:
    """The rule of a date that the text begins with, or that runs into the text that it heads."""
    if index in scene.titles:
        return None
    body = index == scene.part.body
    if body and is_dateline(paragraph(scene.sheet, index, scene.part.stop), mention):
        return "dateline"
    if not _heads_text(scene, index, mention):
        return None
    return "dated_label" if mention.start else "byline"


def _header_kind(scene: Scene, index: int, mention: Mention, label: labels.Kind | None) -> str:
    line = scene.sheet.lines[index]
    if goes_on(scene.sheet, index):
        return "event"
    around = line.text[: mention.start], line.text[mention.end :]
    standing = is_standing(line.text, mention) or labels.is_numbered_paper(*around)
    if standing or index in scene.immediate:
        if _near(index, scene.immediate, _REACH):
            return "letterhead"
    if label == "dated" and _beside_venue(scene, index) or _of_session(scene, index):
        return "event"
    if label == "dated":
        above = any(0 < index - mark <= _MASTHEAD_REACH for mark in scene.mastheads)
        return "masthead" if above and standing else "dated_label"
    if index in scene.titles and _before_title(line.text, mention):
        return "byline"
    if (line.level or index in scene.titles) and mention.full and labels.is_dated_paper(*around):
        return "titled"
    if not standing or index in scene.titles and not labels.is_issue(line.text[: mention.start]):
        return "event"
    if _near(index, scene.mastheads, _MASTHEAD_REACH):
        return "masthead"
    if _near(index, scene.titles, _TITLE_REACH) and not line.text.startswith(("(", "[")):
        return "byline"
    if index == _above_body(scene):
        return "byline"
    far = scene.titles and index < min(scene.titles) - _STANDING_REACH
    return "sidebar" if far else "standing"


def _of_session(scene: Scene, index: int) -> bool:
    """Whether the line above says that the date is of a meeting: "Date of the session:"."""
    return index > 0 and bool(_SESSION.search(scene.sheet.lines[index - 1].text))


def _before_title(text: str, mention: Mention) -> bool:
    """Whether a full date opens the line of a title: "May 3, 2019: Arrests in Riverton"."""
    return (
        not mention.start
        and mention.full
        and re.match(r"\s*[:|]\s", text[mention.end :]) is not None
    )


def _above_body(scene: Scene) -> int:
    """The line of the header that stands next above the running text, furniture aside."""
    index = scene.part.body - 1
    while index > scene.part.start and scene.sheet.lines[index].zone != "main":
        index -= 1
    return index


def _near(index: int, marks: tuple[int, ...] | frozenset[int], reach: int) -> bool:
    return any(abs(index - mark) <= reach for mark in marks)


def _partial_dateline(scene: Scene) -> str | None:
    """Month and day ("05-14") of a dateline without a year, or None."""
    if scene.part.body >= scene.part.stop:
        return None
    text = paragraph(scene.sheet, scene.part.body, scene.part.stop)[:90]
    for mention in find_partial(text):
        if is_dateline(text, mention):
            return mention.value[2:]
    return None


def _beside_venue(scene: Scene, index: int) -> bool:
    """Whether the lines round a "Date:" give a time or a venue, so that it is an event's date."""
    low, high = max(scene.part.start, index - 3), min(scene.part.stop, index + 4)
    return any(_VENUE.match(line.text) for line in scene.sheet.lines[low:high])


def _evidence(scene: Scene, index: int, mention: Mention) -> str:
    """The date with the words before it in its line, or with the label in the line above."""
    text = scene.text(index)
    if not 0 <= mention.start < mention.end:
        return text[:120]
    words = text[0 if mention.start <= 60 else mention.start - 60 : mention.end]
    above = scene.text(index - 1) if index > scene.part.start else ""
    labelled = labels.is_label(above) and not labels.residue(text[: mention.start])
    return f"{above} {words}" if labelled else words
