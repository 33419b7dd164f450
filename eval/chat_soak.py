"""Twenty sessions asking a running chat at once: errors, mixing of sessions, latency and memory.

    dateline chat --archive A --port 7860 &
    python -m eval.chat_soak http://127.0.0.1:7860 QUESTIONS.jsonl --pid $! --seconds 120

Speaks what the page speaks (Gradio's queue over HTTP and server-sent events). Every session comes
from an address of its own, as twenty readers would, where the server is on loopback: 127.0.0.2 and
up, all of them this machine. Every session puts a mark of its own into each question; a reply that
carries another session's mark is mixing. The questions file has one JSON object with "question" a
line. Exit status 1 on any error or mixing.
"""

import argparse
import asyncio
import json
import re
import secrets
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

import httpx

THINK_SECONDS = 1.0  # between an answer and the session's next question


@dataclass(slots=True)
class Tally:
    """What happened so far: latencies in ms, what went wrong, memory of the server in MB."""

    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


async def one_session(
    http: httpx.AsyncClient,
    fn: dict[str, Any],
    questions: Sequence[str],
    until: float,
    tally: Tally,
) -> None:
    """Ask one question after another until the time is up."""
    token, browser = secrets.token_hex(16), secrets.token_hex(6)
    mark = f"zz{secrets.token_hex(4)}"
    number = 0
    while time.monotonic() < until:
        question = f"{mark}: {questions[number % len(questions)]}"
        number += 1
        started = time.perf_counter()
        try:
            reply = await ask(http, fn, token, browser, question)
        except (httpx.HTTPError, ValueError) as error:
            tally.wrong.append(f"{type(error).__name__}: {error}")
            continue
        tally.latencies.append((time.perf_counter() - started) * 1000)
        marks = set(re.findall(r"zz[0-9a-f]{8}", str(reply.get("html"))))
        if "error" in reply:
            tally.wrong.append(reply["error"])
        elif marks != {mark}:
            tally.wrong.append(f"mixing: {mark} saw {sorted(marks)}")
        await asyncio.sleep(THINK_SECONDS)


async def ask(
    http: httpx.AsyncClient, fn: dict[str, Any], token: str, browser: str, question: str
) -> dict[str, Any]:
    """The last reply to one question. Raises ValueError when the server says that it failed."""
    call = {"token": token, "asked": "1", "question": question, "filters": {}}
    body = {"data": [], "event_data": call, "fn_index": fn["id"], "session_hash": browser}
    (await http.post("/gradio_api/queue/join", json=body)).raise_for_status()
    last: dict[str, Any] = {}
    stream = http.stream("GET", "/gradio_api/queue/data", params={"session_hash": browser})
    async with stream as lines:
        async for line in lines.aiter_lines():
            if not line.startswith("data:"):
                continue
            event = json.loads(line[5:])
            if event["msg"] in ("process_generating", "process_completed"):
                last = _latest(event, last)
            if event["msg"] == "process_completed":
                if not event.get("success"):
                    raise ValueError(f"the server failed: {event.get('output')}")
                return last
    raise ValueError("the stream ended without an answer")


def _latest(event: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """The reply an event carries: whole, or as changes of single values to the one before."""
    data = event["output"].get("data") or []
    if not data:
        return last
    if isinstance(data[0], dict):
        return data[0]
    changed = dict(last)
    for action, path, value in data[0]:
        if len(path) != 1:
            raise ValueError(f"a change that is not of one value: {path}")
        if action == "append":
            changed[path[0]] = changed.get(path[0], "") + value
        elif action == "delete":
            changed.pop(path[0], None)
        else:
            changed[path[0]] = value
    return changed


async def soak(
    url: str, questions: Sequence[str], sessions: int, seconds: float, pid: int | None
) -> Tally:
    """Run all sessions side by side."""
    tally = Tally()
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(client(url, address))
            for address in source_addresses(url, sessions)
        ]
        config = (await clients[0].get("/config")).json()
        fn = next(d for d in config["dependencies"] if d["api_name"] == "page_ask")
        until = time.monotonic() + seconds
        asking = [
            one_session(http, fn, [*questions[n:], *questions[:n]], until, tally)
            for n, http in enumerate(clients)
        ]
        watching = _watch(pid, until, tally) if pid else asyncio.sleep(0)
        await asyncio.gather(watching, *asking)
    return tally


def source_addresses(url: str, sessions: int) -> list[str | None]:
    """An address for each session to come from; None, whichever is usual, to another machine."""
    if not (urlsplit(url).hostname or "").startswith("127."):
        return [None] * sessions
    first = int(ip_address("127.0.0.2"))
    return [str(ip_address(first + n)) for n in range(sessions)]


def client(url: str, address: str | None) -> httpx.AsyncClient:
    """An HTTP client that connects from this address of the machine."""
    transport = httpx.AsyncHTTPTransport(local_address=address)
    return httpx.AsyncClient(base_url=url, timeout=60, transport=transport)


async def _watch(pid: int, until: float, tally: Tally) -> None:
    while time.monotonic() < until:
        tally.memory.append(resident_mb(pid))
        await asyncio.sleep(5)


def report(tally: Tally) -> str:
    """The figures in lines."""
    lines = [f"questions {len(tally.latencies)}, wrong {len(tally.wrong)}"]
    lines += [f"  {words}" for words in tally.wrong[:10]]
    if len(tally.latencies) > 1:
        cuts = quantiles(tally.latencies, n=20)
        lines.append(f"latency ms: p50 {cuts[9]:.0f}, p95 {cuts[18]:.0f}")
    if tally.memory:
        m = tally.memory
        lines.append(
            f"server memory MB: first {m[0]:.0f}, middle {m[len(m) // 2]:.0f}, last {m[-1]:.0f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; see the module's docstring."""
    parser = argparse.ArgumentParser(description="ask a running chat from many sessions at once")
    parser.add_argument("url")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pid", type=int, help="the server's process, for its memory")
    options = parser.parse_args(arguments)
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    tally = asyncio.run(
        soak(options.url, questions, options.sessions, options.seconds, options.pid)
    )
    print(report(tally))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
