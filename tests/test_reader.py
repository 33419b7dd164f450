"""The shipped reader on passages of our own: it finds answers, and misses them where they lack."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Span
from rag.reader import Passage, Reader

TEXT = (
    "Sen. Doe announced today that the volunteer fire department of Elmwood will receive $42,370 "
    "from the Department of Homeland Security. The money will buy hoses, ladders and radios. Chief "
    "Ann Roe said that the grant comes after three dry summers."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_pieces_of_a_part_are_as_if_it_stood_alone(reader, one, other) -> None:
    part = Span(min(one, other), max(one, other))
    whole, alone = reader.encode([TEXT, part.of(TEXT)])
    within = whole.within(part)
    assert within is None or (list(within.ids), list(within.offsets)) == (alone.ids, alone.offsets)
    cut = [TEXT[at - 1 : at + 1].isalnum() for at in (part.start, part.end) if at]
    assert (within is None) == any(cut)


def test_a_passage_is_read_alike_with_and_without_the_pieces_of_its_text(reader) -> None:
    (whole,) = reader.encode([TEXT])
    for start, end in ((0, 81), (0, 60), (whole.offsets[9][0], len(TEXT))):
        bare = passage(TEXT[start:end], start)
        assert reader.read("Who is the chief?", [bare]) == reader.read(
            "Who is the chief?", [replace(bare, whole=whole)]
        )


def passage(text: str = TEXT, start: int = 0) -> Passage:
    return Passage("r1", "Sen. Doe, May 4, 2006: A Grant |", Span(start, start + len(text)), text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much will the Elmwood firefighters get?", "$42,370"),
        ("What will Elmwood's fire department buy with the grant?", "hoses, ladders and radios"),
        ("Which chief spoke of three dry summers?", "Ann Roe"),
    ],
)
def test_it_finds_the_answer_in_its_place(reader, question, answer) -> None:
    (reading,) = reader.read(question, [passage()])
    assert answer in reading.span.of(TEXT) or reading.span.of(TEXT) in answer
    assert reading.found > 0


def test_an_answer_that_is_stated_beats_one_that_is_not(reader) -> None:
    stated, lacking = (
        reader.read(q, [passage()])[0].found
        for q in ("How much will the Elmwood firefighters get?", "When was Elmwood's mayor born?")
    )
    assert stated > lacking + 2


def test_spans_are_in_the_release_not_in_the_passage(reader) -> None:
    (reading,) = reader.read("How much will the Elmwood firefighters get?", [passage(start=1000)])
    assert TEXT[reading.span.start - 1000 : reading.span.end - 1000].endswith("370")


def test_an_aside_is_read_after_its_words_and_answers_as_them(reader) -> None:
    text = "Today, Sen. Doe met the mayor of Elmwood. They will meet again when the road is open."
    plain = Passage("r1", "Sen. Doe, May 4, 2006 |", Span(7, 7 + len(text)), text)
    dated = replace(plain, asides=((Span(0, 5), "May 4, 2006"),))
    question = "On what date did Sen. Doe meet the mayor of Elmwood?"
    before, after = (reader.read(question, [given])[0] for given in (plain, dated))
    assert after.fit > before.fit + 2
    assert Span(after.span.start - 7, after.span.end - 7).of(text).startswith("Today")
    assert [pair[0] for pair in after.places.tolist()] == sorted(after.places[:, 0].tolist())


def test_nothing_to_read_and_passages_of_nothing(reader) -> None:
    assert reader.read("Who?", []) == []
    (reading,) = reader.read("Who?", [Passage("r1", "", Span(5, 5), "")])
    assert reading.span == Span(5, 5)
    assert reading.fit == float("-inf")


def test_passages_are_read_in_order_whatever_their_length(reader) -> None:
    short = passage("The bridge of Oakham cost $9 million and opened in June 2004.")
    together = reader.read("How much did the Oakham bridge cost?", [passage(), short])
    assert together[1].found > together[0].found


def test_outside_a_quote_stands_the_next_best_answer(reader) -> None:
    (best,) = reader.read("How much will the Elmwood firefighters get?", [passage(start=50)])
    sentence = Span(50, 50 + TEXT.index(" The money"))
    assert sentence.start <= best.span.start < best.span.end <= sentence.end
    other = best.outside(sentence)
    assert other is not None and other.span.start >= sentence.end
    assert other.fit < best.fit
    assert other.found == best.found
    assert other.outside(Span(0, 50 + len(TEXT))) is None


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_what_stands_outside_shares_no_character(reader, one, other) -> None:
    (best,) = reader.read("Who is the chief?", [passage()])
    quote = Span(min(one, other), max(one, other))
    left = best.outside(quote)
    shared = left and min(left.span.end, quote.end) - max(left.span.start, quote.start)
    assert not left or shared <= 0


READ = """
from index.records import Span
from rag.reader import Passage, Reader
text = "Chief Ann Roe thanked the twelve volunteers of Elmwood, who get $4,000 for new hoses by June."
passage = Passage("r", "Elmwood | 2020", Span(0, len(text)), text)
for question in ("Who is the fire chief of Elmwood?", "How much do the volunteers get?", "why hoses"):
    (reading,) = Reader().read(question, [passage])
    print(reading.span, reading.found, reading.fit)
"""


def test_a_cpu_that_adds_products_in_sixteen_bits_reads_the_same() -> None:
    """With VNNI and without: where this CPU has neither, both runs are alike anyway."""
    read = [
        subprocess.run(
            [sys.executable, "-c", READ],
            env=os.environ | {"ONEDNN_MAX_CPU_ISA": limit},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for limit in ("DEFAULT", "AVX512_CORE")
    ]
    assert read[0].count("\n") == 3
    assert read[0] == read[1]
