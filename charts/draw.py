"""A picture in, a PNG out; this runs in the worker."""

from charts import certificate, page, raster, tree
from charts.engine import Engine
from charts.pictures import Certificate, Picture, Theme, Tree, Weekly
from charts.theme import PALETTES


class Drawer:
    """Keeps what costs time to load: ECharts, the fonts, and the outlines of the signs that were drawn."""

    def __init__(self) -> None:
        self._engine = Engine()

    def png(self, picture: Picture, theme: Theme) -> bytes:
        """The picture as a PNG. Raises ChartFailed, ValueError."""
        return raster.png(self.svg(picture, theme))

    def svg(self, picture: Picture, theme: Theme) -> str:
        """The picture as an SVG without any text in it: all of it are outlines. Raises ChartFailed."""
        look = PALETTES[theme]
        match picture:
            case Certificate():
                return certificate.drawn(picture, look)
            case Tree():
                return tree.drawn(picture, look)
            case Weekly():
                return page.weekly(picture, look, self._engine)
            case _:
                return page.alone(picture, look, self._engine)
