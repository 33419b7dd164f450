"""Which releases are the same words twice, and which are versions of one another.

Texts are compared by fingerprints of a few hundred bytes: a hash of all their words for sameness,
and MinHash signatures of runs of words for likeness (Broder 1997, with one permutation cut into
bins as in Li, Owen and Zhang 2012), looked up by bands. Memory grows with the number of releases,
not with their texts.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.dating import RANK
from index.records import Release

# Words in a run, bins in a signature, bands of bins that are looked up.
RUN, BINS, BANDS = 4, 64, 16
# Share of runs in common from which a text is another version of an earlier one of the same issuer:
# with a word like "corrected" at its head, or with the same title within a fortnight.
CORRECTED_FROM, RETOLD_FROM, DAYS = 0.5, 0.8, 14
# Fewer words than this are too few to compare by runs.
LEAST_WORDS = 30

_WORD = re.compile(r"\w+")
_CORRECTION = re.compile(
    r"\b(?:correct(?:ed|ion|s)|updat(?:ed?|es)|revised|revision|amended|korrigiert|korrektur"
    r"|berichtigung"
    r"|corregid[oa]|actualizad[oa]|corrig[ée]e?|rectificatif|atualizad[oa]|corrigid[oa]"
    r"|version \d)\b",
    re.I,
)
_EMPTY = np.iinfo(np.uint64).max
# Odd multipliers for the words of a run (from the digits of the golden ratio and of pi).
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x243F6A8885A308D3], np.uint64
)


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a release to compare it: ids and digests, none of its words.

    same: digest of all its words. bins: MinHash signature, uint64[BINS], or None for a short text.
    corrects: whether its head says that it is a correction or an update.
    """

    release_id: str
    source: str
    issuer: str | None
    date: str | None
    rank: int
    title: bytes
    same: bytes
    bins: NDArray[np.uint64] | None
    corrects: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a release: kept under which id, from which pages, a version of which.

    into: the release_id that it is merged into, or None when it stays. fill: ids whose title,
    issuer, date or url serve where its own are missing.
    """

    into: str | None = None
    sources: tuple[str, ...] = ()
    version_of: str | None = None


def fingerprint(release: Release) -> Print:
    """The fingerprint of a release; equal texts give equal ones in every run."""
    words = _WORD.findall(release.text.lower())
    title = " ".join(
        w for w in _WORD.findall((release.title or "").lower()) if not _CORRECTION.match(w)
    )
    head = f"{release.title or ''} {release.text[:300]}"
    return Print(
        release.release_id,
        release.source,
        _issuer_key(release.issuer),
        release.date,
        RANK.get(release.dated.rule, len(RANK)) if release.dated else len(RANK),
        _digest(title) if title else b"",
        _digest("".join(words)),
        signature(words),
        bool(_CORRECTION.search(head)),
    )


def _issuer_key(issuer: str | None) -> str | None:
    return " ".join(_WORD.findall(issuer.lower())) if issuer else None


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()


def signature(words: list[str]) -> NDArray[np.uint64] | None:
    """MinHash of the runs of RUN words, uint64[BINS], or None for fewer than LEAST_WORDS words."""
    if len(words) < LEAST_WORDS:
        return None
    codes = np.array([zlib.crc32(w.encode("utf-8", "replace")) for w in words], np.uint64)
    count = len(codes) - RUN + 1
    runs = np.zeros(count, np.uint64)
    for offset in range(RUN):
        runs += (codes[offset : offset + count] + np.uint64(offset + 1)) * _FACTORS[offset]
    runs ^= runs >> np.uint64(29)
    runs *= _FACTORS[3]
    runs ^= runs >> np.uint64(32)
    bins = np.full(BINS, _EMPTY, np.uint64)
    np.minimum.at(bins, (runs % np.uint64(BINS)).astype(np.intp), runs)
    return _filled(bins)


def _filled(bins: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Empty bins take the value of the next full one to the right (Shrivastava and Li 2014)."""
    full = np.flatnonzero(bins != _EMPTY)
    if len(full) in (0, BINS):
        return bins
    at = np.searchsorted(full, np.arange(BINS))
    return bins[full[at % len(full)]]


def likeness(a: Print, b: Print) -> float:
    """Estimated share of runs of words that two texts have in common, 0 to 1."""
    if a.bins is None or b.bins is None:
        return 1.0 if a.same == b.same else 0.0
    return float(np.mean(a.bins == b.bins))


def decide(prints: Iterable[Print]) -> dict[str, Decision]:
    """What becomes of each release that is merged, has copies or is a version; by release_id.

    Same words, same issuer (or one of them unstated) and no contradiction in the dates: one
    release, the one with the strongest evidence for its date, of equals the first. Same words by
    one issuer on another day, or nearly the same words that correct or retell earlier ones: a
    version. Near copies by different issuers are left alone.
    """
    kept, decisions = _merge(prints)
    for later, earlier in _versions(kept):
        decisions[later] = replace(decisions.get(later, Decision()), version_of=earlier)
    return decisions


def _merge(prints: Iterable[Print]) -> tuple[list[Print], dict[str, Decision]]:
    groups: dict[bytes, list[list[Print]]] = {}
    order: list[list[Print]] = []
    for one in prints:
        alike = groups.setdefault(one.same, [])
        group = next((g for g in alike if all(_mergeable(one, other) for other in g)), None)
        if group is None:
            group = []
            alike.append(group)
            order.append(group)
        group.append(one)
    kept = []
    decisions: dict[str, Decision] = {}
    for group in order:
        best = min(group, key=lambda p: (p.date is None, p.rank))
        kept.append(best)
        if len(group) > 1:
            sources = dict.fromkeys([best.source, *(p.source for p in group)])
            decisions[best.release_id] = Decision(sources=tuple(sources))
            for other in group:
                if other is not best:
                    decisions[other.release_id] = Decision(into=best.release_id)
    return kept, decisions


def _mergeable(a: Print, b: Print) -> bool:
    issuers = a.issuer is None or b.issuer is None or a.issuer == b.issuer
    dates = (
        a.date is None or b.date is None or a.date.startswith(b.date) or b.date.startswith(a.date)
    )
    return issuers and dates


def _versions(kept: list[Print]) -> Iterator[tuple[str, str]]:
    """Pairs (later id, earlier id), each later one at most once."""
    buckets: dict[tuple[object, ...], list[int]] = {}
    ordered = sorted(
        (p for p in kept if p.issuer is not None and p.bins is not None),
        key=lambda p: (p.date or "9999", p.corrects, p.release_id),
    )
    width = BINS // BANDS
    for number, one in enumerate(ordered):
        assert one.bins is not None
        near: set[int] = set()
        for band in range(BANDS):
            key = (one.issuer, band, one.bins[band * width : (band + 1) * width].tobytes())
            bucket = buckets.setdefault(key, [])
            near.update(bucket[-20:])
            bucket.append(number)
        earlier = [ordered[n] for n in near if _is_version(one, ordered[n])]
        if earlier:
            best = max(earlier, key=lambda p: (likeness(one, p), p.date or "", p.release_id))
            yield one.release_id, best.release_id


def _is_version(later: Print, earlier: Print) -> bool:
    share = likeness(later, earlier)
    if later.same == earlier.same:
        return True
    days = _days_apart(later.date, earlier.date)
    same_title = bool(later.title) and later.title == earlier.title
    if later.corrects and not earlier.corrects and (same_title or share >= RETOLD_FROM):
        return share >= CORRECTED_FROM and (days is None or days <= 10 * DAYS)
    return same_title and share >= RETOLD_FROM and days is not None and days <= DAYS


def _days_apart(a: str | None, b: str | None) -> int | None:
    if not a or not b or len(a) < 10 or len(b) < 10:
        return None
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def apply(release: Release, decision: Decision | None) -> Release | None:
    """The release as it is published, or None when it has been merged into another."""
    if decision is None:
        return release
    if decision.into is not None:
        return None
    sources = decision.sources or release.sources
    return replace(release, sources=sources, version_of=decision.version_of)


def settle(releases: Iterable[Release]) -> list[Release]:
    """Merge and link the releases of a corpus that fits into memory; their order is kept.

    index/corpus.py does the same for a corpus of any size.
    """
    held = list(releases)
    decisions = decide(fingerprint(release) for release in held)
    applied = (apply(release, decisions.get(release.release_id)) for release in held)
    return [release for release in applied if release is not None]
