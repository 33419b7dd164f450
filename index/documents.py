"""PDF and DOCX -> sheet. The only module that knows pypdfium2 and python-docx."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pypdfium2

from index.containers import LIMITS, Limits
from index.sheet import Draft, Sheet, is_wrapped

# A gap between lines wider than this many times the usual distance is an empty line.
_WIDE = 1.45
# So many lines at the top and the foot of a page may be running heads.
_EDGE = 3
# Fewer letters a page than this on average: a scan with a stamp, not a text.
_LEAST_LETTERS = 25


def sheet_of_pdf(content: bytes, limits: Limits = LIMITS) -> Sheet | str:
    """The sheet of a PDF's text layer, or the reason why there is none."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except (pypdfium2.PdfiumError, ValueError) as error:
        return f"damaged pdf: {error}"
    try:
        return _pdf(pdf, limits)
    except (pypdfium2.PdfiumError, ValueError) as error:
        return f"damaged pdf: {error}"
    finally:
        pdf.close()


def _pdf(pdf: Any, limits: Limits) -> Sheet | str:
    pages = len(pdf)
    if pages > limits.pages:
        return f"a PDF of more than {limits.pages} pages"
    draft = Draft()
    edges: list[range] = []
    began = time.thread_time()
    for number in range(pages):
        if time.thread_time() - began > limits.seconds:
            return f"a PDF that takes more than {limits.seconds:g} s to read"
        page = pdf[number]
        text_page = page.get_textpage()
        first = len(draft.lines)
        try:
            _page_lines(text_page, draft)
        finally:
            text_page.close()
            page.close()
        edges.append(range(first, len(draft.lines)))
    _mark_running_lines(draft, edges)
    text = draft.text()
    if sum(c.isalpha() for c in text) < _LEAST_LETTERS * max(1, min(pages, 4)):
        return "a PDF without a text layer (a scan?)"
    meta = tuple((f"pdf:{k.lower()}", v) for k, v in pdf.get_metadata_dict().items() if v)
    return Sheet(text, tuple(draft.lines), meta, wrapped=is_wrapped(draft.lines))


def _mark_running_lines(draft: Draft, pages: list[range]) -> None:
    """Make furniture of lines at the top or the foot of a page that an earlier page has as well,
    numbers aside, and of a first one that counts pages."""
    seen: set[str] = set()
    for lines in pages:
        edge = {*lines[:_EDGE], *lines[-_EDGE:]}
        words = {index: re.sub(r"\d+", "0", draft.lines[index].text) for index in edge}
        for index in edge:
            line = draft.lines[index]
            if words[index] in seen or re.search(r"\bpage \d+ of \d+", line.text, re.I):
                draft.lines[index] = replace(line, zone="frame")
        seen.update(words.values())


def _page_lines(page: Any, draft: Draft) -> None:
    rows = list(_rows(page))
    steps = sorted(a[1] - b[1] for a, b in zip(rows, rows[1:], strict=False) if a[1] > b[1])
    usual = steps[len(steps) // 2] if steps else 0.0
    above: float | None = None
    for text, height in rows:
        gap = above is None or (usual > 0 and abs(above - height) > _WIDE * usual)
        draft.add(text, gap=gap)
        above = height


def _rows(page: Any) -> Iterator[tuple[str, float]]:
    """Lines of a page with the height of their first character's foot, in points from below."""
    text = page.get_text_range()
    start = 0
    for row in text.split("\n"):
        words = row.replace("\ufffe", "-").replace("\x02", "-").strip()
        if words:
            offset = start + len(row) - len(row.lstrip())
            yield words, _height(page, offset)
        start += len(row) + 1


def _height(page: Any, index: int) -> float:
    try:
        box: tuple[float, float, float, float] = page.get_charbox(index)
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return 0.0
    return box[1]


def sheet_of_docx(content: bytes, limits: Limits = LIMITS) -> Sheet | str:
    """The sheet of a Word document, or the reason why there is none."""
    reason = _docx_reason(content, limits)
    if reason:
        return reason
    try:
        document = docx.Document(io.BytesIO(content))
        draft = Draft()
        for block in document.iter_inner_content():
            _block(block, draft)
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through
        return f"damaged docx: {type(error).__name__}"
    if not draft.lines:
        return "a document without text"
    properties = document.core_properties
    meta = [("docx:title", properties.title or ""), ("docx:author", properties.author or "")]
    return Sheet(draft.text(), tuple(draft.lines), tuple(p for p in meta if p[1].strip()))


def _docx_reason(content: bytes, limits: Limits) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        return f"damaged docx: {error}"
    return f"unpacks to more than {limits.page * 4 >> 20} MiB" if size > limits.page * 4 else None


def _block(block: Any, draft: Draft) -> None:
    if hasattr(block, "rows"):
        for row in block.rows:
            draft.add("\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)), gap=False)
        return
    style = (block.style.name or "") if block.style is not None else ""
    level = int(style[-1]) if style.startswith("Heading ") and style[-1].isdigit() else 0
    level = 1 if style == "Title" else level
    for number, line in enumerate(block.text.split("\n")):
        draft.add(line, level=level, gap=number == 0)
