"""A certificate: a frame of gold and red, the honour large, the citation below it."""

from math import cos, pi, sin

from charts import svg
from charts.pictures import Certificate
from charts.text import known, type_
from charts.theme import Palette

WIDTH, HEIGHT = 1080, 764  # a sheet of A4, lying
MIDDLE = WIDTH / 2
ROOM = WIDTH - 2 * 130
STAR_POINTS = 5
INNER_RADIUS = 0.382  # of a five-pointed star's outer one
SPREAD = 14  # pixels between the signs of the title


def drawn(picture: Certificate, look: Palette) -> str:
    """The certificate as an SVG."""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{_frame(look)}{_words(picture, look)}</svg>'


def _frame(look: Palette) -> str:
    ground = svg.rect(0, 0, WIDTH, HEIGHT, look.band[1])
    sheet = svg.rect(26, 26, WIDTH - 52, HEIGHT - 52, look.card, radius=10)
    outer = svg.rect(44, 44, WIDTH - 88, HEIGHT - 88, "none", radius=6, more=f'stroke="{look.gold}" stroke-width="5"')
    inner = svg.rect(
        56, 56, WIDTH - 112, HEIGHT - 112, "none", radius=3, more=f'stroke="{look.gold}" stroke-width="1.5"'
    )
    return ground + sheet + outer + inner


def _words(picture: Certificate, look: Palette) -> str:
    honour = known(picture.honour)
    size = min(76, ROOM / max(type_().width(honour, 1, bold=True), 1))
    size = max(size, 40)
    citation = type_().lines(known(picture.citation), ROOM, 32, 3)
    parts = [
        _star(MIDDLE, 106, 28, look.gold),
        _spread(known(picture.title), 178, 56, look.ink),
        svg.text(
            MIDDLE, 268, type_().fit(known(picture.name), ROOM, 46, bold=True), 46, look.ink, bold=True, anchor="middle"
        ),
        svg.rect(MIDDLE - 220, 306, 440, 2, look.gold),
        svg.text(MIDDLE, 374, type_().fit(honour, ROOM, size, bold=True), size, look.main, bold=True, anchor="middle"),
        *(svg.text(MIDDLE, 456 + 50 * at, line, 32, look.ink, anchor="middle") for at, line in enumerate(citation)),
        svg.text(WIDTH - 130, 630, type_().fit(known(picture.issuer), ROOM, 30), 30, look.ink, anchor="end"),
        svg.text(WIDTH - 130, 676, type_().fit(known(picture.date), ROOM, 28), 28, look.faint, anchor="end"),
    ]
    return "".join(parts)


def _spread(title: str, y: float, size: float, colour: str) -> str:
    """The title with air between its signs."""
    words = type_().fit(title, ROOM - SPREAD * len(title), size, bold=True)
    widths = [type_().width(sign, size, bold=True) for sign in words]
    x = MIDDLE - (sum(widths) + SPREAD * (len(words) - 1)) / 2
    parts = []
    for sign, width in zip(words, widths, strict=True):
        parts.append(svg.text(x, y, sign, size, colour, bold=True))
        x += width + SPREAD
    return "".join(parts)


def _star(x: float, y: float, radius: float, colour: str) -> str:
    points = []
    for corner in range(2 * STAR_POINTS):
        length = radius * (INNER_RADIUS if corner % 2 else 1)
        angle = pi * (corner / STAR_POINTS - 0.5)
        points.append(f"{x + length * cos(angle):.1f},{y + length * sin(angle):.1f}")
    return f'<polygon points="{" ".join(points)}" fill="{colour}"/>'
