"""A form on paper as DOCX: a heading, a table of what is known, and lines to sign."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import plain
from sheets.documents.fonts import set_font

HEADING_SIZE = 18  # points
LABEL_WIDTH, TEXT_WIDTH = 3.2, 12.8  # centimetres, of A4 without its margins
PAPER = 21.0, 29.7


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it. A row without words leaves room to write by hand."""

    heading: str
    rows: Sequence[tuple[str, str]]
    signatures: Sequence[str]


def write(paper: Paper) -> bytes:
    """The file."""
    import docx  # noqa: PLC0415 - a third of a second's import, for few people a day
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - see above
    from docx.shared import Cm, Pt  # noqa: PLC0415 - see above

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, PAPER)
    section.left_margin = section.right_margin = Cm(2.5)
    set_font(document.styles["Normal"])
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(plain.clean(paper.heading))
    run.bold, run.font.size = True, Pt(HEADING_SIZE)
    table = document.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for label, words in paper.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(LABEL_WIDTH), Cm(TEXT_WIDTH)
        cells[0].text, cells[1].text = plain.clean(label), plain.clean(words) or "\n\n"
    document.add_paragraph()
    for words in paper.signatures:
        document.add_paragraph(plain.clean(words))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
