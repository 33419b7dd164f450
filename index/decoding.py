"""Bytes -> text: the encoding is detected, never trusted blindly."""

import codecs

import charset_normalizer

# How many bytes the detection looks at; enough for every encoding that it knows.
_LOOKED_AT = 1 << 16
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes, declared: str | None = None) -> str | None:
    """The text of these bytes with "\\n" at the ends of lines, or None when they are no text.

    Byte order marks and valid UTF-8 are believed first, then the encoding that the page declares,
    then what charset-normalizer finds.
    """
    text = _by_mark(content)
    if text is None:
        text = (
            _strict(content, _wide(content))
            or _strict(content, "utf-8")
            or _strict(content, declared)
            or _guessed(content)
        )
    if text is None:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def encoding_of(head: bytes) -> str:
    """The encoding of a file by its first bytes, whose last character may be cut in two."""
    if told := _marked(head) or _wide(head):
        return told
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        found = _detected(head)
        return found if found and found not in {"ascii", "utf_8"} else "cp1252"
    return "utf-8"


def _marked(content: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    return next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)


def _by_mark(content: bytes) -> str | None:
    encoding = _marked(content)
    return content.decode(encoding, "replace") if encoding else None


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark, by where its zero bytes stand; None for anything else."""
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.35 * len(head) or min(even, odd) * 20 >= max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _strict(content: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _guessed(content: bytes) -> str | None:
    found = _detected(content)
    if found is None:
        return content.decode("cp1252", "replace") if content.count(b"\0") == 0 else None
    return content.decode(found, "replace")


def _detected(content: bytes) -> str | None:
    best = charset_normalizer.from_bytes(content[:_LOOKED_AT]).best()
    return best.encoding if best else None
