"""Pictures: boards, trends, topics, certificates and the weekly summary, as PNG.

A picture is a dataclass of `charts.pictures` that holds all its words; `Painter.paint` makes a PNG of it, in a process
of its own. Nothing is loaded here that only that process needs.
"""

from charts.painter import Failure, Painter, PictureFailed
from charts.pictures import (
    MAX_BOARD_LINES,
    MAX_COLUMNS,
    MAX_FIGURES,
    MAX_POINTS,
    MAX_SERIES,
    MAX_TOPICS,
    MAX_TREE_LINES,
    Bars,
    Board,
    Branched,
    Certificate,
    Figure,
    Picture,
    Ranked,
    Series,
    Theme,
    Tone,
    Topic,
    Topics,
    Tree,
    Trend,
    Weekly,
)

__all__ = [
    "MAX_BOARD_LINES",
    "MAX_COLUMNS",
    "MAX_FIGURES",
    "MAX_POINTS",
    "MAX_SERIES",
    "MAX_TOPICS",
    "MAX_TREE_LINES",
    "Bars",
    "Board",
    "Branched",
    "Certificate",
    "Failure",
    "Figure",
    "Painter",
    "Picture",
    "PictureFailed",
    "Ranked",
    "Series",
    "Theme",
    "Tone",
    "Topic",
    "Topics",
    "Tree",
    "Trend",
    "Weekly",
    "lacking",
]


def lacking() -> set[str]:
    """The signs that the fonts ought to have and do not. Raises OSError where a file of theirs is missing."""
    from charts import fonts  # noqa: PLC0415 - only the worker and the doctor need them

    return fonts.lacking()
