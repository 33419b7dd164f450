import json

import pytest

from eval.run import main

TEXT = "Dover got 40 000 for its trucks. Salem got chalk."


def question(number, answerable=True):
    row = {"id": f"q{number}", "question": "How much?", "type": "how_much"}
    if not answerable:
        gold = {"release_id": None, "release_date": None, "evidence": None, "answer": None}
        return row | gold | {"answerable": False, "kind": "far"}
    gold = {"release_id": f"r{number}", "release_date": "2005-03-01", "answer": "40 000"}
    return row | gold | {"answerable": True, "evidence": ["Dover got 40 000"], "split": "gate"}


def prediction(number, right, answered=True):
    start, end = (0, 16) if right else (33, 49)
    cited = {"release_id": f"r{number}", "date": "2005-03-01", "quote": TEXT[start:end]}
    return {
        "id": f"q{number}",
        "answered": answered,
        "confidence": 0.8 if answered else 0.1,
        "citations": [cited | {"start": start, "end": end}],
    }


def lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    lines(tmp_path / "questions.jsonl", [*map(question, range(12)), question(12, False)])
    releases = [
        {"id": f"r{n}", "issuer": "Sen. Bond", "date": "2005-03-01", "text": TEXT}
        for n in range(13)
    ]
    lines(tmp_path / "releases.jsonl", releases)
    good = [prediction(n, True) for n in range(12)]
    poor = [prediction(n, n < 3) for n in range(12)]
    lines(tmp_path / "good.jsonl", [*good, prediction(12, False, answered=False)])
    lines(tmp_path / "poor.jsonl", [*poor, prediction(12, False)])
    return tmp_path


def run(folder, *more, out="out"):
    options = ["--systems", "", "--samples", "200", "--out", str(folder / out)]
    return main([str(folder), *options, *more])


def test_predictions_are_measured_and_written(folder, capsys):
    assert run(folder, "--predictions", f"mine={folder / 'good.jsonl'}") == 0
    results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    figures = results["systems"]["mine"]["figures"]
    assert (figures["net"], figures["F1"], figures["verbatim"]) == (1.0, 1.0, 1.0)
    assert (figures["abstain_far"], figures["AUROC"]) == (1.0, 1.0)
    assert results["systems"]["mine"]["intervals"]["net"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert "Dateline on the collection" in (folder / "out" / "report.html").read_text("utf-8")
    assert (folder / "out" / "qrels.txt").read_text().startswith("q0 0 r0 1\n")
    again = (folder / "out" / "predictions-mine.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(again[0])["citations"] == prediction(0, True)["citations"]
    out = capsys.readouterr().out
    assert "mine" in out
    assert "1.000" in out


def test_a_significant_loss_is_exit_1_and_none_is_0(folder, capsys):
    given = f"mine={folder / 'good.jsonl'}"
    assert run(folder, "--predictions", given) == 0
    against = ("--against", str(folder / "out" / "results.json"))
    assert run(folder, "--predictions", given, *against, out="again") == 0
    worse = ("--predictions", f"mine={folder / 'poor.jsonl'}")
    assert run(folder, *worse, *against, out="worse") == 1
    assert "significant loss of mine against mine in" in capsys.readouterr().out
    better = ("--predictions", given, "--against", str(folder / "worse" / "results.json"))
    assert run(folder, *better, out="better") == 0


def test_two_runs_give_the_same_bytes(folder):
    given = ("--predictions", f"mine={folder / 'poor.jsonl'}")
    run(folder, *given, out="a")
    run(folder, *given, out="b")
    for name in ("report.html", "results.json"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ((), "nothing to measure: name --systems or --predictions"),
        (("--predictions", "good.jsonl"), "--predictions needs NAME=FILE, found 'good.jsonl'"),
        (("--systems", "bm26"), "no system 'bm26'; there are full, "),
        (("--split", "nightly"), "no question of split 'nightly'"),
        (("--predictions", "mine={folder}/short.jsonl"), "12 questions are missing, the first: q1"),
        (("--predictions", "mine={folder}/bad.jsonl"), "bad.jsonl:1: no prediction"),
        (("--predictions", "mine={folder}/nowhere.jsonl"), "No such file"),
    ],
)
def test_bad_usage_is_exit_2_with_one_line(folder, capsys, more, message):
    lines(folder / "short.jsonl", [prediction(0, True)])
    lines(folder / "bad.jsonl", [{"id": "q0"}])
    assert run(folder, *(part.format(folder=folder) for part in more)) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_a_slip_in_the_arguments_is_told_before_anything_is_built(folder, capsys):
    assert run(folder, "--systems", "bm25", "--predictions", "good.jsonl") == 2
    assert "needs NAME=FILE" in capsys.readouterr().err
    assert not (folder / "out" / "archive").exists()


def test_a_collection_without_releases_needs_an_archive(folder, capsys):
    (folder / "releases.jsonl").unlink()
    assert main([str(folder), "--systems", "bm25", "--out", str(folder / "out")]) == 2
    assert "ships no releases to build one from" in capsys.readouterr().err


def test_baselines_on_an_archive_built_from_the_collections_own_releases(folder):
    """All the way: index, ask, measure. Each question names its release by a word of its own."""
    names = "alder birch cedar dogwood elm fir gum hazel ivy juniper kapok larch maple".split()
    rows = [question(n) | {"question": f"How much for {names[n]}?"} for n in range(12)]
    lines(folder / "questions.jsonl", [*rows, question(12, False)])
    releases = [
        {"id": f"r{n}", "issuer": "Sen. Bond", "date": "2005-03-01", "text": f"{TEXT} So {name}."}
        for n, name in enumerate(names)
    ]
    lines(folder / "releases.jsonl", releases)
    out = folder / "built"
    assert main([str(folder), "--systems", "bm25", "--out", str(out), "--samples", "50"]) == 0
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert results["archive"].startswith(str(out / "archive"))
    assert results["systems"]["bm25"]["figures"]["verbatim"] == 1.0
    assert results["systems"]["bm25"]["intervals"]["RR@10"]["value"] == 1.0
    ranked = (out / "run-bm25.txt").read_text().splitlines()
    assert ranked[0].split()[:2] == ["q0", "Q0"]
