"""What a file is: told by its first bytes, its name deciding only between kinds of text."""

import json
import re
from pathlib import PurePosixPath
from typing import Literal

Format = Literal[
    "text", "markdown", "html", "pdf", "docx", "eml", "feed", "json", "jsonl", "csv",
    "zip", "tar", "gzip", "xz", "bzip2", "empty", "binary",
]  # fmt: skip
CONTAINERS: frozenset[Format] = frozenset({"zip", "tar", "gzip", "xz", "bzip2"})
# How many bytes sniff needs to see; a tar header is told from its bytes 257 to 262.
SNIFFED = 4096

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
)
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_XHTML = re.compile(rb"<!doctype html|<html[\s>]", re.I)
_FRAGMENT = re.compile(rb"^<(?:div|p|article|section|main|h[1-6]|ul|table|span|!--)[\s>]", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.I)
_MAIL = re.compile(
    rb"^(?:(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To|DKIM-Signature|X-[\w-]+"
    rb"|Date|From|To|Subject|Content-Type):[^\n]*\n(?:[ \t][^\n]*\n)*){3,}",
    re.I,
)
_MIME = re.compile(rb"^(?:MIME-Version|Content-Type|Received):", re.I | re.M)
# What stands before data that a script sets or hands on: "window.news = {", "show([".
BEFORE_DATA = r"\s*(?:(?:var|let|const|export default)\s+)?(?:[\w$.\[\]\"']+\s*[=(]\s*)?(?=[{\[])"
_SCRIPTED = re.compile(BEFORE_DATA.encode())
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BY_SUFFIX: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".eml": "eml", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
    ".json": "json", ".rss": "feed", ".atom": "feed",
}  # fmt: skip


def sniff(name: str, head: bytes) -> Format:
    """The format of a file by its name and its first SNIFFED bytes."""
    if not head.strip():
        return "empty"
    magic = _by_magic(name, head)
    if magic:
        return magic
    if _is_binary(head):
        return "binary"
    return _kind_of_text(PurePosixPath(name).suffix.lower(), head)


def _by_magic(name: str, head: bytes) -> Format | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024] and name.lower().endswith(".pdf"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        word = name.lower().endswith(".docx") or b"word/" in head or b"[Content_Types]" in head
        return "docx" if word else "zip"
    return "tar" if head[257:262] == b"ustar" else None


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    control = len(head) - len(head.translate(None, _CONTROL))
    if control and head.count(b"\0") * 3 > len(head):  # UTF-16 without its mark
        return not _utf16(head)
    return control * 10 > len(head) or head.count(b"\0") * 100 > len(head)


def _utf16(head: bytes) -> bool:
    even, odd = head[::2].count(b"\0"), head[1::2].count(b"\0")
    return max(even, odd) > 0.35 * len(head) and min(even, odd) * 20 < max(even, odd)


def _kind_of_text(suffix: str, head: bytes) -> Format:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _FEED.search(start[:2000]) and start[:1] == b"<" and not _HTML.search(start[:300]):
        return "feed"
    if start[:1] == b"<" and suffix == ".xml" and not _XHTML.search(start):
        return "feed"
    by_suffix = _BY_SUFFIX.get(suffix)
    if suffix in {".js", ".json", ".jsonp"} and start[:1] not in b"{[":
        call = _SCRIPTED.match(start)
        return "json" if call and _looks_like_json(start[call.end() :]) else "text"
    if by_suffix == "jsonl" and start[:1] not in b"{[":
        return "text"
    if by_suffix and by_suffix != "feed":
        return by_suffix
    if start[:1] == b"<" and (_HTML.search(start) or _FRAGMENT.match(start)):
        return "html"
    if _HTML.search(start[:300]):
        return "html"
    if start[:1] in b"{[" and _looks_like_json(start):
        return "json"
    if _MAIL.match(start) and _MIME.search(start):
        return "eml"
    return "markdown" if re.match(rb"---\r?\n[\w-]+:", start) else "text"


def _looks_like_json(start: bytes) -> bool:
    try:
        json.loads(start)
    except ValueError as error:
        # A cut-off document fails at its end; other text fails in its first characters.
        return (
            getattr(error, "pos", 0) > 20
            and re.match(rb'[{\[]\s*(?:[{\[]\s*)*"', start) is not None
        )
    return True
