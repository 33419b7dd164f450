"""The files of the next archive, written beside those of the one that is published."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from sqlite3 import Connection

import numpy as np

from index.changes import Change
from index.chunking import Bounds
from index.corpus import Sighting
from index.database import Database, Place, clean, delete, insert, issuer_names, written
from index.lexical import Entry, writing_lexicon
from index.records import Release, Span
from index.search import Rows, day_range
from index.store import Store
from index.table import GONE, ROW, Table, embedding_key, new_rows, save
from index.vectors import Half
from index.workers import BATCH, Crew

Cut = tuple[Sighting, Release, list[Span]]
Cutters = Crew[str, Bounds]
Index = Callable[[Entry], object]

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def header(release: Release) -> str:
    """The words by which every chunk of a release is found: title, issuer and date."""
    parts = (release.title, release.issuer, release.date and spoken(release.date))
    return " | ".join(part for part in parts if part)


def spoken(date: str) -> str:
    """An ISO date as people write it, then as it is: `spoken("2019-09")` is
    `"September 2019 2019-09"`.
    """
    year, *rest = date.split("-")
    words = [MONTHS[int(number) - 1] for number in rest[:1]]
    words += [str(int(number)) for number in rest[1:]]
    return " ".join([*words, year, date])


def embedded_text(release: Release, span: Span) -> str:
    """What is embedded of a chunk: its words."""
    return clean(span.of(release.text)) or ""


def write_words(
    database: Path,
    lexicon: Path,
    base: Store | None,
    change: Change,
    sightings: Iterable[Sighting],
    crew: Cutters,
    encoder_sha256: str,
) -> Table:
    """The database and the lexical index of these releases and no others; the table that fits.

    base: the archive whose files are taken over, None to number all rows anew. change: from base;
    without it, all of `sightings` is new. crew: who cuts texts into chunks.

    The lexical index is written anew when anything is gone: what is deleted from an old one would
    go on counting in the rarity of words, and the archive would not answer as a fresh one does.
    """
    unchanged = frozenset(change.unchanged) if base is not None else frozenset()
    gone = bool(change.changed or change.removed)
    if base is not None:
        shutil.copyfile(base.path / base.manifest.database, database)
        if not gone:
            shutil.copytree(base.path / base.manifest.lexicon, lexicon)
    draft = _Draft(base, encoder_sha256)
    with written(database) as connection, writing_lexicon(lexicon) as index:
        if base is not None and gone:
            for release, place in base.releases():
                if release.release_id in unchanged:
                    _index_chunks(index, release, place, base.table[place.first_row :])
        for release_id in (*change.changed, *change.removed):
            draft.remove(connection, release_id)
        new = (sighting for sighting in sightings if sighting.release_id not in unchanged)
        for sighting, release, spans in _cut_all(new, crew):
            place, rows = draft.insert(connection, release, sighting.digest, spans)
            _index_chunks(index, release, place, rows)
    return np.concatenate(draft.parts)


def _cut_all(sightings: Iterable[Sighting], crew: Cutters) -> Iterator[Cut]:
    """The sightings in order with their releases and the spans of their chunks."""
    batches = _loaded(sightings)
    for batch, cut in crew.each(
        (batch, [release.text for _, release in batch]) for batch in batches
    ):
        for (sighting, release), bounds in zip(batch, cut, strict=True):
            yield sighting, release, [Span(start, end) for start, end in bounds]


def _loaded(sightings: Iterable[Sighting]) -> Iterator[list[tuple[Sighting, Release]]]:
    rest = iter(sightings)
    while batch := [(sighting, sighting.load()) for sighting in islice(rest, BATCH)]:
        yield batch


def _index_chunks(index: Index, release: Release, place: Place, rows: Table) -> None:
    """Add a release's chunks to the lexical index; its rows are the first ones of `rows`."""
    head = header(release) + "\n"
    days = day_range(release.date) if release.date else None
    issuer = clean(release.issuer)
    for number in range(place.rows):
        span = Span(int(rows["start"][number]), int(rows["end"][number]))
        text = clean(head + span.of(release.text)) or ""
        index(Entry(row=place.first_row + number, text=text, issuer=issuer, days=days))


class _Draft:
    """The rows of the next chunk table, as releases go and come."""

    def __init__(self, base: Store | None, encoder_sha256: str) -> None:
        self.places = base.places() if base is not None else {}
        old = np.array(base.table) if base is not None else np.empty(0, dtype=ROW)
        self.parts = [old]
        self._number = int(old["release"].max(initial=GONE)) + 1
        self._size = len(old)
        self._encoder_sha256 = encoder_sha256

    def remove(self, connection: Connection, release_id: str) -> None:
        """Take a release out, if it is there."""
        place = self.places.get(release_id)
        if place is not None:
            delete(connection, place.number)
            self.parts[0]["release"][place.first_row : place.first_row + place.rows] = GONE

    def insert(
        self, connection: Connection, release: Release, digest: str, spans: list[Span]
    ) -> tuple[Place, Table]:
        """Add a release with the spans of its chunks; returns where it stands, and its rows."""
        place = Place(self._number, self._size, len(spans), digest)
        insert(connection, release, place)
        texts = (embedded_text(release, span) for span in spans)
        keys = [embedding_key(text, self._encoder_sha256) for text in texts]
        days = day_range(release.date) if release.date else None
        rows = new_rows(place.number, spans, keys, days)
        self.parts.append(rows)
        self._number, self._size = place.number + 1, self._size + len(spans)
        return place, rows


def write_table(path: Path, written: Database, rows: Table) -> None:
    """The chunk table, its issuers and order numbered as the database has them."""
    issuers = {name: number for number, name in enumerate(issuer_names(written))}
    found = written.fetch("SELECT number, issuer FROM releases ORDER BY release_id")
    most = max((number for number, _ in found), default=-1) + 1
    rank = np.full(most, -1, dtype=np.int64)
    issuer = np.full(most, -1, dtype=np.int64)
    for place, (number, name) in enumerate(found):
        rank[number] = place
        issuer[number] = issuers.get(name, -1)
    live = np.flatnonzero(rows["release"] != GONE)
    releases = rows["release"][live]
    rows["issuer"][live] = issuer[releases]
    sequence = np.lexsort((rows["number"][live], rank[releases]))
    rows["order"][live[sequence]] = np.arange(len(live))
    save(rows, path)


def write_segment(archive: Path, generation: int, vectors: Half, rows: Rows) -> tuple[str, str]:
    """A segment of vectors (n, d) with their chunk rows (n,); returns the names of its files."""
    names = (f"vectors-{generation:06d}.npy", f"rows-{generation:06d}.npy")
    np.save(archive / names[0], vectors.astype(np.float16), allow_pickle=False)
    np.save(archive / names[1], rows.astype(np.int64), allow_pickle=False)
    return names


class Recycler:
    """Finds the vectors that an archive holds by the keys of the words they were made of."""

    def __init__(self, store: Store) -> None:
        self._store = store
        keys = store.table["key"][store.vector_rows]
        self._positions = {bytes(key): position for position, key in enumerate(keys)}

    def find(self, keys: Sequence[bytes]) -> tuple[list[int], Half]:
        """Which of the keys have a vector, by their place in `keys`, and those vectors."""
        places = [place for place, key in enumerate(keys) if key in self._positions]
        positions = np.array([self._positions[keys[place]] for place in places], dtype=np.int64)
        return places, self._store.vectors_at(positions)
