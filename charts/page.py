"""The page around the charts: a red band with the title, and cards below it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from charts import options, svg
from charts.engine import Engine
from charts.options import Option
from charts.pictures import (
    MAX_BOARD_LINES,
    MAX_COLUMNS,
    MAX_FIGURES,
    MAX_POINTS,
    MAX_SERIES,
    MAX_TOPICS,
    Bars,
    Board,
    Figure,
    Series,
    Topics,
    Trend,
    Weekly,
)
from charts.text import known, type_
from charts.theme import Palette

WIDTH = 900
MARGIN, INSET = 28, 34  # around a card, and in it
CARD = WIDTH - 2 * MARGIN
INNER = CARD - 2 * INSET
PLOT, LOW_PLOT = 400, 280  # the height of charts with axes; one of several
TITLE, SUBTITLE, HEADING, NOTE = 48, 28, 36, 26  # sizes of type
RADIUS = 22
BELOW_ROWS = 35  # what the last row of bars leaves empty
Chart = Board | Trend | Bars | Topics


@dataclass(frozen=True, slots=True)
class Section:
    """What stands on one card, from top to bottom."""

    option: Option
    height: int
    heading: str = ""
    aside: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def total(self) -> int:
        """The height of the card."""
        extra = (64 if self.heading else 0) + (56 if self.legend else 0) + (50 if self.note else 0)
        return 2 * INSET - 8 + extra + self.height


def alone(chart: Chart, look: Palette, engine: Engine) -> str:
    """A picture of one chart; its title stands in the band."""
    return _page(chart, (), [_section(chart, look)], look, engine)


def weekly(picture: Weekly, look: Palette, engine: Engine) -> str:
    """All charts of a week below each other, each under its own heading."""
    charts: list[Chart] = [one for one in (picture.board, picture.trend, picture.topics) if one is not None]
    sections = [_section(chart, look, headed=True) for chart in charts]
    return _page(picture, picture.figures[:MAX_FIGURES], sections, look, engine)


def _section(chart: Chart, look: Palette, *, headed: bool = False) -> Section:
    heading, aside = (known(chart.title), known(chart.subtitle)) if headed else ("", "")
    match chart:
        case Board():
            lines = chart.lines[:MAX_BOARD_LINES]
            option = options.board(lines, look, INNER)
            return Section(option, _rows(len(lines)), heading, aside, note=known(chart.rest))
        case Topics():
            drawn = chart.topics[:MAX_TOPICS]
            parts = chart.parts[:MAX_SERIES]
            option = options.topics(drawn, len(parts), look, INNER)
            note = known(chart.rest) if len(chart.topics) > len(drawn) else ""
            legend = _legend(parts, look)
            return Section(option, _rows(len(drawn)), heading, aside, legend, note)
        case Trend():
            chart = _last(chart)
            legend = _legend([one.name for one in chart.series], look)
            return Section(options.trend(chart, look, INNER), LOW_PLOT if headed else PLOT, heading, aside, legend)
        case Bars():
            note = known(chart.rest) if len(chart.labels) > MAX_COLUMNS else ""
            chart = _first(chart)
            legend = _legend([one.name for one in chart.series], look)
            return Section(options.bars(chart, look, INNER), PLOT, heading, aside, legend, note)


def _rows(number: int) -> int:
    return options.ABOVE + max(number, 1) * options.ROW - BELOW_ROWS


def _last(chart: Trend) -> Trend:
    """The newest points of each series, as many as there are labels."""
    skipped = max(len(chart.labels) - MAX_POINTS, 0)
    return replace(chart, labels=chart.labels[skipped:], series=_cut(chart.series, skipped, len(chart.labels)))


def _first(chart: Bars) -> Bars:
    """The first columns of each series."""
    labels = chart.labels[:MAX_COLUMNS]
    return replace(chart, labels=labels, series=_cut(chart.series, 0, len(labels)))


def _cut(series: Sequence[Series], begin: int, end: int) -> tuple[Series, ...]:
    return tuple(replace(one, values=one.values[begin:end]) for one in series[:MAX_SERIES])


def _legend(names: Sequence[str], look: Palette) -> tuple[tuple[str, str], ...]:
    """Names beside their colours; one alone needs none."""
    if len(names) < 2:  # noqa: PLR2004 - one series needs no legend
        return ()
    return tuple((known(name), colour) for name, colour in zip(names, look.series, strict=False))


def _page(
    of: Chart | Weekly, figures: Sequence[Figure], sections: Sequence[Section], look: Palette, engine: Engine
) -> str:
    parts, at = [], 0.0
    for drawn, height in head(of.title, of.subtitle, look), _figures(figures, look):
        parts.append(moved(drawn, at))
        at += height
    for section in sections:
        parts.append(moved(_card(section, look, engine), at))
        at += section.total + MARGIN * 0.75
    height = round(at + MARGIN * 0.25)
    ground = svg.rect(0, 0, WIDTH, height, look.ground)
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shade(look)}{ground}{"".join(parts)}</svg>'


def moved(drawn: str, y: float, x: float = 0) -> str:
    """A part at another place."""
    return f'<g transform="translate({x:g} {y:g})">{drawn}</g>' if drawn else ""


def shade(look: Palette) -> str:
    """The shading of the band, which `head` refers to."""
    stops = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in enumerate(look.band))
    return f'<defs><linearGradient id="band" x1="0" y1="0" x2="1" y2="0">{stops}</linearGradient></defs>'


def head(title: str, subtitle: str, look: Palette) -> tuple[str, float]:
    """The band, and how far below its top the cards begin."""
    room = WIDTH - 2 * (MARGIN + INSET)
    lines = type_().lines(known(title), room, TITLE, 2)
    below = known(subtitle)
    height = 36 + 62 * len(lines) + (54 if below else 0) + 26
    parts = [svg.rect(0, 0, WIDTH, height, "url(#band)"), svg.rect(0, height - 6, WIDTH, 6, look.gold)]
    x = MARGIN + INSET
    parts += [svg.text(x, 68 + 62 * at, one, TITLE, look.on_band, bold=True) for at, one in enumerate(lines)]
    if below:
        parts.append(svg.text(x, height - 52, type_().fit(below, room, SUBTITLE), SUBTITLE, look.on_band_faint))
    return "".join(parts), height + MARGIN


def _figures(figures: Sequence[Figure], look: Palette) -> tuple[str, float]:
    """A row of key figures, each on its own card."""
    if not figures:
        return "", 0
    gap, height = MARGIN * 0.75, 168
    width = (CARD - gap * (len(figures) - 1)) / len(figures)
    drawn = [moved(_figure(one, width, height, look), 0, MARGIN + at * (width + gap)) for at, one in enumerate(figures)]
    return "".join(drawn), height + gap


def _figure(figure: Figure, width: float, height: float, look: Palette) -> str:
    room, x = width - 48, 24
    shown = type_().fit(known(figure.shown), room, 48, bold=True)
    return (
        _box(width, height, look)
        + svg.text(x, 38, type_().fit(known(figure.name), room, NOTE), NOTE, look.faint)
        + svg.text(x, 86, shown, 48, look.main, bold=True)
        + svg.text(x, 134, type_().fit(known(figure.change), room, NOTE), NOTE, look.faint)
    )


def _box(width: float, height: float, look: Palette) -> str:
    return svg.rect(0, 0, width, height, look.card, radius=RADIUS, more=f'stroke="{look.edge}" stroke-width="2"')


def _card(section: Section, look: Palette, engine: Engine) -> str:
    parts, at = (
        [
            svg.rect(
                MARGIN, 0, CARD, section.total, look.card, radius=RADIUS, more=f'stroke="{look.edge}" stroke-width="2"'
            )
        ],
        INSET - 4.0,
    )
    x = MARGIN + INSET
    if section.heading:
        parts.append(_heading(section, look, x, at + 20))
        at += 64
    if section.legend:
        parts.append(_keys(section.legend, look, x, at + 16))
        at += 56
    chart = svg.outlined(engine.draw(section.option, INNER, section.height))
    parts.append(moved(chart, at, x))
    if section.note:
        note = type_().fit(section.note, INNER, NOTE)
        parts.append(svg.text(WIDTH / 2, at + section.height + 34, note, NOTE, look.faint, anchor="middle"))
    return "".join(parts)


def _heading(section: Section, look: Palette, x: float, y: float) -> str:
    heading = type_().fit(section.heading, INNER - 24, HEADING, bold=True)
    left = INNER - 60 - type_().width(heading, HEADING, bold=True)
    aside = type_().fit(section.aside, left, NOTE) if left > NOTE * 2 else ""
    return (
        svg.rect(x, y - 17, 8, 34, look.main, radius=4)
        + svg.text(x + 24, y, heading, HEADING, look.ink, bold=True)
        + svg.text(x + INNER, y, aside, NOTE, look.faint, anchor="end")
    )


def _keys(legend: Sequence[tuple[str, str]], look: Palette, x: float, y: float) -> str:
    """The names of series beside their colours."""
    parts, room = [], INNER / len(legend) - 60
    for name, colour in legend:
        words = type_().fit(name, room, NOTE)
        parts.append(svg.rect(x, y - 10, 20, 20, colour, radius=6))
        parts.append(svg.text(x + 30, y, words, NOTE, look.faint))
        x += 30 + type_().width(words, NOTE) + 36
    return "".join(parts)
