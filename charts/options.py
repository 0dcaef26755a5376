"""Options of ECharts as plain data, for this room's engine and for a browser alike. Texts are known and fit already."""

from collections.abc import Sequence
from typing import Any

from charts.pictures import Bars, Ranked, Series, Topic, Trend
from charts.text import known, type_
from charts.theme import Palette

Option = dict[str, Any]
FAMILY = "Noto Sans CJK SC, Noto Sans SC, sans-serif"
NAME, VALUE, SMALL = 34, 34, 26  # sizes of type in pixels
ROW = 84  # a line of a board, or a topic
BAR = 14
BADGE = 42
LIFT = 60  # by so much are labels longer below, which lifts them above their bars by half of it
ABOVE = 14  # what the first row's label needs above its row
GAP = 18
ASIDE = 16  # between a value and the places gained
MAX_VALUE_WIDTH = 300  # of a value in words
PLACED = 3  # ranks with a medal
AXIS = 60  # about the width of an axis of values
FEW = 8  # points that each have their value beside them
_CURLY = str.maketrans("{}|", "｛｝｜")  # these have a meaning in ECharts' texts


def written(text: str) -> str:
    """A text of a caller as it can stand in an option."""
    return known(text).translate(_CURLY)


def number(value: float, unit: str = "") -> str:
    """A value in digits: at most one behind the point, thousands apart."""
    return f"{value:,.1f}".removesuffix(".0") + written(unit)


def board(lines: Sequence[Ranked], look: Palette, width: int) -> Option:
    """Ranks and names to the left, values to the right, a thin bar below each."""
    aside = max((type_().width(_change(line), SMALL) + ASIDE for line in lines if line.change), default=0)
    names, values = [_name(line, look, width - aside) for line in lines], [_value(line, aside) for line in lines]
    bars = [{"value": line.value, "itemStyle": {"color": _bar_colour(line, look)}} for line in lines]
    series = {**_thin(look), "data": bars, "showBackground": True, "itemStyle": {"borderRadius": BAR / 2}}
    styles = {
        **{f"r{place + 1}": _badge(look.on_medal, back=look.medals[place]) for place in range(PLACED)},
        "r": _badge(look.faint),
        "n": {"fontSize": NAME, "color": look.ink, "padding": [0, 0, 0, GAP]},
        "m": {"fontSize": NAME, "color": look.marked, "fontWeight": "bold", "padding": [0, 0, 0, GAP]},
    }
    amounts = {
        "v": {"fontSize": VALUE, "color": look.ink, "fontWeight": "bold"},
        "u": {"fontSize": SMALL, "color": look.up, "width": aside, "align": "right"},
        "d": {"fontSize": SMALL, "color": look.down, "width": aside, "align": "right"},
        "s": {"fontSize": SMALL, "width": aside},
    }
    return _rows(names, styles, values, amounts, [line.value for line in lines]) | {"series": [series]}


def topics(drawn: Sequence[Topic], parts: int, look: Palette, width: int) -> Option:
    """A name and the sum above, a bar of parts below."""
    sums = [sum(topic.counts) for topic in drawn]
    room = width - max((type_().width(number(one), VALUE, bold=True) for one in sums), default=0) - GAP
    names = [f"{{n|{type_().fit(written(topic.name), room, NAME)}}}" for topic in drawn]
    series = [
        {
            **_thin(look),
            "stack": "all",
            "data": [_part(topic, part) for topic in drawn],
            "itemStyle": {"color": look.series[part % len(look.series)], "borderRadius": BAR / 2},
        }
        for part in range(parts)
    ]
    styles = {"n": {"fontSize": NAME, "color": look.ink}}
    amounts = {"v": {"fontSize": VALUE, "color": look.ink, "fontWeight": "bold"}}
    return _rows(names, styles, [f"{{v|{number(one)}}}" for one in sums], amounts, sums) | {"series": series}


def trend(chart: Trend, look: Palette, width: int) -> Option:
    """Lines; the first has its area filled, and its values beside it where they are few."""
    series = [_line(chart, one, place, look) for place, one in enumerate(chart.series)]
    labels = [written(label) for label in chart.labels]
    return _plane(labels, chart.series, look, chart.unit, width, gap=False) | {"series": series[::-1]}


def bars(chart: Bars, look: Palette, width: int) -> Option:
    """Columns, with their values above them where there is room."""
    few = len(chart.labels) * len(chart.series) <= FEW
    series = [
        {
            "type": "bar",
            "silent": True,
            "emphasis": {"disabled": True},
            "barMaxWidth": 56,
            "barGap": "12%",
            "barCategoryGap": "38%",
            "data": list(one.values),
            "itemStyle": {"color": look.series[place], "borderRadius": 6},
            "label": {"show": False},
        }
        for place, one in enumerate(chart.series)
    ]
    if few:
        for one, values in zip(series, chart.series, strict=True):
            one["data"] = [_labelled(value, chart.unit, look, size=SMALL) for value in values.values]
    room = (width - (0 if few else AXIS)) / max(len(chart.labels), 1) - 4
    labels = [_stacked(written(label), room, 2 if len(chart.labels) <= FEW else 3) for label in chart.labels]
    return _plane(labels, chart.series, look, chart.unit, width, gap=True) | {"series": series}


def _stacked(label: str, room: float, most: int) -> str:
    """A label on one line, on two of about the same length, or on as many as it may have."""
    half = type_().width(label, SMALL) / 2
    even = half + SMALL if room < 2 * half <= 2 * room - SMALL else room
    return "\n".join(type_().lines(label, min(even, room), SMALL, most))


def _rows(names: list[str], left: Option, values: list[str], right: Option, amounts: Sequence[float]) -> Option:
    """The frame of horizontal bars: two axes of labels that stand above the bars."""
    axis = {"type": "category", "inverse": True, "axisLine": {"show": False}, "axisTick": {"show": False}}
    label = {"interval": 0, "margin": 0, "fontFamily": FAMILY, "padding": [0, 0, LIFT, 0]}
    low, high = min(0, *amounts, 0), max(0, *amounts, 0)
    return _plain() | {
        "grid": {"left": 0, "right": 0, "top": ABOVE, "height": ROW * len(names), "outerBoundsMode": "none"},
        "xAxis": {"type": "value", "show": False, "min": low, "max": high if high > low else low + 1},
        "yAxis": [
            {**axis, "data": names, "position": "left", "axisLabel": {**label, "align": "left", "rich": left}},
            {**axis, "data": values, "position": "right", "axisLabel": {**label, "align": "right", "rich": right}},
        ],
    }


def _plain() -> Option:
    return {"animation": False, "textStyle": {"fontFamily": FAMILY}}


def _thin(look: Palette) -> Option:
    return {
        "type": "bar",
        "silent": True,
        "emphasis": {"disabled": True},
        "barWidth": BAR,
        "backgroundStyle": {"color": look.track, "borderRadius": BAR / 2},
    }


def _badge(ink: str, back: str | None = None) -> Option:
    round_ = {"width": BADGE, "height": BADGE, "borderRadius": BADGE / 2, "backgroundColor": back} if back else {}
    return {"fontSize": 28, "fontWeight": "bold", "color": ink, "align": "center", "width": BADGE} | round_


def _name(line: Ranked, look: Palette, width: float) -> str:
    """A rank and a name as ECharts' text, the name as long as its value leaves room for."""
    taken = min(type_().width(written(line.shown), VALUE, bold=True), MAX_VALUE_WIDTH) + BADGE + 2 * GAP
    name = type_().fit(written(line.name), width - taken, NAME, bold=line.marked)
    badge = f"r{line.rank}" if 1 <= line.rank <= PLACED else "r"
    return f"{{{badge}|{line.rank}}}{{{'m' if line.marked else 'n'}|{name}}}"


def _value(line: Ranked, aside: float) -> str:
    """A value and its change, below each other in two columns."""
    shown = f"{{v|{type_().fit(written(line.shown), MAX_VALUE_WIDTH, VALUE, bold=True)}}}"
    if not aside:
        return shown
    style = "s" if not line.change else "u" if line.change > 0 else "d"
    return f"{shown}{{{style}|{_change(line)}}}"


def _change(line: Ranked) -> str:
    return f"{'▲' if line.change > 0 else '▼'}{abs(line.change)}" if line.change else ""


def _bar_colour(line: Ranked, look: Palette) -> str:
    if line.value < 0:
        return look.calm
    return look.main if line.marked or 1 <= line.rank <= PLACED else look.gold


def _part(topic: Topic, part: int) -> float:
    return topic.counts[part] if part < len(topic.counts) else 0


def _line(chart: Trend, series: Series, place: int, look: Palette) -> Option:
    few = len(chart.series) == 1 and len(chart.labels) <= FEW
    last = max((at for at, value in enumerate(series.values) if value is not None), default=-1)
    colour = look.series[place]
    data: list[Any] = [_point(value, shown=few) for value in series.values]
    for at, value in enumerate(series.values):
        if value is not None and not place and (few or at == last):
            data[at] = _labelled(value, chart.unit, look, size=NAME if at == last else SMALL, main=at == last)
    option = {
        "type": "line",
        "silent": True,
        "emphasis": {"disabled": True},
        "data": data,
        "smooth": 0.3,
        "smoothMonotone": "x",
        "symbol": "circle",
        "symbolSize": 14,
        "showSymbol": place == 0,
        "lineStyle": {"width": 6 - place, "color": colour, "cap": "round"},
        "itemStyle": {"color": colour, "borderColor": look.card, "borderWidth": 3},
    }
    if place == 0:
        stops = [{"offset": 0, "color": colour + "40"}, {"offset": 1, "color": colour + "00"}]
        option["areaStyle"] = {"color": {"type": "linear", "x": 0, "y": 0, "x2": 0, "y2": 1, "colorStops": stops}}
    return option


def _point(value: float | None, *, shown: bool) -> Any:
    """A point of a line; its dot is shown where its value is."""
    return "-" if value is None else value if shown else {"value": value, "symbol": "none"}


def _labelled(value: float | None, unit: str, look: Palette, *, size: int, main: bool = False) -> Any:
    if value is None:
        return "-"
    words = number(value, unit)
    colour, weight = (look.main, "bold") if main else (look.ink, "normal")
    label = {"show": True, "position": "top", "distance": 10, "formatter": words, "fontSize": size}
    return {"value": value, "label": {**label, "color": colour, "fontWeight": weight, "fontFamily": FAMILY}}


def _plane(labels: list[str], series: Sequence[Series], look: Palette, unit: str, width: int, *, gap: bool) -> Option:
    """The frame of charts with an axis of labels below; values have an axis only where they are not written."""
    few = len(labels) * len(series) <= FEW if gap else len(series) == 1 and len(labels) <= FEW
    label = {"fontSize": SMALL, "color": look.faint, "fontFamily": FAMILY}
    edge = max((type_().width(one, SMALL) for one in (labels[:1] + labels[-1:])), default=0) / 2
    side = 0 if gap else max(edge, 50)
    below = 50 + 34 * max((one.count("\n") for one in labels), default=0)
    # Only an axis of values has a width that ECharts alone knows; to find it takes a third of all time.
    around = {"left": side, "bottom": below, "outerBoundsMode": "none"} if few else {"left": 0, "bottom": 0}
    return _plain() | {
        "grid": {"right": side, "top": 60, **around},
        "xAxis": {
            "type": "category",
            "data": labels,
            "boundaryGap": gap,
            "axisLine": {"lineStyle": {"color": look.line, "width": 2}},
            "axisTick": {"show": False},
            "axisLabel": {**label, "margin": 16, "hideOverlap": True, "interval": 0 if gap else "auto"},
        },
        "yAxis": {
            "type": "value",
            "splitNumber": 3,
            "axisLabel": {**label, "show": not few, "formatter": "{value}" + written(unit)},
            "splitLine": {"lineStyle": {"color": look.line, "width": 2, "type": [2, 8], "cap": "round"}},
        },
    }
