"""Windows cover a text; headers say who, when and how a release begins."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rag.passages import STRIDE, WINDOW, date_words, header, windows


@dataclass
class Words:
    offsets: list[tuple[int, int]]


def test_dates_in_words_at_their_own_precision() -> None:
    assert date_words("2019-09-26") == "September 26, 2019"
    assert date_words("2019-09") == "September 2019"
    assert date_words("2019") == "2019"
    assert date_words(None) == ""


def test_a_header_without_a_title_takes_the_first_words() -> None:
    assert header("Title", "Sen. Doe", "2005-05-04", "…") == "Sen. Doe, May 4, 2005: Title |"
    assert header(None, None, None, "First  words\nof it") == "First words of it |"


@given(st.integers(0, 900))
def test_windows_cover_every_piece_and_are_never_too_long(count: int) -> None:
    offsets = [(2 * i, 2 * i + 1) for i in range(count)]
    spans = windows(Words(offsets))
    covered = {i for i, (s, e) in enumerate(offsets) for w in spans if w.start <= s and e <= w.end}
    assert covered == set(range(count))
    assert all((w.end - w.start + 1) // 2 <= WINDOW for w in spans)
    assert [w.start for w in spans] == [2 * STRIDE * k for k in range(len(spans))]
