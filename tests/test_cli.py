"""The `dateline` command: its exit statuses, its messages, and that nothing is lost on bad input."""

import json
import os
import shutil
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.manifest import locked, read_manifest
from rag.cli import main

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
COMMAND = [sys.executable, "-m", "rag.cli"]
ANSWER_KEYS = [
    *("id", "question", "answered", "reason", "confidence", "text", "query", "citations"),
    *("withheld", "nearest", "embedded", "latency_ms"),
]
CITATION_KEYS = [
    *("marker", "release_id", "title", "issuer", "date", "date_precision", "url", "source"),
    *("quote", "start", "end", "emphasis", "resolved", "differs"),
]
RELEASE_KEYS = [
    *("release_id", "source", "source_sha256", "title", "issuer", "url", "language", "date"),
    *(
        "date_rule",
        "date_evidence",
        "date_conflicts",
        "other_dates",
        "sources",
        "version_of",
        "span",
    ),
    "text",
]


class Run:
    """A run of the command in this process: status, out, err."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments: object) -> "Run":
        self._capsys.readouterr()
        self.status = main([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        return self

    def refuses(self, *arguments: object, status: int = 2) -> str:
        """The one line that it says when it does not do what was asked."""
        self(*arguments)
        assert (self.status, self.out) == (status, "")
        assert self.err.startswith("dateline: ") and self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err


@pytest.fixture
def run(capsys) -> Run:
    return Run(capsys)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """An archive of the default corpus; not to be changed."""
    path = tmp_path_factory.mktemp("built") / "archive"
    assert main(["index", str(CORPUS), "--archive", str(path), "--quiet"]) == 0
    return path


@pytest.fixture
def archive(built, tmp_path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(built, tmp_path / "archive"))


@pytest.fixture
def corpus(tmp_path) -> Path:
    """One page that holds a release."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Office of Harbors\n\nNew Lighthouse Opens\n\nRelease Date: March 3, 2020\n\n"
        "The harbor master opened the new lighthouse on Monday. It cost 4 million dollars.\n"
    )
    return folder


def records_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def digest(run: Run, archive: Path) -> str:
    assert run("verify", "--archive", archive).status == 0, run.err
    return run.out.rpartition("digest ")[2].strip()


# index -------------------------------------------------------------------------------------------


def test_index_says_what_it_found_and_a_second_run_changes_nothing(run, built):
    before, files = digest(run, built), sorted(built.iterdir())
    run("index", CORPUS, "--archive", built)
    assert run.status == 0
    assert run.out.splitlines()[:4] == [
        "0 releases added",
        "0 releases changed",
        "0 releases removed",
        "6 releases unchanged",
    ]
    assert f"{built}: 6 releases, " in run.out and "100% embedded" in run.out
    assert (digest(run, built), sorted(built.iterdir())) == (before, files)


def test_a_dry_run_writes_nothing(run, corpus, tmp_path):
    run("index", corpus, "--archive", tmp_path / "new", "--dry-run")
    assert run.status == 0
    assert "1 releases would be added: one\n" in run.out
    assert not (tmp_path / "new").exists()


def test_a_dry_run_refuses_what_the_run_would(run, archive, tmp_path):
    (tmp_path / "empty").mkdir()
    said = run.refuses("index", tmp_path / "empty", "--archive", archive, "--dry-run")
    assert said == "dateline: no release was found (0 pages were passed over)\n"


def test_pages_that_cannot_be_used_are_skipped_counted_and_named(run, corpus, tmp_path):
    (corpus / "empty.txt").touch()
    (corpus / "picture.txt").write_bytes(bytes(range(256)) * 64)
    with (corpus / "huge.txt").open("wb") as file:
        file.truncate(200 << 20)
    run("index", corpus, "--archive", tmp_path / "new")
    assert run.status == 0
    assert "1 releases added: one\n" in run.out
    assert "3 pages skipped, named on standard error\n" in run.out
    named = {line.split(":")[0] for line in run.err.splitlines()}
    assert named == {"skipped empty.txt", "skipped picture.txt", "skipped huge.txt"}
    assert all(line.partition(": ")[2] for line in run.err.splitlines())
    digest(run, tmp_path / "new")


@pytest.mark.parametrize("command", ["index", "releases"])
def test_a_corpus_that_does_not_exist(run, command, tmp_path):
    target = ["--archive", tmp_path / "new"] if command == "index" else []
    said = run.refuses(command, tmp_path / "nowhere", *target)
    assert said == (f"dateline: no such corpus: {tmp_path}/nowhere (expected a folder or a file)\n")


def test_an_empty_folder_leaves_the_archive_as_it_was(run, archive, tmp_path):
    before = digest(run, archive)
    (tmp_path / "empty").mkdir()
    assert "no release was found" in run.refuses("index", tmp_path / "empty", "--archive", archive)
    assert digest(run, archive) == before


def test_two_at_once_on_one_archive(run, archive):
    before = digest(run, archive)
    with locked(archive):
        said = run.refuses("index", CORPUS, "--archive", archive)
    assert said == (
        f"dateline: another process is building {archive}: wait for it, or use another --archive\n"
    )
    assert digest(run, archive) == before


def test_a_read_only_archive_directory(run, archive, corpus):
    before = digest(run, archive)
    command = [*COMMAND, "index", str(corpus), "--archive", str(archive)]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root writes anywhere, and setpriv is not here to take that right away")
        command = ["setpriv", "--bounding-set=-dac_override", *command]
    archive.chmod(0o555)
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    archive.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"dateline: cannot write {archive}: Permission denied; what was there is intact\n"
    )
    assert digest(run, archive) == before


def test_an_archive_path_that_is_a_file(run, corpus):
    target = corpus / "one.txt"
    before = target.read_bytes()
    assert str(target) in run.refuses("index", corpus, "--archive", target)
    assert target.read_bytes() == before


def test_ctrl_c_says_how_to_go_on(run, corpus, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.build.build", interrupted)
    said = run.refuses("index", corpus, "--archive", tmp_path / "new", status=130)
    assert said == ("dateline: interrupted; what was finished is kept, the same command goes on\n")


# verify ------------------------------------------------------------------------------------------


def test_verify_names_the_file_in_which_one_byte_was_changed(run, archive):
    files = [name for name, record in read_manifest(archive).files.items() if record.size]
    assert len(files) > 5
    for name in [*files, "manifest.json"]:
        path = archive / name
        sound = path.read_bytes()
        middle = len(sound) // 2
        path.write_bytes(sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
        assert str(path) in run.refuses("verify", "--archive", archive, status=1)
        path.write_bytes(sound)
    digest(run, archive)


def test_verify_names_a_file_that_is_gone(run, archive):
    gone = archive / read_manifest(archive).database
    gone.unlink()
    assert run.refuses("verify", "--archive", archive, status=1) == (
        f"dateline: {gone} is missing: build the archive anew\n"
    )


@pytest.mark.parametrize("command", [["verify"], ["ask", "Who opened it?"]])
def test_no_archive_at_the_path(run, command, tmp_path):
    path = tmp_path / "nothing"
    assert run.refuses(*command, "--archive", path) == (
        f"dateline: no archive at {path}: build one with `dateline index CORPUS --archive {path}`\n"
    )


@pytest.mark.parametrize("command", [["verify"], ["ask", "Who opened it?"]])
def test_an_archive_of_another_schema(run, command, archive):
    other = replace(read_manifest(archive), schema=99)
    (archive / "manifest.json").write_text(other.to_json())
    said = run.refuses(*command, "--archive", archive)
    assert said.startswith(f"dateline: {archive} has schema 99, this version reads ")
    assert said.endswith("build it anew with `dateline index`\n")


def test_an_archive_of_another_encoder(run, archive):
    manifest = read_manifest(archive)
    other = replace(manifest, encoder=replace(manifest.encoder, weights_sha256="0" * 64))
    (archive / "manifest.json").write_text(other.to_json())
    said = run.refuses("ask", "Who accompanied Secretary Nielsen?", "--archive", archive)
    assert "built with weights 000000000000" in said and "dateline index" in said


# ask ---------------------------------------------------------------------------------------------


def test_ask_prints_the_quote_and_under_it_release_and_date(run, built):
    run("ask", "Who accompanied Secretary Nielsen in Guatemala City?", "--archive", built)
    assert run.status == 0
    answer, *more = run.out.splitlines()
    assert "Carl Risch" in answer and "[1]" in answer
    (source,) = [line for line in more if line.startswith("[1] ")]
    assert source.startswith("[1] Readout from Secretary Kirstjen M. Nielsen’s Meetings")
    assert ", 2018-07-11 (004_" in source


def test_json_is_the_answer_record_and_quotes_are_verbatim(run, built):
    run("ask", "Who accompanied Secretary Nielsen?", "--archive", built, "--json")
    record = json.loads(run.out)
    assert list(record) == ANSWER_KEYS
    assert record["answered"] is True and record["reason"] is None
    assert 0 <= record["confidence"] <= 1
    for citation in record["citations"]:
        assert list(citation) == CITATION_KEYS
        text = release_texts(run, built)[citation["release_id"]]
        assert citation["quote"] == text[citation["start"] : citation["end"]]
        assert len(citation["quote"]) <= 400


def release_texts(run: Run, archive: Path) -> dict[str, str]:
    out = archive.parent / "releases.jsonl"
    run("releases", CORPUS, "--out", out)
    return {record["release_id"]: record["text"] for record in records_of(out)}


# The questions that the project was ordered with, and the date of the release that answers each.
DATES = {
    "Who accompanied Secretary Nielsen in Guatemala City?": "2018-07-11",
    "When did Nielsen meet the ministers?": "2018-07-11",
    "Which agreement on protection claims do both countries commit to implement?": "2019-09-26",
    "What did the August 2019 joint statement say about children?": "2019-08-27",
    "What share of apprehended migrants came from the three countries?": "2019-09-27",
    "What agreement did Honduras reach with Transparency International?": None,
    "What is the latest joint statement?": "2019-09-26",
    "How has Honduras strengthened its laws against organized crime?": None,
}
NOT_ANSWERED = [
    "How many H-2 visas were issued in 2019?",
    "Who signed for Honduras on September 27, 2019?",
    "What did the September 2021 release say?",
    "best tamale recipe",
]


@pytest.fixture(scope="module")
def asked(built, tmp_path_factory) -> dict[str, dict[str, Any]]:
    """The answer records to all of these, by question."""
    folder = tmp_path_factory.mktemp("asked")
    questions, out = batch(folder, *({"question": q} for q in [*DATES, *NOT_ANSWERED]))
    arguments = ["ask", "--batch", questions, "--out", out, "--archive", built]
    assert main([str(argument) for argument in arguments]) == 0
    return {record["question"]: record for record in records_of(out)}


@pytest.mark.parametrize("question", DATES)
def test_the_first_citation_has_the_exact_date(asked, question):
    record = asked[question]
    assert record["answered"], f"withheld at {record['confidence']}: {record['text']}"
    assert record["citations"][0]["date"] == DATES[question]


def test_a_meeting_and_its_release_keep_their_own_dates(asked):
    first = asked["When did Nielsen meet the ministers?"]["citations"][0]
    assert "July 10" in first["quote"] and first["date"] == "2018-07-11"


def test_no_stated_date_is_said_in_words(asked):
    text = asked["What agreement did Honduras reach with Transparency International?"]["text"]
    assert text.startswith("A release that states neither date nor issuer says: “")
    assert "Transparency International" in text


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_the_archive_does_not_say_is_withheld_with_a_reason(asked, question):
    record = asked[question]
    assert (record["answered"], record["citations"]) == (False, [])
    assert record["reason"] in {"out_of_corpus", "not_stated", "outside_dates", "undated_only"}
    assert record["text"].startswith("The archive does not say")


def test_an_abstention_is_an_answer(run, built):
    assert run("ask", "best tamale recipe", "--archive", built, "--json").status == 0
    record = json.loads(run.out)
    assert (record["answered"], record["citations"]) == (False, [])
    assert record["reason"] == "out_of_corpus"


def test_bounds_given_beside_the_question_bind(run, built):
    question = "What did the joint statement say about children?"
    run("ask", question, "--archive", built, "--json", "--from", "2019-09", "--to", "2019-09")
    record = json.loads(run.out)
    assert (record["query"]["from"], record["query"]["to"]) == ("2019-09-01", "2019-09-30")
    assert all(c["date"].startswith("2019-09") for c in record["citations"])


def test_explain_shows_candidates_with_their_scores(run, built):
    run("ask", "Who accompanied Secretary Nielsen?", "--archive", built, "--explain")
    assert run.status == 0
    assert "\n- cited: 004_" in run.out and "ranking " in run.out


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "the question is empty"),
        (" \n ", "the question is empty"),
        ("?!", "the question has no word in it"),
        ("why " * 25_000, "the question has 100,000 characters"),
        ("من وقع الاتفاق مع هندوراس؟", "the question has no word in Latin letters"),
        ("Who \udcff signed?", "the question is not text"),
    ],
    ids=["empty", "blank", "no-word", "100-kB", "Arabic", "broken-bytes"],
)
def test_questions_that_cannot_be_used(run, built, question, reason):
    assert reason in run.refuses("ask", question, "--archive", built)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--from", "yesterday"], "'yesterday' is no date: give YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--to", "2019-02-30"], "'2019-02-30' is no date"),
        (["--from", "2020", "--to", "2019"], "from 2020 to 2019 is no period"),
        (["--as-of", "today"], "as-of 'today' is no day: give it as 2019-09-26"),
        (["--issuer", "Ministry of Tea"], "the archive has no issuer 'Ministry of Tea'"),
    ],
)
def test_limits_that_cannot_be_used(run, built, arguments, reason):
    assert reason in run.refuses("ask", "Who signed?", "--archive", built, *arguments)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["ask"], "no question: give one, or a file of them with --batch"),
        (["ask", "Who?", "--threshold", "high"], "invalid float value: 'high'"),
        (["index"], "the following arguments are required: CORPUS"),
        (["chat", "--port", "http"], "invalid int value: 'http'"),
        (["chat", "--auth", "nobody"], "--auth expects USER:PASSWORD"),
    ],
)
def test_bad_usage(run, arguments, reason):
    assert reason in run.refuses(*arguments)


# ask --batch -------------------------------------------------------------------------------------


def batch(folder: Path, *lines: object) -> tuple[Path, Path]:
    asked = folder / "questions.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    asked.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return asked, folder / "answers.jsonl"


def test_a_batch_gives_one_record_a_line_with_the_questions_id(run, built, tmp_path):
    asked, out = batch(
        tmp_path,
        {"id": "q1", "question": "Who accompanied Secretary Nielsen in Guatemala City?"},
        "",
        {"id": 2, "question": "best tamale recipe", "type": "what", "release_date": None},
        {"question": "Who signed?", "date_from": "2031"},
    )
    assert run("ask", "--batch", asked, "--out", out, "--archive", built).status == 0, run.err
    records = records_of(out)
    assert [r["id"] for r in records] == ["q1", 2, None]
    assert [r["answered"] for r in records] == [True, False, False]
    assert all(list(r) == ANSWER_KEYS for r in records)
    assert records[2]["query"]["from"] == "2031-01-01"


def test_one_unusable_question_does_not_cost_the_others(run, built, tmp_path):
    good = {"id": "good", "question": "Who accompanied Secretary Nielsen?"}
    asked, out = batch(tmp_path, {"id": "bad", "question": " "}, good)
    run("ask", "--batch", asked, "--out", out, "--archive", built)
    assert run.status == 2
    assert run.err.splitlines() == [
        f"dateline: {asked}:1: the question is empty: ask something in words",
        "dateline: 1 of 2 questions were not asked",
    ]
    assert [record["id"] for record in records_of(out)] == ["good"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON in UTF-8"),
        ("[]", 'expected an object with a "question"'),
        ('{"id": "q1"}', 'expected an object with a "question"'),
        ('{"question": "Who?", "issuer": 3}', 'expected "issuer" to be a string'),
        ('{"question": "Who?", "threshold": "low"}', 'expected "threshold" to be a number'),
    ],
)
def test_a_batch_with_a_broken_line_names_it_and_writes_nothing(run, built, tmp_path, line, reason):
    asked, out = batch(tmp_path, {"id": "q", "question": "Who?"}, line)
    said = run.refuses("ask", "--batch", asked, "--out", out, "--archive", built)
    assert f"{asked}:2: {reason}" in said
    assert [path.name for path in tmp_path.iterdir()] == ["questions.jsonl"]


def test_a_batch_keeps_the_old_answers_when_it_fails(run, tmp_path):
    asked, out = batch(tmp_path, {"question": "Who?"})
    out.write_text("old")
    run.refuses("ask", "--batch", asked, "--out", out, "--archive", tmp_path / "nothing")
    assert out.read_text() == "old"


@pytest.mark.parametrize("out", ["nowhere/answers.jsonl", "."])
def test_a_batch_needs_a_file_to_write(run, built, tmp_path, out):
    asked, _ = batch(tmp_path, {"question": "Who?"})
    said = run.refuses("ask", "--batch", asked, "--out", tmp_path / out, "--archive", built)
    assert said == (
        f"dateline: cannot write {tmp_path / out}: expected a file in a folder that exists\n"
    )


def test_a_batch_without_out_or_without_its_file(run, tmp_path):
    asked = tmp_path / "none.jsonl"
    assert "--batch needs --out" in run.refuses("ask", "--batch", asked)
    said = run.refuses("ask", "--batch", asked, "--out", tmp_path / "out.jsonl")
    assert said == f"dateline: {asked}: No such file or directory\n"


# releases, chat, eval ----------------------------------------------------------------------------


def test_releases_writes_records_and_prints_what_was_found(run, tmp_path):
    out = tmp_path / "releases.jsonl"
    assert run("releases", CORPUS, "--out", out).status == 0
    records = records_of(out)
    assert all(list(record) == RELEASE_KEYS for record in records)
    assert [(r["release_id"][:3], r["release_id"][20:], r["date"]) for r in records] == [
        ("000", "", "2019-08-27"),
        ("001", "", "2019-09-27"),
        ("001", "#2", "2019-09-26"),
        ("002", "", None),
        ("003", "", None),
        ("004", "", "2018-07-11"),
    ]
    assert "releases   6\n" in run.out and "undated    2\n" in run.out
    assert [path.name for path in tmp_path.iterdir()] == ["releases.jsonl"]


def test_releases_explains_a_date(run):
    source = "004_ae11e2517966b1c0.txt"
    assert run("releases", CORPUS, "--explain", source).status == 0
    assert "2018-07-11" in run.out and "Release Date: July 11, 2018" in run.out
    assert "2021-09-14" in run.out and "never a release date" in run.out
    assert "nowhere.txt" in run.refuses("releases", CORPUS, "--explain", "nowhere.txt")


def test_releases_of_an_empty_folder(run, tmp_path):
    assert "no page" in run.refuses("releases", tmp_path)


def test_chat_hands_its_options_to_the_app(run, monkeypatch, tmp_path, built):
    served = []
    app = types.ModuleType("app")
    app.serve = lambda *given, **named: served.append((given, named))
    monkeypatch.setitem(sys.modules, "app", app)
    run("chat", "--archive", built, "--host", "0.0.0.0", "--port", "80", "--auth", "me:a:b")
    assert run.status == 0
    ((archive,), _) = served[0]
    assert archive.path == built
    options = {"host": "0.0.0.0", "port": 80, "auth": ("me", "a:b"), "examples": None}
    assert served == [((archive,), options)]
    questions = tmp_path / "questions.txt"
    questions.write_text("\ufeffWho signed?\n\n  When? \n", encoding="utf-8")
    run("chat", "--archive", built, "--examples", questions)
    assert served[-1][1]["examples"] == ["Who signed?", "When?"]
    assert "none.txt: No such file" in run.refuses("chat", "--examples", tmp_path / "none.txt")


def test_eval_without_the_packages_for_it_says_which_is_missing():
    lacking = "import sys; sys.modules['ir_measures'] = None; from rag.cli import main; "
    found = subprocess.run(
        [sys.executable, "-c", lacking + "sys.exit(main(['eval', 'corpus']))"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == (
        "dateline: dateline eval needs the package ir_measures, which is not installed: "
        "pip install 'dateline[dev]'\n"
    )


def test_eval_takes_everything_after_its_name(run, monkeypatch):
    module = types.ModuleType("eval.run")
    module.main = lambda arguments: print(arguments) or 1
    monkeypatch.setitem(sys.modules, "eval.run", module)
    assert run("eval", "dev", "--against", "x.json").status == 1
    assert run.out == "['dev', '--against', 'x.json']\n"


# in a process of its own -------------------------------------------------------------------------


def shell(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, **more)


def test_the_installed_command_is_this_one():
    script = Path(sys.executable).parent / "dateline"
    done = subprocess.run([script, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "0.6.0\n")


def test_statuses_reach_the_shell(built, tmp_path):
    assert shell("verify", "--archive", built).returncode == 0
    missing = shell("verify", "--archive", tmp_path / "nothing")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("dateline: no archive at ")


def test_asking_loads_neither_torch_nor_gradio(built):
    question = "Who accompanied Secretary Nielsen?"
    code = (
        "import sys; from rag.cli import main;"
        f"status = main(['ask', {question!r}, '--archive', {str(built)!r}]);"
        "print(status, {'torch', 'gradio', 'sentence_transformers', 'pandas', 'openvino_telemetry'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "0 set()", done.stderr


def test_a_reader_of_the_pipe_may_go_away():
    writes = f"{sys.executable} -m rag.cli releases {CORPUS} | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", writes], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
