"""Page -> findings: its releases packed, with all that comparing them takes.

A finding is what a worker hands back and what the cache keeps. The release itself stays packed
until somebody needs its words, which for an unchanged page nobody does.
"""

import base64
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from index.database import decode, encode, record_digest
from index.editions import Print, fingerprint
from index.extraction import releases_of
from index.records import Page, Release, Skip
from index.workers import Work

Row = tuple[str, bytes, bytes]  # a finding as plain values: print and digest, record, text
Found = list[Row] | str  # what is found in a page, or the reason why nothing is
Fields = tuple[str, str, bytes | None, str, dict[str, Any], dict[str, str]]

FAST = 1  # zlib level for what is written once a page and seldom read


@dataclass(frozen=True, slots=True)
class Finding:
    """A release as its page alone states it. print: to compare it by. digest: of every field."""

    print: Print
    digest: str


def page_fields(page: Page) -> Fields:
    """The page as plain values: `findings_in` takes them."""
    source, sha256, content, kind = page.source, page.sha256, page.content, page.format
    return source, sha256, content, kind, dict(page.record), dict(page.override)


def findings_in(fields: Fields) -> Found:
    """As `findings_of`, of a page as plain values."""
    return findings_of(Page(*fields))


def findings_of(page: Page) -> Found:
    """The releases of a page, or the reason why there is none.

    What one page brings out must not stop the run, but is reported.
    """
    try:
        found = releases_of(page)
    except (RecursionError, MemoryError) as error:
        return f"too deeply nested or too large: {type(error).__name__}"
    except Exception as error:
        return f"fault in reading it: {type(error).__name__}: {error}"[:200]
    return found.reason if isinstance(found, Skip) else [pack(release) for release in found]


def pack(release: Release) -> Row:
    """The release and its finding as plain values."""
    one = fingerprint(release)
    record, text = encode(release)
    digest = record_digest(record, release.text)
    bins = base64.b64encode(one.bins.tobytes()).decode() if one.bins is not None else None
    fields = [one.release_id, one.source, one.issuer, one.date, one.rank]
    fields += [one.title.hex(), one.same.hex(), bins, one.corrects, digest]
    return json.dumps(fields), zlib.compress(record.encode(), FAST), text


def finding(row: Row) -> Finding:
    """The finding that `pack` made; ValueError, TypeError or KeyError when it is none."""
    release_id, source, issuer, date, rank, title, same, bins, corrects, digest = json.loads(row[0])
    signature = np.frombuffer(base64.b64decode(bins), np.uint64) if bins is not None else None
    title, same = bytes.fromhex(title), bytes.fromhex(same)
    one = Print(release_id, source, issuer, date, rank, title, same, signature, corrects)
    return Finding(one, digest)


def release(row: Row, release_id: str) -> Release:
    """The release that `pack` packed, under this id."""
    found = decode(zlib.decompress(row[1]).decode(), row[2])
    return found if found.release_id == release_id else replace(found, release_id=release_id)


def _lost(fields: Fields, status: int) -> Found:
    return f"the process that read it ended with status {status}"


FINDING = Work(findings_in, "index.findings:findings_in", (), _lost)
