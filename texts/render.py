"""Texts by name, in a reader's language, on their wall clock."""

import html
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

import plain
from texts.areas import FILES
from texts.calendar import WEEKDAYS, dated_name, day_name, moment_name

LANGUAGES = ("zh", "en")
MAX_NAME_CHARS = 24
FORGOTTEN = {"zh": ("已离开的成员", "匿名"), "en": ("former member", "anonymous")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a text is rendered for: language (`zh` or `en`) and IANA time zone."""

    language: str
    zone: str


class Part(Protocol):
    """A text inside another one, as the filter `say` shows it: the text's name and its values."""

    @property
    def text(self) -> str:
        """The name of the text."""

    @property
    def values(self) -> Mapping[str, object]:
        """What it is filled with: at least its parameters."""


_reader: ContextVar[Reader] = ContextVar("reader")


def render(name: str, reader: Reader, values: Mapping[str, Any]) -> str:
    """A text as the chat's HTML. `values` may hold more than the text's parameters, never less.

    Raises KeyError for a name that no text has, jinja2.UndefinedError for a missing value.
    """
    token = _reader.set(reader)
    try:
        return str(_filled(name, values))
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


def _filled(name: str, values: Mapping[str, Any]) -> Markup:
    """A text with its values, for the reader of the current call of `render`. Raises KeyError."""
    macro = _macro(name, _reader.get().language)
    filled = macro(**{argument: values[argument] for argument in macro.arguments})
    return Markup(filled.strip())  # noqa: S704 - the macro has escaped the values


def _macro(name: str, language: str) -> Macro:
    """The macro of a text. Raises KeyError."""
    feature = name.partition(".")[0]
    if feature not in FILES:
        raise KeyError(name)
    return _macros(feature, language)[name]


@cache
def _macros(feature: str, language: str) -> Mapping[str, Macro]:
    """A feature's texts, compiled at the first use: compiling all of them would delay the start."""
    module = _environment(language).get_template(FILES[feature]).module
    public = {name: value for name, value in vars(module).items() if isinstance(value, Macro)}
    return {f"{feature}.{name}": macro for name, macro in public.items() if not name.startswith("_")}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("texts", language),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {"moment": _moment, "day": _day, "shorten": shorten, "name": _name, "mention": _mention}
    environment.filters |= {"clock": _clock, "weekday": _weekday, "say": _say, "rule": _rule, "dated": _dated}
    environment.filters |= {"step": _step, "until": _until, "capitalize": _capitalized}
    return environment


def _shown(value: Any) -> Any:
    """Every value on its way into a text: nobody writes invisible marks into it, or turns the direction of the line."""
    return plain.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _say(part: Part) -> Markup:
    """Another text at this place, for the same reader. It is markup: its own values are escaped already."""
    return _filled(part.text, part.values)


def _rule(name: str) -> Markup:
    """What a points rule is called: by its scheme's title, or its feature's text: `task.late` is `task.rule_late`."""
    titles = getattr(name, "called", ""), getattr(name, "called_en", "")
    title = titles[1] or titles[0] if _reader.get().language == "en" else titles[0]
    if title:
        return escape(plain.clean(title))
    feature, _, rule = name.partition(".")
    text = f"{feature}.rule_{rule}"
    return _filled(text, {}) if feature in FILES and text in _macros(feature, "zh") else escape(plain.clean(name))


def _step(difference: int | None) -> str:
    """By how much a figure differs from the one before; nothing where it does not, or nobody compared it."""
    if not difference:
        return ""
    words = f"{'↑' if difference > 0 else '↓'}{abs(difference)}"
    return f"（{words}）" if _reader.get().language == "zh" else f" ({words})"


def _moment(at: datetime, now: datetime) -> str:
    """For answers alone: today and tomorrow by these names."""
    reader = _reader.get()
    zone = ZoneInfo(reader.zone)
    return moment_name(at.astimezone(zone), now.astimezone(zone), reader.language)


def _dated(at: datetime, now: datetime | None = None) -> str:
    """For what stays to be read on other days; with `now`, the year where it is another one."""
    reader = _reader.get()
    zone = ZoneInfo(reader.zone)
    return dated_name(at.astimezone(zone), now and now.astimezone(zone), reader.language)


def _until(end: datetime, start: datetime) -> str:
    """The end of what has begun: the clock alone where it ends on the day on which it begins."""
    zone = ZoneInfo(_reader.get().zone)
    same = end.astimezone(zone).date() == start.astimezone(zone).date()
    return f"{end.astimezone(zone):%H:%M}" if same else _dated(end)


def _capitalized(words: str) -> str:
    """As a sentence begins: the first letter alone changes. Jinja's own filter makes the rest small."""
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return day_name(day, _reader.get().language)


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"


def _weekday(weekday: int) -> str:
    return WEEKDAYS[_reader.get().language][weekday]


def shorten(words: str, most: int) -> str:
    """Words on one line, at most so many characters."""
    line = plain.tidy(words)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _name(member: Any) -> str:
    """A member's name on one line, shortened.

    A member whose data was erased has only a number; the author of a suggestion who was erased has not even that.
    """
    if not member.name:
        forgotten, nobody = FORGOTTEN[_reader.get().language]
        return (
            nobody if getattr(member, "platform_id", None) == 0 else f"{forgotten} {getattr(member, 'id', '')}".strip()
        )
    return shorten(member.name, MAX_NAME_CHARS) or "?"


def _mention(member: Any) -> Markup:
    """A name that notifies the member: a link to `person:<platform id>`, which the sender turns into a mention."""
    if member.platform_id is None or not member.is_person:
        return escape(_name(member))
    return Markup('<a href="person:{}">{}</a>').format(member.platform_id, _name(member))
