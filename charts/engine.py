"""ECharts in QuickJS: an option in, an SVG out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import quickjs

from charts.fonts import UNITS
from charts.text import type_

ECHARTS = Path(__file__).parent / "vendor" / "echarts.js"
MAX_CPU_SECONDS = 5  # for one chart
MAX_MEMORY_BYTES = 96 * 1024 * 1024
# ECharts asks for timers that nothing needs here. Widths are those of the fonts, so that what it leaves room for fits.
BEFORE = "var setTimeout = () => 0, clearTimeout = () => {};"
AFTER = """
const SIZE = /([\\d.]+)px/, BOLD = /bold|[6-9]00/;
echarts.setPlatformAPI({measureText(text, font) {
  const narrow = BOLD.test(font) ? NARROW.bold : NARROW.regular, size = SIZE.exec(font);
  let units = 0;
  for (const sign of String(text ?? "")) units += narrow[sign] ?? UNITS;
  return {width: units * (size ? +size[1] : 12) / UNITS};
}});
function draw(json, width, height) {
  const chart = echarts.init(null, null, {renderer: "svg", ssr: true, width, height});
  try {
    chart.setOption(JSON.parse(json));
    return [chart.renderToSVGString(), ""].join("");  // one string of its own: the binding knows no ropes
  } finally {
    chart.dispose();
  }
}
"""


class ChartFailed(Exception):  # noqa: N818 - named for what happened
    """ECharts threw; the text says what."""


class Engine:
    """One QuickJS context with ECharts in it; it is loaded once and draws many charts."""

    def __init__(self) -> None:
        self._context = quickjs.Context()
        self._context.set_memory_limit(MAX_MEMORY_BYTES)
        narrow = {"regular": type_().regular.narrow, "bold": type_().bold.narrow}
        known = f"const UNITS = {UNITS}, NARROW = {json.dumps(narrow)};"
        for script in (BEFORE, ECHARTS.read_text(encoding="utf-8"), known + AFTER):
            self._context.eval(script)
        self._context.set_time_limit(MAX_CPU_SECONDS)
        self._draw = self._context.get("draw")

    def draw(self, option: Mapping[str, Any], width: int, height: int) -> str:
        """The chart as an SVG. Raises ChartFailed."""
        try:
            return str(self._draw(json.dumps(option, ensure_ascii=False), width, height))
        except quickjs.JSException as error:
            raise ChartFailed(str(error)) from error
