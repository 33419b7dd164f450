"""A body that may have put out a release: its names, the evidence for it, and what that weighs."""

import math
import re
from dataclasses import dataclass, field

from index.hosts import plain, spells
from index.institutions import is_name_line
from index.mentions import post
from index.wording import flat

_SMALL = frozenset(
    "the of for and on in de del la le du der des für u s us united states office".split()
)
# Fewer points than this are no evidence.
LEAST = 3.5
POINTS = {
    "subject of the first sentence": 4.0,
    "says so in the first sentence": 4.0,
    "owner of the first sentence's subject": 3.0,
    "in the first sentence": 1.0,
    "acts today": 2.0,
    "subject of a sentence": 1.5,
    "its people speak": 2.0,
    "described": 3.0,
    "accused": -6.0,
    "opens the title": 2.5,
    "speaks in the title": 2.0,
    "in the title": 1.0,
    "heads the page": 6.0,
    "heads the release": 4.0,
    "numbers the release": 3.0,
    "line of the header": 3.0,
    "last line": 4.0,
    "signs the release": 3.0,
    "line of the tail": 2.5,
    "line of the frame": 2.0,
    "heads the frame": 3.0,
    "among the contacts": 3.0,
    "where a contact works": -3.0,
    "owner of a site": 1.5,
    "the page's host": 4.0,
    "host of an e-mail": 3.0,
    "host of a link": 1.5,
    "what the page calls itself": 2.5,
    "heads a body": -3.0,
    "seldom an issuer": -2.0,
}
# Capitals that stand in running text only once need one of these.
_CERTAIN = frozenset(
    {"the page's host", "host of an e-mail", "numbers the release", "opens the title"}
)
# Without one of these, capitals that no name explains stand for no body.
_TELLING = frozenset(POINTS) - {
    "in the first sentence", "subject of a sentence", "its people speak", "in the title", "line of the header",
    "line of the tail", "line of the frame", "among the contacts", "heads the page", "heads the release",
}  # fmt: skip
# Roles as headlines shorten them.
_SHORT_ROLES = ("sen", "rep", "gov", "senator")


@dataclass(slots=True)
class Candidate:
    """A body with the forms of its name that a page uses, and the evidence that it is the issuer.

    forms: how often each form stands in the page. count: mentions in running text. more: points
    for short names such as "the Department", or the bare surname of a person. full: what an acronym
    stands for where those words name no kind of body.
    """

    forms: dict[str, int] = field(default_factory=dict)
    acronym: str | None = None
    person: bool = False
    count: int = 0
    evidence: set[str] = field(default_factory=set)
    more: float = 0.0
    full: str | None = None

    def points(self) -> float:
        """The weight of all evidence; mentions count less the more there are."""
        weight = sum(POINTS[kind] for kind in self.evidence)
        return weight + self.more + 0.8 * min(3.0, math.log2(1 + self.count))

    def is_told(self) -> bool:
        """Whether it is more than capitals, which may stand for anything."""
        if list(self.forms) != [self.acronym]:
            return True
        if len(self.acronym or "") > 6 or self.count < 2 and not self.evidence & _CERTAIN:
            return False
        telling = len(self.evidence & _TELLING)
        if self.full:
            telling += "its people speak" in self.evidence
        return telling > (1 if self.full else 0)

    def names(self) -> set[str]:
        """The names that a headline may call it by, in lower case."""
        names = {flat(form).removeprefix("the ") for form in self.forms}
        if self.acronym:
            names.add(self.acronym.lower())
        for surname in {name.split()[-1] for name in names} if self.person else ():
            names |= {surname, *(f"{role} {surname}" for role in _SHORT_ROLES)}
        return names

    def full_name(self) -> str:
        """The longest form."""
        return max(self.forms, key=len)

    def name(self) -> str:
        """The form used most, of two the longer, with its country where a form has that, and the
        acronym beside it; of an office that has a place the office rather than its holder."""
        if self.person:
            return post(self.full_name())
        forms = self.forms
        best = max(forms, key=lambda form: (len(form.split()) > 1, forms[form], len(form)))
        best = max((form for form in forms if f" {form}".endswith(f" {best}")), key=len)
        best = self.full or best
        return f"{best} ({self.acronym})" if self.acronym and self.acronym != best else best


def key_of(name: str) -> frozenset[str]:
    """What tells a name from others, whatever the order: {"justice", "department"}."""
    words = frozenset(flat(re.sub(r"[’']s\b", "", name)).split())
    return words - _SMALL or words


def core_of(name: str) -> str:
    """A name for comparing, without what makes it an office: "attorney general"."""
    return re.sub(r"^(?:office of (?:the )?)|(?: s)? office$", "", flat(name))


def head_of(form: str) -> str:
    """What a text calls the body for short: "Department" of "Department of Law", "Câmara" of
    "Câmara Municipal de Sarna"; else ""."""
    words = re.split(r" (?:of|for|on|de|del|do|da|di|du|der|für) ", form)[0].split()
    south = re.search(r" (?:de|del|do|da|di|du) ", form)  # where the kind of body stands first
    return next((word for word in (words[-1], words[0] if south else "") if is_name_line(word)), "")


def without_article(words: str) -> str:
    """`without_article("the roads board") == "roads board"`."""
    return re.sub(r"^(?:the|u s|us) ", "", words)


def is_spelt(one: Candidate, part: str) -> bool:
    """Whether a part of an address spells a name or its initials: "bancaditalia", "doj"."""
    if one.acronym and part == one.acronym.lower():
        return True
    if one.person:
        return len(part) > 4 and any(flat(form).split()[-1] in part for form in one.forms)
    for form in one.forms:
        words = plain(flat(form)).split()
        rare = "".join(
            plain(w)
            for w in flat(form).split()
            if w not in _SMALL and not is_name_line(w.capitalize())
        )
        own = _without_country(words)
        if spells(words, part) or own != words and spells(own, part):
            return True
        if len(rare) >= 6 and part.startswith(rare):
            return True
    return False


def _without_country(words: list[str]) -> list[str]:
    """A name in lower case without "U.S." before it: its address may be "fws.gov"."""
    for country in (["u", "s"], ["us"], ["uk"]):
        if words[: len(country)] == country:
            return words[len(country) :]
    return words
