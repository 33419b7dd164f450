"""Latest, first, timelines, comparisons and named releases, on the archive of corpus/."""

import pytest

from rag import Archive


@pytest.fixture(scope="module")
def archive(corpus_archive) -> Archive:
    return Archive.open(corpus_archive)


def dates(archive: Archive, question: str) -> list[str | None]:
    answer = archive.ask(question)
    assert answer.answered, answer.text
    return [c.date for c in answer.citations]


def test_the_latest_of_a_kind_is_not_the_latest_of_all(archive) -> None:
    assert dates(archive, "What is the latest joint statement?")[0] == "2019-09-26"
    assert dates(archive, "What is the latest release?")[0] == "2019-09-27"


def test_the_first(archive) -> None:
    assert dates(archive, "What was the first joint statement?")[0] == "2019-08-27"


def test_when_something_was_first_mentioned_is_the_first_release_with_its_sentence(archive) -> None:
    answer = archive.ask("When was expanding asylum capacity first mentioned?")
    assert answer.answered, answer.text
    assert answer.citations[0].date == "2018-07-11"
    assert "Expand asylum capacity" in answer.citations[0].quote


def test_a_timeline_is_in_order_of_dates_and_without_the_undated(archive) -> None:
    found = dates(archive, "timeline of agreements with Honduras")
    assert len(found) >= 2
    assert None not in found
    assert found == sorted(found)


def test_a_comparison_quotes_each_period(archive) -> None:
    found = dates(archive, "Compare 2018 and 2019 on human smuggling")
    assert [d[:4] for d in found if d] == ["2018", "2019"]


def test_what_a_named_release_says_about_a_subject(archive) -> None:
    answer = archive.ask("What did the August 2019 joint statement say about children?")
    assert answer.citations[0].date == "2019-08-27"
    assert "especially children" in answer.citations[0].quote
    other = archive.ask("What did the August 2019 joint statement say about bananas?")
    assert not other.answered


@pytest.mark.parametrize(
    "question",
    [
        "DHS in July 2018 on anti-extortion teams",
        "What did DHS say about anti-extortion teams in July 2018?",
        "What was announced in July 2018 about anti-extortion teams?",
        "Which releases in July 2018 mention anti-extortion teams?",
    ],
)
def test_what_an_issuer_said_within_dates_needs_all_words_of_the_subject(archive, question) -> None:
    answer = archive.ask(question)
    assert answer.answered, answer.text
    assert answer.citations[0].date == "2018-07-11"
    assert "anti-extortion teams" in answer.citations[0].quote
    assert not archive.ask(question.replace("anti-extortion teams", "honey bees")).answered
