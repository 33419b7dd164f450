"""Acronyms of public bodies: for which name one stands, and where a page gives that name."""

import re
from collections.abc import Iterator

from index.institutions import bare_name, is_named, is_only_name
from index.sheet import Sheet
from index.wording import CUT, flat, tidy

_IN_BRACKETS = re.compile(r"(?<=\w) ?[(\"“]{1,2}([A-Z][A-Z&]{1,7})[)\"”]")
# Letters as bodies are called by: "DOJ", "BfS", "BaFin"; two capitals at least.
_LETTERS = re.compile(r"(?=.*[A-ZÄÖÜ].*[A-ZÄÖÜ])(?!.*[a-zäöü]{5})[A-ZÄÖÜ][\w&-]{1,9}")
# So many words letters may pass over, or as many as they are but one.
_PASSED = 2
# Where words of German names are made of others.
_COMPOUND = re.compile(
    r"(?<=\w{3})(?=(?:bundes|amt|ministerium|kriminal|anstalt|zentrale|agentur|institut|werk|dienst|verwaltung|direktion"
    r"|polizei|umwelt|netz|aufsicht|leistung|gericht|rat$|bank|kanzlei|präsident|präsidium|anwalt|hilf|wetter|wehr"
    r"|versicherung|finanz|forschung|stelle$|behörde|prüf|schutz|kontroll))"
)
# The genitive of German names, which a name by itself has not.
_GENITIVE = re.compile(r"\b(\w*(?:amt|ministerium|institut|präsidium|gericht))(?:e?s)\b")
_GERMAN = re.compile(
    r"\b[A-ZÄÖÜ]\w+e[nmrs]? \w*(?:[Aa]mt|[Gg]ericht|[Ii]nstitut|[Pp]räsidium|[Mm]inisterium)(?:e?s)?\b"
)
# Where a page names the body that it is of.
_OWN_NAMES = (
    "og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher", "dc.creator",
    "dcterms.creator", "citation_publisher", "copyright", "dc.rights", "author", "organisation", "logo",
    "title", "og:title",
)  # fmt: skip
# Names stand in the first and the last lines of a page, and are no longer than so many characters.
_EDGE, _LONGEST = 60, 110
_TOP = 5


def spelt_out(sheet: Sheet, name: str) -> str:
    """An acronym with the name that the page has for it, "Department of Justice (DOJ)"; also "RPI
    Sarn" by "Road Planning Institute of Sarn". Any other name as it is."""
    letters, _, rest = re.sub(r"^(?:US|U\.S\.) (?=[A-Z]{2,8}$)", "", name).partition(" ")
    if not _LETTERS.fullmatch(letters) or is_named(letters) or len(rest.split()) > 2:
        return _inflected(sheet, name)
    full = full_name(sheet, letters)
    if not full or any(word not in full for word in rest.split()):
        return name
    return f"{full} ({letters})"


def _inflected(sheet: Sheet, name: str) -> str:
    """A name in another case than a line at the top has it in, as that has it: "Statistisches Amt
    Sarn" for "Statistische Amt"."""
    stems = [word.rstrip("enmrs") for word in flat(name).split()] if _GERMAN.search(name) else []
    for line in sheet.lines[:_TOP] if len(stems) > 1 else ():
        words = flat(line.text).split()
        same = len(words) >= len(stems) and all(
            word.rstrip("enmrs") == stem for word, stem in zip(words, stems, strict=False)
        )
        if same and " ".join(words[: len(stems)]) != flat(name):
            own = (
                line.text if is_only_name(line.text) else " ".join(line.text.split()[: len(stems)])
            )
            if own[-1:].isalpha():
                return own
    return name


def full_name(sheet: Sheet, letters: str) -> str | None:
    """The name that letters stand for, as the page explains, bears or mentions it."""
    if full := sheet.first(f"abbr:{letters.lower()}"):
        return full
    borne = (n for n in _own_names(sheet) if letters not in n and is_named(n))
    if full := next((n for n in borne if n.count(" ") < 12 and abbreviates(letters, n)), None):
        return full
    texts = (sheet.text, *sheet.values("description", "og:description"))
    return next((full for text in texts if (full := _explained_by(text, letters))), None)


def _own_names(sheet: Sheet) -> Iterator[str]:
    for value in sheet.values(*_OWN_NAMES):
        yield from (bare_name(_without_brackets(piece)) for piece in CUT.split(tidy(value)))
    lines = (
        sheet.lines
        if len(sheet.lines) <= 2 * _EDGE
        else (*sheet.lines[:_EDGE], *sheet.lines[-_EDGE:])
    )
    for line in lines:
        if len(line.text) <= _LONGEST:
            yield from (_without_brackets(piece) for piece in CUT.split(tidy(line.text)))


def _without_brackets(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)$|^(?:©|\(c\)|copyright|[\d\s,–-])+", "", name, flags=re.I).strip()


def _explained_by(text: str, letters: str) -> str | None:
    """The words before letters in brackets, or in brackets after letters, that these stand for."""
    quoted = re.escape(letters)
    for match in re.finditer(rf"[ \n]\W{{0,2}}\({quoted}\)", text):
        words = text[max(0, match.start() - 140) : match.start()].split()
        for size in range(2 if len(words) > 1 else 1, len(letters) + 6):
            name = " ".join(words[-size:]).strip('*_“”"')
            if size <= len(words) and name[:1].isupper() and _stands_exactly(letters, name):
                country = words[-size - 1 : -size] if words[-size - 1 : -size] == ["U.S."] else []
                return " ".join([*country, _GENITIVE.sub(r"\1", name)])
    after = re.search(rf"\b{quoted} \((?:the )?([A-ZÀ-Þ][^()\n]{{5,110}})\)", text)
    return after[1] if after and abbreviates(letters, after[1]) else None


def _stands_exactly(letters: str, name: str) -> bool:
    """Whether letters stand for a whole name: also in another order, for a name that is translated."""
    capital = [word for word in re.findall(r"\w+", name) if word[0].isupper()]
    shuffled = len(letters) > 2 and sorted(w[0] for w in capital) == sorted(letters.upper())
    return shuffled or abbreviates(letters, name)


def explained(text: str) -> Iterator[tuple[str, str | None]]:
    """(acronym, the name before it that it stands for or None) of all that follow in brackets:
    "Coast and Border Enforcement’s (CBE)" gives ("CBE", "Coast and Border Enforcement")."""
    for match in _IN_BRACKETS.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        words = re.sub(r"[’']s?$", "", before).split()
        names = (" ".join(words[-size:]) for size in range(len(match[1]), len(match[1]) + 4))
        fits = (n for n in names if n[:1].isupper() and n.count(" ") and stands_for(match[1], n))
        yield match[1], next(fits, None)


def stands_for(letters: str, name: str) -> bool:
    """Whether letters stand for a name to its end, words at its start aside: "DOJ" for "Department
    of Justice", "BMBF" for "Bundesministerium für Bildung und Forschung"."""
    words = _words(re.sub(r"[’']s\b", "", name))
    starts = [i for i, (_, free) in enumerate(words) if not free][: 9 if len(letters) > 2 else 1]
    return len(letters) > 1 and any(
        words[i][0] != _flat(letters) and _taken(_flat(letters), words[i:], 0, True) for i in starts
    )


def abbreviates(letters: str, name: str) -> bool:
    """Whether letters are taken from the words of a name in their order, from each its beginning:
    "BfS" for "Bundesamt für Strahlenschutz", "IMPLAN" for "Instituto Municipal de Planeación",
    "BKA" for "Bundeskriminalamt". Small words and parts of words may be passed over, and some
    others, at the start one."""
    words, passed = _words(name), max(_PASSED, len(letters) - 1)
    starts = [i for i, (_, free) in enumerate(words) if not free][:2]
    return len(letters) > 1 and any(
        _taken(_flat(letters), words[i:], passed - number, True) for number, i in enumerate(starts)
    )


def _flat(letters: str) -> str:
    return re.sub(r"\W", "", letters).lower()


def _words(name: str) -> list[tuple[str, bool]]:
    name = re.sub(r"^(?:the )?(?:U\. ?S\. |US )?", "", name, flags=re.I)
    return [part for word in re.findall(r"\w+", name) for part in _parts(word)]


def _parts(word: str) -> list[tuple[str, bool]]:
    """The parts of a word in lower case, each with whether letters may pass over it freely."""
    parts = _COMPOUND.sub(" ", word.lower()).split()
    return [(part, word[0].islower() or n > 0) for n, part in enumerate(parts)]


def _taken(letters: str, words: list[tuple[str, bool]], passed: int, first: bool = False) -> bool:
    """Whether letters are taken from the beginnings of words, passing over so many at most."""
    if not letters:
        return sum(not free for _, free in words) <= passed
    if not words or passed < 0:
        return False
    word, free = words[0]
    same = next((n for n, (a, b) in enumerate(zip(letters, word, strict=False)) if a != b), None)
    most = min(len(letters), len(word)) if same is None else same
    if any(_taken(letters[size:], words[1:], passed) for size in range(most, 0, -1)):
        return True
    return not first and _taken(letters, words[1:], passed - (not free))
