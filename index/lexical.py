"""BM25 search with tantivy, and only here.

Each chunk is one tantivy document: its text with a header of title, issuer and date words, and the
release's dates and issuer as fields that filter inside the search. Queries are built from terms,
never parsed, so any text is a query.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy

from index.search import NO_LATER, Filter, Found, Rows, Scores, top

ANALYZER = "dateline"
LONGEST_WORD = 64  # characters; longer ones are no words, and are not indexed
HEAP = 256_000_000  # bytes that the writer fills before it writes a segment
MOST_TERMS = 256  # different ones of a query; the rest of a longer query is left out
TIES = 64  # hits looked at beyond k, so that ties at the end are broken the same way
DIGITS = 3  # decimals of a score: sums of the same terms in another order differ in the sixth


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a chunk.

    days: first and last day that the stated release date covers as yyyymmdd, None when undated.
    """

    row: int
    text: str
    issuer: str | None
    days: tuple[int, int] | None


class Lexicon:
    """An open BM25 index; it keeps its view whatever happens to the files."""

    def __init__(self, folder: Path) -> None:
        index = _opened(folder)
        self._searcher = index.searcher()
        self._schema = index.schema
        self._analyzer = _analyzer()

    def __len__(self) -> int:
        """How many chunks are indexed."""
        return int(self._searcher.num_docs)

    def search(self, text: str, k: int, where: Filter, order: Rows) -> Found:
        """The k chunks that fit the text best among those that pass the filter.

        order: the place of each row in the archive, by which equal scores are ordered. Chunks that
        share no word with the text are never found.
        """
        query = self._query(text, where)
        if query is None or k < 1:
            return Found(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        hits = self._searcher.search(query, limit=k + TIES, count=False).hits
        addresses = [address for _, address in hits]
        found = self._searcher.fast_field_values("row", addresses)
        rows = np.array(found, dtype=np.int64)
        scores: Scores = np.array([round(score, DIGITS) for score, _ in hits], dtype=np.float32)
        best = top(scores, order[rows], k)
        return Found(rows[best], scores[best])

    def terms(self, text: str) -> list[str]:
        """The index's terms of a text, in order: stemmed, lower-cased, accents folded."""
        terms: list[str] = self._analyzer.analyze(text)
        return terms

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """In how many chunks each term stands."""
        return [int(self._searcher.doc_freq("text", term)) for term in terms]

    def _query(self, text: str, where: Filter) -> tantivy.Query | None:
        terms = list(dict.fromkeys(self.terms(text)))[:MOST_TERMS]
        if not terms:
            return None
        words = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._term("text", term)) for term in terms]
        )
        parts = [(tantivy.Occur.Must, words)]
        for condition in self._conditions(where):
            silent = tantivy.Query.const_score_query(condition, 0.0)
            parts.append((tantivy.Occur.Must, silent))
        return tantivy.Query.boolean_query(parts) if len(parts) > 1 else words

    def _conditions(self, where: Filter) -> Iterable[tantivy.Query]:
        days = where.days()
        if days is not None:
            yield self._between("first", days[0], NO_LATER)
            yield self._between("last", 1, days[1])
        if where.issuers:
            yield tantivy.Query.term_set_query(self._schema, "issuer", list(where.issuers))

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    def _between(self, field: str, low: int, high: int) -> tantivy.Query:
        kind = tantivy.FieldType.Unsigned
        return tantivy.Query.range_query(self._schema, field, kind, low, high)


@contextmanager
def writing_lexicon(folder: Path) -> Iterator[Callable[[Entry], object]]:
    """What adds an entry to the index in a folder; it is made when it is not there.

    Entries are indexed in a thread of their own, beside whatever makes them, and kept when the
    `with` statement ends well. There is no way to take entries out: tantivy would go on counting
    their words in the rarity of words, so an index without them is built anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = _registered(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    yield lambda entry: writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def _opened(folder: Path) -> tantivy.Index:
    try:
        index = tantivy.Index.open(str(folder))
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
        # A read-only folder: tantivy wants to write a lock beside the files even to read them.
        with tempfile.TemporaryDirectory() as writable:
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    (Path(writable) / path.name).symlink_to(path.resolve())
            return _read(tantivy.Index.open(writable))
    return _read(index)


def _read(index: tantivy.Index) -> tantivy.Index:
    _registered(index).config_reader("manual")  # no thread that watches the files
    return index


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row", entry.row)
    document.add_text("text", entry.text)
    if entry.issuer is not None:
        document.add_text("issuer", entry.issuer)
    # A chunk without a date gets no value: no range contains it.
    if entry.days is not None:
        document.add_unsigned("first", entry.days[0])
        document.add_unsigned("last", entry.days[1])
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    builder.add_text_field("text", stored=False, tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("issuer", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("first", stored=False, indexed=False, fast=True)
    builder.add_unsigned_field("last", stored=False, indexed=False, fast=True)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _registered(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(ANALYZER, _analyzer())
    return index
