"""What a field of an item of data is by its name: a title, a text, a time, in many languages."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from index.dates import stamp_date
from index.dating import META_DATES, PUBLISHED, UPDATED

# Names of fields, those of other languages without their accents; of titles those that may as well
# be of something else stand apart.
TITLES = (
    "title", "headline", "heading", "titulo", "titular", "titre", "titel", "titolo", "rubrik", "kop",
    "uberschrift", "schlagzeile", "otsikko", "tittel", "tytul", "nadpis", "baslik", "标题", "標題", "件名", "タイトル",
    "見出し", "заголовок", "제목",
)  # fmt: skip
NAMES = (
    "subject",
    "asunto",
    "assunto",
    "betreff",
    "objet",
    "oggetto",
    "onderwerp",
    "name",
    "label",
)
BODIES = (
    "body", "text", "content", "content_html", "body_html", "html", "full_text", "fulltext",
    "article", "articlebody", "content_text", "message", "bodytext", "blocks", "paragraphs", "sections",
    "markdown", "story", "paragraph", "para", "contenido", "cuerpo", "texto", "conteudo", "corpo", "contenu", "corps",
    "texte", "inhalt", "contenuto", "testo", "inhoud", "tekst", "innehall", "wysiwyg", "richtext",
    "rich_text", "alineas", "absatze", "parrafos", "brodtext", "tresc", "obsah", "icerik", "teksti", "内容", "正文",
    "本文", "текст", "содержание", "내용", "본문",
)  # fmt: skip
# What opens a text, and what stands for it in lists.
LEADS = (
    "lead", "lede", "intro", "introduction", "introductie", "inleiding", "ingress", "standfirst", "dek", "chapo",
    "chapeau", "entradilla", "bajada", "copete", "introduccion", "introducao", "einleitung", "vorspann", "anriss",
    "manchet", "occhiello",
)  # fmt: skip
ABSTRACTS = (
    "description", "summary", "teaser", "abstract", "excerpt", "resumen", "descripcion", "resumo",
    "descricao", "zusammenfassung", "beschreibung", "sommario", "sintesi", "descrizione", "samenvatting",
    "摘要", "概要", "описание", *LEADS,
)  # fmt: skip
MORE_PUBLISHED = (
    "date_display",
    "display_date",
    "published",
    "published_at",
    "publish_ts",
    "published_ts",
    "publishedat",
    "date_public",
    "issued",
    "dateissued",
    "date_issued",
    "posted",
    "posted_at",
    "sent",
    "sent_at",
    "date_posted",
    "post_date",
    "publish_at",
    "published_on",
    "published_date",
    "issue_date",
    "released",
    "date_released",
    "released_at",
    "embargo_date",
    "article_start_date",
)
# Keys below which an object keeps a time: its form, or the language of the item.
_WRAPPED = re.compile(
    r"value|original|\$?date|_?seconds|raw|rendered|processed|formatted|iso\w*|[a-z]{2}(?:[-_][A-Za-z]{2})?"
)
# Names of times as they are compared, by their spelling without "_" and "-".
_SPELLINGS = {
    name.replace("_", "").replace("-", ""): name
    for name in (*reversed(MORE_PUBLISHED), *UPDATED, *reversed(PUBLISHED))
}
TEXTS = frozenset({*BODIES, *ABSTRACTS})
# Without any of these an object is no release.
WORDS = frozenset({*TITLES, *NAMES, *TEXTS})
# Languages that names of fields end in, and forms of a value: "title_en", "date_str", "body_txt".
_SUFFIX = re.compile(
    r"_(?:en|eng|english|fr|es|de|pt|it|nl|sv|ar|he|ja|ko|zh|str|string|text|raw|html|plain|value|t|s|dt|tdt|txt)$"
)
# What is put before a name where several kinds of things are kept: "field_", "post_", "press_release_".
_THING = re.compile(
    r"(?:field|dc|dcterms|schema|acf|post|node|article|news|press|media|release|page|story|item|entry|document"
    r"|statement|notice|announcement|record|main|full|content|body)_"
)
# Names that end like a text's, but for those of what stands round it.
_TEXT = re.compile(
    r"(?:[a-z]_|[a-z]{3})(?:text|fulltext|tekst|texte|texto|testo|body|content|inhalt)$"
)
_OF_PARTS = re.compile(
    r"(?:^|_)(?:alt|tip|seo|url|user|type|footer|header|about)|link|button|label|teaser|short|contact|caption|intro"
    r"|meta|image|photo|video|search|cookie|disclaimer|boilerplate|banner|quote|kurz|bild|anriss|vorspann|context"
)  # fmt: skip
# What else fields with times are called; those that speak of something else come first.
_OTHER_TIMES = re.compile(
    r"crawl|scrap|collect|fetch|retriev|import|index|archiv|expir|(?:^|_)(?:start|end)|_end(?:_|$)|event|birth"
    r"|deadline|source|precision|format|type|count|author|effective|valid|due|meeting|closing|embargo"
)
_CHANGED = re.compile(r"updat|modif|chang|edit|revis|review|(?:^|_)last(?:_|$)|wijzig|更新|修改")
_PUBLISHED = re.compile(
    r"publi|post|releas|issue|pubbl|veroff|erschein|parution|emision|udgiv|julkais|yayin|发布|發布|公開|掲載"
)
_DATED = re.compile(
    rf"{_PUBLISHED.pattern}|(?:^|_)(?:fecha|data|dato|dag|day|tag|pubdate|pvm|paivays|tarih|дата)(?:$|_)"
    r"|(?:^|_)date(?:_|$)|(?:date|datum)$|日付|日期|时间|날짜"
)
_KNOWN_TIMES = frozenset({*PUBLISHED, *MORE_PUBLISHED, *META_DATES, *UPDATED, "changed"})


@lru_cache(maxsize=8192)
def name_of(key: str) -> str:
    """A key as names are compared: in lower case without accents, its words parted by "_", without
    what is put round names of one kind.

    Example: name_of("field_press_release_title") == name_of("postTitle") == "title".
    """
    key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    key = unicodedata.normalize("NFC", key.strip())
    if key.lower() in WORDS:
        return key.lower()
    name = re.sub(r"[\s:]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower())
    plain = _SUFFIX.sub("", name)
    for form in (name, plain.removeprefix("field_")):
        known = _SPELLINGS.get(re.sub(r"[\s_-]", "", form))
        if known or form in WORDS:
            return known or form
    bare = plain
    while (shorter := _THING.sub("", bare, count=1) if _THING.match(bare) else bare) != bare:
        bare = shorter
        if bare in WORDS:
            return bare
    if _TEXT.search(name) and not _OF_PARTS.search(name):
        return "text"
    return plain.removeprefix("field_")


def kind_of_time(name: str) -> str | None:
    """What a field is the time of by its name: `kind_of_time("date_of_posting")`, "published_time",
    "date" or "modified"; a name that the rules of dating know is its own kind; None for no time."""
    if name in _KNOWN_TIMES:
        named = {"changed": "modified"} | dict.fromkeys(MORE_PUBLISHED, "published_time")
        return named.get(name, name)
    if _OTHER_TIMES.search(name) or not _DATED.search(name) and not _CHANGED.search(name):
        return None
    if _CHANGED.search(name):
        return "modified"
    return "published_time" if _PUBLISHED.search(name) else "date"


def is_known_time(name: str) -> bool:
    """Whether the rules of dating know the name of a time."""
    return name in _KNOWN_TIMES


def stamp_of(value: Any) -> str | None:
    """A time as it is stated, be it wrapped in a list or an object; seconds or milliseconds since 1970
    as the UTC day that they mean."""
    if isinstance(value, Mapping):
        inner = (stamp_of(one) for key, one in value.items() if _WRAPPED.fullmatch(str(key)))
        return next((s for s in inner if s and len(stamp_date(s) or "") == 10), None)
    if isinstance(value, list) and len(value) == 1:
        return stamp_of(value[0])
    if isinstance(value, str) and not re.fullmatch(r"\d{9,13}", value):
        return value or None
    if isinstance(value, str | int) and not isinstance(value, bool):
        seconds = int(value) / (1000 if int(value) > 10**11 else 1)
        if 10**7 < seconds < 2**33:
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    return None


def day_of(value: Any) -> str | None:
    """A time that is all that a field has, and states the day."""
    stated = stamp_of(value)
    return stated if stated and len(stated) <= 40 and len(stamp_date(stated) or "") == 10 else None
