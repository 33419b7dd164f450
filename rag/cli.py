"""The `dateline` command: thin; every subcommand calls one function and prints what it returns.

Exit status: 0 done (an abstention is an answer), 1 a failed check, 2 bad usage or input, with one
line on standard error.
"""

import argparse
import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from index.errors import CheckError, DatelineError, InputError, QuestionError

DEFAULT_ARCHIVE = Path(os.environ.get("DATELINE_ARCHIVE", "archive"))
INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments[:1] == ["eval"]:
            return _evaluate(arguments[1:])
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except CheckError as error:
        return _fail(str(error), 1)
    except DatelineError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        # The reader of a pipe went away (`dateline … | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        kept = "; what was finished is kept, the same command goes on"
        return _fail("interrupted" + kept * (arguments[0] == "index"), INTERRUPTED)
    except OSError as error:
        return _fail(f"{error.filename or 'file'}: {error.strerror or error}", 2)


class _Parser(argparse.ArgumentParser):
    """argparse with its errors on one line."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message}; see {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="dateline", description=_SUMMARY)
    parser.add_argument("--version", action="version", version=version("dateline"))
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _index_parser(commands)
    _ask_parser(commands)
    _releases_parser(commands)
    verify = commands.add_parser("verify", help="re-check every hash, count, span and vector")
    _archive_option(verify)
    verify.set_defaults(run=_verify)
    _chat_parser(commands)
    commands.add_parser("eval", help="measure answers against collections (see dateline eval -h)")
    return parser


_SUMMARY = "Verbatim, dated answers from archives of official releases."


def _index_parser(commands: Any) -> None:
    index = commands.add_parser("index", help="build or update an archive")
    index.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    _archive_option(index)
    index.add_argument(
        "--dry-run", action="store_true", help="say what would change, write nothing"
    )
    index.add_argument("--quiet", action="store_true", help="no progress bar")
    index.set_defaults(run=_index)


def _ask_parser(commands: Any) -> None:
    ask = commands.add_parser("ask", help="ask a question, or a file of them")
    ask.add_argument("question", nargs="?")
    _archive_option(ask)
    ask.add_argument("--json", action="store_true", help="print the answer record")
    ask.add_argument("--from", dest="date_from", metavar="DATE", help="not released before")
    ask.add_argument("--to", dest="date_to", metavar="DATE", help="not released after")
    ask.add_argument("--issuer", metavar="NAME", help="put out by")
    ask.add_argument("--as-of", metavar="DATE", help="the day that 'last month' is relative to")
    ask.add_argument("--threshold", type=float, help="confidence below which nothing is answered")
    ask.add_argument("--explain", action="store_true", help="show the candidates and their scores")
    ask.add_argument("--batch", type=Path, metavar="QUESTIONS.jsonl")
    ask.add_argument("--out", type=Path, metavar="ANSWERS.jsonl")
    ask.set_defaults(run=_ask)


def _releases_parser(commands: Any) -> None:
    releases = commands.add_parser("releases", help="what is found in pages, without indexing")
    releases.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    releases.add_argument("--out", type=Path, metavar="FILE.jsonl", help="write release records")
    releases.add_argument("--explain", metavar="SOURCE", help="why this page has its date")
    releases.set_defaults(run=_releases)


def _chat_parser(commands: Any) -> None:
    chat = commands.add_parser("chat", help="open the chat in a browser")
    _archive_option(chat)
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=int, default=7860)
    chat.add_argument("--auth", metavar="USER:PASSWORD", help="ask for a login")
    chat.add_argument(
        "--examples",
        type=Path,
        metavar="FILE",
        help="questions for the empty page, one a line; default: some made from the archive",
    )
    chat.set_defaults(run=_chat)


def _archive_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--archive",
        type=Path,
        default=DEFAULT_ARCHIVE,
        metavar="DIR",
        help="default: $DATELINE_ARCHIVE, else the folder archive",
    )


def _index(options: argparse.Namespace) -> int:
    from index.build import build

    report = build(
        options.corpora, options.archive, progress=not options.quiet, dry_run=options.dry_run
    )
    would = "would be " if options.dry_run else ""
    for name in ("added", "changed", "removed"):
        ids = getattr(report, name)
        print(f"{len(ids):,} releases {would}{name}" + (f": {_few(ids)}" if ids else ""))
    print(f"{len(report.unchanged):,} releases unchanged", flush=True)  # before what follows
    for skip in report.skipped:
        print(f"skipped {skip.source}: {skip.reason}", file=sys.stderr)
    if report.skipped:
        pages = "page" if len(report.skipped) == 1 else "pages"
        print(f"{len(report.skipped):,} {pages} skipped, named on standard error")
    if not options.dry_run:
        print(
            f"{options.archive}: {report.releases:,} releases, {report.chunks:,} chunks, "
            f"{report.embedded:.0%} embedded, {report.seconds:.1f} s, digest {report.digest[:16]}"
        )
    return 0


def _few(ids: Sequence[str], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")


def _ask(options: argparse.Namespace) -> int:
    if options.batch is not None:
        return _ask_batch(options)
    if options.question is None:
        raise InputError("no question: give one, or a file of them with --batch")
    from rag.archive import Archive

    archive = Archive.open(options.archive)
    explanation = archive.explain(options.question, **_limits(options))
    answer = explanation.answer
    if options.json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(answer.text)
        for c in answer.citations:
            title = " ".join((c.title or c.release_id).split())
            print(f"[{c.marker}] {title} — {c.issuer or 'issuer not stated'}, ", end="")
            print(f"{c.date or 'date not stated'} ({c.source})")
    if options.explain:
        for tried in explanation.candidates:
            quote = " ".join(tried.quote.split())[:160]
            print(f"- {tried.verdict}: {tried.release_id} {tried.date}: {quote}")
            print("  " + ", ".join(f"{name} {value}" for name, value in tried.scores.items()))
    return 0


def _limits(options: argparse.Namespace) -> dict[str, Any]:
    names = ("date_from", "date_to", "issuer", "as_of", "threshold")
    return {name: getattr(options, name) for name in names}


def _ask_batch(options: argparse.Namespace) -> int:
    """Answer a file of questions; one that cannot be used is named, and the others go on."""
    if options.out is None:
        raise InputError("--batch needs --out, the file that the answers go to")
    from rag.archive import Archive

    questions = list(_questions(options.batch))
    archive = Archive.open(options.archive)
    unusable = 0
    with _replacing(options.out) as draft, draft.open("w", encoding="utf-8") as out:
        for where, record in questions:
            limits = {n: record.get(n, given) for n, given in _limits(options).items()}
            try:
                answer = archive.ask(record["question"], **limits).to_dict()
            except QuestionError as error:
                unusable += 1
                _fail(f"{where}: {error}", 2)
                continue
            answer["id"] = record.get("id")
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if unusable:
        return _fail(f"{unusable:,} of {len(questions):,} questions were not asked", 2)
    return 0


def _questions(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The questions of a file, each with its place for messages."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        where = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except ValueError as error:
            raise InputError(f"{where}: not JSON in UTF-8 ({error})") from error
        if not isinstance(record, dict) or not isinstance(record.get("question"), str):
            raise InputError(f'{where}: expected an object with a "question"')
        for name in ("date_from", "date_to", "issuer", "as_of"):
            if not isinstance(record.get(name), str | None):
                raise InputError(f'{where}: expected "{name}" to be a string')
        if not isinstance(record.get("threshold"), float | int | None):
            raise InputError(f'{where}: expected "threshold" to be a number')
        yield where, record


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A draft that takes the file's place only when all went well; no half-written file is left.

    What is no regular file (/dev/stdout, a pipe) is the draft itself. Raises InputError when there
    is no folder to write into.
    """
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"cannot write {path}: expected a file in a folder that exists")
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()  # a link stays one
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        draft = Path(folder) / target.name
        yield draft
        draft.replace(target)


def _releases(options: argparse.Namespace) -> int:
    from index.audit import explain, list_releases

    if options.explain:
        print(explain(options.corpora, options.explain))
    elif options.out is None:
        print(list_releases(options.corpora))
    else:
        with _replacing(options.out) as draft:
            print(list_releases(options.corpora, draft))
    return 0


def _verify(options: argparse.Namespace) -> int:
    from index.verify import verify

    print(f"{options.archive}: sound, digest {verify(options.archive)}")
    return 0


def _chat(options: argparse.Namespace) -> int:
    auth = None
    if options.auth is not None:
        user, colon, password = options.auth.partition(":")
        if not (user and colon and password):
            raise InputError("--auth expects USER:PASSWORD")
        auth = (user, password)
    examples = None
    if options.examples is not None:
        lines = options.examples.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        examples = [line.strip() for line in lines if line.strip()]
    from concurrent.futures import ThreadPoolExecutor

    from rag.archive import Archive

    with ThreadPoolExecutor(max_workers=1) as pool:  # both take seconds
        opening = pool.submit(Archive.open, options.archive)
        app = importlib.import_module("app")  # by name: rag never knows the chat
        archive = opening.result()
    where = {"host": options.host, "port": options.port}
    app.serve(archive, **where, auth=auth, examples=examples)
    return 0


def _evaluate(arguments: Sequence[str]) -> int:
    try:
        run = importlib.import_module("eval.run")
    except ModuleNotFoundError as error:
        missing = f"dateline eval needs the package {error.name}, which is not installed"
        raise InputError(f"{missing}: pip install 'dateline[dev]'") from error
    status: int = run.main(arguments)
    return status


def _fail(message: str, status: int) -> int:
    print("dateline: " + " ".join(message.split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
