"""A small sample of eval/kill.py, and a build that is stopped by hand."""

from pathlib import Path

import numpy as np
import pytest
from conftest import WordLengths, make_release

from eval.charts import bars, lines, page
from eval.kill import SlowLengths, check, corpus, kill_after, run
from index import build as building
from index.build import build_releases
from index.manifest import read_manifest
from index.store import Store
from index.verify import verify


def test_killed_builds_leave_a_whole_archive_that_the_next_run_completes(tmp_path: Path) -> None:
    run(0, str(tmp_path / "fresh-0"))
    run(1, str(tmp_path / "fresh-1"))
    old, new = verify(tmp_path / "fresh-0"), verify(tmp_path / "fresh-1")
    archive = tmp_path / "archive"
    run(0, str(archive))
    for moment, seconds in enumerate((0.02, 1.5)):
        target = (moment + 1) % 2
        kill_after(seconds, target, archive)
        check(archive, (old, new)[1 - target], target, (old, new)[target])


def test_what_is_embedded_when_a_build_is_stopped_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "STEP", 2)
    releases = [make_release(str(number), "word " * number) for number in range(1, 8)]

    class Stopped(WordLengths):
        def embed(self, texts):
            if self.embedded >= 4:
                raise KeyboardInterrupt
            return super().embed(texts)

    with pytest.raises(KeyboardInterrupt):
        build_releases(releases, tmp_path, encoder=Stopped(), progress=False)
    verify(tmp_path)
    store = Store.open(tmp_path)
    assert store.embedded == pytest.approx(4 / 7)
    assert len(store.lexical("word", 99)) == 7
    assert len(store.dense(WordLengths().embed(["word"])[0], 99)) == 4
    assert np.isnan(store.cosines(WordLengths().embed(["word"])[0], range(7))).sum() == 3
    rest = WordLengths()
    build_releases(releases, tmp_path, encoder=rest, progress=False)
    assert rest.embedded == 3
    assert read_manifest(tmp_path).embedded == 7


def test_corpora_of_different_seeds_update_one_another() -> None:
    old, new = ({r["id"]: r["text"] for r in corpus(seed)} for seed in (0, 1))
    same = sum(old[key] == new.get(key) for key in old)
    assert 0.6 * len(old) < same < len(old)
    assert SlowLengths().embed(["a bb", ""]).shape == (2, 16)


def test_charts_show_their_values() -> None:
    image = page([bars("speed", {"one": 2.0, "two": 4.0}), lines("time", [1, 10], {"p50": [3, 6]})])
    assert image.startswith("<svg")
    assert image.count("<rect") == 3
    assert ">4.0<" in image
    assert image.count("<circle") == 2
