"""What is understood of a question, as values."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from rag.question import MAX_QUESTION, understand
from rag.records import Bounds, Query, query_to_dict

ISSUERS = (
    "Sen. Collins",
    "Sen. BenNelson",
    "Sen. BillNelson",
    "Sen. Clinton",
    "Sen. Barrasso",
    "U.S. Department of Homeland Security",
)
SPAN = Bounds("2004-05-03", "2008-07-29")


def ask(question: str, **more) -> Query:
    given = {"issuers": ISSUERS, "span": SPAN, "as_of": date(2008, 7, 29), **more}
    return understand(question, **given)


@pytest.mark.parametrize(
    ("question", "start", "end", "evidence"),
    [
        ("Sen. Collins in early 2006 on fisheries", "2006-01-01", "2006-04-30", "in early 2006"),
        (
            "What did Clinton say about ports between March and May 2005?",
            "2005-03-01",
            "2005-05-31",
            "between March and May 2005",
        ),
        ("What has she said about Iraq since 2006?", "2006-01-01", None, "since 2006"),
        ("What did DHS announce last month?", "2008-06-01", "2008-06-30", "last month"),
        (
            "What did the August 2007 joint statement say?",
            "2007-08-01",
            "2007-08-31",
            "August 2007",
        ),
        ("What does the July 11, 2007 readout say?", "2007-07-11", "2007-07-11", "July 11, 2007"),
        ("Which statements came before the May 2007 agreement?", None, "2007-04-30", None),
        ("Before the May 2007 agreement, what had both said on tariffs?", None, "2007-04-30", None),
        ("Before the May 2007 agreement, who had led the talks?", None, None, None),
        ("What did the September 2021 release say?", "2021-09-01", "2021-09-30", "September 2021"),
    ],
)
def test_bounds(question, start, end, evidence):
    query = ask(question)
    assert query.bounds == Bounds(start, end)
    if evidence:
        assert query.bounds_evidence == evidence


@pytest.mark.parametrize("word", ["tonight", "tomorrow", "today"])
def test_a_day_named_from_today_binds_only_where_no_other_time_is_named(word):
    both = ask(f"statements from Sen. Collins on {word} and declaration during Q3 of 2006")
    assert both.bounds == Bounds("2006-07-01", "2006-09-30")
    assert ask(f"What did Sen. Collins say {word}?").bounds.start is not None


def test_terms_leave_out_the_words_that_bounds_rest_on_but_not_those_of_an_event():
    assert ask("What did the August 2007 joint statement say about children?").terms == (
        "joint",
        "statement",
        "children",
    )
    assert "2019" in ask("How many H-2 visas were issued in 2019?").terms


@pytest.mark.parametrize(
    "question",
    [
        "What did the 1999 Joint Chiefs study say about attack subs?",
        "How much was in the 2005 farm spending bill for dairies?",
        "Which panel did he run when the Senate last cleared a water bill in 2000?",
        "When was the program created in 1989 last renewed?",
        "How many H-2 visas were issued in 2019?",
        "How much would NIST be authorized to get in 2011?",
        "Which town won a FIRE Act award in 2007?",
        "Before the 2005 effort, when was the act most recently renewed?",
    ],
)
def test_dates_of_events_bind_nothing(question):
    assert ask(question).bounds == Bounds()


def test_the_date_of_an_event_is_a_hint():
    query = ask("Who ran the hearing in August 2006?")
    assert query.hints.start == "2006-08-01"
    assert query.hints.end >= "2006-08-31"


@pytest.mark.parametrize(
    ("question", "must", "may"),
    [
        ("Sen. Collins's releases on fisheries", ("Sen. Collins",), ()),
        ("What has Collins said about fisheries?", ("Sen. Collins",), ()),
        ("What did Susan Collins say about fisheries?", (), ("Sen. Collins",)),
        ("Did Bill Nelson visit the base?", (), ("Sen. BillNelson",)),
        ("Did Nelson visit the base?", (), ("Sen. BenNelson", "Sen. BillNelson")),
        ("Did Sen. Barasso visit the base?", (), ("Sen. Barrasso",)),
        ("the announcement by Collins and Sen. Clinton", ("Sen. Collins", "Sen. Clinton"), ()),
        ("the announcement by Collins and Sen. Unheard", (), ("Sen. Collins",)),
        ("press release by DHS on visas", ("U.S. Department of Homeland Security",), ()),
    ],
)
def test_issuers(question, must, may):
    query = ask(question)
    assert (query.issuers, query.issuer_hints) == (must, may)


def test_an_empty_issuer_is_any_whatever_the_question_or_the_one_before_says():
    before = ask("What has Sen. Collins said about ports?")
    assert before.issuers == ("Sen. Collins",)
    after = ask("And about fisheries?", after=before)
    assert after.issuers == ("Sen. Collins",)
    for question, previous in ((before.question, None), (after.question, before)):
        query = ask(question, after=previous, issuer="")
        assert (query.issuers, query.issuer_hints) == ((), ())
        assert "issuer" not in query.inherited


def test_given_bounds_and_issuer_bind():
    query = ask("What about ports?", date_from="2006", date_to="2006-02", issuer="collins")
    assert query.bounds == Bounds("2006-01-01", "2006-02-28")
    assert query.issuers == ("Sen. Collins",)
    assert query.bounds_evidence is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who signed the letter?", "who"),
        ("ninth TVA director picked by Bush august 2006 who", "who"),
        ("Which two economists wrote the study?", "who"),
        ("Which Maine town lost its paper mill?", "where"),
        ("In which counties will the quail acres be?", "where"),
        ("By what deadline must schools apply?", "when"),
        ("How often will they review the agreement?", "when"),
        ("biloxi shelter grant amount 2006", "how_much"),
        ("How many dollars did Boston get?", "how_much"),
        ("What share of migrants came from the three countries?", "how_many"),
        ("What reason did Reid give for cutting the budget?", "why"),
        ("Dorgan reaction to Harriet Miers pulling out", "quote"),
        ("How did Sen. Conrad describe the borrowing?", "quote"),
        ("Which four other cities won grants?", "list"),
        ("As of May 4, had the White House answered?", "yes_no"),
        ("What gear will the firefighters buy with their money?", "what"),
        ("the most recent statement on ports", "latest"),
        ("the earliest mention of Yucca Mountain", "first"),
        ("How has her position on the war changed since 2005?", "timeline"),
        ("press releases by Collins about fisheries", "timeline"),
        ("What did she say about Iraq in 2005 versus 2007?", "compare"),
    ],
)
def test_answer_types(question, kind):
    assert ask(question).answer_type == kind


def test_a_given_answer_type_overrides_the_words():
    assert ask("Who signed the letter?", answer_type="list").answer_type == "list"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"date_from": "soon"}, "'soon' is no date"),
        ({"date_to": "2006-02-30"}, "'2006-02-30' is no date"),
        ({"date_from": "2007", "date_to": "2006"}, "from must not be later"),
        ({"issuer": "Sen. Nobody"}, "no issuer 'Sen. Nobody'"),
    ],
)
def test_arguments_that_cannot_be_used(given, message):
    with pytest.raises(QuestionError, match=message):
        ask("What about ports?", **given)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "  \n",
        "?!… --",
        "a" * (MAX_QUESTION + 1),
        "___",
        "Who \ud800?",
        "ماذا قال الوزير؟",
        "谁签了？",
    ],
)
def test_questions_that_are_none(question):
    with pytest.raises(QuestionError):
        ask(question)


@pytest.mark.parametrize("question", ["Who is محمد?", "2019?", "¿Quién firmó?"])
def test_questions_with_any_word_in_latin_letters_or_a_number(question):
    assert ask(question).question == question


def test_speaker_of_a_quote():
    query = ask("What did Lindsey Graham say about the Hyde Amendment?")
    assert (query.answer_type, query.speaker) == ("quote", "Lindsey Graham")


def test_particulars():
    query = ask("Did S. 397 give Fort Campbell $3.6 million, or 94 percent, in May 2006?")
    assert query.particulars == (
        "S. 397",
        "Fort Campbell",
        "$3.6 million",
        "94 percent",
        "May 2006",
    )


def test_a_date_that_binds_is_no_particular_of_the_text():
    assert ask("What did Clinton say about Iraq in May 2006?").particulars == ("Clinton", "Iraq")


def test_a_follow_up_with_another_date_keeps_the_rest():
    first = ask("What did Collins say about fisheries in 2006?")
    year = ask("and in 2007?", after=first)
    assert year.bounds == Bounds("2007-01-01", "2007-12-31")
    assert (year.answer_type, year.speaker) == ("quote", "Collins")
    assert year.subject == "Collins fisheries in 2007"
    assert "2006" not in year.terms
    assert year.inherited == ("subject", "issuer", "speaker", "answer_type")


def test_a_follow_up_without_a_year_is_in_the_year_spoken_of():
    first = ask("What did the August 2007 joint statement say about children?")
    assert ask("and the September one?", after=first).bounds == Bounds("2007-09-01", "2007-09-30")


def test_a_follow_up_on_an_event_stays_one():
    first = ask("How many H-2 visas were issued in 2006?")
    year = ask("and in 2007?", after=first)
    assert (year.bounds, year.answer_type) == (Bounds(), "how_many")
    assert year.hints == Bounds("2007-01-01", "2007-12-31")


def test_a_follow_up_with_a_pronoun_keeps_subject_and_dates():
    first = ask("What did Collins say about fisheries in 2006?")
    who = ask("who signed it?", after=first)
    assert (who.answer_type, who.bounds) == ("who", first.bounds)
    assert who.inherited == ("subject", "dates", "issuer", "speaker")
    assert who.terms == ("signed", "collins", "fisheries", "2006")


def test_a_follow_up_may_change_the_topic_and_keep_the_person():
    first = ask("What did Collins say about fisheries in 2006?")
    latest = ask("her latest on port security", after=first)
    assert (latest.answer_type, latest.issuers) == ("latest", ("Sen. Collins",))
    assert (latest.terms, latest.bounds) == (("port", "security"), Bounds())


def test_a_follow_up_may_change_the_person_and_keep_the_topic():
    first = ask("What did Sen. Collins say about fisheries in 2006?")
    other = ask("what about Clinton?", after=first)
    assert (other.speaker, other.issuer_hints) == ("Clinton", ("Sen. Clinton",))
    assert other.terms == ("clinton", "fisheries", "2006")
    assert "Sen. Collins" not in other.particulars


def test_a_question_of_its_own_inherits_nothing():
    first = ask("What did Collins say about fisheries in 2006?")
    query = ask("How many ports did the Coast Guard inspect in Texas?", after=first)
    assert query.inherited == ()
    assert query == ask("How many ports did the Coast Guard inspect in Texas?")


def test_compared_periods():
    query = ask("Compare what Sen. Clinton said about Iraq in 2005 and 2007")
    assert query.answer_type == "compare"
    assert query.compared == (
        Bounds("2005-01-01", "2005-12-31"),
        Bounds("2007-01-01", "2007-12-31"),
    )


def test_limits_narrow_the_bounds_of_the_question_and_win_over_them():
    question = "What did DHS announce in 2006?"
    assert ask(question, date_from="2006-05").bounds == Bounds("2006-05-01", "2006-12-31")
    assert ask(question, date_from="2007").bounds == Bounds("2007-01-01", None)


def test_a_date_without_a_year_binds_only_where_it_falls_once():
    question = "What did the July 11 readout say?"
    once = ask(question, span=Bounds("2018-06-01", "2018-12-31"), as_of=date(2020, 1, 1))
    assert once.bounds == Bounds("2018-07-11", "2018-07-11")
    assert ask(question).bounds == Bounds()


@pytest.mark.parametrize(
    ("question", "bounds", "hints"),
    [
        ("What did the July 11 readout say?", ("2018-07-11", "2018-07-11"), (None, None)),
        ("What did DHS announce on July 11?", ("2018-07-11", "2018-07-11"), (None, None)),
        ("Who met on July 10?", (None, None), ("2018-07-07", "2018-08-10")),
        ("What did DHS say in July?", ("2018-07-01", "2018-07-31"), (None, None)),
        ("What did the September statement say?", (None, None), (None, None)),
        ("What has been said since July?", ("2018-07-01", None), (None, None)),
    ],
)
def test_a_date_without_a_year_is_of_the_year_that_has_a_release_of_it(question, bounds, hints):
    days = ["2018-07-11", "2018-09-02", "2019-09-26"]
    query = ask(
        question,
        span=Bounds(days[0], days[-1]),
        as_of=date(2020, 1, 1),
        holds=lambda b: any(b.start <= day <= b.end for day in days),
    )
    assert (query.bounds.start, query.bounds.end) == bounds
    assert (query.hints.start, query.hints.end) == hints


def test_what_was_understood_is_shown():
    shown = query_to_dict(ask("Who led the hearing that Sen. Collins held in August 2006?"))
    assert shown["issuer_hints"] == ["Sen. Collins"]
    assert shown["hints"] == {"from": "2006-08-01", "to": "2006-10-01"}
    assert shown["particulars"] == ["Sen. Collins", "August 2006"]
    assert (shown["from"], shown["issuers"], shown["compared"]) == (None, [], [])


WORDS = st.lists(
    st.sampled_from(
        """in since before after the of March May 2005 2006 11, early late between and Sen. Collins
        release said statement last month Q3 fiscal year FY07 '06 on 3/4/2005 2005-03 hearing , ? who
        what did it her latest first quarter week summer Nelson's""".split()
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@settings(max_examples=150)
@given(
    st.one_of(st.text(max_size=120), WORDS),
    st.sampled_from([None, "What did Collins say in 2006?"]),
)
def test_any_text_is_understood_or_refused(question, before):
    after = ask(before) if before else None
    try:
        query = ask(question, after=after)
    except QuestionError:
        return
    for bounds in (query.bounds, query.hints, *query.compared):
        assert bounds.start is None or bounds.end is None or bounds.start <= bounds.end
    if query.bounds_evidence is not None:
        assert query.bounds_evidence in question
    assert set(query.issuers + query.issuer_hints) <= set(ISSUERS)
    assert query == ask(question, after=after)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("weather forecast salem this weekend", "2026-01-03", "2026-01-04"),
        ("Which bridges opened last weekend?", "2025-12-27", "2025-12-28"),
        ("Is the ferry running tomorrow?", "2026-01-02", "2026-01-02"),
    ],
)
def test_days_near_the_asking_bind(words: str, start: str, end: str) -> None:
    asked = understand(words, issuers=(), span=Bounds("2004", "2008"), as_of=date(2026, 1, 1))
    assert asked.bounds == Bounds(start, end)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How often will the agreement be reviewed?", ("agreement", "reviewed")),
        ("How old is the oldest bridge?", ("oldest", "bridge")),
        ("Which old bridge was often closed?", ("old", "bridge", "often", "closed")),
    ],
)
def test_the_measure_that_is_asked_for_is_no_term(question: str, terms: tuple[str, ...]) -> None:
    assert ask(question).terms == terms
