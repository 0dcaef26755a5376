"""The titles of honours that an enterprise has which has chosen none."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("honours.toml")


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def for_people() -> tuple[str, ...]:
    """Titles for people."""
    return tuple(_table()["person"])


def for_teams() -> tuple[str, ...]:
    """Titles for branches."""
    return tuple(_table()["team"])
