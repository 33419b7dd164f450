"""Values that differ, values that may be one, and releases that contradict each other."""

from pathlib import Path

import pytest

from index.build import build
from rag import Archive
from rag.disagreeing import differ, numbers
from rag.records import AnswerType


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("42 370", [(42370.0, "")]),
        ("$42,370 for radios", [(42370.0, "")]),
        ("1.6 million", [(1.6e6, "")]),
        ("over  1 6 million acres", [(1.6e6, "acre")]),
        ("$1,234,567.50", [(1234567.5, "")]),
        ("seven", [(7.0, "")]),
        ("two million and 3 dozen eggs", [(2e6, ""), (36.0, "egg")]),
        ("none at all", []),
    ],
)
def test_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("kind", "one", "other", "apart"),
    [
        ("how_much", "$42,370", "42 370", False),
        ("how_much", "over 63,000", "$63,031", False),
        ("how_much", "$42,370", "$208,031", True),
        ("how_much", "$42,370", "a large sum", False),
        ("how_many", "seven", "7 towns", False),
        ("how_many", "seven", "9 towns", True),
        ("how_many", "75 days", "245 hours", False),
        ("how_many", "75 days", "80 days", True),
        ("when", "July 10", "July 10, 2018", False),
        ("when", "July 10", "July 11", True),
        ("when", "July 10, 2018", "in 2019", True),
        ("when", "Tuesday", "July 10", False),
        ("who", "Senator Ann Roe", "Senator John Doe", False),
        ("what", "seven", "nine", False),
    ],
)
def test_what_differs(kind: AnswerType, one: str, other: str, apart: bool) -> None:
    assert differ(kind, one, other) is apart
    assert differ(kind, other, one) is apart


@pytest.fixture
def opened(tmp_path: Path):
    """Two releases on the cost of one bridge among others; called with what each says it cost."""

    def build_with(*costs: str) -> Archive:
        texts = {
            f"bridge{n}": f"Harbor Bridge Opens\n\nRelease Date: May {n + 4}, 200{n}\n\nThe new harbor "
            f"bridge of Oakham cost {cost} to build, the county said today. It carries two lanes of "
            "traffic and a path for pedestrians.\n"
            for n, cost in enumerate(costs, 5)
        }
        texts["school"] = (
            "School Opens\n\nRelease Date: May 7, 2005\n\nThe new school of Elmwood took two years to "
            "build, the county said today. It has room for 300 pupils and a library.\n"
        )
        texts["fire"] = (
            "Fire Grant\n\nRelease Date: July 7, 2005\n\nThe volunteer fire department of Pineville "
            "will receive $42,370 for radios and hoses, Senator Doe announced today.\n"
        )
        folder = tmp_path / "corpus"
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text)
        build([folder], tmp_path / "archive", progress=False)
        return Archive.open(tmp_path / "archive")

    return build_with


QUESTION = "How much did the Oakham harbor bridge cost to build?"


def test_releases_that_contradict_each_other_are_both_shown(opened) -> None:
    answer = opened("$7 million", "$9 million").ask(QUESTION)
    assert answer.answered
    assert [c.differs for c in answer.citations] == [False, True]
    assert {c.date for c in answer.citations} == {"2005-05-09", "2006-05-10"}
    assert "Releases disagree; this one gives another amount:" in answer.text


def test_releases_that_agree_do_not(opened) -> None:
    answer = opened("$7 million", "more than $7 million").ask(QUESTION)
    assert answer.answered and "disagree" not in answer.text
