"""What an update does to an archive, and the report of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from index.corpus import Sighting
from index.errors import CorpusError
from index.records import Skip
from index.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """What an update does; release ids, sorted. changed: same id, but another text or field."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, or with dry_run would do; release ids, sorted.

    changed: same id, but another text, date or other field. embedded: share of chunks with a
    vector. digest: of the archive, "" for a dry run. seconds: wall time.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Skip, ...]
    releases: int
    chunks: int
    embedded: float
    seconds: float
    digest: str


def change_to(old: Store | None, now: Sequence[Sighting]) -> Change:
    """The change from an archive, None for none, to these releases."""
    places = old.places() if old is not None else {}
    before = {release_id: place.digest for release_id, place in places.items()}
    after = {sighting.release_id: sighting.digest for sighting in now}
    both = sorted(after.keys() & before.keys())
    return Change(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(key for key in both if after[key] != before[key]),
        removed=tuple(sorted(before.keys() - after.keys())),
        unchanged=tuple(key for key in both if after[key] == before[key]),
    )


def check_found(change: Change, skipped: Sequence[Skip]) -> None:
    """Raises CorpusError when there is no release."""
    if not (change.added or change.changed or change.unchanged):
        raise CorpusError(f"no release was found ({len(skipped)} pages were passed over)")


def report(
    change: Change, skipped: Sequence[Skip], store: Store | None, started: float
) -> BuildReport:
    """store: the archive as it became, None for a dry run. started: by `time.monotonic`."""
    return BuildReport(
        added=change.added,
        changed=change.changed,
        removed=change.removed,
        unchanged=change.unchanged,
        skipped=tuple(skipped),
        releases=len(change.added) + len(change.changed) + len(change.unchanged),
        chunks=store.manifest.chunks if store else 0,
        embedded=store.embedded if store else 0.0,
        seconds=time.monotonic() - started,
        digest=store.manifest.digest if store else "",
    )
