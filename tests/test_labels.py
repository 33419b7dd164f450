"""What the words beside a date say it is, in the languages that are read."""

import pytest

from index.labels import after_immediate, is_immediate, is_label, is_masthead, kind_before, residue

BEFORE = [
    ("Release Date: ", "released"),
    ("Original release date: ", "released"),
    ("Issued on ", "released"),
    ("Embargoed until 8:30 a.m. (ET) Friday, ", "released"),
    ("Published ", "published"),
    ("Posted On: Tuesday, ", "published"),
    ("Veröffentlicht am ", "published"),
    ("Publicado el ", "published"),
    ("Publié le ", "published"),
    ("Publicado em ", "published"),
    ("Last published: ", "updated"),
    ("Page last reviewed: ", "updated"),
    ("Stand: ", "updated"),
    ("Mis à jour le ", "updated"),
    ("Última actualización: ", "updated"),
    ("Atualizado em ", "updated"),
    ("Printed on ", "retrieved"),
    ("Today is ", "retrieved"),
    ("© ", "copyright"),
    ("WHEN: ", "event"),
    ("Deadline: ", "event"),
    ("Date: ", "dated"),
    ("Datum: ", "dated"),
    ("the bridge was opened after ", None),
]


@pytest.mark.parametrize(("words", "kind"), BEFORE)
def test_kind_before_a_date(words: str, kind: str | None):
    assert kind_before(words) == kind


def test_line_that_is_a_label():
    assert [is_label(x) for x in ("Published", "Release Date:", "Last updated", "The bridge")] == [
        "published",
        "released",
        "updated",
        None,
    ]


def test_marks_of_a_letterhead():
    lines = (
        "FOR IMMEDIATE RELEASE",
        "PARA PUBLICACIÓN INMEDIATA: Algo",
        "For release at 2 p.m.",
        "Bridges",
    )
    assert [is_immediate(x) for x in lines] == [True, True, True, False]
    assert [
        is_masthead(x)
        for x in ("PRESS STATEMENT", "Pressemitteilung Nr. 12/2020", "Press room opens")
    ] == [
        True,
        True,
        False,
    ]
    assert (
        after_immediate("For Immediate Release: Bridges to be rebuilt") == "Bridges to be rebuilt"
    )
    assert after_immediate("Not for immediate release: x") == ""


def test_residue_is_what_a_dated_line_says_besides():
    assert residue("Wednesday, 10:15 a.m. EST |") == ""
    assert residue("Contact: A. Name") == ""
    assert residue("Lima, ") == "Lima"
