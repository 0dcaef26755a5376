"""Texts by name, in a reader's language, on their wall clock."""

import html
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from texts.calendar import WEEKDAYS, day_name, moment_name

LANGUAGES = ("zh", "en")
AREAS: Mapping[str, tuple[str, ...]] = {
    "people": (
        "branch",
        "invitation",
        "language",
        "leave",
        "member",
        "picking",
        "privacy",
        "role",
        "roster",
        "welcome",
    ),
    "study": ("study",),
    "work": ("task",),
    "voice": ("survey", "suggestion"),
    "points": ("points",),
    "report": ("summary", "export"),
    "messaging": ("alarm", "draft", "general", "help"),
    "clock": ("calendar", "schedule"),
    "admin": ("audit", "doctor", "setting", "store"),
}
FILES: Mapping[str, str] = {feature: f"{area}/{feature}.j2" for area, features in AREAS.items() for feature in features}
MAX_NAME_CHARS = 24
FORGOTTEN = {"zh": ("已离开的成员", "匿名"), "en": ("former member", "anonymous")}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a text is rendered: language (`zh` or `en`) and IANA time zone."""

    language: str
    zone: str


_reader: ContextVar[Reader] = ContextVar("reader")


def render(name: str, reader: Reader, values: Mapping[str, Any]) -> str:
    """A text as the chat's HTML. `values` may hold more than the text's parameters, never less.

    Raises KeyError for a name that no text has, jinja2.UndefinedError for a missing value.
    """
    macro = _macro(name, reader.language)
    token = _reader.set(reader)
    try:
        return str(macro(**{argument: values[argument] for argument in macro.arguments})).strip()
    finally:
        _reader.reset(token)


def label(name: str, reader: Reader, values: Mapping[str, Any]) -> str:
    """A text without markup, as buttons and notices show it."""
    return html.unescape(render(name, reader, values))


def names(language: str) -> frozenset[str]:
    """The names of all texts of a language."""
    return frozenset(name for feature in FILES for name in _macros(feature, language))


def parameters(name: str, language: str) -> tuple[str, ...]:
    """The parameters of a text, in their order."""
    return tuple(_macro(name, language).arguments)


def _macro(name: str, language: str) -> Macro:
    """The macro that a text is. Raises KeyError."""
    feature = name.partition(".")[0]
    if feature not in FILES:
        raise KeyError(name)
    return _macros(feature, language)[name]


@cache
def _macros(feature: str, language: str) -> Mapping[str, Macro]:
    """A feature's texts, compiled when the first of them is needed: all at once would hold up the start."""
    module = _environment(language).get_template(FILES[feature]).module
    public = {name: value for name, value in vars(module).items() if isinstance(value, Macro)}
    return {f"{feature}.{name}": macro for name, macro in public.items() if not name.startswith("_")}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("texts", language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {"moment": _moment, "day": _day, "shorten": shorten, "name": _name, "mention": _mention}
    environment.filters |= {"clock": _clock, "weekday": _weekday}
    return environment


def _moment(at: datetime, now: datetime | None = None) -> str:
    reader = _reader.get()
    zone = ZoneInfo(reader.zone)
    return moment_name(at.astimezone(zone), now and now.astimezone(zone), reader.language)


def _day(day: date) -> str:
    return day_name(day, _reader.get().language)


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"


def _weekday(weekday: int) -> str:
    return WEEKDAYS[_reader.get().language][weekday]


def shorten(words: str, most: int) -> str:
    """Words on one line, at most so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _name(member: Any) -> str:
    """What a person is called, on one line and of bearable length, without marks that turn the line around.

    Of somebody who has been forgotten only a number is left, and not even that of whoever made a suggestion.
    """
    if not member.name:
        forgotten, nobody = FORGOTTEN[_reader.get().language]
        return (
            nobody if getattr(member, "platform_id", None) == 0 else f"{forgotten} {getattr(member, 'id', '')}".strip()
        )
    plain = "".join(c for c in member.name if c.isprintable() or c == " ")
    return shorten(plain, MAX_NAME_CHARS) or "?"


def _mention(member: Any) -> Markup:
    """A name that tells its bearer: a link to `person:<platform id>`, which the platform's side knows how to make."""
    if member.platform_id is None or not member.is_person:
        return escape(_name(member))
    return Markup('<a href="person:{}">{}</a>').format(member.platform_id, _name(member))
