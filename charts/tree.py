"""A tree of lines, each with a bar: the name as far in as it is deep, and a line to what it is part of."""

from charts import svg
from charts.page import CARD, INNER, INSET, MARGIN, NOTE, RADIUS, WIDTH, head, moved, shade
from charts.pictures import MAX_TREE_LINES, Branched, Tone, Tree
from charts.text import known, type_
from charts.theme import Palette

ROW, NAME, SHARE = 62, 30, 30  # the height of a line; sizes of type
STEP, DEEPEST = 36, 5  # how far in a line is for each level, and the most levels
BAR, THICK = 130, 16  # the length and the height of a bar
WORDS = 96  # the room of a share in words
ROOM = INNER - BAR - WORDS - 24  # for a name


def drawn(picture: Tree, look: Palette) -> str:
    """The tree as an SVG."""
    lines = picture.lines[:MAX_TREE_LINES]
    band, at = head(picture.title, picture.subtitle, look)
    note = known(picture.rest) if picture.rest or len(lines) < len(picture.lines) else ""
    card = 2 * INSET - 8 + ROW * max(len(lines), 1) + (50 if note else 0)
    height = round(at + card + MARGIN)
    frame = f'stroke="{look.edge}" stroke-width="2"'
    parts = [
        svg.rect(0, 0, WIDTH, height, look.ground),
        band,
        moved(svg.rect(MARGIN, 0, CARD, card, look.card, radius=RADIUS, more=frame), at),
        moved("".join(_rows(lines, look)), at + INSET - 4, MARGIN + INSET),
    ]
    if note:
        parts.append(
            svg.text(WIDTH / 2, at + card - 34, type_().fit(note, INNER, NOTE), NOTE, look.faint, anchor="middle")
        )
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shade(look)}{"".join(parts)}</svg>'


def _rows(lines: tuple[Branched, ...], look: Palette) -> list[str]:
    return [_elbow(lines, place, look) + _line(one, place * ROW + ROW / 2, look) for place, one in enumerate(lines)]


def _depth(line: Branched) -> int:
    return min(line.depth, DEEPEST)


def _elbow(lines: tuple[Branched, ...], place: int, look: Palette) -> str:
    """The way from a line to the one that it is part of."""
    depth, y = _depth(lines[place]), place * ROW + ROW / 2
    above = next((at for at in range(place - 1, -1, -1) if _depth(lines[at]) < depth), None)
    if above is None:
        return ""
    x, top = STEP * depth - STEP * 0.6, above * ROW + ROW / 2 + NAME * 0.7
    return svg.rect(x, top, 2, y - top, look.line) + svg.rect(x, y - 1, STEP * 0.4, 2, look.line)


def _line(line: Branched, y: float, look: Palette) -> str:
    left = STEP * _depth(line)
    bold = not line.depth
    name = type_().fit(known(line.name), ROOM - left, NAME, bold=bold)
    share, x = min(max(line.share, 0.0), 1.0), ROOM + 24
    shown = type_().fit(known(line.shown), WORDS, SHARE, bold=True)
    filled = svg.rect(x, y - THICK / 2, max(BAR * share, THICK), THICK, _colour(line.tone, look), radius=THICK / 2)
    return (
        svg.text(left, y, name, NAME, look.ink, bold=bold)
        + svg.rect(x, y - THICK / 2, BAR, THICK, look.track, radius=THICK / 2)
        + (filled if share else "")
        + svg.text(INNER, y, shown, SHARE, look.ink, bold=True, anchor="end")
    )


def _colour(tone: Tone, look: Palette) -> str:
    return {Tone.DONE: look.down, Tone.CALM: look.calm, Tone.NEAR: look.gold, Tone.LATE: look.main}[tone]
