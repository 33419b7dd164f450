"""Dates in titles: of the paper that is titled so, or of what it is about."""

import pytest
from test_templates import BODY, read

DAY = "2020-03-03"


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Press briefing by the Director, 3 March 2020", DAY),
        ("Point de presse live (3 mars 2020)", DAY),
        ("COMUNICADO DO CONSELHO DE ESTRADAS DE 3 DE MARÇO DE 2020", DAY),
        ("Joint Statement of the Road Offices: March 3, 2020", DAY),
        ("Statement on the flood of March 3, 2020", None),
        ("Stellungnahme zur Meldung 164 vom 3. März 2020", None),
        ("Bridge closed since March 3, 2020", None),
    ],
)
def test_title_that_is_a_kind_of_paper_with_its_day_dates_it(title: str, date: str | None):
    (release,) = read(f"{title}\n\n{BODY}")
    assert release.date == date


def test_day_of_posting_beside_the_title_is_stronger():
    (release,) = read(
        f"Transcript of the press briefing (March 3, 2020)\n\nMarch 5, 2020\n\n{BODY}"
    )
    assert release.date == "2020-03-05"


def test_of_two_days_above_the_text_the_earlier_is_the_paper_s():
    (release,) = read(
        f"Media release\n\nBriefings of the week to come\n\n04 March 2020\n\n03 March 2020\n\n{BODY}"
    )
    assert release.date == DAY
    assert [conflict.value for conflict in release.date_conflicts] == ["2020-03-04"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("最終更新日：2020年3月3日", None),
        ("公開日：2020年3月3日", DAY),
        ("발행 등록일: 2020-03-03", DAY),
        ("发布时间：2020-03-03", DAY),
    ],
)
def test_labels_in_other_scripts(line: str, date: str | None):
    (release,) = read(
        f"橋の再建について\n\n{line}\n\n{'北部の三つの郡の橋に四百万を投じ、工事を開始します。' * 4}\n"
    )
    assert release.date == date


@pytest.mark.parametrize(
    "opening",
    [
        "Riverton, 3 March 2020…The",
        "March 3, 2020 (RIVERTON) — The",
        "RIVERTON, Ore. March 3, 2020.- The",
    ],
)
def test_datelines_in_other_forms(opening: str):
    (release,) = read(f"A new bridge for the north\n\n{opening} {BODY[4:]}")
    assert release.date == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Meeting of March 3, 2020",
        "Roads Act of March 3, 2020",
        "To be held on Tuesday, March 3, 2020",
    ],
)
def test_day_of_what_is_named_before_it_is_no_release_date(line: str):
    (release,) = read(f"A new bridge for the north\n\n{line}\n\n{BODY}")
    assert release.date is None


@pytest.mark.parametrize("lead", ["(March 3, 2020) {}", "[March 3, 2020] {}"])
def test_day_in_brackets_that_the_text_opens_with_dates_it(lead: str):
    (release,) = read(f"Bridge closed for repairs\n\n{lead.format(BODY)}")
    assert (release.date, release.dated.rule) == (DAY, "dateline")


def test_line_below_the_rule_that_closes_a_header_is_no_title():
    title = "Transcripción de las palabras del ministro durante la apertura del puente"
    (release,) = read(
        f"{title}\nMinisterio de Caminos\n3 de marzo de 2020\n---\nMINISTRO JUAN PABLO ROE PAZ\n{BODY}"
    )
    assert (release.title, release.date) == (title, DAY)


def test_letterhead_that_runs_into_the_text_dates_it():
    (release,) = read(
        f"Communiqué de la préfecture de Sarn\n\n1\nSarn, le 3 mars 2020 COMMUNIQUÉ DE PRESSE {BODY}"
    )
    assert (release.date, release.issuer) == (DAY, "préfecture de Sarn")
