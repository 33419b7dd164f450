"""Copies become one release, corrections become versions, near copies of others stay."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.editions import fingerprint, likeness, settle, signature
from index.records import DatedBy, Release

WORDS = "the agency will rebuild bridges over rivers in northern counties before winter".split()


def prose(seed: int, count: int = 300) -> str:
    picker = random.Random(seed)
    return " ".join(f"{picker.choice(WORDS)}{picker.randrange(40)}" for _ in range(count))


def release(number: int, text: str, date: str | None = "2020-03-03", **other) -> Release:
    rule = other.pop("rule", "letterhead")
    dated = DatedBy(date, rule, "x") if date else None
    fields = {"title": "Bridges", "issuer": "Agency", "url": None, "language": "en", **other}
    return Release(
        f"r{number}",
        f"{number}.txt",
        "0",
        fields["title"],
        fields["issuer"],
        fields["url"],
        "en",
        dated,
        text,
        sources=(f"{number}.txt",),
    )


def shape(releases: list[Release]) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(r.release_id, r.sources, r.version_of) for r in settle(releases)]


def test_same_words_are_one_release_with_several_sources():
    text = prose(1)
    copy = text.replace(" ", "\n ").upper() + " !"
    assert shape([release(1, text), release(2, copy)]) == [("r1", ("1.txt", "2.txt"), None)]


def test_of_copies_the_dated_one_with_the_strongest_rule_is_cited():
    text = prose(1)
    releases = [release(1, text, None), release(2, text, rule="url"), release(3, text)]
    assert shape(releases) == [("r3", ("3.txt", "1.txt", "2.txt"), None)]


def test_same_words_of_two_issuers_stay_two():
    text = prose(1)
    assert len(settle([release(1, text), release(2, text, issuer="Other")])) == 2


def test_same_words_on_another_day_are_a_version():
    text = prose(1)
    found = shape([release(1, text), release(2, text, "2020-05-05")])
    assert found == [("r1", ("1.txt",), None), ("r2", ("2.txt",), "r1")]


def test_correction_is_a_version_of_what_it_corrects():
    text = prose(1)
    changed = text.replace("agency", "office")
    later = release(2, changed, "2020-03-05", title="CORRECTED: Bridges")
    assert shape([release(1, text), later])[1] == ("r2", ("2.txt",), "r1")


def test_another_release_of_the_same_form_is_no_version():
    text = prose(1)
    other = release(2, text[:900] + prose(2)[900:], "2020-03-05", title="Bridges in the south")
    assert shape([release(1, text), other])[1][2] is None


def test_near_copies_of_two_issuers_are_not_linked():
    text = prose(1)
    changed = release(2, "CORRECTED " + text, "2020-03-04", issuer="Other")
    assert [r.version_of for r in settle([release(1, text), changed])] == [None, None]


def test_likeness_estimates_the_share_of_common_runs():
    first, second = prose(1).split(), prose(2).split()
    mixed = first[:200] + second[200:]
    a, b = (fingerprint(release(n, " ".join(t))) for n, t in enumerate((first, mixed)))
    # 197 of 397 different runs of four words are common.
    assert abs(likeness(a, b) - 197 / 397) < 0.2


def test_short_texts_have_no_signature():
    assert signature("so few words".split()) is None


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=12))
def test_order_of_pages_does_not_change_what_is_merged(numbers: list[int]):
    releases = [release(place, prose(number)) for place, number in enumerate(numbers)]
    found = settle(releases)
    assert len(found) == len(set(numbers))
    assert sum(len(r.sources) for r in found) == len(numbers)
    again = settle([replace(r) for r in releases])
    assert found == again
