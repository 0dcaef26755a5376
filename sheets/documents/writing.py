"""A DOCX of lines: `# ` begins a title, `## ` a heading, `- ` an item; any other line is a paragraph."""

import io

import plain
from sheets.documents.fonts import SIZE, set_font

SIZES = {"Title": 22, "Heading 1": 14}  # points; of other styles the usual size
STYLES = (("# ", "Title"), ("## ", "Heading 1"), ("- ", "List Bullet"))


def write(text: str) -> bytes:
    """A document. Takes a third of a second at first: call it in a thread."""
    import docx  # noqa: PLC0415 - see above

    document = docx.Document()
    for name in ("Normal", *(style for _, style in STYLES)):
        set_font(document.styles[name], SIZES.get(name, SIZE))
    for line in plain.clean(text).splitlines():
        if line.strip():
            mark, style = next(((m, s) for m, s in STYLES if line.startswith(m)), ("", None))
            document.add_paragraph(line.removeprefix(mark).strip(), style=style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
