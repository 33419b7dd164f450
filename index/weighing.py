"""Who a page speaks for, where no line says so: every body it names, weighed by the evidence.

A release gives its issuer away in many small ways: the body is the subject of the first sentence,
is quoted through its people, owns the address among the contacts, is described at the end. The body
with most points, LEAST at least, is taken.
"""

import math
import re
from collections import Counter
from dataclasses import replace

from index.acronyms import explained, stands_for
from index.candidates import (
    LEAST,
    Candidate,
    core_of,
    head_of,
    is_spelt,
    key_of,
    without_article,
)
from index.foreign import is_foreign
from index.hosts import named_by_mail
from index.institutions import is_only_name
from index.layout import Part
from index.mentions import (
    Mention,
    heads_body,
    is_institution,
    is_office,
    is_office_line,
    mentions,
    role_of,
)
from index.regions import HEAD, TAIL, lines_apart, paragraphs, without_place
from index.sentences import acting_noun, dateline_end, describes, heads, is_running, said_of, speaks
from index.sheet import Sheet, host_of
from index.signing import last_named, signed_for
from index.wording import CUT, alike, flat, tidy

# The number of a release after who gives it: "NRA 94-4".
_SERIAL = re.compile(
    r"\W*(?!(?:TDD|TTY|TEL|FAX|PH|CELL)\b)(?P<who>[A-Z][A-Z&]{1,7})\W{1,3}(?:\w{1,12}\W{1,3})?\d{1,4}[-/–]\d{1,4}\b"
)
# Who stands before the kind of paper: "Foreign Ministry Media Statement", "Staatskanzlei - Pressemitteilung".
_HEADED = re.compile(
    r"(?P<who>(?-i:[^\W\d_a-zß-ÿ])[^\n:;|]{1,80}?)[\s|:–—-]{1,4}"
    r"(?:(?:press|news|media|public) (?:release|statement|advisory|notice|briefing|note|bulletin)"
    r"|news\b|advisory\b|presse(?:mitteilung|information|meldung|dienst)|medienmitteilung|comunicado"
    r"|nota (?:de prensa|à imprensa|stampa)|bolet[íi]n|communiqué|comunicato stampa|persbericht"
    r"|press(?:meddelande|emeddelelse))",
    re.I,
)
# What shows that a page bears the name of a body rather than speaks of it.
_BORNE = frozenset({"numbers the release", "heads the release", "what the page calls itself"})
_HEADERS = frozenset({"line of the header", "heads the page"})
_TAILS = frozenset({"line of the tail", "last line"})
# Serials and such lines stand among the first lines of a page.
_FIRST_LINES = 12
_ABOUT = re.compile(
    r"(?:about|über|sobre|acerca de|à propos d[eu]|chi è|om)(?: the| la| el)? ", re.I
)
_BESIDE = re.compile(r"\s\((?:the\s)?[“\"']?([A-Z][A-Z&-]{1,9})[”\"']?\)")
_MAIL = re.compile(r"@([\w-]+(?:\.[\w-]+)+)")
_BOX = re.compile(r"\b([a-z]{3,8})@")
_HEAD_OF = re.compile(r"\b(?:Secretary|Minister|Commissioner) [A-Z]")
# What the body that someone heads is for: "Housing and Urban Development Secretary".
_FIELD = re.compile(
    r"(?P<field>(?:[A-Z][\w-]+,? (?:and |& )?){1,5})(?:Secretary|Minister|Commissioner) (?:[A-Z][\w.]+ ?){2,3}$"
)
_LINK = re.compile(r"(?:https?://|www\.)([\w-]+(?:\.[\w-]+)+)")
# Bodies that releases are about, or whose name a country bears.
_FORUM = re.compile(
    r"\b(?:government of|government$|court|(?<!of )congress|senate$|house of|parliament|tribunal)\b",
    re.I,
)
# "the Department", but not "the Department of Law".
_SHORT_NAME = re.compile(r"\b[Tt]he ([A-ZÀ-Þ][\w-]+)\b(?! of)")
_SHORT_FOREIGN = re.compile(
    r"\b(?:[Ll]as?|[Ee]l|[Ll]e|[Dd]el|[Dd][aou]|[AO]|a|o|pel[ao]|na|no|[Ii]l|[Dd]ella|al|au|[Dd]ie|[Dd]as|[Dd]e[rs]|[Dd]em)"
    r" ([A-ZÀ-Þ][\w-]+)\b(?! (?:d[eaou]|des|del|della|der|für|[A-ZÀ-Þ]))"
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w’'-]+")
_OWN_NAMES = (
    "title", "og:title", "og:site_name", "front:author", "front:authors", "author", "from", "logo",
)  # fmt: skip
_SHARED_HOSTS = frozenset(
    "facebook twitter x youtube instagram linkedin flickr gmail yahoo hotmail aol bit github".split()
)


def weighed_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body or person in office that the page speaks for most, or None when nothing tells."""
    best = max(weigh(sheet, part, title), key=Candidate.points, default=None)
    return best.name() if best and best.points() >= LEAST else None


def weigh(sheet: Sheet, part: Part, title: str | None) -> list[Candidate]:
    """Every body that the page names, with the evidence for each."""
    scales = _Scales(title or "", is_foreign(sheet.text))
    texts = []
    for text, first in paragraphs(sheet, part):
        texts.append(text)
        scales.read(text, first)
    for number, (region, text) in enumerate(lines_apart(sheet, part, title)):
        scales.read_line(region, text, number)
    scales.read_title()
    scales.read_metadata(sheet)
    scales.merge()
    scales.look_at_title()
    scales.look_at_close(texts[-4:])
    scales.look_at_hosts(sheet, part)
    scales.look_at_short_names(texts)
    return [one for one in scales.candidates.values() if one.is_told()]


class _Scales:
    """The candidates of one page, and what each finding adds to them.

    Bodies are told apart by the words of their names, persons by their surname. Acronyms wait
    until all is read, when the names that they stand for are known.
    """

    def __init__(self, title: str, foreign: bool) -> None:
        self.title = title
        self.foreign = foreign
        self.candidates: dict[frozenset[str], Candidate] = {}
        self.acronyms: dict[str, Candidate] = {}
        self.beside: dict[str, frozenset[str]] = {}  # acronym -> the body that it follows
        self.explained: dict[str, str | None] = {}  # acronym -> the words that it follows
        self.fields: dict[frozenset[str], str] = {}  # person -> what the body that he heads is for

    def read(self, text: str, first: bool) -> None:
        """Weigh every mention in a paragraph, which may be the one that the release opens with."""
        if not is_running(text):
            return
        if first and (headed := _HEADED.match(text)):
            self._names_in(headed["who"], "heads the release")
        found = list(mentions(text))
        self.explained |= dict(explained(text))
        persons = [m for m in found if m.kind == "person"]
        place = dateline_end(text) if first else 0
        for mention in found:
            if mention.kind == "acronym" and mention.end <= place:
                continue  # "BATON ROUGE, La. –"
            if mention.kind == "person" or not any(
                p.start <= mention.start < p.end for p in persons
            ):
                self._weigh(text, mention, first)

    def _weigh(self, text: str, mention: Mention, first: bool) -> None:
        candidate = self._candidate(mention)
        candidate.count += 1
        if mention.kind == "person" and _HEAD_OF.search(mention.name):
            if field := _FIELD.search(text[max(0, mention.start - 60) : mention.end]):
                self.fields[frozenset({flat(mention.name).split()[-1]})] = field["field"].strip()
        mention = _with_words(text, mention, self.explained.get(mention.name))
        candidate.evidence |= set(said_of(text, mention, first, self.foreign))
        beside = _BESIDE.match(text, mention.end)
        if beside and mention.kind == "body":
            self.beside[beside[1]] = key_of(mention.name)

    def _candidate(self, mention: Mention) -> Candidate:
        name = mention.name
        if mention.kind == "acronym":
            one = self.acronyms.setdefault(name, Candidate(acronym=name))
        elif mention.kind == "person":
            key = frozenset({flat(name).split()[-1]})
            one = self.candidates.setdefault(key, Candidate(person=True))
        else:
            one = self.candidates.setdefault(key_of(name), Candidate())
        one.forms[name] = one.forms.get(name, 0) + 1
        return one

    def _body(self, name: str) -> Candidate:
        return self._candidate(Mention(name, 0, len(name), "body"))

    def read_line(self, region: str, text: str, number: int) -> None:
        """Weigh a line that stands apart, the `number`th such."""
        near_top = number < _FIRST_LINES
        serial = _SERIAL.match(text) if near_top else None
        for mention in mentions(serial["who"]) if serial else ():
            self._candidate(mention).evidence.add("numbers the release")
        if region in _TAILS and (body := signed_for(text)):
            self._body(body).evidence |= {"last line", "signs the release"}
            return
        if near_top and (headed := _HEADED.match(text)):
            self._names_in(headed["who"], "heads the release")
            return
        about = _ABOUT.match(text)
        if about and len(text) < 90:
            self._names_in(text[about.end() :], "described")
            return
        if region in _HEADERS:
            self._people_in(text)
        name = without_place(text)
        bodies = [piece for piece in (name, *text.split(", ")) if is_institution(piece)]
        if region in _HEADERS and is_office_line(text):
            self._body(text).evidence.add(region)
        elif bodies:
            elsewhere = region == "among the contacts" and bodies[0] != text
            more = ["where a contact works"] if elsewhere else []
            self._body(bodies[0]).evidence |= {region, *more}
        else:
            self._names_in(text, region)

    def _people_in(self, text: str) -> None:
        """Take the persons in a headline, and weigh whose people it is about."""
        known = set().union(*(key for key, one in self.candidates.items() if one.person))
        for mention in mentions(text):
            if mention.kind == "person" and known & set(flat(mention.name).split()[:-1]):
                continue  # "Mayor Roe Lifts Ban" of Mayor Jane Roe
            if mention.kind == "person":
                evidence = self._candidate(mention).evidence
                if not mention.start and speaks("", " " + flat(text[mention.end :])):
                    evidence |= {"opens the title", "speaks in the title"}
            elif heads(text[: mention.start]):
                self._candidate(mention).evidence.add("its people speak")

    def _names_in(self, text: str, kind: str) -> None:
        """Weigh the names in a line, which outside of contacts must be little more than the name."""
        for mention in mentions(text):
            if mention.kind == "acronym":
                fits = mention.name in self.acronyms or kind == "heads the release"
            else:
                fits = mention.kind == "person" or is_institution(mention.name)
            least = 0.8 if mention.kind == "person" else 0.5
            anywhere = kind in {"among the contacts", "described"}
            if fits and (anywhere or len(mention.name) >= least * len(text)):
                self._candidate(mention).evidence.add(kind)

    def read_title(self) -> None:
        """Take the persons whom only the title names, and weigh whose people it is about."""
        self._people_in(self.title.title() if self.title.isupper() else self.title)

    def read_metadata(self, sheet: Sheet) -> None:
        """Weigh what the page's metadata call it, beside the title."""
        for value in sheet.values(*_OWN_NAMES):
            for piece in CUT.split(tidy(value)):
                if alike(piece, self.title):
                    continue
                if is_only_name(piece):
                    self._body(piece).evidence.add("what the page calls itself")
                elif piece in self.acronyms:
                    self.acronyms[piece].evidence.add("what the page calls itself")

    def merge(self) -> None:
        """Put acronyms to the names that they stand for, holders to offices, short names to long."""
        for word, one in self.acronyms.items():
            self._merge_head(word, one)
            self._merge_acronym(word, one)
        offices = [
            (f" {flat(form)} ", c)
            for c in self.candidates.values()
            if not c.person
            for form in c.forms
        ]
        for one in [c for c in self.candidates.values() if c.person]:
            roles = {flat(role_of(form)) for form in one.forms} - {""}
            for name, office in offices:
                if any(_is_office_of(role, name) for role in roles):
                    _pour(*((office, one) if one.name() != one.full_name() else (one, office)))
        for key in sorted(self.candidates, key=len):
            short = core_of(next(iter(self.candidates[key].forms)))
            for other, longer in self.candidates.items():
                if key < other and any(
                    core_of(form).endswith(" " + short) for form in longer.forms
                ):
                    _pour(self.candidates[key], longer)

    def _merge_head(self, word: str, one: Candidate) -> None:
        """Put the head of a body to the letters that his field is spelt by: "Coast and Harbour
        Secretary Jane Roe" to "CAH" or "DCH", where the page itself bears these."""
        if _BORNE.isdisjoint(one.evidence):
            return  # the head may be whom the release calls on
        for key, field in self.fields.items():
            if stands_for(word, field) or stands_for(word, f"Department of {field}"):
                _pour(self.candidates[key], one)

    def _merge_acronym(self, word: str, one: Candidate) -> None:
        if word in self.explained and word not in self.beside:
            one.full = self.explained[word]
            if one.full is None:
                return  # it stands for something that is no body
        key = self.beside.get(word)
        if key not in self.candidates:
            fits = (
                k for k, c in self.candidates.items() if any(stands_for(word, f) for f in c.forms)
            )
            key = next(fits, None)
        if key is None:
            self.candidates[frozenset({word.lower()})] = one
        else:
            into, full = self.candidates[key], self.explained.get(word)
            into.acronym = into.acronym or word
            if full and any(full.endswith(" " + form) for form in into.forms):
                into.full = full  # "Immigration and Customs Enforcement"
            _pour(one, into)

    def look_at_title(self) -> None:
        """Weigh the names in the title."""
        words = without_article(flat(self.title))
        lead = without_article(flat(self.title.partition(":")[0])) if ":" in self.title else None
        for one in self.candidates.values():
            for name in one.names():
                at = f" {words} ".find(f" {name} ")
                if at < 0:
                    continue
                one.evidence.add("in the title" if at else "opens the title")
                end = at + len(name)
                if words[:end] == lead or speaks(words[:at], words[end:]):
                    one.evidence.add("speaks in the title")

    def look_at_close(self, texts: list[str]) -> None:
        """Weigh whom the last paragraphs describe, and whose name closes them."""
        if texts and (body := last_named(texts[-1])):
            self._body(body).evidence.add("last line")
        for one in self.candidates.values():
            forms = [*one.forms, *(name for name in (one.acronym, one.full) if name)]
            if any(describes(text, form) for text in texts for form in forms):
                one.evidence.add("described")

    def look_at_hosts(self, sheet: Sheet, part: Part) -> None:
        """Weigh whose name the page's address, its mail addresses and its links spell."""
        lines = sheet.lines[part.start : part.stop]
        text = sheet.text[lines[0].start : lines[-1].end] if lines else ""
        text = "\n".join(
            (text[:HEAD], text[HEAD:][-TAIL:], *sheet.values("from", "front:author.email"))
        )
        mails = _MAIL.findall(text) if "@" in text else []
        for name in {name for host in set(mails) if (name := named_by_mail(text, host))}:
            self._body(name).evidence.add("host of an e-mail")
            self._body(name).count += text.count(name)
        boxes = {box.upper() for box in _BOX.findall(text)} if mails else set()
        links = [host_of(line.linked) or "" for line in lines[:HEAD] if line.linked]
        for kind, hosts in (
            ("the page's host", [sheet.host or ""]),
            ("host of an e-mail", mails),
            ("host of a link", [*links, *_LINK.findall(text)]),
        ):
            for host in dict.fromkeys(host.lower() for host in hosts):
                parts = [part for part in re.split(r"[.-]", host) if len(part) > 1]
                parts += [part.replace("-", "") for part in host.split(".") if "-" in part]
                if _SHARED_HOSTS.isdisjoint(parts):
                    self._look_at_host(parts, kind)

        for one in self.candidates.values():
            if one.acronym in boxes:
                one.evidence.add("host of an e-mail")

    def _look_at_host(self, parts: list[str], kind: str) -> None:
        for one in self.candidates.values():
            if any(is_spelt(one, part) for part in parts):
                one.evidence.add(kind)

    def look_at_short_names(self, texts: list[str]) -> None:
        """Weigh how often the text says only "the Department", or only a surname."""
        acting = {noun for text in texts[:2] if (noun := acting_noun(text))}
        text = " ".join(texts)
        said = Counter((_SHORT_FOREIGN if self.foreign else _SHORT_NAME).findall(text))
        words = Counter(_CAPITAL.findall(text))
        for one in self.candidates.values():
            if one.person:
                count = sum(words[name] for name in {form.split()[-1] for form in one.forms})
            else:
                nouns = {head_of(form) for form in one.forms if " " in form}
                count = sum(said[noun] for noun in nouns)
                if acting & nouns:
                    one.evidence.add("subject of the first sentence")
                if count and not nouns.isdisjoint(re.findall(r"\w+", self.title)):
                    one.evidence.add("in the title")
            one.more = min(2.0, 0.7 * math.log2(1 + count))
            if any(_FORUM.search(form) for form in one.forms):
                one.evidence.add("seldom an issuer")
            if one.person and all(heads_body(form) for form in one.forms):
                one.evidence.add("heads a body")


def _with_words(text: str, mention: Mention, full: str | None) -> Mention:
    """An acronym in brackets with the words before it that it stands for: "Coast Watch (CW)"."""
    words = f"{full} ({mention.name})"
    start = mention.end + 1 - len(words)
    if full is None or start < 0 or text[start : mention.end + 1] != words:
        return mention
    return replace(mention, start=start, end=mention.end + 1)


def _pour(source: Candidate, target: Candidate) -> None:
    target.evidence |= source.evidence
    target.count += source.count


def _is_office_of(role: str, name: str) -> bool:
    """Whether a body is the office that goes with a role: "attorney general's office", "kent county
    sheriff"; both in lower case, the name between spaces."""
    return name.endswith(f" {role} ") or is_office(name) and f" {role} " in name
