"""Words of our own files, Chinese and English (`spoken.toml`): kinds of questions, yes and no, headings of a table."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sheets.questionnaire.found import Kind

_SPOKEN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LANGUAGES = ("zh", "en")


def _named(section: str) -> dict[str, str]:
    """What is meant by each word of a section: the names in both languages, and other ways of saying them."""
    names = {name.lower(): meant for one in _LANGUAGES for meant, name in _SPOKEN[section][one].items()}
    return names | {name: meant for meant, also in _SPOKEN[section]["also"].items() for name in also}


NAMES: Mapping[str, Mapping[Kind, str]] = {
    one: {Kind(kind): name for kind, name in _SPOKEN["kinds"][one].items()} for one in _LANGUAGES
}
KINDS: Mapping[str, Kind] = {name: Kind(kind) for name, kind in _named("kinds").items()}
FIELDS: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["fields"][one] for one in _LANGUAGES}
HEADED: Mapping[str, str] = _named("fields")
ABOVE: Mapping[str, tuple[str, str]] = {one: tuple(_SPOKEN["above"][one]) for one in _LANGUAGES}
TITLES = frozenset(_SPOKEN["above"]["title"])
INTRODUCTIONS = frozenset(_SPOKEN["above"]["introduction"])
TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(_SPOKEN["truth"]["yes"], True),
    **dict.fromkeys(_SPOKEN["truth"]["no"], False),
}
FIXED: Mapping[str, Mapping[str, str]] = _SPOKEN["fixed"]  # options whose words are not in a file
ONE_OPTION = re.compile(_SPOKEN["patterns"]["one_option"])
UNNAMED = re.compile(_SPOKEN["patterns"]["unnamed"], re.IGNORECASE)
NUMBERED = re.compile(_SPOKEN["patterns"]["numbered"])
