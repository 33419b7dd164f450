"""A chat server in a process of its own, over an archive that can be read by eye or a real one.

python tests/chat_server.py KIND FOLDER serves KIND (the name of a list of releases below, or the
path of an archive) on a free port, keeps votes in FOLDER, and prints its address as the only line.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index.records import DatedBy, OtherDate, Release  # noqa: E402
from index.store import Store  # noqa: E402

HOSTILE = (
    "<script>window.hit=1</script><img src=http://evil.example/x onerror='window.hit=1'>"
    " {{ 7*7 }} {{#each value}} ${window.hit=1} `${window.hit=1}` @children **bold**"
    " [link](javascript:window.hit=1) \"q\" 'p' &lt; </title></textarea></template><!--"
)


def release(release_id: str, date: str | None, text: str, **fields: object) -> Release:
    dated = DatedBy(date, "labelled_line", f"Release Date: {date}") if date else None
    known: dict[str, object] = {"title": f"Title {release_id}", "issuer": "Office", "url": None}
    known |= {"sources": (f"{release_id}.txt",), "dated": dated, **fields}
    return Release(release_id, f"{release_id}.txt", "0" * 64, language="en", text=text, **known)


def filler(word: str) -> str:
    return "\n".join(f"Paragraph {n} of {word}, which is here to be scrolled." for n in range(60))


PLAIN = [
    release(
        "r1",
        "2018-07-11",
        f"{filler('July')}\nAn extradition was agreed.\n{filler('more')}",
        url="https://example.gov/r1",
        other_dates=(OtherDate("updated", "2021-09-14", "Last Updated: 09/14/2021"),),
    ),
    release("r2", "2019-09", "The extradition took place on Monday.", issuer="Bureau"),
    release(
        "r3",
        "2019-09-27",
        "A second extradition followed.",
        date_conflicts=(DatedBy("2019-09-26", "byline", "September 26, 2019"),),
        version_of="r2",
    ),
    release("r4", None, "On extradition nothing is dated.", issuer=None, title=None),
]
EVIL = [
    release(
        f"e{n}",
        date,
        f"Before {HOSTILE} target\nAfter",
        title=HOSTILE,
        issuer=HOSTILE,
        url="javascript:window.hit=1",
        sources=(HOSTILE, "other"),
        dated=DatedBy(date, HOSTILE, HOSTILE) if date else None,
        date_conflicts=(DatedBy("2019-01-02", HOSTILE, HOSTILE),),
        other_dates=(OtherDate(HOSTILE, "2019-01-03", HOSTILE),),
    )
    for n, date in enumerate(["2019-01-01", "2019-02-01", None])
]
KINDS = {"plain": PLAIN, "hostile": EVIL}


@contextmanager
def serving(kind: str, folder: Path, *more: str) -> Iterator[str]:
    """The address of a server of this kind, which ends with the block."""
    command = [sys.executable, __file__, kind, str(folder), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            assert url.startswith("http://"), "the server did not start"
            yield url
        finally:
            process.terminate()
            process.wait(20)


def fake_of(path: Path) -> "FakeArchive":  # noqa: F821
    """The releases of a real archive, in one that can be read by eye."""
    from fake_archive import FakeArchive

    store = Store.open(path)
    return FakeArchive([store.release(number) for number in store.release_ids()])


def main(kind: str, folder: str, auth: str = "") -> None:
    from fake_archive import FakeArchive

    import app
    import chat.service
    from chat.service import Service
    from chat.sessions import Limits
    from rag.archive import Archive

    archive = FakeArchive(KINDS[kind]) if kind in KINDS else Archive.open(kind)
    if kind in KINDS:
        chat.service.Archive = SimpleNamespace(open=fake_of)  # what uploads are opened with
    examples = ["Who spoke of extradition?", HOSTILE] if kind in KINDS else []
    limits = Limits(question=300, per_minute=100_000, address_per_minute=1_000_000)
    service = Service(
        archive, feedback=Path(folder) / "votes.jsonl", limits=limits, examples=examples
    )
    demo = app.blocks(service)
    password = tuple(auth.split(":", 1)) if auth else None
    print(app.launch(demo, auth=password), flush=True)
    demo.block_thread()


if __name__ == "__main__":
    main(*sys.argv[1:])
