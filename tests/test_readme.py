"""The README holds: its sessions are run and their output compared, its files and links exist."""

import doctest
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = ("index", "rag", "chat", "eval")

# What differs from run to run and from machine to machine.
CHANGING = [(re.compile(r"\b[0-9a-f]{16,64}\b"), "DIGEST"), (re.compile(r"\b\d+\.\d s\b"), "TIME")]

# `make test` runs these tests: a make inside of it would say so, and take over its options.
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.M | re.S)


def sessions(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output under it."""
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [(command, output) for command, _, output in (p.partition("\n") for p in parts)]


def settled(output: str) -> str:
    for pattern, name in CHANGING:
        output = pattern.sub(name, output)
    return output.strip()


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project's files in a folder of their own, with the environment that runs the tests."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "docs").mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "docs/examples.txt"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder


def test_the_sessions_print_what_the_readme_says(copy):
    path = f"{copy / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    ran = 0
    for block in blocks("console"):
        for command, expected in sessions(block):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=copy,
                env={**os.environ, "PATH": path},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert settled(done.stdout) == settled(expected), command
            ran += 1
    assert ran >= 5


def test_the_python_session_prints_what_the_readme_says(copy, monkeypatch):
    (block,) = blocks("pycon")
    monkeypatch.chdir(copy)
    subprocess.run(
        [sys.executable, "-m", "rag.cli", "index", "corpus", "--quiet"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    example = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    assert len(example.examples) >= 4
    heard: list[str] = []
    result = doctest.DocTestRunner().run(example, out=heard.append)
    assert result.failed == 0, "".join(heard)


def test_make_chat_builds_the_archive_and_serves_the_page(copy):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "--old-file", ".venv/installed", "chat", f"PORT={port}"]
    with subprocess.Popen(
        command, cwd=copy, env=OUTSIDE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            address = None
            for line in process.stdout:
                if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                    break
            assert address and address.group() == f"http://127.0.0.1:{port}"
            with urllib.request.urlopen(address.group(), timeout=60) as page:
                assert page.status == 200 and b"Dateline" in page.read()
        finally:
            os.killpg(process.pid, signal.SIGKILL)
    assert (copy / "archive" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("target", "steps"),
    [
        ("chat", ["dateline index corpus", "dateline chat"]),
        ("test", ["ruff format --check", "ruff check", "mypy", "pytest"]),
    ],
)
def test_the_two_commands_set_up_and_do_what_is_said(copy, target, steps):
    assert f"\n    make {target} " in README
    plan = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=copy,
        env=OUTSIDE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    places = [plan.find(step) for step in ["--constraint constraints.txt", *steps]]
    assert -1 not in places and places == sorted(places)


def test_every_module_is_listed_once_among_the_files_in_reading_order():
    listed = re.findall(r"^\| `(\S+\.py)` \| \S", README, re.M)
    there = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).glob("*.py")
        if path.name != "__init__.py"
    ]
    assert sorted(listed) == sorted([*there, "app.py"])


def test_what_is_linked_exists():
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert len(links) >= 8
    assert [link for link in links if not (ROOT / link).exists()] == []
