"""The app as programs meet it: HTTP API and MCP tools through their real clients, and its guard."""

import asyncio
import inspect
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from chat_server import PLAIN, serving

from eval.chat_soak import main as soak
from eval.chat_soak import source_addresses

TEXT = PLAIN[0].text
DOCUMENTATION = Path(__file__).parent.parent / "docs" / "programs.md"


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with serving("plain", tmp_path_factory.mktemp("app")) as address:
        yield address


@pytest.fixture(scope="module")
def client(url):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from gradio_client import Client

        yield Client(url, verbose=False)


def test_ask_returns_the_answer_record(client):
    record = client.predict("Who spoke of extradition?", api_name="/ask")
    assert record["answered"] is True
    assert record["text"].startswith("“An extradition was agreed.” [1]")
    first, second = record["citations"]
    assert (first["release_id"], first["date"], first["date_precision"]) == (
        *("r1", "2018-07-11"),
        "day",
    )
    assert first["quote"] == TEXT[first["start"] : first["end"]]
    assert (second["date"], second["date_precision"]) == ("2019-09", "month")


def test_ask_takes_dates_and_an_abstention_is_an_answer(client):
    record = client.predict("Who spoke of extradition?", date_from="2031", api_name="/ask")
    assert (record["answered"], record["reason"]) == (False, "outside_dates")


def test_an_issuer_that_is_not_given_is_left_to_the_question(client):
    record = client.predict("What was said by Bureau of extradition?", api_name="/ask")
    assert [c["issuer"] for c in record["citations"]] == ["Bureau"]


def test_search_returns_passages_with_their_spans(client):
    hits = client.predict("extradition", k=1, api_name="/search")["hits"]
    assert [h["release_id"] for h in hits] == ["r1"]
    assert hits[0]["text"] == "An extradition was agreed."
    assert hits[0]["text"] == TEXT[hits[0]["start"] : hits[0]["end"]]


def test_get_release_returns_the_release_record_unchanged(client):
    record = client.predict("r1", api_name="/get_release")
    assert record["text"] == TEXT and record["date_evidence"] == "Release Date: 2018-07-11"


@pytest.mark.parametrize(
    "arguments, said",
    [
        ({"question": "x", "date_from": "soon", "api_name": "/ask"}, "Dates are written 2019"),
        ({"question": "x" * 301, "api_name": "/ask"}, "has 301 characters; 300 is the most"),
        ({"release_id": "zz", "api_name": "/get_release"}, "no release 'zz' in the archive"),
    ],
)
def test_a_program_is_told_what_it_did_wrong(client, arguments, said):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=said):
        client.predict(**arguments)


def test_only_the_three_calls_are_public(client):
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == {"/ask", "/search", "/get_release"}


async def _mcp_session(url: str, headers: dict[str, str] | None = None) -> tuple[dict, dict]:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx.AsyncClient(headers=headers) as http,
        streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        reply = await session.call_tool("ask", {"question": "Who spoke of extradition?"})
        return tools, json.loads(reply.content[0].text)


def test_mcp_tools_have_the_same_names_their_docstrings_and_give_the_same_record(url):
    tools, record = asyncio.run(_mcp_session(url))
    assert set(tools) == {"ask", "search", "get_release"}
    ask = tools["ask"]
    assert "in the releases' own words" in ask.description
    said = {name: field.get("description") for name, field in ask.inputSchema["properties"].items()}
    assert said["date_to"].startswith("Only releases up to this date")
    assert "request" not in said
    assert record["citations"][0]["date"] == "2018-07-11"


def test_an_agent_is_told_what_it_did_wrong(url):
    async def wrong() -> tuple[bool, str]:
        from mcp import ClientSession
        from mcp.client.streamable_http import streamable_http_client

        async with (
            streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            reply = await session.call_tool("get_release", {"release_id": "zz"})
            return bool(reply.isError), reply.content[0].text

    failed, said = asyncio.run(wrong())
    assert failed and "no release 'zz' in the archive" in said


def test_the_sessions_of_the_documentation_print_what_they_say(url, capsys):
    text = DOCUMENTATION.read_text(encoding="utf-8")
    text = text.replace("http://127.0.0.1:7860", url)
    text = re.sub(r"Who accompanied [^?]*\?", "Who spoke of extradition?", text)
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 2
    for code in blocks:
        exec(compile(code, "programs.md", "exec"), {})
        said = re.findall(r"print\(.*\)  # (.*)", code)
        assert capsys.readouterr().out.splitlines() == said


def test_sessions_of_the_soak_come_from_addresses_of_their_own_and_do_not_mix(
    url, tmp_path, capsys
):
    assert source_addresses(url, 3) == ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
    assert source_addresses("http://example.org:7860", 2) == [None, None]
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "Who spoke of extradition?"}\n', "utf-8")
    status = soak([url, str(questions), "--sessions", "3", "--seconds", "2"])
    said = re.match(r"questions (\d+), wrong 0\nlatency ms: p50", capsys.readouterr().out)
    assert status == 0 and said and int(said[1]) >= 3


def test_the_page_forbids_every_other_host_and_carries_no_release(url):
    reply = httpx.get(url)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "http" not in policy
    assert "Title r1" not in reply.text and "extradition" not in reply.text


@pytest.mark.parametrize("path", ["/etc/passwd", "pyproject.toml", "app.py"])
def test_no_file_of_the_machine_is_served(url, path):
    assert httpx.get(f"{url}/gradio_api/file={path}").status_code in (403, 404)


@pytest.fixture(scope="module")
def locked(tmp_path_factory) -> Iterator[str]:
    """The address of a server that asks for a password."""
    with serving("plain", tmp_path_factory.mktemp("locked"), "reader:open:sesame") as address:
        yield address


def test_a_password_is_asked_for(locked):
    assert httpx.get(f"{locked}/config").status_code == 401
    for path in ("call/ask", "run/ask", "api/ask", "queue/join", "upload"):
        call = httpx.post(f"{locked}/gradio_api/{path}", json={"data": ["x"]})
        assert call.status_code in (401, 404), path


@pytest.mark.parametrize("path", ["", "/", "/http", "/sse", "/schema", "/messages/", "/?tools=ask"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic"},
        {"Authorization": "Basic cmVhZGVyOndyb25n"},
        {"Authorization": "Bearer open"},
        {"Authorization": "Bearer reader:open:sesame"},
        {"Authorization": "open:sesame"},
        {"Cookie": "access-token=x", "x-gradio-user": "mcp"},
    ],
)
def test_no_agent_gets_in_without_the_password(locked, path, headers):
    for method in ("GET", "POST"):
        reply = httpx.request(method, f"{locked}/gradio_api/mcp{path}", headers=headers)
        assert reply.status_code == 401 and "extradition" not in reply.text
        assert reply.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "authorization",
    [
        "Basic cmVhZGVyOm9wZW46c2VzYW1l",  # reader:open:sesame
        "basic cmVhZGVyOm9wZW46c2VzYW1l",
        "Bearer open:sesame",
    ],
)
def test_an_agent_with_the_password_gets_the_same_answers(locked, authorization):
    tools, record = asyncio.run(_mcp_session(locked, {"Authorization": authorization}))
    assert set(tools) == {"ask", "search", "get_release"}
    assert record["citations"][0]["date"] == "2018-07-11"


def test_a_program_with_the_password_gets_the_same_answers(locked):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from gradio_client import Client

        client = Client(locked, auth=("reader", "open:sesame"), verbose=False)
    record = client.predict("Who spoke of extradition?", api_name="/ask")
    assert record["citations"][0]["date"] == "2018-07-11"


def test_importing_gradio_leaves_files_to_be_found():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from gradio.component_meta import create_or_modify_pyi

        import app

    assert inspect.getfile(app.build) == app.__file__
    before = inspect.getfile
    with app._without_stubs():
        create_or_modify_pyi(app.Programs, "No such class", [])  # it would not find its source
    assert inspect.getfile is before


@pytest.mark.parametrize(
    "host, loopback",
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_which_addresses_only_this_machine_reaches(host, loopback):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import app
    assert app._loopback(host) is loopback


def test_serving_other_machines_without_a_password_warns(monkeypatch, capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import app

    launched = []
    monkeypatch.setattr(app, "build", lambda path, **options: SimpleNamespace(block_thread=list))
    monkeypatch.setattr(app, "launch", lambda demo, *where, **options: launched.append(where))
    app.serve(None, host="0.0.0.0", port=1)
    assert "no --auth is set" in capsys.readouterr().err
    app.serve(None, host="0.0.0.0", port=1, auth=("u", "p"))
    app.serve(None, port=2)
    shown = capsys.readouterr()
    assert shown.err == "" and "Dateline is at http://127.0.0.1:2" in shown.out
    assert launched == [("0.0.0.0", 1, None), ("0.0.0.0", 1, ("u", "p")), ("127.0.0.1", 2, None)]
