"""Small copies of pictures that somebody has looked at: `python -m tests.charts.references` writes them anew."""

from pathlib import Path

import pyvips

from charts import Theme
from charts.draw import Drawer
from tests.charts.samples import SAMPLES

FOLDER = Path(__file__).parent / "references"
WIDTH = 300  # pixels


def small(png: bytes) -> pyvips.Image:
    """A picture as references are kept."""
    picture = pyvips.Image.new_from_buffer(png, "")
    return picture.flatten().resize(WIDTH / picture.width).colourspace("srgb")


def file(name: str, theme: Theme) -> Path:
    return FOLDER / f"{name}-{theme}.png"


def main() -> None:
    drawer = Drawer()
    for name, picture in SAMPLES.items():
        for theme in Theme:
            small(drawer.png(picture, theme)).pngsave(str(file(name, theme)), palette=True, keep="none")


if __name__ == "__main__":
    main()
