r"""What is taken away: an answer as text, citations as BibTeX, RIS, CSL-JSON and CSV.

Dates are written at the precision that is stated, and left out where none is; nothing is invented
(no author but the issuer, no date of access, no publisher). Each format's own special characters
are escaped, so a hostile title cannot add a field or a formula.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from chat.markup import date_words, safe_url
from rag.records import Answer, Citation

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_BIB_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def answer_text(answer: Answer) -> str:
    """The answer with its citations as plain text, as it is copied."""
    lines = [answer.question, "", answer.text]
    if answer.citations:
        lines.append("")
        lines += [f"[{c.marker}] {citation_text(c)}" for c in answer.citations]
    return "\n".join(lines)


def citation_text(citation: Citation) -> str:
    """One citation in a line: title, issuer, date in words and ISO, quote, where it stands."""
    date = date_words(citation.date)
    if citation.date and len(citation.date) == 10:
        date = f"{date} ({citation.date})"
    parts = [citation.title or "Untitled release", citation.issuer or "Issuer not stated", date]
    return f"{'. '.join(p.rstrip('.') for p in parts)}. “{citation.quote}” {_where(citation)}"


def _where(citation: Citation) -> str:
    return safe_url(citation.url) or citation.source


def bibtex(citations: Sequence[Citation]) -> str:
    """Citations as BibTeX @misc entries, with biblatex's `date` at the stated precision."""
    return "\n".join(
        _bibtex_entry(c, key) for c, key in zip(citations, _keys(citations), strict=True)
    )


def _bibtex_entry(citation: Citation, key: str) -> str:
    fields = [("title", f"{{{{{_latex(citation.title or 'Untitled release')}}}}}")]
    if citation.issuer:
        fields.append(("author", f"{{{{{_latex(citation.issuer)}}}}}"))
    if citation.date:
        parts = citation.date.split("-")
        fields.append(("date", f"{{{citation.date}}}"))
        fields.append(("year", f"{{{parts[0]}}}"))
        if len(parts) > 1:
            fields.append(("month", _BIB_MONTHS[int(parts[1]) - 1]))
    url = safe_url(citation.url)
    if url:
        fields.append(("url", f"{{{_latex_url(url)}}}"))
    fields.append(("howpublished", "{Press release}"))
    note = f"Quote: {_latex(_one_line(citation.quote))}. File: {_latex(citation.source)}"
    fields.append(("note", f"{{{note if citation.date else f'Date not stated. {note}'}}}"))
    body = ",\n".join(f"  {name} = {value}" for name, value in fields)
    return f"@misc{{{key},\n{body}\n}}\n"


def _keys(citations: Sequence[Citation]) -> list[str]:
    keys: list[str] = []
    for c in citations:
        words = re.findall(r"[a-z]+", (c.issuer or c.title or "release").lower())
        stem = "".join(words[-1:] or ["release"]) + (c.date or "undated").replace("-", "")
        keys.append(f"{stem}-{c.marker}")
    return keys


def _latex(text: str) -> str:
    return "".join(_LATEX.get(c, c) for c in _one_line(text))


def _latex_url(url: str) -> str:
    coded = url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
    return coded.replace("%", r"\%")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def ris(citations: Sequence[Citation]) -> str:
    """Citations as RIS records; DA is year/month/day/ with the parts that are not stated empty."""
    return "\n".join(_ris_record(c) for c in citations)


def _ris_record(citation: Citation) -> str:
    fields = [("TY", "GEN"), ("M3", "Press release")]
    fields.append(("TI", citation.title or "Untitled release"))
    if citation.issuer:
        fields.append(("AU", f"{citation.issuer},"))
    if citation.date:
        year, month, day = (citation.date.split("-") + ["", ""])[:3]
        fields += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    url = safe_url(citation.url)
    if url:
        fields.append(("UR", url))
    fields += [("N1", f"Quote: {citation.quote}"), ("L1", citation.source)]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(citations: Sequence[Citation]) -> str:
    """Citations as CSL-JSON; `issued` has the date parts that are stated, and is absent without."""
    items = [_csl_item(c, key) for c, key in zip(citations, _keys(citations), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_item(citation: Citation, key: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": "document", "genre": "Press release"}
    item["title"] = citation.title or "Untitled release"
    if citation.issuer:
        item["author"] = [{"literal": citation.issuer}]
    if citation.date:
        item["issued"] = {"date-parts": [[int(p) for p in citation.date.split("-")]]}
    url = safe_url(citation.url)
    if url:
        item["URL"] = url
    item["note"] = f"Quote: {citation.quote}"
    item["source"] = citation.source
    return item


def timeline_csv(citations: Sequence[Citation]) -> str:
    """Citations by date as CSV, the undated last.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe, the one departure
    from the verbatim words.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow("date precision issuer title quote url source release_id start end".split())
    for c in sorted(citations, key=lambda c: (c.date is None, c.date or "", c.marker)):
        row: list[object] = [
            c.date or "",
            c.date_precision or "",
            c.issuer or "",
            c.title or "",
            c.quote,
        ]
        row += [safe_url(c.url) or "", c.source, c.release_id, c.start, c.end]
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> object:
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else value


FORMATS = {
    "bibtex": (bibtex, "citations.bib", "application/x-bibtex"),
    "ris": (ris, "citations.ris", "application/x-research-info-systems"),
    "csl": (csl, "citations.json", "application/vnd.citationstyles.csl+json"),
    "csv": (timeline_csv, "citations.csv", "text/csv"),
}
