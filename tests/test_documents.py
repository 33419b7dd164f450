"""PDF and Word documents, made here, read as sheets."""

import io
import textwrap

import docx
from test_templates import BODY, TITLE, page

from index.documents import sheet_of_docx, sheet_of_pdf
from index.extraction import releases_of
from index.sheet import Sheet

WRAPPED = textwrap.wrap(BODY, 70)


def pdf_of_lines(lines: list[tuple[str, int]]) -> bytes:
    """A PDF of one page with each line of text at its height in points."""
    shown = "".join(f"BT /F 10 Tf 40 {y} Td ({text}) Tj ET\n" for text, y in lines)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def letter() -> bytes:
    heads = [
        ("MINISTRY OF ROADS", 760),
        ("PRESS STATEMENT", 740),
        ("3 March 2020", 720),
        (TITLE.upper(), 690),
    ]
    body = [(line, 650 - 12 * n) for n, line in enumerate(WRAPPED)]
    return pdf_of_lines(heads + body)


def test_lines_of_a_pdf_know_the_gaps_between_them():
    sheet = sheet_of_pdf(letter())
    assert isinstance(sheet, Sheet)
    assert [line.text for line in sheet.lines[:4]] == [
        "MINISTRY OF ROADS",
        "PRESS STATEMENT",
        "3 March 2020",
        TITLE.upper(),
    ]
    assert [line.gap for line in sheet.lines[3:7]] == [True, True, False, False]


def test_release_in_a_pdf():
    found = releases_of(page(letter(), "p.pdf"))
    assert isinstance(found, list)
    assert [(r.date, r.title) for r in found] == [("2020-03-03", TITLE.upper())]
    assert found[0].text.split() == BODY.split()


def test_release_in_a_word_document():
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph("For Immediate Release: March 3, 2020")
    for paragraph in BODY.strip().split("\n\n"):
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Salt River", "4.2 million"
    packed = io.BytesIO()
    document.save(packed)
    found = releases_of(page(packed.getvalue(), "p.docx"))
    assert isinstance(found, list)
    assert [(r.date, r.title) for r in found] == [("2020-03-03", TITLE)]
    assert found[0].text.endswith("Salt River\t4.2 million")


def test_damage_is_told():
    assert str(sheet_of_docx(b"PK\x03\x04 no")).startswith("damaged docx")
    assert str(sheet_of_pdf(b"%PDF-1.4 no")).startswith("damaged pdf")
