"""Words of the plain Chinese text and of tables (`spoken.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plain
from sheets.questions.found import Kind

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
UNDECIDED = frozenset(_SPOKEN["kinds"]["undecided"]["words"])
NO_KINDS = frozenset(_SPOKEN["kinds"]["none"]["words"])
TAGS: Mapping[str, str] = {word: tag for tag, words in _SPOKEN["tags"].items() for word in words}
WRITE: Mapping[str, str] = _SPOKEN["write"]
TRUTHS: Mapping[str, int] = {
    plain.line(word).lower(): place for place, side in enumerate(("true", "false")) for word in _SPOKEN["truth"][side]
}
FIELDS: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["fields"][one] for one in _LANGUAGES}
HEADED: Mapping[str, str] = _named("fields")
UNUSED = frozenset(_SPOKEN["unused"]["headings"])
COUNTED = frozenset(_SPOKEN["unused"]["counted"])
OTHERS = frozenset(_SPOKEN["unused"]["others"])
_PATTERNS: Mapping[str, str] = _SPOKEN["patterns"]
ONE_OPTION = re.compile(_PATTERNS["one_option"])
HEADING, TITLED, MARKED = (re.compile(_PATTERNS[name]) for name in ("heading", "titled", "marked"))
ANSWERS_ABOVE, BRACKETED = re.compile(_PATTERNS["answers_above"]), re.compile(_PATTERNS["bracketed"])
RANGE, SHORT, LONG = (re.compile(_PATTERNS[name]) for name in ("range", "short", "long"))
_TAG = "|".join(sorted(TAGS, key=len, reverse=True))
TAG = re.compile(rf"\s*+(?:[【\[]\s*+({_TAG})\s*+[】\]]\s*+[:：]?+|({_TAG})\s*+[:：])\s*+(.*)")
BARE_ANSWER = re.compile(rf"\s*+(?:{'|'.join(_SPOKEN['tags']['answer'])})\s*+([A-LＡ-Ｌ√×✓✗]{{1,12}})\s*+")
INLINE_TAG = re.compile(rf"[【\[]\s*+({_TAG})\s*+[】\]]\s*+[:：]?+|(?<=[\s;；,，。])({_TAG})\s*+[:：]")
SEPARATORS = re.compile(_PATTERNS["separators"])


def truth(said: str) -> int | None:
    """0 for a word that says true, 1 for one that says false."""
    return TRUTHS.get(plain.line(said, 20).lower().rstrip(".。"))


def places(said: str) -> tuple[int, ...] | None:
    """The places of the letters that an answer has, `None` where it is not made of letters."""
    bare = SEPARATORS.sub("", plain.line(said, 100)).upper()
    if not bare or not (bare.isascii() and bare.isalpha()):
        return None
    return tuple(dict.fromkeys(ord(letter) - ord("A") for letter in bare))
