"""The files of the next archive, written beside those of the one that is published."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection

import numpy as np

from index import database
from index.changes import Change, Tally
from index.database import Database, Place, clean, issuer_names
from index.lexical import Entry, add_to_lexicon
from index.records import Release, Span
from index.search import Rows, day_range
from index.store import Store
from index.table import GONE, ROW, Table, embedding_key, new_rows, save
from index.vectors import Half

Cut = Callable[[Release], list[Span]]

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


def write_database(
    path: Path,
    old: Store | None,
    base: Store | None,
    releases: Iterable[Release],
    cut: Cut,
    encoder_sha256: str,
) -> tuple[Change, Table]:
    """The database that holds these releases and no others, and the chunk table that fits it.

    old: what the change is reckoned from. base: the archive whose database and rows are taken
    over, None to number all rows anew. cut: the spans of a release's chunks.
    """
    if base is not None:
        shutil.copyfile(base.path / base.manifest.database, path)
    draft = _Draft(base)
    tally = Tally(old)
    with database.written(path) as connection:
        for release in releases:
            digest = database.release_digest(release)
            if tally.add(release.release_id, digest) and base is not None:
                continue
            draft.remove(connection, release.release_id)
            draft.insert(connection, release, digest, cut(release), encoder_sha256)
        change = tally.change()
        for release_id in change.removed:
            draft.remove(connection, release_id)
    return change, np.concatenate(draft.parts)


class _Draft:
    """The rows of the next chunk table, as releases go and come."""

    def __init__(self, base: Store | None) -> None:
        self.places = base.places() if base is not None else {}
        old = np.array(base.table) if base is not None else np.empty(0, dtype=ROW)
        self.parts = [old]
        self.number = int(old["release"].max(initial=GONE)) + 1
        self.size = len(old)

    def remove(self, connection: Connection, release_id: str) -> None:
        place = self.places.get(release_id)
        if place is not None:
            database.delete(connection, place.number)
            self.parts[0]["release"][place.first_row : place.first_row + place.rows] = GONE

    def insert(
        self,
        connection: Connection,
        release: Release,
        digest: str,
        spans: list[Span],
        encoder_sha256: str,
    ) -> None:
        place = Place(self.number, self.size, len(spans), digest)
        database.insert(connection, release, place)
        keys = [embedding_key(embedded_text(release, span), encoder_sha256) for span in spans]
        days = day_range(release.date) if release.date else None
        self.parts.append(new_rows(self.number, spans, keys, days))
        self.number, self.size = self.number + 1, self.size + len(spans)


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


def write_lexicon(
    folder: Path, old: Store | None, gone: bool, written: Database, rows: Table
) -> None:
    """The lexical index: the old one with what is new, or a new one when anything is gone.

    What is deleted from the old one would go on counting in the rarity of words, and the archive
    would not answer as a fresh one does.
    """
    first = 0
    if old is not None and not gone:
        shutil.copytree(old.path / old.manifest.lexicon, folder)
        first = int(old.table["release"].max(initial=GONE)) + 1
    add_to_lexicon(folder, _entries(written, rows, first))


def _entries(written: Database, rows: Table, first: int) -> Iterator[Entry]:
    for release, place in written.releases(first):
        head = header(release) + "\n"
        days = day_range(release.date) if release.date else None
        for row in range(place.first_row, place.first_row + place.rows):
            span = Span(int(rows["start"][row]), int(rows["end"][row]))
            text = clean(head + span.of(release.text)) or ""
            yield Entry(row=row, text=text, issuer=clean(release.issuer), days=days)


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
