"""The chat as a reader meets it, in headless Chromium.

Without Chromium these tests are skipped, except in CI, where that is a failure. Every page of every
test is watched: a request to any other host fails it.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from chat_server import HOSTILE, serving
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # ms; a slow machine is no failure
expect.set_options(timeout=PATIENCE)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="Chromium is not installed (Debian: apt-get install chromium)",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "CI has to install Chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("chat")


@pytest.fixture(scope="module")
def plain(folder) -> Iterator[str]:
    with serving("plain", folder) as url:
        yield url


@pytest.fixture(scope="module")
def hostile(folder) -> Iterator[str]:
    with serving("hostile", folder) as url:
        yield url


@pytest.fixture(scope="module")
def context(browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture(autouse=True)
def watched(context) -> Iterator[None]:
    """No test may send a request to another host, nor leave an error in the page."""
    elsewhere: list[str] = []
    failures: list[str] = []

    def note(request: Request) -> None:
        if not _is_local(request.url):
            elsewhere.append(request.url)

    def fail(error: WebError) -> None:
        failures.append(str(error.error))

    context.on("request", note)
    context.on("weberror", fail)
    yield
    context.remove_listener("request", note)
    context.remove_listener("weberror", fail)
    assert elsewhere == [] and failures == []


@pytest.fixture(scope="module")
def loaded(context, plain) -> Page:
    return opened(context, plain)


@pytest.fixture
def page(loaded) -> Page:
    """The plain archive's page as it is before the first question; loaded once for all tests."""
    loaded.unroute_all()
    if loaded.locator("dialog[open]").count():
        loaded.keyboard.press("Escape")
    loaded.click("#tab-ask")
    if loaded.locator("#dl-new").is_visible():
        loaded.click("#dl-new")
    expect(loaded.locator(".turn")).to_have_count(0)
    loaded.fill("#dl-question", "")
    if loaded.locator("#dl-filtered").inner_text():
        loaded.evaluate("document.querySelector('[data-act=unfilter]').click()")
    loaded.evaluate("document.querySelector('#dl-filters').open = false")
    return loaded


def _is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".dl[data-ready]")
    expect(page.locator("#dl-extent")).not_to_be_empty(timeout=PATIENCE)
    return page


def asked(page: Page, question: str) -> int:
    """Ask, wait for the whole answer, and return the number of its turn."""
    before = page.locator('.turn[data-done="1"]').count()
    page.fill("#dl-question", question)
    page.press("#dl-question", "Enter")
    expect(page.locator('.turn[data-done="1"]')).to_have_count(before + 1, timeout=PATIENCE)
    return int(page.locator(".turn").last.get_attribute("data-turn") or 0)


# Ask and see


def test_a_question_is_answered_with_its_citations_beside_it(page):
    asked(page, "Who spoke of extradition?")
    answer, first = page.locator(".answer"), page.locator(".cite").first
    expect(answer).to_contain_text("“An extradition was agreed.”1")
    for words in ("July 11, 2018", "2018-07-11", "Title r1", "Office"):
        expect(first).to_contain_text(words)
    expect(page.locator(".cite").nth(1)).to_contain_text("stated: September 2019")
    assert answer.bounding_box()["x"] + answer.bounding_box()["width"] <= first.bounding_box()["x"]


def test_hovering_or_focusing_a_marker_shows_its_quote(page):
    asked(page, "Who spoke of extradition?")
    card, markers = page.locator("#dl-card"), page.locator(".marker")
    markers.first.hover()
    expect(card).to_contain_text("An extradition was agreed.")
    expect(card).to_contain_text("July 11, 2018")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    page.keyboard.press("Tab")
    markers.nth(1).focus()
    expect(card).to_contain_text("The extradition took place on Monday.")
    assert markers.nth(1).get_attribute("aria-describedby") == "dl-card"


def test_a_click_opens_the_release_with_the_quote_marked_and_in_view(page):
    asked(page, "Who spoke of extradition?")
    page.locator(".marker").first.click()
    mark = page.locator("dialog[open] mark.focus")
    expect(mark).to_have_text("An extradition was agreed.")
    expect(mark).to_be_in_viewport()
    reader = page.locator("dialog[open]")
    for words in ("Paragraph 59 of July", "updated: September 14, 2021", "r1.txt"):
        expect(reader).to_contain_text(words)
    expect(reader.locator("a.url")).to_have_attribute("href", "https://example.gov/r1")
    page.get_by_role("button", name="Copy the quote").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Title r1. Office. July 11, 2018 (2018-07-11). “An extradition was agreed.”"
        " https://example.gov/r1"
    )


def test_other_versions_of_a_release_are_opened_in_both_directions(page):
    asked(page, "Who spoke of extradition?")
    page.locator(".marker").nth(1).click()
    reader = page.locator("dialog[open]")
    notice = reader.locator(".later")
    expect(notice).to_contain_text("A later version was released on September 27, 2019: Title r3")
    notice.get_by_role("button").click()
    expect(reader.locator("h2")).to_have_text("Title r3")
    expect(reader.locator(".later")).to_have_count(0)
    reader.get_by_role("button", name="Title r2").click()
    expect(reader.locator("h2")).to_have_text("Title r2")
    page.keyboard.press("Escape")
    expect(page.locator(".marker").nth(1)).to_be_focused()


def test_it_all_works_by_keyboard(page):
    page.focus("#dl-question")
    page.keyboard.type("Who spoke of extradition?")
    page.keyboard.press("Enter")
    page.wait_for_selector('.turn[data-done="1"]')
    page.locator(".marker").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] mark.focus")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".marker").first).to_be_focused()
    page.locator("#tab-ask").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-archive")).to_be_focused()
    expect(page.locator("table.releases")).to_be_visible()


def test_the_question_does_not_move_while_its_answer_comes_in(page):
    page.evaluate("""() => {
      window.tops = [];
      const note = () => { const h = document.querySelector('.question');
        if (h) window.tops.push(Math.round(h.getBoundingClientRect().top));
        requestAnimationFrame(note); };
      note(); }""")
    asked(page, "Who spoke of extradition?")
    page.wait_for_timeout(300)
    tops = page.evaluate("window.tops")
    assert len(tops) > 3 and set(tops) == {tops[-1]}


# What was understood, abstaining, follow-ups


def test_changing_a_chip_asks_again_in_place(page):
    asked(page, "Who spoke of extradition?")
    chip = page.locator('.chips input[name="date_from"]')
    chip.fill("2019-09")
    chip.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".answer")).not_to_contain_text("was agreed")
    expect(chip).to_have_value("2019-09")
    page.locator('.chips input[name="issuer"]').fill("Bureau")
    page.keyboard.press("Enter")
    expect(page.locator(".cite")).to_have_count(1)
    page.locator('.chips select[name="answer_type"]').select_option("timeline")
    page.wait_for_url("**type=timeline**")
    assert _by_name(page.url) == "dates=mine&from=2019-09&issuer=Bureau&type=timeline"


def test_an_issuer_read_in_the_question_can_be_cleared_and_comes_back_with_the_link(page, context):
    asked(page, "What was said by Bureau of extradition?")
    expect(page.locator(".cite")).to_have_count(1)
    chip = page.locator('.chips input[name="issuer"]')
    expect(chip).to_have_value("Bureau")
    chip.fill("")
    chip.press("Enter")
    expect(page.locator(".cite")).to_have_count(2)
    expect(chip).to_have_value("")
    expect(chip).to_be_focused()
    with context.new_page() as again:
        again.goto(page.url)
        expect(again.locator(".cite")).to_have_count(2, timeout=PATIENCE)
        again.locator('.chips select[name="answer_type"]').select_option("list")
        again.wait_for_url("**issuer=&type=list")
        again.locator('.chips select[name="answer_type"]').select_option("")
        again.wait_for_url("**issuer=")


def test_how_sure_an_answer_must_be_is_set_for_one_answer_or_for_the_next(page):
    asked(page, "Who spoke of extradition?")
    page.get_by_role("button", name="Explain").click()
    slider = page.locator('.explain input[name="threshold"]')
    expect(page.locator(".explain output")).to_contain_text("0.80: 5% of such answers were wrong")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**sure=0.3")
    expect(slider).to_be_focused()
    expect(page.locator(".explain output")).to_contain_text("0.30: 40% of such answers were wrong")
    page.click("#dl-filters summary")
    page.locator("#dl-sureness input").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#dl-filtered")).to_contain_text("0.3")
    asked(page, "What of extradition?")
    expect(page.locator(".turn").last).to_contain_text("when the confidence is 0.30 or more")
    page.locator("[data-act=unfilter]").click()
    expect(page.locator("#dl-filtered")).to_be_empty()


def _by_name(url: str) -> str:
    fields = [f for f in urlsplit(url).query.split("&") if not f.startswith("q=")]
    return "&".join(sorted(fields))


def test_filters_bind_the_next_questions(page):
    page.click("#dl-filters summary")
    page.fill('#dl-filters input[name="issuer"]', "Bureau")
    asked(page, "Who spoke of extradition?")
    expect(page.locator(".cite")).to_have_count(1)
    expect(page.locator(".cite")).to_contain_text("Bureau")
    page.fill('#dl-filters input[name="date_from"]', "next week")
    page.fill("#dl-question", "Who spoke?")
    page.press("#dl-question", "Enter")
    expect(page.locator("#dl-problem")).to_contain_text("Dates are written 2019")
    expect(page.locator("#dl-question")).to_have_value("Who spoke?")


def test_an_abstention_says_why_and_offers_the_nearest_releases(page):
    asked(page, "best recipe for tamales")
    turn = page.locator(".turn")
    expect(turn).to_contain_text("The archive does not say.")
    expect(turn).to_contain_text("It holds 4 releases, July 2018 to September 2019, 1 undated.")
    turn.locator("[data-release]").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Title r1")
    expect(page.locator("dialog[open] mark")).to_have_count(0)


def test_a_follow_up_shows_what_it_kept_and_a_new_conversation_keeps_nothing(page):
    asked(page, "Who spoke of extradition?")
    asked(page, "And in 2018?")
    kept = "kept from the question before: subject"
    expect(page.locator(".turn").last).to_contain_text(kept)
    page.click("#dl-new")
    expect(page.locator(".turn")).to_have_count(0)
    asked(page, "And in 2018?")
    expect(page.locator(".turn")).not_to_contain_text(kept)


def test_sessions_do_not_mix(page, browser, plain):
    asked(page, "Who spoke of extradition?")
    with browser.new_context() as other:
        second = opened(other, plain)
        assert asked(second, "And in 2018?") == 1
        expect(second.locator(".turn")).not_to_contain_text("kept from")
        expect(second.locator(".turn")).not_to_contain_text("extradition was agreed")


def test_explain_shows_the_candidates_and_closes_again(page):
    asked(page, "Who spoke of extradition?")
    button = page.get_by_role("button", name="Explain")
    button.click()
    expect(page.locator(".explain")).to_contain_text("was given at a confidence of 0.90")
    expect(page.locator(".explain tbody tr")).to_have_count(2)
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    expect(page.locator(".explain")).to_be_hidden()


# Timeline and overview


def test_a_timeline_is_a_dated_list_with_a_plot_whose_marks_open_releases(page):
    asked(page, "What was said over time about extradition?")
    dates = page.locator(".timeline .date").all_inner_texts()
    assert dates == [
        "July 11, 2018 2018-07-11",
        "stated: September 2019",
        "September 27, 2019 2019-09-27",
        "Date not stated",
    ]
    dots = page.locator("svg.plot .dot")
    expect(dots).to_have_count(3)
    dots.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] mark.focus")).to_have_text("A second extradition followed.")


def test_the_archive_tab_plots_sorts_searches_audits_and_opens(page):
    page.click("#tab-archive")
    rows = page.locator("table.releases tbody tr")
    expect(rows).to_have_count(4)
    expect(page.locator("#dl-plot rect")).to_have_count(3)
    expect(rows.first).to_contain_text("September 27, 2019")
    page.locator('[data-sort="title"]').click()
    expect(page.locator('th[aria-sort="ascending"]')).to_contain_text("Title")
    page.fill('#dl-find input[name="text"]', "bureau")
    expect(rows).to_have_count(1)
    page.fill('#dl-find input[name="text"]', "")
    page.locator('[data-only="undated"]').click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Date not stated")
    page.locator('[data-only="conflicts"]').click()
    expect(rows).to_contain_text("1 other date on the page")
    rows.locator("[data-release]").click()
    expect(page.locator("dialog[open]")).to_contain_text("Also on the page: September 26, 2019")


def test_files_of_ones_own_are_asked_in_this_session_only(browser, plain, tmp_path):
    file = tmp_path / "mine.txt"
    file.write_text(
        "My Title\n\nRelease Date: May 4, 2020\n\nHere stands the heliotrope."
        " It grew all the summer long in the garden of the embassy.\n",
        "utf-8",
    )
    with browser.new_context() as context:
        page = opened(context, plain)
        page.click("#tab-files")
        page.set_input_files("#dl-file", str(file))
        page.get_by_role("button", name="Read the files").click()
        files = page.locator("#dl-files")
        expect(files).to_contain_text("1 release, May 2020 in your files.", timeout=60_000)
        page.get_by_role("button", name="Ask your files").click()
        asked(page, "Who saw the heliotrope?")
        expect(page.locator(".cite")).to_contain_text("May 4, 2020")
        expect(page.locator(".votes")).to_have_count(0)
        with browser.new_context() as other:
            second = opened(other, plain)
            asked(second, "Who saw the heliotrope?")
            expect(second.locator(".turn")).to_contain_text("The archive does not say.")
        page.get_by_role("button", name="Ask the archive").click()
        asked(page, "Who saw the heliotrope?")
        expect(page.locator(".turn").last).to_contain_text("The archive does not say.")


# Taking it away


def test_copies_and_exports(page):
    asked(page, "Who spoke of extradition?")
    page.get_by_role("button", name="Copy with citations").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "“An extradition was agreed.” [1]" in text
    assert "[2] Title r2. Bureau. September 2019." in text
    found = {}
    for name in ("bibtex", "ris", "csl", "csv"):
        page.locator(".menu summary", has_text="Export").click()
        with page.expect_download() as download:
            page.click(f'[data-format="{name}"]')
        found[name] = Path(download.value.path()).read_text(encoding="utf-8")
    assert "date = {2018-07-11}" in found["bibtex"] and "DA  - 2019/09//" in found["ris"]
    assert json.loads(found["csl"])[0]["issued"] == {"date-parts": [[2018, 7, 11]]}
    assert found["csv"].startswith("date,precision,issuer")


def test_a_link_gives_the_same_answer_again(page, context):
    asked(page, "Who spoke of extradition?")
    asked(page, "And in 2018?")
    chip = page.locator(".turn").last.locator('.chips input[name="date_from"]')
    chip.fill("2019-09-01")
    chip.press("Enter")
    page.wait_for_url("**from=2019-09-01**")
    page.locator(".turn").last.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    again = opened(context, link)
    expect(again.locator('.turn[data-done="1"]')).to_have_count(2, timeout=PATIENCE)
    parts = ".answer", ".citations", ".chips"
    for part in parts:
        words = [p.locator(".turn").last.locator(part).inner_text() for p in (page, again)]
        assert words[0] == words[1]
    again.close()


def test_a_vote_is_kept_where_the_evaluation_reads_it(page, folder):
    asked(page, "Who spoke of extradition?")
    page.locator(".menu summary", has_text="Not good").click()
    page.get_by_role("button", name="Wrong release").click()
    expect(page.locator(".votes")).to_have_text("Noted, thank you")
    last = (folder / "votes.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["vote"] == "wrong_release"


# Offline and safe


def test_nothing_hostile_runs_and_all_of_it_is_read_as_text(context, hostile):
    page = opened(context, hostile)
    shown = re.sub(r"\s+", " ", HOSTILE)
    expect(page.locator("#dl-examples button").last).to_have_text(shown)
    page.click("#dl-examples button >> nth=1")
    page.wait_for_selector('.turn[data-done="1"]')
    for question in (f"{HOSTILE[:150]} target", "over time target"):
        asked(page, question)
    expect(page.locator(".cite").first).to_contain_text(shown)
    page.locator(".turn").nth(1).locator(".marker").first.hover()
    expect(page.locator("#dl-card")).to_contain_text(shown)
    page.locator(".turn").nth(1).locator(".marker").first.click()
    expect(page.locator("dialog[open] mark.focus")).to_contain_text(shown)
    expect(page.locator("dialog[open] a")).to_have_count(0)
    page.keyboard.press("Escape")
    page.click("#tab-archive")
    expect(page.locator("table.releases tbody tr").first).to_contain_text(shown)
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, .error-container").count() == 0
    for link in page.locator("a[href]").all():
        assert not (link.get_attribute("href") or "").startswith("javascript")


def test_a_server_that_is_gone_is_said_in_a_sentence(page):
    asked(page, "Who spoke of extradition?")
    page.route(re.compile("component_server"), lambda route: route.abort())
    page.locator(".marker").first.click()
    expect(page.locator("#dl-problem")).to_contain_text("The server does not answer")


# Looks


def test_on_a_phone_citations_stand_below_and_nothing_is_cut_off(browser, plain):
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = opened(context, plain)
        for question in ("Who spoke of extradition?", "over time extradition", "tamales"):
            asked(page, question)
        answer, cites = page.locator(".answer").first, page.locator(".citations").first
        assert cites.bounding_box()["y"] >= answer.bounding_box()["y"] + 20
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator(".marker").first.tap()
        expect(page.locator("dialog[open] mark.focus")).to_be_in_viewport()
        assert round(page.locator("dialog[open]").bounding_box()["width"]) == 390
        page.get_by_role("button", name="Close").tap()
        page.locator("#tab-archive").tap()
        expect(page.locator("table.releases")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def unchecked(reason: str) -> NoReturn:
    """Skip what cannot be checked here; in CI, where it has to be, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("ci, outcome", [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_what_cannot_be_checked_fails_in_ci_only(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no npm"):
        unchecked("no npm")


@pytest.fixture(scope="session")
def axe(tmp_path_factory) -> str:
    """The source of axe-core, from npm."""
    npm = shutil.which("npm")
    if npm is None:
        unchecked("npm is not installed, so axe-core cannot be fetched")
    place = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)]
    fetched = subprocess.run([*command, "axe-core@4"], capture_output=True, text=True, timeout=120)
    script = place / "node_modules/axe-core/axe.min.js"
    if fetched.returncode or not script.exists():
        unchecked(f"axe-core could not be fetched from npm: {fetched.stderr.strip()[-200:]}")
    return script.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
        " 'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map((v) => [v.impact, v.id,"
        " v.nodes[0].html])"
    )
    return [" ".join(map(str, v)) for v in found if v[0] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation_in_any_state(browser, plain, axe, scheme):
    # Without motion: half-way through fading in, nothing has its contrast yet.
    look = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with browser.new_context(bypass_csp=True, **look) as context:
        page = opened(context, plain)
        page.add_script_tag(content=axe)
        found = {"empty": violations(page)}
        assert page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")
        asked(page, "Who spoke of extradition?")
        page.click("[data-act=explain]")
        expect(page.locator(".explain table")).to_be_visible()
        asked(page, "over time extradition")
        asked(page, "tamales")
        found["turns"] = violations(page)
        page.locator(".marker").first.click()
        page.wait_for_selector("dialog[open] mark.focus")
        page.wait_for_timeout(300)
        found["reader"] = violations(page)
        page.keyboard.press("Escape")
        page.click("#tab-archive")
        expect(page.locator("table.releases")).to_be_visible()
        found["archive"] = violations(page)
        page.click("#tab-files")
        found["files"] = violations(page)
        assert found == {state: [] for state in found}
