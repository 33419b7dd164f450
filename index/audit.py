"""What was found in a corpus, as text for people: a table, a summary, and why a date was chosen.

python -m index.audit CORPUS... [--out FILE] [--explain SOURCE]
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.corpus import read_corpus
from index.dating import GIVEN
from index.errors import CorpusError, InputError
from index.extraction import examine
from index.reading import find_page
from index.records import Release, Skip, release_to_dict

# Columns of the table in characters; the title takes what is left of a usual terminal.
_WIDTHS = (34, 10, 15, 26, 52)


@dataclass(slots=True)
class Audit:
    """Counts over the releases of a corpus; grows with `count` and `skip`.

    own_dates: releases with a given date (a manifest's or a record's) whose text states one as
    well; own_disagree: those of them where the two differ.
    """

    releases: int = 0
    undated: int = 0
    untitled: int = 0
    unissued: int = 0
    partial: int = 0
    conflicts: int = 0
    copies: int = 0
    versions: int = 0
    own_dates: int = 0
    own_disagree: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    skips: list[Skip] = field(default_factory=list)

    def skip(self, skip: Skip) -> None:
        """Note a page that gave no release."""
        self.skips.append(skip)

    def count(self, release: Release) -> None:
        """Note a release."""
        self.releases += 1
        self.undated += release.dated is None
        self.untitled += release.title is None
        self.unissued += release.issuer is None
        self.partial += release.dated is not None and release.dated.precision != "day"
        self.conflicts += bool(release.date_conflicts)
        self.copies += max(0, len(release.sources) - 1)
        self.versions += release.version_of is not None
        self.rules[release.dated.rule if release.dated else "none"] += 1
        self.others.update(other.kind for other in release.other_dates)
        stated = next((o.date for o in release.other_dates if o.kind == "stated"), None)
        if release.dated and release.dated.rule in GIVEN and stated:
            self.own_dates += 1
            self.own_disagree += not _agree(stated, release.dated.value)


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def audit(releases: Iterable[Release], skips: Iterable[Skip] = ()) -> Audit:
    """The counts over releases that are at hand."""
    result = Audit(skips=list(skips))
    for release in releases:
        result.count(release)
    return result


def summary(result: Audit, most_skips: int = 20) -> str:
    """The counts as lines of text, with the reasons of the first skips; ends without a newline."""
    lines = [
        f"releases   {result.releases}",
        f"undated    {result.undated}",
        f"month or year only  {result.partial}",
        f"untitled   {result.untitled}",
        f"no issuer  {result.unissued}",
        f"date conflicts      {result.conflicts}",
        f"copies merged       {result.copies}",
        f"linked versions     {result.versions}",
    ]
    if result.own_dates:
        share = result.own_disagree / result.own_dates
        lines.append(
            f"text states a date of its own beside the given one: {result.own_dates}; "
            f"differs: {result.own_disagree} ({share:.1%})"
        )
    lines.append("rules      " + _counts(result.rules))
    if result.others:
        lines.append("other dates  " + _counts(result.others))
    lines.append(f"skipped    {len(result.skips)}")
    reasons = Counter(skip.reason for skip in result.skips)
    lines += [f"  {count:6} {reason}" for reason, count in reasons.most_common(most_skips)]
    lines += [f"  {skip.source}: {skip.reason}" for skip in result.skips[:most_skips]]
    return "\n".join(lines)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def header() -> str:
    """The heading of the table."""
    return _cells(("release", "date", "rule", "issuer", "title"))


def row(release: Release) -> str:
    """One line of the table; "!" marks a conflict of dates, "+" a version of another release."""
    marks = ("!" if release.date_conflicts else "") + ("+" if release.version_of else "")
    rule = (release.dated.rule if release.dated else "-") + marks
    return _cells(
        (
            release.release_id,
            release.date or "-",
            rule,
            release.issuer or "-",
            release.title or "-",
        )
    )


def _cells(values: Sequence[str]) -> str:
    cut = (
        value if len(value) <= width else value[: width - 1] + "…"
        for value, width in zip(values, _WIDTHS, strict=True)
    )
    return "  ".join(value.ljust(w) for value, w in zip(cut, _WIDTHS, strict=True)).rstrip()


def table(releases: Iterable[Release]) -> str:
    """The releases as a table, one a line under a heading."""
    return "\n".join([header(), *(row(release) for release in releases)])


def explain(corpora: Sequence[Path], source: str) -> str:
    """Every candidate date of one page with its rule, its words and why it won or lost.

    source: the page's path relative to the corpus, as the records give it. Raises CorpusError when
    the corpus has no such page.
    """
    page = find_page(corpora, source)
    if isinstance(page, Skip):
        return f"{page.source}: skipped, {page.reason}"
    found = examine(page)
    if isinstance(found, Skip):
        return f"{found.source}: skipped, {found.reason}"
    lines: list[str] = []
    for number, draft in enumerate(found, 1):
        dated = draft.dating.dated
        lines.append(f"{page.source} · release {number} of {len(found)}")
        lines.append(f"  title   {draft.title or 'none stated'}")
        lines.append(f"  issuer  {draft.issuer or 'none stated'}")
        lines.append(f"  date    {dated.value + ' by ' + dated.rule if dated else 'none stated'}")
        for candidate, verdict in draft.dating.trail:
            where = f" at {candidate.start}" if candidate.start is not None else ""
            lines.append(f"    {candidate.value:10}  {candidate.rule:15} {verdict}")
            lines.append(f"      “{' '.join(candidate.evidence.split())}”{where}")
        for other in draft.dating.others:
            words = " ".join(other.evidence.split())[:100]
            lines.append(f"    {other.date:10}  {other.kind:15} never a release date: “{words}”")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this module; `dateline releases` does the same."""
    parser = argparse.ArgumentParser(prog="python -m index.audit", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--out", type=Path, help="write the release records here, one a line")
    parser.add_argument("--explain", metavar="SOURCE", help="say of one page why it has its date")
    given = parser.parse_args(arguments)
    try:
        if given.explain:
            print(explain(given.corpora, given.explain))
        else:
            print(list_releases(given.corpora, given.out))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def list_releases(corpora: Sequence[Path], out: Path | None = None, most_rows: int = 200) -> str:
    """Read the corpora once; the table (its first rows) and the summary as text.

    out: a file that gets every release record, one JSON object a line. Raises CorpusError when a
    corpus does not exist or they hold no page at all, OSError when `out` cannot be written.
    """
    result = Audit()
    rows = [header()]
    stream = open(out, "w", encoding="utf-8") if out else None
    try:
        for release in read_corpus(corpora, result.skip):
            result.count(release)
            if len(rows) <= most_rows:
                rows.append(row(release))
            if stream:
                record = json.dumps(release_to_dict(release), ensure_ascii=False)
                stream.write(record.encode("utf-8", "replace").decode() + "\n")
    finally:
        if stream:
            stream.close()
    if not (result.releases or result.skips):
        raise CorpusError("no page was found: give a folder, a file or a .jsonl that has some")
    if result.releases > most_rows:
        rows.append(f"… and {result.releases - most_rows} more")
    return "\n".join([*rows, "", summary(result)])


if __name__ == "__main__":
    sys.exit(main())
