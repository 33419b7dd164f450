"""The lines above a text that may be its title: which, how they join, how much they look like one."""

import re
from collections.abc import Iterator, Sequence

from index import boilerplate, labels
from index.anchoring import is_teaser, trail_of
from index.dates import find_dates
from index.furniture import is_trail
from index.institutions import is_only_name
from index.layout import Part, goes_on, is_furniture
from index.mentions import is_institution
from index.senders import sent_by
from index.sheet import Sheet
from index.wording import flat, tidy

LONGEST_TITLE = 400
# Points that a block loses at most for standing far down, below menus.
_MOST_FOR_PLACE = 1.5
# Titles seldom have more characters.
_LONGEST_USUAL = 160
# Names of the part of a site that a release stands in.
SECTION = re.compile(
    r"(?:latest |all |our )?(?:(?:press|news|media) (?:releases?|rooms?|statements?|cent(?:er|re)|advisories"
    r"|archives?)"
    r"|(?:\w+ )?news(?:room)?|press|media|statements?|speeches|home(?:page)?|archives?|press and media"
    r"|news and events|(?:news|press release|event|article) (?:details?|page)"
    r"|presse(?:mitteilung(?:en)?|meldung(?:en)?)?|aktuelles|meldungen|noticias|prensa"
    r"|comunicados(?: de prensa)?|sala de prensa|actualit[ée]s|communiqu[ée]s(?: de presse)?"
    r"|presse et m[ée]dias|not[íi]cias|imprensa)"
)
_NUMBERED = re.compile(
    r"[^\W\d_]+\s(?:no|nr|n|n[º°])\.?\s?\d+(?:[/-]\d+)*(?:\s(?:vom|del|du|of)\b.{0,30})?$"
    r"|[A-Z]{1,6}[ -]?\d{2,4}[-/]\d+\w?$|(?:[A-Z]+ ){0,2}(?:release|advisory|statement|bulletin|mitteilung"
    r"|comunicado)"
    r"\s?(?:number|nummer|n[úu]mero|num[ée]ro|no\.?|n\.?[º°]|nr\.?)?\s?[:#]?\s?[A-Z]{0,3}-?\d+[-/]\d+\w?$",
    re.I,
)
# Entries of numbered lists, lines of the form "Where: the hall", numbers of papers, bylines, comments.
_NO_TITLE = re.compile(
    r"\d{1,2}\.\s|/\*|\|.+\|$|[^\W\d_]+\s?:\s?\w{0,2}$|[=*_#~-]{3,}|\([^()]*\)$|\[[^\[\]]*\]$|.*\bwrote:$"
    r"|(?-i:[Bb]y(?: [A-Z][a-z.’'-]+\w*){2,4})$|[^\W\d_]+ \((?-i:[a-z]{2,5})\)$"
    r"|welcome to\b|willkommen (?:auf|bei|im)\b|bem-vind[oa]s?\b|bienvenid[oa]s?\b|bienvenue\b|benvenut[oi]\b"
    r"|press (?:enter|tab)\b|advanced search\b|click here\b|clique aqui\b|note on navigating\b|nota à navegação\b"
    r"|dear (?-i:[A-Z])|(?:said|says|wrote|added) (?-i:[A-Z])|.*(?-i: (?:said|says|wrote|added))$"
    r"|(?:(?:members|those|also|staff) (?:present|absent)|attend(?:ance|ees)|participants|present|anwesend|presentes"
    r"|présents?)\W*$"
    r"|(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\W*){2,}$"
    r"|for (?:more|further|additional) information\b|(?:here|this|the following|below) (?:is|are) "
    r"|(?:no|nr|n[º°])\.?\s?\d+(?:\W|\bof\b|\d)*$"
    r"|(?:date|time|location|where|when|who|what|why|how|venue|place|to|from|re|cc|attn|case|ref"
    r"|(?:source|author|publication|publisher)(?: \w+)?|no|nr|by|rubrik|ressort|bereich|kategorie|categor[íi]a"
    r"|cat[ée]gorie|rubrique|themen?|temas?|etiquetas"
    r"|fotos?|photos?|bild(?:er)?|image[ns]?|imagen(?:es)?|wann|wo|wer|was|lugar|hora|fecha"
    r"|lieu|heure|datum|ort|zeit)\s*[:#]",
    re.I,
)

# Lines that go on below, and what a page asks its reader to do.
_INCOMPLETE = re.compile(
    r"(?:\b(?:of|the|and|or|but|to|a|an|in|for|by|with|that|at|from|on|as|after|over|into|under|between"
    r"|its|their|will|is|are|be|not|than|who|which|de|la|del|el|et|und|der|die|das|für|von|zum|zur|im"
    r"|y|do|da)|[,–—&])$"
)
_SMALL = re.compile(r"(?:OF|AND|TO|IN|FOR|ON|AT|BY|WITH|FROM|AS|DE|DEL|DU|DER|FÜR|UND|ET|Y|E)\s")
_ORDER = re.compile(
    r"(?:watch for|stay|follow us|check out|welcome to"
    r"|find|click|search|view|read|see|subscribe|download|skip|please|browse|filter)\s",
    re.I,
)
# A rule between a header and a text.
_RULE = re.compile(r"[=_*~–—-]{3,}|(?:\* ?){3,}")
# What stands above the names of whom to ask, and how many they are at most.
_CONTACT_LABEL = re.compile(
    r"(?:(?:media|press|news) )?(?:contacts?|kontakte?|contactos?|contatos?|contatti)"
    r"(?: (?:info(?:rmation)?|persons?|details))?\s?:",
    re.I,
)
_MOST_NAMES = 4
# Figures that a telephone number has at least.
_LEAST_DIGITS = 6
_WORD = re.compile(r"[^\W\d_]{3,}")
# A list of persons: all words but "and" begin with capitals.
_NAMES = re.compile(r"(?:\(?[A-ZÀ-Þ][\w.’'-]*\)?,? (?:and )?){3,}\(?[A-ZÀ-Þ][\w.’'-]*\)?")
# How a line is known to tell a telephone number, not the number of a case.
_REACH = re.compile(
    r"@|\b(?:tel\w*|phone|telefon\w*|tel[ée]fono|fax|call|mobile|cell|contacts?|kontakt|e-?mail|by|to|from)\b"
    r"|\d{3}[-.\s)]{1,2}\d{3}[-.\s]\d{4}|\+\d",
    re.I,
)
_STEP = re.compile(r"\s+[»›>/]\s+")
_FROM_WHOM = re.compile(
    r"(?:(?:press|news|media) release|pressmeddelande|pressemeddelelse|(?:presse|medien)mitteilung|communiqué"
    r"|comunicado|comunicato stampa|nota à imprensa)\b.{0,20}?"
    r" (?:from|by|issued by|från|fra|der|des|von|du|de la|del|della|do|da) ",
    re.I,
)
# What leads to a date within a phrase: "Announced Actions for April 4".
_WITHIN = re.compile(r"[^\W\d_]{3,}.* (?:of|on|for|from|vom|am|zum|de|du|del|di|em)\s*$")
_MARK = re.compile(r"(?:(?:press|news|media) (?:release|advisory|statement|alert))\b.{0,12}$", re.I)
# A paper with what it is of, which is its title wherever it stands.
_PAPER_OF = re.compile(
    r"(?:[\w-]+ ){0,2}(?:minutes|statement|remarks|testimony|speech|readout|transcript|summary|report|proclamation"
    r"|memorandum|fact sheet) (?:of|by|from|on|for) ",
    re.I,
)
# Whose statement it is, and on what in the line below.
_WHOSE_STATEMENT = re.compile(
    r"(?:[\w-]+ ){0,3}(?:statements?|remarks|testimony|comments?|speech|address|letter|message|erklärung|déclaration"
    r"|declaraci[óo]n|declara[çc][ãa]o|dichiarazione) (?:of|by|from|von|de|del|du|do|da|di)\b",
    re.I,
)
_ON_WHAT = re.compile(
    r"(?:regarding|concerning|on|about|in response to|following|zu|zum|zur|über|sobre|sur|su|relative to)\b",
    re.I,
)
# First lines of records that name who speaks, or the part of a site, rather than what is said.
_LETTERHEAD_NAME = re.compile(
    r"(?:[Pp]ress|[Nn]ews)\s?(?:[Rr]oom|[Rr]eleases?|[Oo]ffice)\W*$|^Contact\b"
    r"|^(?:United States |U\.? ?S\.? )?(?:Senator|Representative|Congressman|Congresswoman|Governor)"
    r"(?: [A-Z][\w.’'-]*){1,4}$"
)
# A title at the start of a record: no longer than this many characters.
_LONGEST_RECORD_TITLE = 200


def blocks(sheet: Sheet, part: Part) -> Iterator[tuple[int, ...]]:
    """Lines of the header that could be titles, lines of one block together.

    In a wrapped page the lines between two gaps are a block; elsewhere each line is one, and so
    are up to three short lines in a row, since titles are broken up as well.
    """
    block: list[int] = []
    start = max(part.start, trail_of(sheet) + 1) if part.start == 0 else part.start
    end = min(part.body + 1, part.stop) if part.body == part.start else part.body
    for index in range(start, end):
        line = sheet.lines[index]
        if block and (
            line.gap
            or not sheet.wrapped
            or not could_be_title(sheet, index)
            or _capitals(line.text) != _capitals(sheet.lines[block[-1]].text)
        ):
            yield tuple(block)
            block = []
        if could_be_title(sheet, index):
            block.append(index)
            if not sheet.wrapped:
                for more in (2, 3):
                    run = range(index, index + more)
                    if run.stop <= end and all(could_be_title(sheet, i) for i in run):
                        yield tuple(run)
    if block:
        yield tuple(block)


def _capitals(text: str) -> bool:
    """Whether nearly all letters of a line are capitals."""
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def could_be_title(sheet: Sheet, index: int) -> bool:
    """Whether a line is nothing else that stands above a text: no mark, date, contact or section."""
    line = sheet.lines[index]
    text = line.text
    return not (
        is_furniture(line)
        or boilerplate.is_prose(text)
        or len(text) > LONGEST_TITLE
        or labels.is_immediate(text)
        or labels.is_masthead(text)
        or _is_contact(text)
        or (labels.is_label(text) and len(text) < 30)
        or boilerplate.is_end(text)
        or boilerplate.is_place(text)
        or (
            labels.is_dated(text)
            and not _names_a_day(sheet, index)
            and not (index > 0 and goes_on(sheet, index) and could_be_title(sheet, index - 1))
        )
        or _is_stamped(text)
        or _NO_TITLE.match(text) is not None
        or is_numbered(text)
        or is_section(text)
        or is_trail(text)
        or sent_by(sheet, index) is not None
        or boilerplate.is_tail(text)
        and len(text.split()) < 3
        or boilerplate.is_list_head(text)
        or _is_half_of_mark(sheet, index)
        or _is_among_contacts(sheet, index)
        or is_teaser(sheet, index)
    )


def _is_stamped(text: str) -> bool:
    """Whether a line begins with when the page was posted: "Soumis le 3 mai 2019 | 12 vues"."""
    first = next(iter(find_dates(text)), None)
    before = text[: first.start] if first and first.full else ""
    return 0 < len(before) <= 30 and labels.kind_before(before) in {"published", "updated"}


def _is_among_contacts(sheet: Sheet, index: int) -> bool:
    """Whether a line is one of the names below "Contact Info:", with no gap between."""
    for above in range(index - 1, max(-1, index - 1 - _MOST_NAMES), -1):
        if sheet.lines[above + 1].gap or len(sheet.lines[above + 1].text.split()) > 4:
            return False
        if _CONTACT_LABEL.fullmatch(sheet.lines[above].text.strip(" *_")):
            return True
    return False


def _is_contact(text: str) -> bool:
    """Whether a line tells how to reach someone; a date in figures is no telephone."""
    if not boilerplate.is_contact(text):
        return False
    few = sum(char.isdigit() for char in text) < _LEAST_DIGITS
    if few and "@" not in text and not _REACH.search(text):
        return False  # "Alert for 8/1 – 8/2"
    if len(_WORD.findall(text)) > 3 and not _REACH.search(text):
        return False
    for date in reversed(list(find_dates(text))):
        text = text[: date.start] + text[date.end :]
    return boilerplate.is_contact(text)


def is_section(text: str) -> bool:
    """Whether a line names the part of a site, or the way to it: "Home » News » Bridge opens"."""
    if SECTION.fullmatch(flat(text)):
        return True
    steps = [step for step in _STEP.split(text) if step.strip()]
    return len(steps) > 2 and any(SECTION.fullmatch(flat(step)) for step in steps[:-1])


def is_numbered(text: str) -> bool:
    """Whether words are a kind of paper with its number: "Comunicato n. 18"."""
    return _NUMBERED.match(text) is not None


def _is_half_of_mark(sheet: Sheet, index: int) -> bool:
    """Whether a line is half of a mark that a line break parts: "FOR" over "IMMEDIATE RELEASE"."""
    for first in (index - 1, index):
        if 0 <= first < len(sheet.lines) - 1 and not sheet.lines[first + 1].gap:
            both = f"{sheet.lines[first].text} {sheet.lines[first + 1].text}".strip("| ")
            if len(both) <= 40 and (labels.is_immediate(both) or _MARK.match(both)):
                return True
    return False


def _names_a_day(sheet: Sheet, index: int) -> bool:
    """Whether a dated line is the page's title all the same: "Announced Actions for April 4, 2003"."""
    text = sheet.lines[index].text
    first = find_dates(text)[0]
    words = labels.residue(text[: first.start] + " " + text[first.end :]).split()
    before = text[: first.start]
    within = len(words) >= 4 and _WITHIN.search(before) is not None
    top = index == 0 or sheet.lines[index].level == 1
    kind = labels.kind_before(before)
    return within and kind in {None, "dated"} or top and len(words) >= 3 and kind is None


def joined(sheet: Sheet, span: Sequence[int]) -> str:
    """The lines of a span as one."""
    return " ".join(sheet.lines[index].text for index in span)


def letterhead_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[int, ...] | None:
    """The block that looks most like a title: below the letterhead, in capitals, repeated."""
    marks = [
        index
        for index in range(part.start, part.body)
        if labels.is_immediate(sheet.lines[index].text)
        or labels.is_dated(sheet.lines[index].text)
        and not _names_a_day(sheet, index)
    ]
    last_mark = max(marks, default=-1)
    texts = [flat(joined(sheet, span)) for span in spans]
    best: tuple[float, tuple[int, ...]] | None = None
    for number, block in enumerate(spans):
        span = _completed(sheet, part, block)
        text = joined(sheet, span)
        points = _title_points(text) + (1 if span[0] > last_mark else 0)
        if points <= 0 or (len(block) > 1 and not sheet.wrapped and not _broken(sheet, block)):
            continue
        points += 0.5 if len(block) > 1 and sheet.markup else 0
        points -= 3 if best and _is_below_rule(sheet, part, span[0]) else 0
        points -= 2.5 if best and _is_lead(text) else 0
        points += 1 if span[0] > last_mark else 0
        points += min(2, texts.count(texts[number]) - 1)
        points += 1.0 * texts[:number].count(texts[number])  # of a title's copies the last
        points -= min(0.1 * number, _MOST_FOR_PLACE)
        if best is None or points > best[0]:
            best = (points, span)
    return _with_lead(sheet, spans, best[1]) if best else None


def _is_below_rule(sheet: Sheet, part: Part, index: int) -> bool:
    """Whether a line stands below a rule that closes a header with its date: there the text begins."""
    rule = _RULE.fullmatch(sheet.lines[index - 1].text) if index > part.start else None
    above = sheet.lines[part.start : index - 1]
    return rule is not None and any(labels.is_dated(line.text) for line in above)


def _completed(sheet: Sheet, part: Part, span: tuple[int, ...]) -> tuple[int, ...]:
    """The block with the lines that it goes on in: "… Major Triumphs but" over "Left Business"."""
    span = tuple(span)
    while (
        span[-1] + 1 < part.body
        and not sheet.lines[span[-1] + 1].gap
        and could_be_title(sheet, span[-1] + 1)
        and _goes_on(sheet, span[-1])
    ):
        span = (*span, span[-1] + 1)
    while span[0] > part.start and not sheet.lines[span[0]].gap and _goes_on(sheet, span[0] - 1):
        if not could_be_title(sheet, span[0] - 1):
            break
        span = (span[0] - 1, *span)
    return span


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Whether a title's line goes on in the one below, by its last word or the next one's first."""
    text, below = sheet.lines[index].text, sheet.lines[index + 1].text
    if text.isupper() and below.isupper() and _SMALL.match(below):
        return True
    return _INCOMPLETE.search(text) is not None or below[0].islower()


def _broken(sheet: Sheet, span: Sequence[int]) -> bool:
    """Whether the lines of a page of markup are one title that line breaks part."""
    if not sheet.markup or any(sheet.lines[index].gap for index in span[1:]):
        return False
    texts = [sheet.lines[index].text for index in span]
    capitals = all(text.isupper() for text in texts) and not any(map(is_only_name, texts))
    return capitals or all(text[0].islower() for text in texts[1:])


def _with_lead(
    sheet: Sheet, spans: Sequence[tuple[int, ...]], span: tuple[int, ...]
) -> tuple[int, ...]:
    """The block with the one above it that leads to it: "Background Information:", or "Statement of
    Senator Roe" over "Regarding the bridges"."""
    below = next((s for s in spans if s[0] == span[-1] + 1), None)
    if below and _leads_to(joined(sheet, span), joined(sheet, below)):
        return (*span, *below)
    above = next((s for s in spans if s[-1] == span[0] - 1), None)
    if above is None:
        return span
    lead = joined(sheet, above)
    if lead.endswith(":") and _title_points(lead) > -4:
        return (*above, *span)
    return (*above, *span) if _leads_to(lead, joined(sheet, span)) else span


def _is_lead(text: str) -> bool:
    """Whether a line is long for a title, and rather leads into the text where one stands above."""
    return len(text) > _LONGEST_USUAL and len(text.split()) > 23 and not text.isupper()


def _leads_to(above: str, below: str) -> bool:
    """Whether one line says whose statement it is and the next on what."""
    return bool(_WHOSE_STATEMENT.match(above) and _ON_WHAT.match(below))


def _title_points(text: str) -> float:
    words = [word for word in text.split() if len(word) > 1]
    if len(words) < 2 or len(text) < 8:
        return 0.0
    points = 1.0 + min(len(words), 8) / 4
    points += 1 if text.isupper() else 0
    points += 1.5 if _PAPER_OF.match(text) else 0
    if is_only_name(text):  # which may as well be a headline without a verb
        points -= 2 if is_institution(text) else 1.5
    points -= 2 if re.search(r"\d{1,2}:\d\d|\b[ap]\.m\.", text, re.I) else 0
    points -= 3 if _INCOMPLETE.search(text) or _ORDER.match(text) else 0
    points -= 2.5 if _FROM_WHOM.match(text) else 0
    points -= 3 if text.count(",") > 2 and _NAMES.fullmatch(text) else 0
    points -= 4.5 if text.endswith((".", ":")) and not text.isupper() else 0
    return points


def record_title(sheet: Sheet) -> str | None:
    """A title that clearly stands at the start: a first line in capitals, or of a few words that
    are capitalised, before running text."""
    if not sheet.lines:
        return None
    line = sheet.lines[0].text
    if not 12 <= len(line) <= _LONGEST_RECORD_TITLE or boilerplate.is_prose(line):
        return None
    if labels.is_immediate(line) or boilerplate.is_contact(line) or line.endswith((".", ":")):
        return None
    if _LETTERHEAD_NAME.search(line):
        return None
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", line) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return tidy(line) if len(words) >= 3 and capital >= 0.8 * len(words) else None
