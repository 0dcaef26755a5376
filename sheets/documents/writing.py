"""A DOCX of lines: `# ` begins a title, `## ` a heading, `- ` an item; any other line is a paragraph."""

import io
from typing import Any

FONT, SIZE = "SimSun", 12  # points; what offices here print with
STYLES = (("# ", "Title"), ("## ", "Heading 1"), ("- ", "List Bullet"))


def write(text: str) -> bytes:
    """A document. Takes a third of a second at first: call it in a thread."""
    import docx  # noqa: PLC0415 - see above

    document = docx.Document()
    _set_font(document)
    for line in text.splitlines():
        if line.strip():
            mark, style = next(((m, s) for m, s in STYLES if line.startswith(m)), ("", None))
            document.add_paragraph(line.removeprefix(mark).strip(), style=style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_font(document: Any) -> None:
    """Chinese signs take the font of `eastAsia`, which the library does not set by itself."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - see above
    from docx.shared import Pt  # noqa: PLC0415 - see above

    document.styles["Normal"].font.size = Pt(SIZE)
    for name in ("Normal", "Title", "Heading 1", "List Bullet"):
        font = document.styles[name].font
        font.name = FONT
        font.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
