"""Questions with date or issuer bounds, made from the metadata of releases, and how they are read.

    python -m eval.date_questions RELEASES.jsonl OUT.jsonl [--count 300] [--seed 1]
    python -m eval.date_questions RELEASES.jsonl OUT.jsonl --check [--held-out] [--errors]
    python -m eval.date_questions RELEASES.jsonl OUT.jsonl --archive ARCHIVE

Each line of OUT holds a question, its gold bounds (from, to: ISO days or null), the issuer that
must have issued the answer or null, the issuer that is named, and the ids of the releases within
the bounds. The phrasings stand here and in eval/date_phrases.py, nothing of the parser does; every
third of them is marked as held out, and a question counts as held out when it uses one of these.
With --archive, the archive of these releases, the questions are asked at every threshold at once:
what is cited, or would be if nothing were withheld, must lie within the gold bounds.
"""

import argparse
import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from eval.date_phrases import ON_DAY, WHEN, WHICH, Phrasing
from rag.archive import Archive
from rag.question import understand
from rag.records import Answer, Bounds, Citation


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A question with its gold bounds; see the module's docstring."""

    id: str
    question: str
    start: str | None
    end: str | None
    issuer: str | None
    named: str | None
    phrasing: str
    frame: str
    held_out: bool
    release_ids: tuple[str, ...] = ()


# --- frames: {i} the issuer, {t} the topic, {d} the date words ----------------------------------

# (frame, whether the issuer must have issued the answer)
FRAMES: dict[str, tuple[str, bool]] = {
    "fragment": ("{i} {d} on {t}", True),
    "say": ("What did {i} say about {t} {d}?", False),
    "releases of": ("{i}'s releases on {t} {d}", True),
    "press releases by": ("press releases by {i} {d} about {t}", True),
    "opening": ("{D}, what did {i} say about {t}?", False),
    "has said": ("What has {i} said about {t} {d}?", True),
    "statements from": ("statements from {i} on {t} {d}", True),
    "releases on": ("releases on {t} {d}", False),
    "was announced": ("What was announced {d} about {t}?", False),
    "anything": ("anything from {i} about {t} {d}?", True),
    "put out": ("Show me everything {i} put out on {t} {d}", True),
    "news releases": ("news releases about {t} {d}", False),
    "most recent": ("the most recent release from {i} on {t} {d}", True),
    "latest": ("What is {i}'s latest on {t} {d}?", True),
    "first": ("{i}'s first statement on {t} {d}", True),
    "position": ("How has {i}'s position on {t} changed {d}?", False),
    "list": ("List {i} statements on {t} issued {d}", True),
    "mention": ("Which releases {d} mention {t}?", False),
    "did announce": ("What did {i} announce on {t} {d}?", False),
    "say anything": ("Did {i} say anything about {t} {d}?", False),
    "have to say": ("what did {i} have to say about {t} {d}", False),
    "comma": ("{i} on {t}, {d}", True),
    "according to": ("Why does {t} matter, according to {i} {d}?", False),
    "quotes": ("quotes from {i} about {t} {d}", True),
    "timeline": ("timeline of {i}'s statements on {t} {d}", True),
    "published": ("What was published {d} on {t}?", False),
}
DAY_FRAMES: dict[str, tuple[str, bool]] = {
    "release issued": ("What does the release issued {d} by {i} say about {t}?", True),
    "statement of": ("the statement by {i} released {d} on {t}", True),
    "did announce": ("What did {i} announce {d} about {t}?", False),
    "put out": ("What did {i} put out {d} on {t}?", True),
    "press release": ("press release {d} about {t}", False),
    "was issued": ("What was issued {d} about {t}?", False),
}
WHICH_FRAMES: dict[str, tuple[str, bool]] = {
    "the release": ("What does the {d} release on {t} say?", False),
    "press release from": ("the {d} press release from {i} on {t}", True),
    "possessive": ("What did {i}'s {d} statement say about {t}?", True),
    "according": ("According to the {d} announcement, what about {t}?", False),
    "in the statement": ("Who is named in the {d} news release about {t}?", False),
}
NAMES = ("{full}", "Senator {last}", "{last}", "Sen {last}")


def _is_held_out(name: str, table: Iterable[str]) -> bool:
    """Every third phrasing, by its place in its table."""
    return list(table).index(name) % 3 == 2


# --- making questions --------------------------------------------------------------------------


def generate(
    releases: Sequence[dict[str, str]], *, count: int, seed: int, as_of: date
) -> list[DateQuestion]:
    """`count` questions from releases (id, issuer, date, text), the phrasings dealt evenly."""
    rng = random.Random(seed)
    common = _common_words(releases)
    made: list[DateQuestion] = []
    tables = (
        [(n, WHEN, FRAMES) for n in WHEN]
        + [(n, ON_DAY, DAY_FRAMES) for n in ON_DAY]
        + [(n, WHICH, WHICH_FRAMES) for n in WHICH]
    )
    frames = {id(table): list(table) for table in (FRAMES, DAY_FRAMES, WHICH_FRAMES)}
    while len(made) < count:
        for name, phrasings, table in tables:
            if not frames[id(table)]:
                frames[id(table)] = list(table)
            order = frames[id(table)]
            frame = order.pop(rng.randrange(len(order)))
            question = _make(
                rng.choice(releases), name, phrasings, frame, table, as_of, rng, common
            )
            if question is not None and len(made) < count:
                made.append(replace(question, id=f"date-{len(made):04d}"))
    return [_with_gold(question, releases) for question in made]


def _make(
    release: dict[str, str],
    name: str,
    phrasings: dict[str, Phrasing],
    frame: str,
    table: dict[str, tuple[str, bool]],
    as_of: date,
    rng: random.Random,
    common: Counter[str],
) -> DateQuestion | None:
    day = date.fromisoformat(release["date"])
    phrase = phrasings[name](day, as_of, rng)
    pattern, must = table[frame]
    topic = _topic(release["text"], common)
    if topic is None or (name == "no date" and not must):
        return None
    last = re.sub(r"^Sen\. ", "", release["issuer"])
    if not last.isalpha() or re.search(r"[a-z][A-Z]", last):
        return None
    issuer = rng.choice(NAMES).format(full=release["issuer"], last=last)
    capital = phrase.words[:1].upper() + phrase.words[1:]
    words = pattern.format(i=issuer, t=topic, d=phrase.words, D=capital)
    question = re.sub(r"\s+([?,])", r"\1", re.sub(r"\s+", " ", words)).strip(" ,")
    return DateQuestion(
        id="",
        question=question,
        start=phrase.start.isoformat() if phrase.start else None,
        end=phrase.end.isoformat() if phrase.end else None,
        issuer=release["issuer"] if must else None,
        named=release["issuer"] if "{i}" in pattern else None,
        phrasing=name,
        frame=frame,
        held_out=_is_held_out(name, phrasings) or _is_held_out(frame, table),
    )


def _common_words(releases: Sequence[dict[str, str]]) -> Counter[str]:
    """In how many releases each lower-case word stands."""
    return Counter(w for r in releases for w in set(re.findall(r"\b[a-z]{5,14}\b", r["text"])))


def _topic(text: str, common: Counter[str]) -> str | None:
    """The two most telling lower-case words of a release, as a topic, or None."""
    words = Counter(re.findall(r"\b[a-z]{5,14}\b", text[:3000]))
    known = [w for w in words if 20 <= common[w] <= 400]
    best = sorted(known, key=lambda w: (-words[w] / common[w], w))[:2]
    return " and ".join(best) if len(best) == 2 else None


def _with_gold(question: DateQuestion, releases: Sequence[dict[str, str]]) -> DateQuestion:
    found = [
        r["id"]
        for r in releases
        if (question.start is None or r["date"] >= question.start)
        and (question.end is None or r["date"] <= question.end)
        and (question.issuer is None or r["issuer"] == question.issuer)
    ]
    return replace(question, release_ids=tuple(found))


# --- measuring ---------------------------------------------------------------------------------


def is_exact(question: DateQuestion, issuers: Sequence[str], span: Bounds, as_of: date) -> bool:
    """Whether bounds and issuer are read exactly; a name that does not bind must be noticed."""
    query = understand(question.question, issuers=issuers, span=span, as_of=as_of)
    if (query.bounds.start, query.bounds.end) != (question.start, question.end):
        return False
    if question.issuer is not None:
        return query.issuers == (question.issuer,)
    return question.named is None or question.named in query.issuers + query.issuer_hints


def strays(question: DateQuestion, answer: Answer) -> list[Citation]:
    """What is cited, or was withheld, from outside of the gold bounds or of another issuer."""
    inside = frozenset(question.release_ids)
    return [c for c in (*answer.citations, *answer.withheld) if c.release_id not in inside]


def _ask_all(questions: Sequence[DateQuestion], archive: Archive, as_of: date) -> None:
    answered, cited, outside = 0, 0, 0
    for question in questions:
        answer = archive.ask(question.question, as_of=as_of.isoformat())
        found = strays(question, answer)
        answered += answer.answered
        cited += len(answer.citations) + len(answer.withheld)
        outside += len(found)
        for stray in found:
            print(
                f"  {question.question}\n    {question.start} {question.end} {question.issuer}:",
                end="",
            )
            print(f" cited {stray.release_id} {stray.date} {stray.issuer}")
    print(
        f"{len(questions)} asked, {answered} answered; {outside} of {cited} quotes are from outside"
    )


def _read(path: Path) -> list[dict[str, str]]:
    opened = lzma.open(path, "rt") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the questions; read them with --check, ask them with --archive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="measure the parser on them")
    parser.add_argument("--held-out", action="store_true", help="name the held-out errors too")
    parser.add_argument("--errors", action="store_true", help="name the errors")
    parser.add_argument("--archive", type=Path, help="ask them of this archive")
    given = parser.parse_args(arguments)
    releases = _read(given.releases)
    days = sorted(r["date"] for r in releases)
    as_of = date.fromisoformat(days[-1])
    questions = generate(releases, count=given.count, seed=given.seed, as_of=as_of)
    with given.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(q)) + "\n" for q in questions)
    print(f"{len(questions)} questions, {sum(q.held_out for q in questions)} held out")
    if given.archive:
        _ask_all(questions, Archive.open(given.archive), as_of)
    if given.check:
        _check(questions, releases, given)


def _check(
    questions: Sequence[DateQuestion], releases: Sequence[dict[str, str]], given: argparse.Namespace
) -> None:
    days = sorted(r["date"] for r in releases)
    as_of = date.fromisoformat(days[-1])
    issuers = tuple(sorted({r["issuer"] for r in releases}))
    span = Bounds(days[0], days[-1])
    for held_out in (False, True):
        group = [q for q in questions if q.held_out == held_out]
        wrong = [q for q in group if not is_exact(q, issuers, span, as_of)]
        name = "held out" if held_out else "developed on"
        share = 1 - len(wrong) / max(1, len(group))
        print(f"{name}: {len(group) - len(wrong)} of {len(group)} exact, {share:.3f}")
        for question in wrong if given.errors and (given.held_out or not held_out) else ():
            query = understand(question.question, issuers=issuers, span=span, as_of=as_of)
            print(f"  {question.question}")
            print(f"    gold {question.start} {question.end} {question.issuer or question.named}")
            print(f"    read {query.bounds.start} {query.bounds.end} {query.issuers}", end=" ")
            print(query.issuer_hints, query.answer_type)


if __name__ == "__main__":
    main()
