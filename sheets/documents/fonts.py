"""The font of documents: what offices here print with."""

from typing import Any

FONT, SIZE = "SimSun", 12  # points


def set_font(style: Any, size: int = SIZE) -> None:
    """The same font for Chinese and Latin letters: each has its own in the format, and the library sets one."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - a third of a second's import, for few people a day
    from docx.shared import Pt  # noqa: PLC0415 - see above

    style.font.name, style.font.size = FONT, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
