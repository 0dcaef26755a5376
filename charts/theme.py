"""Colours of the two themes: red and gold on warm paper, and the same on a dark ground."""

from dataclasses import dataclass

from charts.pictures import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme, each named for its use."""

    ground: str
    card: str
    edge: str
    ink: str
    faint: str
    line: str
    track: str
    band: tuple[str, str]
    on_band: str
    on_band_faint: str
    main: str
    gold: str
    calm: str
    medals: tuple[str, str, str]
    on_medal: str
    marked: str
    up: str
    down: str

    @property
    def series(self) -> tuple[str, str, str]:
        """The colours of series, and of a topic's parts, in their order."""
        return self.main, self.gold, self.calm


PALETTES = {
    Theme.LIGHT: Palette(
        ground="#f8f3ec",
        card="#ffffff",
        edge="#efe6da",
        ink="#2a2320",
        faint="#82766b",
        line="#ece4d9",
        track="#f4eee5",
        band=("#a50f17", "#cf2027"),
        on_band="#ffffff",
        on_band_faint="#fbdfb8",
        main="#c8161d",
        gold="#d9a441",
        calm="#c9bfb3",
        medals=("#d79b25", "#9aa3ad", "#b9794a"),
        on_medal="#ffffff",
        marked="#c8161d",
        up="#c8161d",
        down="#4f8a5b",
    ),
    Theme.DARK: Palette(
        ground="#161311",
        card="#221d1a",
        edge="#332b26",
        ink="#f4ece3",
        faint="#a89b8e",
        line="#3a312b",
        track="#322a25",
        band=("#6f0d12", "#9c1a20"),
        on_band="#fff4e6",
        on_band_faint="#e9c48c",
        main="#e5504f",
        gold="#dcae58",
        calm="#6b6058",
        medals=("#c8922b", "#7f8891", "#9c6a44"),
        on_medal="#ffffff",
        marked="#ff7a72",
        up="#ff7a72",
        down="#7fbf8c",
    ),
}
