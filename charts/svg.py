"""Elements of an SVG, and the texts of ECharts' SVG turned into outlines."""

import re
from html import escape, unescape

from charts.fonts import CENTRE, UNITS
from charts.text import type_

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_SIZE = re.compile(r"font-size:([\d.]+)px")
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def rect(x: float, y: float, width: float, height: float, fill: str, *, radius: float = 0, more: str = "") -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{fill}" {more}/>'


def text(x: float, y: float, words: str, size: float, fill: str, *, bold: bool = False, anchor: str = "start") -> str:
    """A text whose middle is at the height `y`. The signs must be known ones."""
    font, scale = type_().of(bold=bold), size / UNITS
    outline = font.path(words)
    if not outline:
        return ""
    left = x - SHIFT[anchor] * font.width(words) * scale
    return (
        f'<path d="{outline}" fill="{fill}" transform="translate({left:g} {y + CENTRE * scale:g}) scale({scale:g})"/>'
    )


def outlined(svg: str) -> str:
    """What stands inside ECharts' SVG, with its texts as outlines."""
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    return _TEXT.sub(_outline, inner)


def _outline(found: re.Match[str]) -> str:
    names = dict(_ATTRIBUTE.findall(found[1]))
    style = names.get("style", "")
    size = _SIZE.search(style)
    place = names.get("transform", "")
    drawn = text(
        float(names.get("x", 0)),
        float(names.get("y", 0)),
        unescape(found[2]),
        float(size[1]) if size else 12,
        escape(names.get("fill", "#000")),
        bold=bool(_BOLD.search(style)),
        anchor=names.get("text-anchor", "start"),
    )
    return f'<g transform="{place}">{drawn}</g>' if place else drawn
