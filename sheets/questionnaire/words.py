"""Words of a file as they are shown: lines without needless blanks and marks, HTML without its tags."""

from html.parser import HTMLParser

import plain

MAX_CHARS = 4_096  # of a text are read; the longest that may be shown has fewer
MAX_HTML_CHARS = 40_000
BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"})
PICTURES = frozenset({"img", "video", "audio", "iframe", "object", "embed", "svg", "canvas"})
UNREAD = frozenset({"script", "style"})


def one_line(text: str) -> str:
    """A text on one line."""
    return plain.tidy(text, MAX_CHARS)


def lines(text: str) -> str:
    """A text with its line ends, but no more than one empty line between two others."""
    tidied = [plain.tidy(line) for line in plain.bounded(text, MAX_CHARS).splitlines()]
    kept = [line for place, line in enumerate(tidied) if line or (place and tidied[place - 1])]
    return "\n".join(kept).strip()


class _Reader(HTMLParser):
    """Collects the text; notes pictures and scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures = self.scripts = 0
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        self.pictures += tag in PICTURES
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)
        self._unread += tag in UNREAD
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if tag in UNREAD and self._unread:
            self._unread -= 1
        if tag in BREAKS - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if not self._unread:
            self.parts.append(data)


class Plain:
    """An HTML text without its tags, and what went with them."""

    def __init__(self, html: str) -> None:
        reader = _Reader()
        reader.feed(plain.bounded(html, MAX_HTML_CHARS))
        reader.close()
        self.text = lines("".join(reader.parts))
        self.has_picture = reader.pictures > 0
        self.has_script = reader.scripts > 0


def has_tags(text: str) -> bool:
    """Whether a text looks like HTML."""
    return "<" in text and ">" in text
