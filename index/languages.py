"""Which language a text is in, and in which order its country writes day and month."""

import re
from functools import lru_cache

from index.dates import ORDERS, Order, find_dates, order_in

# The commonest words that tell these languages apart, each counted once for each occurrence.
_COMMON = {
    "en": "the and of to in for that with on is was by said will from",
    "es": "el los las del para con una por que se su fue y en como más",
    "fr": "le les des du et pour dans une est sur au par que qui avec sont",
    "de": "der die das und den von mit für ist auf dem ein eine zu im nicht",
    "pt": "o os as do da dos das para com uma em não que foi pelo ao",
    "it": "il di che della per con del una sono nel gli alla delle è",
    "nl": "het een van voor met zijn dat niet aan door bij wordt ook de",
    "no": "og det er på av til en for med som har vil ikke fra skal å",
    "da": "og det er på af til en for med som har vil ikke fra skal at",
    "sv": "och att det är på av till en för med som har inte från ska",
    "fi": "ja on ei se että oli ovat myös kuin mutta sekä joka",
    "pl": "i w na z do się jest oraz nie przez dla od po które",
    "cs": "a v na se je že s z do pro které které jako byl",
    "tr": "ve bir bu için ile olarak da de olan daha",
}
_LANGUAGES: dict[str, list[str]] = {
    word: [] for words in _COMMON.values() for word in words.split()
}
for _language, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES[_word].append(_language)
_WORD = re.compile(r"[^\W\d_]+")
# How much of a text is read: enough for a page, the same cost for a book.
SAMPLE = 3000
# Fewer common words than this say nothing.
LEAST = 5

_IN_NUMBERS = re.compile(r"(?<!\d)\d{1,2}([./-]) ?\d{1,2}\1 ?\d{2}")
_DAY_FIRST_HOSTS = re.compile(
    r"\.(?:uk|au|nz|ie|in|za|sg|ke|ng|gh|eu|int|fr|de|es|it|pt|br|mx|ar|cl|co|pe|nl|be|at|ch|nz|fj|mt|cy|gr|pl|se|dk|fi|no|tr|lk|pk|bd|my|hk|jm|tt|zw|zm|ug|tz|bw|na)$"
)
_MONTH_FIRST_HOSTS = re.compile(r"\.(?:gov|mil)$|\.us$")
_AMERICAN = re.compile(
    r"\b(?:U\.S\.|United States|District Attorney|Attorney General|Senator|Congress"
    r"|[A-Z]\w+ County)\b|, [A-Z]{2} \d{5}\b|\(\d{3}\) ?\d{3}-\d{4}\b"
)
# Scripts that only one language is written in, and how many of its letters make a text of it.
_SCRIPTS = (("ko", re.compile(r"[가-힣]")), ("ja", re.compile(r"[ぁ-ゖァ-ヺ]")))
_LETTERS = 50
# Where the month comes before the day, whatever stands before the month.
_YEAR_FIRST = frozenset({"ko", "ja"})
_BRITISH = re.compile(
    r"£\s?\d|\bRs\.? ?\d|₹|\b(?:lakh|crore)\b|\b(?:GMT|BST|Whitehall|Minister for|Rt Hon|programme|organisation|HM)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) \d{4}\b"
)


def language_of(text: str) -> str | None:
    """Two-letter code of the language that the text is mostly in, or None when that is unclear."""
    return _of_sample(text[:SAMPLE])


@lru_cache(maxsize=64)
def _of_sample(sample: str) -> str | None:
    counts = dict.fromkeys(_COMMON, 0)
    for word in _WORD.findall(sample.lower()):
        for language in _LANGUAGES.get(word, ()):
            counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    if counts[best] >= LEAST:
        return best
    return next(
        (name for name, script in _SCRIPTS if len(script.findall(sample)) >= _LETTERS), None
    )


def day_order(language: str | None, host: str | None, text: str) -> Order | None:
    """How a page writes "03/04/2019": by its language, its other dates, its address, its words.

    None for an English page of unknown country: the date then keeps only its year.
    """
    if language in _YEAR_FIRST:
        return "mdy"
    if language is not None and language != "en":
        return "dmy"
    if not _IN_NUMBERS.search(text):
        return None
    if told := order_in(text) or _order_by_words(text):
        return told
    if country := order_of_host(host):
        return country
    sample = text[: SAMPLE * 2]
    american = len(_AMERICAN.findall(sample))
    british = len(_BRITISH.findall(sample))
    if american > 2 * british:
        return "mdy"
    return "dmy" if british > 2 * american else None


def _order_by_words(text: str) -> Order | None:
    """The order in which a date in figures is a day that the text also has in words."""
    found = find_dates(text[: SAMPLE * 2])
    days = {m.value for m in found if m.full}
    orders: set[Order] = set()
    for one in (m for m in found if len(m.value) == 4):
        for order in ORDERS:
            read = find_dates(text[one.start : one.end], order)
            orders |= {order} if read and read[0].value in days else set()
    return orders.pop() if len(orders) == 1 else None


def order_of_host(host: str | None) -> Order | None:
    """How the country of an address writes numeric dates, or None when it does not tell."""
    if host and _DAY_FIRST_HOSTS.search(host):
        return "dmy"
    return "mdy" if host and _MONTH_FIRST_HOSTS.search(host) else None
