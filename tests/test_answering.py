"""Templates by kind of answer; citations made with their quotes; abstentions with their reasons."""

from dataclasses import replace

import pytest

from index.records import Span
from rag.answering import abstention_text, answer_text, citation, covers
from rag.records import AnswerType, Bounds, Near, Query
from tests.conftest import make_release

TEXT = "Intro. The town signed the pact on Wednesday with its  neighbours. More follows here."
QUOTE = "The town signed the pact on Wednesday with its  neighbours."


def query(kind: AnswerType, bounds: Bounds = Bounds()) -> Query:  # noqa: B008
    return Query(question="q", subject="q", answer_type=kind, bounds=bounds)


def cited(date: str | None = "2019-09-27", issuer: str | None = "U.S. Department of Parks"):
    release = make_release("r1", TEXT, date, issuer, "A Pact")
    start = TEXT.index(QUOTE)
    return citation(release, Span(start, start + len(QUOTE)), 1)


def test_a_citation_quotes_its_span() -> None:
    c = cited()
    assert c.quote == QUOTE == TEXT[c.start : c.end]
    assert (c.date, c.date_precision) == ("2019-09-27", "day")
    assert c.resolved == (("Wednesday", "2019-09-25"),)


def test_a_statement_says_when_and_who_and_resolves_beside_the_quote() -> None:
    assert answer_text(query("what"), [cited()]) == (
        "On September 27, 2019, the U.S. Department of Parks stated: “The town signed the pact on "
        "Wednesday with its neighbours.” (“Wednesday”: September 25, 2019) [1]"
    )


def test_an_undated_release_is_said_to_be_undated() -> None:
    text = answer_text(query("what"), [cited(date=None, issuer=None)])
    assert text.startswith("A release “A Pact” that states neither date nor issuer says: “The town")
    assert answer_text(query("what"), [cited(date=None)]).startswith(
        "In a release whose date is not stated, the U.S. Department of Parks stated:"
    )


def test_a_month_stays_a_month() -> None:
    assert answer_text(query("what"), [cited("2019-09")]).startswith("In September 2019, the U.S.")


def test_yes_and_no_only_where_the_words_do() -> None:
    assert answer_text(query("yes_no"), [cited()]).startswith("On September 27")
    no = replace(cited(), quote="No town has signed.")
    assert answer_text(query("yes_no"), [no]).startswith("No. On September 27")


def test_further_quotes_are_told_from_the_first() -> None:
    second, third = (replace(cited(), marker=n) for n in (2, 3))
    other = replace(cited(), marker=4, release_id="r2")
    lines = answer_text(query("what"), [cited(), second, third, other]).split("\n")
    assert lines[1].startswith("The same release also says: “")
    assert "[2] And: “" in lines[1] and lines[1].endswith("[3]")
    assert lines[2] == "Other releases that bear on it:"
    assert lines[3].startswith("On September 27, 2019,") and lines[3].endswith("[4]")
    assert len(answer_text(query("what"), [cited(), other]).split("\n")) == 3


def test_a_timeline_has_a_line_a_release() -> None:
    lines = answer_text(query("timeline"), [cited("2018"), replace(cited(), marker=2)]).splitlines()
    assert [line.split(" (")[0] for line in lines] == ["2018", "September 27, 2019"]


def test_the_latest_is_named_with_its_date() -> None:
    text = answer_text(query("latest"), [cited()])
    assert text.startswith(
        "The latest release in the archive that matches is dated September 27, 2019"
    )


@pytest.mark.parametrize(
    ("reason", "bounds", "words"),
    [
        ("out_of_corpus", Bounds(), "nothing in it is about this"),
        ("not_stated", Bounds(), "none states a number"),
        (
            "outside_dates",
            Bounds("2021-09-01", "2021-09-30"),
            "from September 1, 2021 to September 30",
        ),
        ("outside_dates", Bounds(start="2021-09-01"), "since September 1, 2021"),
        ("outside_dates", Bounds(end="2004-01-01"), "up to January 1, 2004"),
        ("undated_only", Bounds("2011-01-01", None), "date is not stated"),
    ],
)
def test_abstentions_say_why_what_is_near_and_what_there_is(reason, bounds, words) -> None:
    near = [Near("r1", "A Pact", "Sen. Doe", None, 0.5)]
    text = abstention_text(
        query("how_many", bounds), reason, near, Bounds("2018-07-11", "2019-09-27"), 6, 2
    )
    assert words in text
    assert "Closest: “A Pact” (Sen. Doe, date not stated)." in text
    assert text.endswith(
        "The archive holds 6 releases, July 11, 2018 to September 27, 2019, 2 undated."
    )


def test_what_an_archive_without_dates_covers() -> None:
    assert covers(Bounds(), 1, 1) == "The archive holds 1 release, 1 undated."


def test_releases_that_disagree_are_shown_as_disagreeing_with_their_dates() -> None:
    other = replace(cited(date="2018-05-04"), marker=2, release_id="r2", differs=True)
    third = replace(cited(), marker=3)
    lines = answer_text(query("how_much"), [cited(), other, third]).split("\n")
    assert lines[1] == "Releases disagree; this one gives another amount:"
    assert lines[2].startswith("On May 4, 2018,") and lines[2].endswith("[2]")
    assert lines[3].startswith("The same release also says: “") and lines[3].endswith("[3]")
    assert lines[0].startswith("On September 27, 2019,")
