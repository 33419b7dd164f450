"""Where in a page its own title stands again, below menus and banners: there the release begins."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index import boilerplate, labels
from index.furniture import is_trail
from index.institutions import is_only_name
from index.sheet import Sheet
from index.wording import CUT, flat, tidy

# Names under which a page of markup states its title, site names and all.
_WINDOW = ("item:title", "front:title", "headline", "og:title", "twitter:title", "title")
# Lines that are looked at; words that a title has at least; how much of the window's title it is.
_MOST_LINES, _LEAST_WORDS, _LEAST_SHARE = 600, 3, 0.3
_LEAST_UNSPACED = 10
# Lines over which a title is broken; words that one in other words has, and how many are the same.
_MOST_BROKEN, _LEAST_SHARED, _ALIKE = 3, 6, 0.8
# Sentences of banners that stand above a title, in characters, and how near below it the text begins.
_MOST_ABOVE, _NEAR = 600, 12
# So many lines below its title a teaser leads to its page.
_NEAR_TEASER = 3
_MORE = re.compile(
    r"\b(?:(?:read|see|learn) more|ler mais|leer más|lire la suite|weiterlesen)\s?: (?P<title>.+)",
    re.I,
)
# What parts a title from the name of its site behind it.
_SEAM = re.compile(r"\s*(?:[|–—·»«•:：｜]+|\s-{1,2}\s)\s*")
_NUMBERED = re.compile(r"[^\d]{3,40}\b(?:no|nr|n|n[º°])\.?\s?\d+(?:[/-]\d+)*", re.I)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# The site's start in the way to a page, and the last line in which that way is looked for.
_HOME = re.compile(
    r"(?:you are here:?\s*)?(?:home(?:page)?|accueil|acceuil|start(?:seite|sida)?|inicio|início|portada|forside|hem"
    r"|hjem|etusivu|strona główna)\b",
    re.I,
)
_LAST_TRAIL = 60


@lru_cache(maxsize=1)  # one page after the other is asked about, and may be large
def anchor_of(sheet: Sheet) -> tuple[int, ...]:
    """The lines that repeat the title in the page's first line, or in its metadata, which may add
    the name of the site; none when no such lines stand above the running text."""
    stated = sheet.values(*_WINDOW)
    names = [tidy(name) for name in stated if _is_long(name)]
    start = 0
    if not stated:
        first = next((n for n, line in enumerate(sheet.lines[:5]) if line.zone == "main"), 0)
        names = [tidy(line.text) for line in sheet.lines[first : first + 1]]
        start = first + 1
    found = []
    for index, name in _repeated(sheet, names, start):
        lines = _lines_beside(sheet, index, name)
        near = _lines_to_text(sheet, start, lines) if lines else None
        if lines and near is not None:
            found.append((near, lines))
    return min(found)[1] if found else _reworded(sheet, names, start)


def is_teaser(sheet: Sheet, index: int) -> bool:
    """Whether a line leads to another page, "see more: Ferry opens", or is what one near below it
    leads to."""
    text = sheet.lines[index].text
    near = sheet.lines[index : index + 1 + _NEAR_TEASER]
    leads = [_MORE.search(line.text) for line in near]
    return leads[0] is not None or any(lead and lead["title"].strip() == text for lead in leads)


def site_names(sheet: Sheet) -> frozenset[str]:
    """What the page says that its site is called, as names are compared."""
    return frozenset(map(flat, sheet.values("og:site_name")))


@lru_cache(maxsize=1)
def trail_of(sheet: Sheet) -> int:
    """The line of a dump of a page that tells the way to it from the site's start, "Home » News »
    May", when running text stands below it: the release begins there. -1 when none does."""
    lines = () if sheet.markup else sheet.lines[:_LAST_TRAIL]
    for index in range(len(lines) - 1, 0, -1):
        if _HOME.match(lines[index].text) and is_trail(lines[index].text):
            below = sheet.lines[index + 1 : index + 1 + _NEAR]
            return index if any(boilerplate.is_prose(line.text) for line in below) else -1
    return -1


def _lines_beside(sheet: Sheet, index: int, name: str) -> tuple[int, ...]:
    """The lines from `index` on, three at most, that together are the title in a name."""
    text = ""
    for stop in range(index, min(index + _MOST_BROKEN, len(sheet.lines))):
        text = f"{text} {sheet.lines[stop].text}".strip()
        if _is_beside(text, name):
            return tuple(range(index, stop + 1))
        if not flat(name).startswith(flat(text) + " "):
            break
    return ()


def _reworded(sheet: Sheet, names: list[str], start: int) -> tuple[int, ...]:
    """The line that says nearly the same as the title beside the name of a site."""
    names = [name for name in names if CUT.search(name) and not boilerplate.is_prose(name)]
    sites = site_names(sheet)
    pieces = [piece for name in names for piece in CUT.split(name) if flat(piece) not in sites]
    titles = [set(flat(_IN_BRACKETS.sub("", piece)).split()) for piece in pieces]
    titles = [words for words in titles if len(words) >= _LEAST_SHARED]
    for index in range(start, min(len(sheet.lines), _MOST_LINES) if titles else 0):
        line = sheet.lines[index]
        words = set(flat(line.text).split())
        if line.zone != "main" or len(words) < _LEAST_SHARED or boilerplate.is_prose(line.text):
            continue
        near = any(len(words & title) >= _ALIKE * min(len(words), len(title)) for title in titles)
        if (
            near
            and not is_only_name(line.text)
            and _lines_to_text(sheet, start, (index,)) is not None
        ):
            return (index,)
    return ()


def _is_long(text: str) -> bool:
    """Whether a title is more than the name of a section: three words, or as much without spaces."""
    return len(text.split()) >= _LEAST_WORDS or not text.isascii() and len(text) >= _LEAST_UNSPACED


def _repeated(sheet: Sheet, names: list[str], start: int) -> Iterator[tuple[int, str]]:
    """(line, name) of the lines whose first words stand in a name."""
    folded = [(name, name.casefold()) for name in names if len(name) <= 400]
    sites = site_names(sheet)
    for index in range(start, min(len(sheet.lines), _MOST_LINES) if folded else start):
        line = sheet.lines[index]
        if line.zone != "main" and line.level != 1:
            continue
        head = line.text[:12].casefold()
        within = [name for name, low in folded if head in low]
        if within and flat(line.text) not in sites and not is_teaser(sheet, index):
            yield from ((index, name) for name in within)


def _is_beside(text: str, name: str) -> bool:
    """Whether a line is a title, of which a name is no more than that beside the name of a site."""
    words = flat(text)
    if not _is_long(text) or labels.is_masthead(text) or is_only_name(text):
        return False
    if (
        labels.is_immediate(text)
        or labels.is_dated(text)
        or _NUMBERED.fullmatch(text)
        or text.endswith(":")
    ):
        return False
    whole = flat(name)
    if words == whole:
        return True
    if len(words) < _LEAST_SHARE * len(whole) or boilerplate.is_prose(text):
        return False
    if whole.startswith(words + " "):
        return _SEAM.match(name, len(text.rstrip())) is not None
    return whole.endswith(" " + words) and _SEAM.search(name[: -len(text)][-3:]) is not None


def _lines_to_text(sheet: Sheet, start: int, title: Sequence[int]) -> int | None:
    """How many lines below a title running text begins; None when none does near it, or when more
    than banners stand above it."""
    above = [line.text for line in sheet.lines[start : title[0]]]
    if sum(len(text) for text in above if _is_text(sheet, text)) > _MOST_ABOVE:
        return None
    below = sheet.lines[title[-1] + 1 : title[-1] + 1 + _NEAR]
    return next((n for n, line in enumerate(below) if _is_text(sheet, line.text)), None)


def _is_text(sheet: Sheet, text: str) -> bool:
    return boilerplate.is_prose(text) or sheet.wrapped and len(text) >= 50
