"""What an update does to an archive, reckoned while its releases stream by."""

from dataclasses import dataclass

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


class Tally:
    """Reckons the change from an archive, None for none, to a stream of releases."""

    def __init__(self, old: Store | None) -> None:
        places = old.places() if old is not None else {}
        self._before = {release_id: place.digest for release_id, place in places.items()}
        self._now: dict[str, str] = {}

    def add(self, release_id: str, digest: str) -> bool:
        """Take note of a release; returns whether the archive has it just so."""
        self._now[release_id] = digest
        return self._before.get(release_id) == digest

    def change(self) -> Change:
        """The change, when all releases were added."""
        both = sorted(self._now.keys() & self._before.keys())
        return Change(
            added=tuple(sorted(self._now.keys() - self._before.keys())),
            changed=tuple(key for key in both if self._now[key] != self._before[key]),
            removed=tuple(sorted(self._before.keys() - self._now.keys())),
            unchanged=tuple(key for key in both if self._now[key] == self._before[key]),
        )
