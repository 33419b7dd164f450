"""What the chat draws and takes away, without a browser: chat/ as functions and its service."""

import csv
import io
import json
import re
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fake_archive import FakeArchive
from hypothesis import given
from hypothesis import strategies as st

from chat import exports
from chat.chips import period_words
from chat.examples import derived_examples
from chat.explain import explain_html, sureness_html
from chat.feedback import feedback_record
from chat.markup import date_html, date_words, esc, marked, safe_url, title_html
from chat.overview import View, select, table_html
from chat.plots import Scale, day_range, histogram_svg, timeline_svg
from chat.reader import release_html
from chat.service import Service
from chat.sessions import MAX_TURNS, Filters, LimitError, Limits, Sessions, Turn
from chat.turn import Extent, answer_html, citation_html
from chat.upload import accepted, build_private, report_html
from eval.collection import read_collection
from index.errors import DatelineError, QuestionError
from index.records import DatedBy, OtherDate, Release, Span
from rag.records import Answer, Bounds, Citation, Query

A, B = "a" * 32, "b" * 32
EVIL = (
    "<script>window.hit=1</script><img src=x onerror='window.hit=1'> {{ 7*7 }} ${window.hit=1} "
    "`backtick` **bold** [link](javascript:window.hit=1) \"q\" 'p' &lt; {% x %} </title></textarea>"
)


def make(release_id: str, text: str, date: str | None = None, **fields: object) -> Release:
    dated = DatedBy(date, "labelled_line", f"Release Date: {date}") if date else None
    base = Release(
        release_id,
        f"{release_id}.txt",
        "0" * 64,
        f"Title {release_id}",
        "Office",
        None,
        "en",
        dated,
        text,
        sources=(f"{release_id}.txt",),
    )
    return replace(base, **fields)


RELEASES = [
    make(
        "r1",
        "They spoke.\nAn extradition was agreed.\nMore.",
        "2018-07-11",
        url="https://example.gov/r1",
    ),
    make("r2", "The extradition took place on Monday.", "2019-09", issuer="Bureau"),
    make("r3", "On extradition nothing is dated.", None, issuer=None, title=None),
]


def service(tmp_path: Path, releases: list[Release] = RELEASES, **limits: int) -> Service:
    return Service(
        FakeArchive(releases),
        feedback=tmp_path / "f.jsonl",
        limits=Limits(**limits),
        today=lambda: date(2026, 1, 2),
    )


def ask(s: Service, question: str, token: str = A, **fields: object) -> dict:
    payload = {"token": token, "question": question, "asked": "1", **fields}
    return list(s.ask(payload, "127.0.0.1"))[-1]


class Text(HTMLParser):
    """The words of a page as a reader sees them, and every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))


# Dates and escaping


@pytest.mark.parametrize(
    "date, words",
    [
        ("2019-09-26", "September 26, 2019"),
        ("2019-09", "September 2019"),
        ("2019", "2019"),
        (None, "Date not stated"),
        ("2008-02-09", "February 9, 2008"),
    ],
)
def test_dates_are_said_at_their_own_precision(date, words):
    assert date_words(date) == words


def test_a_day_stands_in_words_and_iso_and_a_month_says_that_it_is_stated_so():
    assert Text(date_html("2019-09-26")).words == "September 26, 2019 2019-09-26"
    assert Text(date_html("2019-09")).words == "stated: September 2019"
    assert 'class="date undated"' in date_html(None)


@given(st.text())
def test_escaped_text_reads_as_itself_and_has_no_markup(text):
    page = Text(f'<p title="{esc(text)}">{esc(text)}</p>')
    assert [tag for tag, _ in page.tags] == ["p"]
    shown = "".join(c for c in text if c not in "\r")
    controls = {c for c in shown if ord(c) < 32 and c not in "\t\n" or 127 <= ord(c) < 160}
    if not controls and "\r" not in text:
        assert page.words == text and page.tags[0][1]["title"] == text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//host/x",
        "ftp://host/x",
        "http:///x",
        "https://",
        "java\nscript:x",
        "http://[",
        "",
        "https://a b",
    ],
)
def test_only_http_links_are_links(url):
    assert safe_url(url) is None


def test_an_http_link_stays_as_it_is():
    assert safe_url("https://www.dhs.gov/a?b=1&c=%20") == "https://www.dhs.gov/a?b=1&c=%20"


@given(st.text(min_size=1, max_size=40), st.data())
def test_marking_spans_loses_no_word(text, data):
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, len(text)))))
    html = marked(text, [(span, f"<mark data-n='{n}'>") for n, span in enumerate(spans)])
    for n, span in enumerate(spans):
        inside = re.findall(rf"<mark data-n='{n}'>", html)
        assert inside, span
    assert re.sub(r"</?mark[^>]*>", "", html) == "".join(esc(c) for c in text)


def test_a_mark_stays_whole_round_what_is_set_off_in_it():
    marks = [(Span(0, 5), "<mark>"), (Span(1, 2), "<b>"), (Span(4, 6), "<i>")]
    assert marked("abcdef", marks) == "<mark>a<b>b</b>cd<i>e</i></mark><i>f</i>"


@pytest.mark.parametrize(
    "start, end, words",
    [
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-02-01", "2019-02-28", "February 2019"),
        ("2019-02-01", "2019-02-27", "February 1, 2019 to February 27, 2019"),
        ("2019-02-01", "2019-02-01", "February 1, 2019"),
        (None, "2019-02-01", "up to February 1, 2019"),
        ("2019-02-01", None, "from February 1, 2019 on"),
    ],
)
def test_periods_in_words(start, end, words):
    assert period_words(Bounds(start, end)) == words


def test_a_span_outside_its_text_is_refused():
    with pytest.raises(ValueError, match="span 2:9 outside a text of 3"):
        marked("abc", [(Span(2, 9), "<mark>")])


# A turn


def answer_of(text: str, *citations: Citation, kind: str = "what") -> Answer:
    return Answer("Q?", True, None, 0.9, text, Query("Q?", "Q", kind), citations, (), 1.0)


def cite(n: int, r: Release, quote: str) -> Citation:
    at = r.text.index(quote)
    return Citation(
        n, r.release_id, r.title, r.issuer, r.date, r.url, r.source, quote, at, at + len(quote)
    )


def test_markers_are_buttons_except_those_that_are_the_releases_own_words():
    r = make("m", "See note [1] and [2] below.")
    html = answer_html(
        answer_of(
            "It says: “See note [1] and [2] below.” [1] [7]",
            cite(1, r, "See note [1] and [2] below."),
        )
    )
    assert html.count('data-open="1"') == 1 and 'data-open="2"' not in html
    assert Text(html).words == "It says: “See note [1] and [2] below.”1 [7]"


def test_a_turn_shows_title_issuer_date_and_quote_of_each_citation(tmp_path):
    s = service(tmp_path)
    page = Text(ask(s, "Who spoke of extradition?")["html"])
    for words in (
        "Title r1",
        "Office",
        "July 11, 2018 2018-07-11",
        "An extradition was agreed.",
        "stated: September 2019",
        "Bureau",
        "Stated as “Release Date: 2018-07-11”",
    ):
        assert words in page.words


def test_chips_show_what_was_understood_and_are_the_controls(tmp_path):
    html = ask(
        service(tmp_path), "x extradition", filters={"date_from": "2018", "issuer": "Office"}
    )
    inputs = {a["name"]: a for tag, a in Text(html["html"]).tags if tag == "input"}
    assert inputs["date_from"]["value"] == "2018" and inputs["issuer"]["value"] == "Office"
    assert 'value="what" selected' in html["html"]


def test_abstaining_gives_the_reason_the_span_and_the_nearest_releases(tmp_path):
    page = Text(ask(service(tmp_path), "best recipe for tamales")["html"])
    assert "The archive does not say." in page.words
    assert "Nothing in the archive is on this subject." in page.words
    assert "3 releases, July 2018 to September 2019, 1 undated" in page.words
    opened = [a["data-release"] for _, a in page.tags if "data-release" in a]
    assert opened == ["r1", "r2", "r3"]


def test_words_that_come_closest_are_folded_away_and_can_be_opened_and_copied(tmp_path):
    s = service(tmp_path)
    html = ask(s, "Who perhaps spoke of extradition?")["html"]
    assert "The archive does not say." in Text(html).words
    folded = html[html.index("<details") : html.index("</details>")]
    page = Text(folded)
    assert "the confidence that they answer this is 0.40" in page.words
    assert "An extradition was agreed." in page.words and "open" not in page.tags[0][1]
    marked = s.release({"token": A, "turn": 1, "marker": 1}, "x")["html"]
    assert "An extradition was agreed." in marked[marked.index("<mark") :]
    copied = s.export({"token": A, "turn": 1, "marker": 1}, "x")["text"]
    assert "“An extradition was agreed.”" in copied
    assert s.export({"token": A, "turn": 1, "format": "csl"}, "x")["text"] == "[]\n"


def test_an_archive_that_is_being_built_says_how_far_it_is(tmp_path):
    s = service(tmp_path)
    assert s.hello({"token": A}, "x")["unfinished"] is False
    s.archive.embedded = 0.62
    hello = s.hello({"token": A}, "x")
    assert hello["extent"].endswith("1 undated, 62% of it embedded so far") and hello["unfinished"]
    notes = Text(ask(s, "Who spoke of extradition?")["html"]).words
    assert "being built: 62% of it is embedded" in notes


def test_extent_in_words():
    assert Extent(1, 0, "2019-09-26", "2019-09-26").words() == "1 release, September 2019"
    assert Extent(72644, 0, "2004-01-02", "2008-12").words() == (
        "72,644 releases, January 2004 to December 2008"
    )
    assert Extent(2, 2, None, None).words() == "2 releases, 2 undated"


def test_a_timeline_is_by_date_with_the_undated_last_and_one_mark_a_dated_release(tmp_path):
    html = ask(service(tmp_path), "What was said over time about extradition?")["html"]
    order = re.findall(r'<li class="cite" data-cite="(\d)"', html)
    assert order == ["1", "2", "3"]
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert svg.count('<g class="dot"') == 2 and 'class="extent"' in svg


def test_an_answer_comes_in_by_lines_and_ends_whole(tmp_path):
    s = service(tmp_path)
    replies = list(s.ask({"token": A, "question": "x extradition", "asked": "9"}, "::1"))
    assert [r["done"] for r in replies] == [False, True]
    assert [r["html"].count("<p>“") for r in replies] == [1, 2]
    assert {r["asked"] for r in replies} == {"9"}
    assert 'data-act="copy"' not in replies[0]["html"]


def test_everything_hostile_shows_as_text(tmp_path):
    evil = make(
        "e",
        f"Before {EVIL} target\nAfter",
        "2019-01-01",
        title=EVIL,
        issuer=EVIL,
        url="javascript:window.hit=1",
        source=EVIL,
        sources=(EVIL, EVIL + "2"),
        date_conflicts=(DatedBy("2019-01-02", EVIL, EVIL),),
        other_dates=(OtherDate(EVIL, "2019-01-03", EVIL),),
        dated=DatedBy("2019-01-01", EVIL, EVIL),
    )
    s = service(tmp_path, [evil])
    turn = ask(s, f"{EVIL} target", filters={"issuer": EVIL[:300].strip()})
    turn = ask(s, f"{EVIL} target")
    drawn = [
        turn["html"],
        s.release({"token": A, "turn": 2, "marker": 1}, "x")["html"],
        s.release({"token": A, "release_id": "e"}, "x")["html"],
        s.explain({"token": A, "turn": 2}, "x")["html"],
        *s.overview({"token": A, "whole": True}, "x").values(),
        ask(s, f"{EVIL} over time target")["html"],
        ask(s, f"no such {EVIL} zzz")["html"],
    ]
    for html in drawn:
        tags = Text(html).tags
        assert not {t for t, _ in tags} & {"script", "img", "iframe", "object", "style", "link"}
        assert not [a for _, attrs in tags for a in attrs if a.startswith("on")]
        assert not [a for _, a in tags if "javascript:" in (a.get("href") or "")]
    assert EVIL in Text(drawn[0]).words and EVIL in Text(drawn[1]).words


# The reader


def test_the_release_is_whole_and_the_quote_is_marked_where_it_stands():
    r = replace(
        RELEASES[0],
        other_dates=(OtherDate("updated", "2021-09-14", "Last Updated"),),
        sources=("r1.txt", "copy/r1.html"),
    )
    html = release_html(r, [cite(1, r, "An extradition was agreed.")], 1, [])
    text = html[html.index('class="text"') : html.index("<footer>")]
    assert "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", text)) == "An extradition was agreed."
    assert r.text in Text(html).words
    for words in ("July 11, 2018", "updated: September 14, 2021", "copy/r1.html", "r1.txt"):
        assert words in Text(html).words
    assert 'href="https://example.gov/r1"' in html


def test_other_versions_are_told_apart_and_a_later_one_is_told_first():
    first, second, third = (
        make(name, f"Words of {name}.", day, version_of=earlier)
        for name, day, earlier in [
            ("v1", "2019-09-01", None),
            ("v2", "2019-09-02", "v1"),
            ("v3", "2019-09-03", "v2"),
        ]
    )
    html = release_html(second, [], None, FakeArchive([first, second, third]).versions("v2"))
    page = Text(html)
    opened = [a["data-release"] for _, a in page.tags if "data-release" in a]
    assert opened == ["v3", "v1", "v3"]
    head, foot = (Text(part).words for part in html.split('<div class="text"'))
    assert head.endswith("A later version was released on September 3, 2019: Title v3")
    assert "Earlier: September 1, 2019 2019-09-01 Title v1" in foot
    assert "Later: September 3, 2019 2019-09-03 Title v3" in foot
    last = Text(release_html(third, [], None, FakeArchive([second, third]).versions("v3"))).words
    assert "Earlier: September 2, 2019" in last and "ater version" not in last
    alone = Text(release_html(first, [], None, FakeArchive([first]).versions("v1"))).words
    assert "ersions" not in alone


def test_a_quote_is_never_marked_in_another_release():
    other = cite(1, RELEASES[1], "The extradition")
    assert "<mark" not in release_html(RELEASES[0], [other], 1, [])


# Follow-ups, sessions and limits


def test_a_follow_up_is_asked_with_the_answer_before_and_says_what_it_kept(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    page = Text(ask(s, "And in 2018?")["html"])
    assert "kept from the question before: subject" in page.words
    assert [a["after"] and a["after"].question for a in s.archive.asked] == [
        None,
        "Who spoke of extradition?",
    ]


def test_changing_a_chip_asks_the_same_question_in_the_same_place(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    ask(s, "And in 2018?")
    reply = ask(s, "ignored", revise=2, filters={"date_from": "2019"})
    assert reply["turn"] == 2 and "And in 2018?" in Text(reply["html"]).words
    assert s.archive.asked[-1]["after"].question == "Who spoke of extradition?"
    assert s.archive.asked[-1]["date_from"] == "2019"


def test_dates_of_the_readers_own_replace_the_questions_words_for_dates(tmp_path):
    s = service(tmp_path)
    plain = s.archive.ask

    def with_dates(question: str, **limits: object) -> Answer:
        answer = plain(question, **limits)
        words = "2018" if "2018" in question else None
        return replace(answer, query=replace(answer.query, bounds_evidence=words))

    s.archive.ask = with_dates
    ask(s, "What in 2018 of extradition?")
    assert [a["question"] for a in s.archive.asked] == ["What in 2018 of extradition?"]
    reply = ask(s, "", revise=1, filters={"date_from": "2017", "dates": "mine"})
    assert s.archive.asked[-1]["question"] == "What in of extradition?"
    page = Text(reply["html"])
    assert "What in 2018 of extradition?" in page.words and "dates set by you" in page.words
    assert reply["link"] == "q=What+in+2018+of+extradition%3F&from=2017&as_of=2026-01-02&dates=mine"
    copied = s.export({"token": A, "turn": 1, "format": "text"}, "x")["text"]
    assert copied.startswith("What in 2018 of extradition?\n")


def test_a_reader_may_want_any_issuer_whatever_the_question_says(tmp_path):
    s = service(tmp_path)
    html = ask(s, "What was said by Bureau of extradition?")["html"]
    assert 'value="Bureau"' in html and html.count('<li class="cite"') == 1
    reply = ask(s, "", revise=1, filters={"issuer": ""})
    assert reply["html"].count('<li class="cite"') == 2
    assert 'value="Bureau"' not in reply["html"]
    assert "any issuer, whatever the question says" in Text(reply["html"]).words
    assert reply["link"] == "q=What+was+said+by+Bureau+of+extradition%3F&issuer="


def test_dates_that_a_follow_up_took_over_can_be_cleared(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?", filters={"date_from": "2019"})
    ask(s, "And who else?")
    assert s.archive.asked[-1]["after"].query.bounds == Bounds("2019", None)
    ask(s, "", revise=2, filters={"dates": "mine"})
    assert s.archive.asked[-1]["after"].query.bounds == Bounds()
    s.explain({"token": A, "turn": 2}, "x")
    assert s.archive.asked[-1]["after"].query.bounds == Bounds()


def test_a_kind_of_answer_set_by_the_reader_can_be_left_to_the_question_again(tmp_path):
    s = service(tmp_path)
    assert "As the question says" not in ask(s, "Who spoke of extradition?")["html"]
    html = ask(s, "", revise=1, filters={"answer_type": "list"})["html"]
    assert '<option value="">As the question says</option>' in html
    html = ask(s, "", revise=1, filters={"answer_type": ""})["html"]
    assert 'value="what" selected' in html and "As the question says" not in html


def test_how_sure_an_answer_must_be_is_the_readers_choice(tmp_path):
    s = service(tmp_path)
    reply = ask(s, "x extradition", filters={"threshold": "0.85"})
    assert s.archive.asked[-1]["threshold"] == 0.85
    assert "when the confidence is 0.85 or more" in Text(reply["html"]).words
    assert reply["link"] == "q=x+extradition&sure=0.85"
    explained = s.explain({"token": A, "turn": 1}, "x")["html"]
    assert 'value="1"' in explained and s.archive.asked[-1]["threshold"] == 0.85
    for wrong in ("2", "-0.1", "nan", "much", [1]):
        assert "a number from 0 to 1" in ask(s, "x", filters={"threshold": wrong})["error"]


def test_what_was_asked_for_is_set_off_in_the_answer_and_in_the_quote():
    r = make("m", "In all  72 percent\nof them came.")
    c = replace(cite(1, r, "72 percent"), emphasis=Span(8, 10))
    assert "“<strong>72</strong> percent”" in answer_html(answer_of("“72 percent” [1]", c))


def test_sessions_share_nothing(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?", A)
    ask(s, "And in 2018?", B)
    assert s.archive.asked[-1]["after"] is None
    assert "no longer kept" in s.export({"token": B, "turn": 2, "format": "text"}, "x")["error"]


def test_a_new_conversation_forgets_the_one_before(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    s.forget({"token": A}, "x")
    assert ask(s, "And in 2018?")["turn"] == 2
    assert s.archive.asked[-1]["after"] is None


def test_a_session_keeps_its_last_turns_only(tmp_path):
    s = service(tmp_path, per_minute=1000)
    for _ in range(MAX_TURNS + 5):
        ask(s, "extradition")
    assert len(s.sessions.get(A).turns) == MAX_TURNS


def test_sessions_are_forgotten_after_an_hour_and_their_files_with_them(tmp_path):
    now = [0.0]
    sessions = Sessions(Limits(), clock=lambda: now[0])
    place = tmp_path / "private"
    place.mkdir()
    sessions.get(A).private_path = place
    now[0] = 3599.0
    sessions.get(B)
    assert place.exists() and len(sessions) == 2
    now[0] = 3601.0
    sessions.get(B)
    assert not place.exists() and len(sessions) == 1


def test_rates_are_limited_and_free_again_after_a_minute():
    now = [0.0]
    sessions = Sessions(Limits(per_minute=2, address_per_minute=3), clock=lambda: now[0])
    session = sessions.get(A)
    sessions.count_question(session)
    sessions.count_question(session)
    with pytest.raises(LimitError, match="more than 2 a minute. Ask again in 60 s."):
        sessions.count_question(session)
    sessions.count_question(sessions.get(B))
    for _ in range(3):
        sessions.count_call("1.2.3.4")
    with pytest.raises(LimitError, match="more than 3 a minute"):
        sessions.count_call("1.2.3.4")
    sessions.count_call("5.6.7.8")
    now[0] = 60.0
    sessions.count_question(session)
    sessions.count_call("1.2.3.4")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        3,
        [],
        {},
        {"token": 5},
        {"token": "../etc"},
        {"token": A, "question": "x" * 1001},
        {"token": A, "question": "x", "filters": [1]},
        {"token": A, "question": "x", "filters": {"date_from": 3}},
        {"token": A, "question": "x", "filters": {"date_to": "soon"}},
        {"token": A, "question": "x", "filters": {"answer_type": "sql"}},
    ],
)
def test_bad_calls_get_a_sentence_and_no_internals(tmp_path, payload):
    s = service(tmp_path)
    replies = [*s.ask(payload, "x")]
    assert len(replies) == 1 and replies[0]["done"]
    assert replies[0]["error"].endswith(".") and "Traceback" not in replies[0]["error"]
    assert s.archive.asked == []


def test_an_unexpected_failure_stays_in_the_log(tmp_path, caplog):
    s = service(tmp_path)
    s.archive.listing = lambda: 1 / 0
    assert "went wrong" in s.overview({"token": A}, "x")["error"]
    assert "ZeroDivisionError" in caplog.text


def test_filters_take_iso_dates_of_any_precision_only():
    assert Filters.of({"date_from": " 2019-09 ", "date_to": ""}) == Filters(date_from="2019-09")
    assert Filters.of({"issuer": " "}) == Filters(issuer="")
    with pytest.raises(QuestionError, match="2019, 2019-09 or 2019-09-26"):
        Filters.of({"as_of": "2019-13"})


# Taking it away


def test_copied_text_has_the_answer_and_every_citation(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    text = s.export({"token": A, "turn": 1, "format": "text"}, "x")["text"]
    assert text.splitlines() == [
        "Who spoke of extradition?",
        "",
        "“An extradition was agreed.” [1]",
        "“The extradition took place on Monday.” [2]",
        "",
        "[1] Title r1. Office. July 11, 2018 (2018-07-11). “An extradition was agreed.”"
        " https://example.gov/r1",
        "[2] Title r2. Bureau. September 2019. “The extradition took place on Monday.” r2.txt",
    ]


def test_a_citation_that_states_another_value_says_so():
    r = make("m", "It cost 5 million. It cost 7 million.")
    first, other = cite(1, r, "It cost 5 million."), cite(2, r, "It cost 7 million.")
    said = "States another answer than 1"
    assert said not in Text(citation_html(other, r)).words
    assert said in Text(citation_html(replace(other, differs=True), r)).words
    assert said not in Text(citation_html(first, r)).words


def test_typing_errors_that_were_put_right_are_said(tmp_path):
    s = service(tmp_path)
    plain = s.archive.ask

    def spelled(question: str, **limits: object) -> Answer:
        answer = plain(question.replace("2O18", "2018"), **limits)
        words = "in 2018" if "in 2O18" in question or "in 2018" in question else None
        query = replace(answer.query, corrections=(("<2O18>", "2018"),), bounds_evidence=words)
        return replace(answer, query=query)

    s.archive.ask = spelled
    page = Text(ask(s, "What in 2O18 of extradition?")["html"])
    assert "read “<2O18>” as “2018”" in page.words
    ask(s, "", revise=1, filters={"dates": "mine"})
    assert s.archive.asked[-1]["question"] == "What of extradition?"


CITED = [
    cite(1, RELEASES[0], "An extradition"),
    cite(2, RELEASES[1], "The extradition"),
    cite(3, RELEASES[2], "On extradition"),
]


def test_csl_has_the_date_parts_that_are_stated():
    items = json.loads(exports.csl(CITED))
    assert [i.get("issued") for i in items] == [
        {"date-parts": [[2018, 7, 11]]},
        {"date-parts": [[2019, 9]]},
        None,
    ]
    assert items[0]["author"] == [{"literal": "Office"}] and "author" not in items[2]
    assert items[0]["URL"] == "https://example.gov/r1" and "accessed" not in items[0]


def test_bibtex_has_the_date_at_its_precision_and_escapes_its_own_marks():
    evil = replace(CITED[0], title="100% of {A} & B_C $5 \\input{x} }, year = {1999", date="2019")
    evil = replace(evil, url="https://example.gov/{a}?b=%20")
    text = exports.bibtex([*CITED, evil])
    assert "date = {2018-07-11}" in text and "date = {2019-09}" in text
    assert "month = sep" in text and text.count("year =") == 4 - 1 + 1
    entry = text[text.rindex("@misc") :]
    url = next(line for line in entry.splitlines() if " url =" in line)
    assert url == r"  url = {https://example.gov/\%7Ba\%7D?b=\%20},"
    title = next(line for line in entry.splitlines() if "title =" in line)
    assert title == (
        r"  title = {{100\% of \{A\} \& B\_C \$5 \textbackslash{}input\{x\} \}, "
        r"year = \{1999}},"
    )
    assert len(set(re.findall(r"@misc\{(.+),", text))) == 4


def test_ris_leaves_out_what_is_not_stated_and_takes_no_new_line_from_a_title():
    evil = replace(CITED[0], title="A\r\nER  - \r\nTY  - BOOK")
    records = exports.ris([*CITED, evil]).split("ER  - \r\n")
    assert "DA  - 2018/07/11/" in records[0] and "DA  - 2019/09//" in records[1]
    assert "DA  -" not in records[2] and "PY  -" not in records[2]
    assert "TI  - A ER - TY - BOOK\r\n" in records[3]


def test_csv_is_by_date_and_no_cell_is_a_formula():
    evil = replace(CITED[1], title="=HYPERLINK(1)", issuer="@SUM(1)")
    rows = list(csv.DictReader(io.StringIO(exports.timeline_csv([CITED[2], evil, CITED[0]]))))
    assert [r["date"] for r in rows] == ["2018-07-11", "2019-09", ""]
    assert [r["precision"] for r in rows] == ["day", "month", ""]
    assert rows[1]["title"] == "'=HYPERLINK(1)" and rows[1]["issuer"] == "'@SUM(1)"
    assert rows[0]["quote"] == "An extradition"


def test_a_link_carries_the_questions_it_follows_up_on_and_the_filters(tmp_path):
    s = service(tmp_path)
    assert ask(s, "Who spoke of extradition?")["link"] == "q=Who+spoke+of+extradition%3F"
    ask(s, "", revise=1, filters={"answer_type": "list"})
    reply = ask(s, "And in 2018?", filters={"date_from": "2018", "issuer": "A&B"})
    assert reply["link"] == (
        "q=Who+spoke+of+extradition%3F&type=list&q=And+in+2018%3F&from=2018&issuer=A%26B"
    )


def test_a_link_leaves_out_questions_that_the_answer_does_not_build_on(tmp_path):
    s = service(tmp_path)
    ask(s, "best recipe for tamales")
    assert ask(s, "Who spoke of extradition?")["link"] == "q=Who+spoke+of+extradition%3F"
    assert ask(s, "And in 2018?")["link"] == "q=Who+spoke+of+extradition%3F&q=And+in+2018%3F"


@pytest.mark.parametrize(
    "vote, answerable, release_id",
    [("good", True, "r1"), ("wrong_date", None, None), ("should_have_answered", None, None)],
)
def test_a_vote_is_kept_as_a_question(tmp_path, vote, answerable, release_id):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    assert "error" not in s.vote({"token": A, "turn": 1, "vote": vote}, "x")
    line = json.loads((tmp_path / "f.jsonl").read_text(encoding="utf-8"))
    assert line["question"] == "Who spoke of extradition?" and line["vote"] == vote
    assert (line["answerable"], line["release_id"]) == (answerable, release_id)


def test_the_harness_reads_the_votes_that_settle_something_as_questions(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?", filters={"date_from": "2018", "issuer": "Office"})
    ask(s, "best recipe for tamales")
    ask(s, "Who spoke of extradition?")
    ask(s, "And in 2018?")
    for turn, vote in [(1, "good"), (2, "good"), (3, "wrong_release"), (4, "good")]:
        assert "error" not in s.vote({"token": A, "turn": turn, "vote": vote}, "x")
    collection = read_collection(tmp_path / "f.jsonl")
    first, second = collection.topics
    assert (first.question, first.release_id) == ("Who spoke of extradition?", "r1")
    assert (first.release_date, first.answer) == ("2018-07-11", "An extradition was agreed.")
    options = {"date_from": "2018", "issuer": "Office", "as_of": date.today().isoformat()}
    assert dict(first.options) == options
    assert (second.answerable, second.release_id) == (False, None)
    assert collection.passed_over == 2  # a vote that settles nothing, and half a question


def test_a_good_abstention_is_a_question_without_an_answer():
    answer = Answer("Q?", False, "not_stated", 0.1, "No.", Query("Q?", "Q", "who"), (), (), 1.0)
    record = feedback_record(
        Turn(1, "Q?", Filters(), None, answer), "good", datetime(2026, 1, 2, tzinfo=UTC)
    )
    assert record["answerable"] is False and record["release_id"] is None


def test_votes_on_private_files_and_unknown_votes_are_refused(tmp_path):
    s = service(tmp_path)
    ask(s, "Who spoke of extradition?")
    assert "error" in s.vote({"token": A, "turn": 1, "vote": "spam"}, "x")
    session = s.sessions.get(A)
    session.keep(replace(session.turns[1], private=True))
    assert "error" in s.vote({"token": A, "turn": 1, "vote": "good"}, "x")
    assert not (tmp_path / "f.jsonl").exists()


def test_explaining_shows_candidates_scores_and_the_measured_risk():
    archive = FakeArchive(RELEASES)
    page = Text(explain_html(archive.explain("x extradition"), archive.thresholds(), 0.8))
    for words in (
        "was given at a confidence of 0.90",
        "5% were wrong when measured",
        "at most 7%); 30% of questions get one",
        "dense 0.50, lexical 7.25",
        "July 11, 2018",
        "0.80: 5% of such answers were wrong, 30% of questions get one",
    ):
        assert words in page.words


@pytest.mark.parametrize("limit, step", [(0.3, 0), (0.79, 0), (0.8, 1), (0.1, 0), (1.0, 1)])
def test_the_slider_stands_at_the_step_that_holds_and_says_what_it_costs(limit, step):
    html = sureness_html(FakeArchive([]).thresholds(), limit)
    slider = next(attrs for tag, attrs in Text(html).tags if tag == "input")
    assert (slider["min"], slider["max"], slider["value"]) == ("0", "1", str(step))
    at, words = json.loads(slider["data-steps"])[step]
    assert Text(html).words.endswith(words) and slider["aria-valuetext"] == words
    assert words.startswith(f"{at:.2f}: ")
    assert sureness_html([], limit) == ""


# The Archive tab


def rows():
    return FakeArchive([*RELEASES, make("r4", "x", "2018", title="a Last")]).listing()


@pytest.mark.parametrize(
    "view, ids",
    [
        (View(), ["r2", "r1", "r4", "r3"]),
        (View(descending=False), ["r4", "r1", "r2", "r3"]),
        (View(only="undated"), ["r3"]),
        (View(only="partial"), ["r2", "r4"]),
        (View(issuer="Bureau"), ["r2"]),
        (View(text="TITLE r1"), ["r1"]),
        (View(date_from="2018-07-11", date_to="2018-07-11"), ["r1"]),
        (View(date_from="2018", date_to="2018"), ["r1", "r4"]),
        (View(date_from="2019-09"), ["r2"]),
        (View(sort="title", descending=False), ["r3", "r4", "r1", "r2"]),
    ],
)
def test_the_table_is_searched_filtered_and_sorted(view, ids):
    assert [r.release_id for r in select(rows(), view)] == ids


def test_the_table_has_pages_and_says_how_many():
    many = FakeArchive([make(f"n{i:03}", "x", "2019-01-01") for i in range(120)]).listing()
    page = Text(table_html(many, View(page=3), str))
    assert "120 of 120 releases" in page.words and "Page 3 of 3" in page.words
    assert len([1 for tag, a in page.tags if "data-release" in a]) == 20


def test_an_untitled_release_is_listed_by_its_first_words_told_apart_from_a_title():
    table = Text(table_html(rows(), View(), lambda ident: f"Words of {ident} " + "and more " * 20))
    assert "Untitled: “Words of r3 and more and more" in table.words
    assert re.search(r"Untitled: “[^”]{60,72} …”", table.words)
    assert Text(title_html(None, " \n")).words == "Untitled release"
    assert Text(title_html(None, "A <b> short one")).words == "Untitled: “A <b> short one”"
    assert title_html("A <b>", "text") == "A &lt;b&gt;"


def test_a_view_of_nonsense_is_the_whole_table():
    assert View.of({"sort": "rm", "only": 3, "page": -1, "date_from": "x", "text": None}) == View()


# Plots


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-09-26", "2019-09-26", "2019-09-26"),
    ],
)
def test_a_date_may_mean_any_day_that_it_states(value, first, last):
    assert tuple(d.isoformat() for d in day_range(value)) == (first, last)


def test_marks_stand_in_the_order_of_their_days():
    scale = Scale.over(["2018-07-11", "2019-09-27"])
    days = [day_range(v)[0] for v in ("2018-07-11", "2019-08-27", "2019-09-26", "2019-09-27")]
    xs = [scale.x(d) for d in days]
    assert xs == sorted(xs) and 0 < xs[0] and xs[-1] < 960


def test_a_timeline_of_fewer_than_two_dates_has_no_plot():
    assert timeline_svg([CITED[0], CITED[2]]) == ""


def test_the_bars_count_every_dated_release_once_and_tell_of_those_left_out():
    dated = [("2018-07-11", "A"), ("2018-07-30", "B"), ("2019-09", "A"), ("2019", "A"), (None, "A")]
    html = histogram_svg(dated)
    counts = re.findall(r"<title>(.*?)</title>", html)
    assert counts == ["July 2018, A: 1", "July 2018, B: 1", "September 2019, A: 1"]
    assert "1 dated only by year are not drawn" in html
    assert histogram_svg([(None, "A")]) == ""


# Files of a reader's own


def test_only_what_was_uploaded_is_taken(tmp_path):
    root, other = tmp_path / "uploads", tmp_path / "secret.txt"
    root.mkdir()
    (root / "a.txt").write_text("x", encoding="utf-8")
    (root / "big.txt").write_text("x" * 11, encoding="utf-8")
    (root / "link.txt").symlink_to(other)
    other.write_text("x", encoding="utf-8")
    limits = Limits(files=2, file_bytes=10)
    assert accepted([str(root / "a.txt")], root, limits) == [root / "a.txt"]
    for paths in (
        None,
        [],
        "x",
        [3],
        [str(other)],
        [f"{root}/../secret.txt"],
        [str(root)],
        [str(root / "link.txt")],
        [str(root / "big.txt")],
        [str(root / "none.txt")],
        [str(root / "a.txt")] * 3,
    ):
        with pytest.raises(LimitError):
            accepted(paths, root, limits)


def test_files_become_a_private_archive_and_are_gone_when_it_fails(tmp_path, monkeypatch):
    first = tmp_path / "one" / "r.txt"
    second = tmp_path / "two" / "r.txt"
    for file, day in ((first, "September 26, 2019"), (second, "July 11, 2018")):
        file.parent.mkdir()
        file.write_text(
            f"A Title\n\nRelease Date: {day}\n\nWASHINGTON - They met on trade."
            " The ministers agreed to meet again.\n",
            encoding="utf-8",
        )
    kept = []
    steps = list(build_private([first, second], lambda *found: kept.append(found)))
    ((place, report),) = kept
    assert report.releases == 2 and steps[-1] == (1.0, "Done")
    assert [share for share, _ in steps] == sorted(share for share, _ in steps)
    assert not first.exists() and len(list((place / "files").iterdir())) == 2
    assert "<strong>2 releases</strong>" in report_html(report, "2 releases")
    shutil.rmtree(place)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # no other process writes there
    with pytest.raises(DatelineError):
        list(build_private([empty], lambda *found: kept.append(found)))
    assert len(kept) == 1
    assert list(tmp_path.glob("dateline-private-*")) == []


def test_examples_are_of_the_archives_own_names_and_asked_before_they_are_offered():
    told = 'They met in Honduras, in May. "It is time," said Minister Ana Paz. Thanks.'
    archive = FakeArchive(
        [
            make("a", f"{told} They say.", "2018-01-01", title="A short title"),
            make("b", f"{told} Over time.", "2018-02-03", title="Words that stand nowhere else"),
            make("c", "An undated release.", None),
        ]
    )
    assert derived_examples(archive) == [
        "What was said about Honduras over time?",
        "What did Minister Ana Paz say about Honduras?",
        "What is the latest release on Honduras?",
        "What does “A short title” say?",
        "What was announced in 2019?",
    ]
    assert derived_examples(FakeArchive([])) == []


def test_a_timeline_of_one_day_is_no_example():
    archive = FakeArchive(
        [make(n, "Of time in Honduras, and in Lima.", "2018-01-01") for n in "ab"]
    )
    assert not [q for q in derived_examples(archive) if "over time" in q]
