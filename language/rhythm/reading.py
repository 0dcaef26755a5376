"""A rhythm at the start of a text, with its time of day and what becomes of days off."""

from dataclasses import dataclass
from datetime import time, timedelta

import plain
from language.deadline import Working, clock, fold
from language.deadline.errors import NoSuchDay, Unclear
from language.deadline.script import pattern
from language.deadline.working import USUAL
from language.patterns import Lazy
from language.rhythm import chinese, english
from language.rhythm.forms import BY_DAY, BY_WORKDAY, MONTH, WEEK, Found, Said

BEFORE, AFTER, KEEP = "before", "after", "keep"
MAX_EVERY, MAX_DAY, MAX_MONTH, MAX_WORKDAY = 12, 31, 12, 23
MINUTES_A_DAY = 24 * 60
MAX_TEXT_CHARS = 200  # nobody writes a longer rhythm
SEPARATORS = " \t\r\n\u3000,，:：、;；"


@dataclass(frozen=True, slots=True)
class Reading:
    """A rhythm that was read, and the text before and after its end, without blanks at their ends."""

    said: Said
    rest: str
    written: str


def read(text: str, *, working: Working = USUAL) -> Reading | None:
    """Read a rhythm at the start of a text of any length; `None` where there is none.

    Raises NoSuchDay for a day that no month has, Unclear where it may mean several rhythms.
    """
    text = plain.bounded(text)
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    line = folded[: start + MAX_TEXT_CHARS]
    found = chinese.FORMS.find(line, start) or english.FORMS.find(line, start)
    if found is None:
        return None
    _check(found, line[start : found.end])
    hour, end = _hour(line, found.end, working)
    off, end = _off(line, end)
    said = Said(found.unit, found.spots, hour, found.every, off)
    return Reading(said, text[end:].lstrip(SEPARATORS).rstrip(), text[:end].strip())


def _check(found: Found, written: str) -> None:
    if not 0 < found.every <= MAX_EVERY:
        raise Unclear(written)
    for spot in found.spots:
        most = MAX_WORKDAY if spot.by == BY_WORKDAY and found.unit in (WEEK, MONTH) else MAX_DAY * 3
        if not spot.n or abs(spot.n) > (MAX_DAY if spot.by == BY_DAY else most) or abs(spot.month) > MAX_MONTH:
            raise NoSuchDay(written)


_AT = pattern(r"(?: (?:[,、] |的)?(?:at )?)")
_TAIL = pattern(r" (?:之前|以前|前(?![往台期沿线]))(?:完成(?!情况|率|度))?")
_OFF_WORDS = (
    (AFTER, r"(?:顺延|推后|延后|往后(?:延|推|顺延)|推迟|后延)", r"(?:next|following) {workday}|{workday} after|later"),
    (BEFORE, r"(?:提前|往前(?:移|提)?|前移)", r"(?:previous|last) {workday}|{workday} before|earlier"),
    (KEEP, r"(?:照常|不变|不顺延|不调整)", r"as usual|anyway"),
)
_ENGLISH_WORKDAY = r"(?:workday|(?:working|business) day)"
_OFF = tuple(
    (
        meaning,
        pattern(
            r" [,、;(]? (?:(?:如)?[遇逢]?(?:法定)?(?:节假日|休息日|假日|放假|周末|假期)(?:的话)?(?:则|就)? "
            rf"{chinese_words}(?:一?个?工作日)?"
            r"|(?:if|on) (?:a )?(?:days? off|holidays?|weekends?|off) (?:then )?(?:the )?"
            rf"(?:{english_words.replace('{workday}', _ENGLISH_WORKDAY)})(?![a-z])) \)?"
        ),
    )
    for meaning, chinese_words, english_words in _OFF_WORDS
)
_ALSO = pattern(r" [,;(]? also on days off \)?")


def _hour(text: str, place: int, working: Working) -> tuple[time, int]:
    """The time of day, and where the text goes on. Raises NoSuchTime."""
    between = _AT.match(text, place)
    start = between.end() if between else place
    found = clock.read(text, start, working.day_end)
    if found is None or not (found.is_plain or clock.ends_well(text, found.end) or (found.is_exact and start == place)):
        return _time(working.day_end), _behind(_TAIL, text, place)
    return _time(found.times[0]), _behind(_TAIL, text, found.end)


def _time(since: timedelta) -> time:
    """A time of day; midnight at the end of a day, and what is later, is the last minute of it."""
    minutes = min(since // timedelta(minutes=1), MINUTES_A_DAY - 1)
    return time(minutes // 60, minutes % 60)


def _behind(tail: Lazy, text: str, place: int) -> int:
    found = tail.match(text, place)
    return found.end() if found else place


def _off(text: str, place: int) -> tuple[str | None, int]:
    for meaning, words in (*_OFF, (KEEP, _ALSO)):
        if found := words.match(text, place):
            return meaning, found.end()
    return None, place
