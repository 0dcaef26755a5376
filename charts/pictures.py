"""What can be drawn. All words and figures come from the caller, in the reader's language, ready to be shown."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BOARD_LINES = 12
MAX_TOPICS = 8
MAX_POINTS = 60
MAX_COLUMNS = 12
MAX_SERIES = 3
MAX_FIGURES = 3
MAX_TREE_LINES = 18


class Theme(StrEnum):
    """The background that a picture is made for."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of a board. `shown` is the value in words; `change` are the places gained (up) since last time."""

    rank: int
    name: str
    value: float
    shown: str
    change: int = 0
    marked: bool = False  # the one that the picture is for


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking. The first MAX_BOARD_LINES lines are drawn; `rest` says below them what is not there."""

    title: str
    lines: tuple[Ranked, ...]
    subtitle: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values over the labels of its chart; None is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over time: the first series is the one that matters. The last MAX_POINTS points are drawn."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    subtitle: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Columns side by side, such as this month beside the last. The first MAX_COLUMNS labels are drawn."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    subtitle: str = ""
    unit: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with as many parts as its chart has `parts`."""

    name: str
    counts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """What people spoke of, and what became of it: a bar of parts for each topic. The first MAX_TOPICS are drawn."""

    title: str
    parts: tuple[str, ...]
    topics: tuple[Topic, ...]
    subtitle: str = ""
    rest: str = ""


class Tone(StrEnum):
    """How the bar of a tree's line is coloured."""

    DONE = "done"
    CALM = "calm"
    NEAR = "near"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Branched:
    """A line of a tree: `depth` is 0 at the top, `share` from 0 to 1 fills its bar, `shown` is the share in words."""

    depth: int
    name: str
    share: float
    shown: str
    tone: Tone = Tone.CALM


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree from the top down, each line behind the one that it is part of. The first MAX_TREE_LINES are drawn."""

    title: str
    lines: tuple[Branched, ...]
    subtitle: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of an honour. `name` with its form of address; the citation is broken into lines."""

    title: str
    name: str
    honour: str
    citation: str
    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure above a weekly picture; `change` says the difference to the week before."""

    name: str
    shown: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A week or a month on one picture. What is None is left out."""

    title: str
    board: Board | None = None
    trend: Trend | None = None
    topics: Topics | None = None
    subtitle: str = ""
    figures: tuple[Figure, ...] = ()


Picture = Board | Trend | Bars | Topics | Tree | Certificate | Weekly
