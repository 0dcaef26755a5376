"""Rhythms as people write them: “每周一9:00”, “每月最后一个工作日”, “每季度末前5个工作日”, “every Monday 9am”.

`read` looks at the start of a text. The conventions:

- a period without a day (“每月”) is due on its last workday, a day without a time at the end of the working day;
- “末前5个工作日” and “倒数第5个工作日” are the same day: the fifth workday from the end of the period;
- “月底” is the last day of the month, “上旬” and “中旬” end on the 10th and the 20th.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta

import plain
from language.deadline import Working, clock, fold
from language.deadline.errors import NoSuchDay, Unclear
from language.deadline.script import NUMBER, number, pattern
from language.deadline.working import USUAL
from language.patterns import Lazy

DAY, WEEK, MONTH, QUARTER, HALF_YEAR, YEAR = "day", "week", "month", "quarter", "half_year", "year"
BY_DAY, BY_WEEKDAY, BY_WORKDAY = "day", "weekday", "workday"
BEFORE, AFTER, KEEP = "before", "after", "keep"
MAX_EVERY, MAX_DAY, MAX_MONTH, MAX_WORKDAY = 12, 31, 12, 23
MINUTES_A_DAY = 24 * 60
MAX_TEXT_CHARS = 120  # nobody writes a longer rhythm
SEPARATORS = " \t\r\n\u3000,，:：、;；"


@dataclass(frozen=True, slots=True)
class Spot:
    """A day of a period: the `n`-th, from its end where `n` is negative, counted by day, weekday or workday.

    `month` is the month of the period in which it is counted: 1 the first, -1 the last, 0 the whole period.
    `weekday` is 0 for Monday.
    """

    by: str
    n: int
    weekday: int | None = None
    month: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A rhythm as it was said: which spots of every `every`-th period. `off` is what was said about days off."""

    unit: str
    spots: tuple[Spot, ...]
    clock: time
    every: int = 1
    off: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A rhythm that was read, and the text before and after its end, without blanks at their ends."""

    said: Said
    rest: str
    written: str


@dataclass(frozen=True, slots=True)
class _Found:
    unit: str
    spots: tuple[Spot, ...]
    end: int
    every: int = 1


def read(text: str, *, working: Working = USUAL) -> Reading | None:
    """Read a rhythm at the start of a text of any length; `None` where there is none.

    Raises NoSuchDay for a day that no month has, Unclear where it may mean several rhythms.
    """
    text = plain.bounded(text)
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    line = folded[: start + MAX_TEXT_CHARS]
    found = _found(line, start)
    if found is None:
        return None
    _check(found, line[start : found.end])
    hour, end = _hour(line, found.end, working)
    off, end = _off(line, end)
    said = Said(found.unit, found.spots, hour, found.every, off)
    return Reading(said, text[end:].lstrip(SEPARATORS).rstrip(), text[:end].strip())


def _check(found: _Found, written: str) -> None:
    if not 0 < found.every <= MAX_EVERY:
        raise Unclear(written)
    for spot in found.spots:
        most = MAX_WORKDAY if spot.by == BY_WORKDAY and found.unit in (WEEK, MONTH) else MAX_DAY * 3
        if not spot.n or abs(spot.n) > (MAX_DAY if spot.by == BY_DAY else most) or abs(spot.month) > MAX_MONTH:
            raise NoSuchDay(written)


# --- the time of day, and days off -----------------------------------------------------------------------------------

_AT = pattern(r"(?: (?:[,、] |的)?(?:at )?)")
_TAIL = pattern(r" (?:之前|以前|前(?![往台期沿线]))(?:完成(?!情况|率|度))?")
_OFF_WORDS = (
    (
        AFTER,
        r"(?:顺延|推后|延后|往后(?:延|推|顺延)|推迟|后延)",
        r"(?:next|following) (?:work(?:ing)? day|business day)|later|after",
    ),
    (BEFORE, r"(?:提前|往前(?:移|提)?|前移)", r"(?:previous|last) (?:work(?:ing)? day|business day)|earlier|before"),
    (KEEP, r"(?:照常|不变|不顺延|不调整)", r"as usual|keep|anyway"),
)
_OFF = tuple(
    (
        meaning,
        pattern(
            rf" [,、;(]? (?:(?:如)?[遇逢]?(?:法定)?(?:节假日|休息日|假日|放假|周末|假期)(?:的话)?(?:则|就)? {chinese}(?:一?个?工作日)?"
            rf"|(?:if|on) (?:a )?(?:day off|holiday|weekend)s? (?:then )?(?:the )?(?:{english})(?![a-z]))"
            r" \)?"
        ),
    )
    for meaning, chinese, english in _OFF_WORDS
)


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
    for meaning, words in _OFF:
        if found := words.match(text, place):
            return meaning, found.end()
    return None, place


# --- the forms -------------------------------------------------------------------------------------------------------

Meaning = Callable[[re.Match[str]], _Found]
_FORMS: list[tuple[Lazy, Meaning]] = []
_WEEK, _WEEKDAY = r"(?:周|星期|礼拜)", r"[一二三四五六日天]"
_WEEKDAYS = {name: place % 7 for place, name in enumerate("一二三四五六日")} | {"天": 6}
_COUNTED = r"(?![次份篇个期场遍回张条起项名位人件])"
_AND = r"(?: [、,和与及跟/] | )"
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|[0-9]{1,2}(?:st|nd|rd|th))"
_COUNTS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "six": 6}


def _form(*forms: str) -> Callable[[Meaning], Meaning]:
    """Say that any of these forms has the meaning that is defined next."""

    def enter(meaning: Meaning) -> Meaning:
        _FORMS.extend((pattern(form), meaning) for form in forms)
        return meaning

    return enter


def _found(text: str, place: int) -> _Found | None:
    """The first form that fits. Raises Unclear."""
    for form, meaning in _FORMS:
        if match := form.match(text, place):
            return meaning(match)
    return None


def _every(match: re.Match[str]) -> int:
    """Every how many periods: 每两周 is 2, 隔周 is 2, 每隔一周 is 2."""
    said = match.groupdict()
    if said.get("n"):
        return _COUNTS.get(said["n"].lower()) or number(said["n"])
    if said.get("apart"):
        return number(said["apart"]) + 1
    return 2 if match.group().lstrip().startswith("隔") else 1


@_form(
    r"每(?:天|一天|个)?的?工作日(?:每天)?|工作日每天|(?:逢|遇)工作日",
    r"(?:every|each) (?:workday|working day|business day|weekday)\b",
)
def _workdays(match: re.Match[str]) -> _Found:
    return _Found(DAY, (Spot(BY_WORKDAY, 1),), match.end())


@_form(
    rf"每隔(?P<apart>{NUMBER})[天日]|每(?P<n>{NUMBER})[天日]|隔[天日](?![常])|(?:每一?[天日]|天天|每日)(?!常|程)(?: 一次)?",
    r"(?:every|each) day\b|daily\b",
    rf"every (?P<n>other|second|third|two|three|four|{NUMBER}) days?\b",
)
def _days(match: re.Match[str]) -> _Found:
    return _Found(DAY, (Spot(BY_DAY, 1),), match.end(), _every(match))


_A_WEEK = rf"(?:每隔(?P<apart>{NUMBER})个?{_WEEK}|每(?P<n>{NUMBER})个?{_WEEK}|隔{_WEEK}|每一?个?{_WEEK})"


@_form(rf"{_A_WEEK}的? {_WEEK}? (?P<first>{_WEEKDAY})(?:[至到~-]) {_WEEK}?(?P<last>{_WEEKDAY}){_COUNTED}")
def _week_stretch(match: re.Match[str]) -> _Found:
    first, last = _WEEKDAYS[match["first"]], _WEEKDAYS[match["last"]]
    if first >= last:
        raise Unclear(match.group().strip())
    return _Found(WEEK, tuple(Spot(BY_DAY, n + 1) for n in range(first, last + 1)), match.end(), _every(match))


@_form(
    rf"{_A_WEEK}的? {_WEEK}? (?P<days>{_WEEKDAY}(?:{_AND}{_WEEK}?{_WEEKDAY}{_COUNTED}){{0,6}}){_COUNTED}",
)
def _week_days(match: re.Match[str]) -> _Found:
    days = sorted({_WEEKDAYS[sign] for sign in match["days"] if sign in _WEEKDAYS})
    return _Found(WEEK, tuple(Spot(BY_DAY, day + 1) for day in days), match.end(), _every(match))


@_form(
    rf"(?:every|each) (?:(?P<n>other|second|third) )?(?P<days>{_ENGLISH_DAY}(?:(?: , | and | & )+{_ENGLISH_DAY}){{0,6}})",
    rf"(?:weekly|every (?:(?P<n>other|second|third|two|three|four|[0-9]{1, 2}) )?weeks?) (?:on )?"
    rf"(?P<days>{_ENGLISH_DAY}(?:(?: , | and | & )+{_ENGLISH_DAY}){{0,6}})",
)
def _english_week_days(match: re.Match[str]) -> _Found:
    written = re.findall(r"[a-z]{3,}", match["days"].lower())
    days = sorted({_ENGLISH_DAYS.index(word[:3]) for word in written if word[:3] in _ENGLISH_DAYS})
    return _Found(WEEK, tuple(Spot(BY_DAY, day + 1) for day in days), match.end(), _every(match))


# --- what is counted in a longer period ------------------------------------------------------------------------------

# A day of a period or of a month in it; the groups that a form has not matched are None.
_SPOT = (
    rf"(?:(?:的)?(?:(?:月|季|季度|年)?(?:底|末)前 (?P<ahead>{NUMBER}) (?P<what>个工作日|天|日)(?:(?:以|之)?内)?"
    rf"|(?:的)?(?P<place>第 {NUMBER}|首|最后 (?:的 )?一?|倒数第 {NUMBER}) 个?(?P<kind>工作日|{_WEEK}{_WEEKDAY})"
    r"|(?P<end>月底|月末|年底|年末|季末|季度末|底|末|最后 (?:的 )?一?天)(?!端|尾|盘|档|稿|座|线|板)"
    r"|(?P<third>[上中下])旬))"
)
_DATES = rf"(?P<dates>{NUMBER} [日号](?:{_AND}{NUMBER} [日号]){{0,9}})"
_VAGUE = r"(?P<vague>初|中(?![旬心央国层期队级共药青小华介])|前后|左右|[上下]半[年月])"
_TIMES = rf"(?P<times> (?:至少|不少于)? {NUMBER} 次)"
_THIRDS = {"上": Spot(BY_DAY, 10), "中": Spot(BY_DAY, 20), "下": Spot(BY_DAY, -1)}
_WHOLE = (Spot(BY_WORKDAY, -1),)


def _spots(match: re.Match[str], month: int = 0) -> tuple[Spot, ...]:
    """The spots that the groups of _SPOT, _DATES and _TIMES say; the last workday where they say nothing.

    Raises Unclear.
    """
    said = match.groupdict()
    if said.get("vague") or (said.get("times") and _count(said["times"]) > 1):
        raise Unclear(match.group().strip())
    if said.get("dates"):
        days = re.findall(rf"(?:{NUMBER})(?= *[日号])", said["dates"])
        return tuple(Spot(BY_DAY, day, month=month) for day in sorted({number(day) for day in days}))
    return tuple(Spot(one.by, one.n, one.weekday, month) for one in _counted(said))


def _count(times: str) -> int:
    written = re.sub(r"[^0-9一二两三四五六七八九十百零]", "", times)
    return number(written) if written else 1


def _counted(said: dict[str, str | None]) -> tuple[Spot, ...]:
    if said.get("ahead"):
        by = BY_WORKDAY if "工作日" in (said["what"] or "") else BY_DAY
        return (Spot(by, -number(said["ahead"] or "")),)
    if said.get("third"):
        return (_THIRDS[said["third"] or ""],)
    if said.get("end"):
        return (Spot(BY_DAY, -1),)
    if not said.get("place"):
        return _WHOLE
    place, kind = said["place"] or "", said["kind"] or ""
    nth = _count(place) if place.startswith("第") else 1 if place == "首" else -1
    nth = -_count(place) if place.startswith("倒数") else nth
    if kind == "工作日":
        return (Spot(BY_WORKDAY, nth),)
    return (Spot(BY_WEEKDAY, nth, _WEEKDAYS[kind[-1]]),)


@_form(rf"{_A_WEEK}(?:{_SPOT}|{_TIMES})?(?P<vague>[末初中])?", r"weekly\b|every week\b")
def _weeks(match: re.Match[str]) -> _Found:
    if match.groupdict().get("end") == "末":  # a weekend, not the end of a week
        raise Unclear(match.group().strip())
    return _Found(WEEK, _spots(match), match.end(), _every(match))


_A_MONTH = rf"(?:每隔(?P<apart>{NUMBER})个?月|每(?P<n>{NUMBER})个月|隔月|每一?个?月)(?:份)?"


@_form(
    rf"{_A_MONTH}的? {_DATES}",
    rf"{_A_MONTH}(?:{_SPOT}|{_TIMES}|{_VAGUE})?(?! {NUMBER}[日号])",
)
def _months(match: re.Match[str]) -> _Found:
    return _Found(MONTH, _spots(match), match.end(), _every(match))


_A_QUARTER = r"(?:每一?个?季度?|逐季度?)"
_HALF = r"(?:每一?个?半年|半年一次|上下半年各?)"
_IN_MONTH = rf"(?:(?P<which>首|末|最后一|第 {NUMBER}) 个?月(?:份)?的?)"


@_form(
    rf"{_A_QUARTER}的?{_IN_MONTH} {_DATES}",
    rf"{_A_QUARTER}的?{_IN_MONTH}(?:{_SPOT}|{_VAGUE})?",
    rf"{_A_QUARTER}(?:{_SPOT}|{_TIMES}|{_VAGUE})?",
)
def _quarters(match: re.Match[str]) -> _Found:
    return _Found(QUARTER, _spots(match, _month(match)), match.end())


@_form(
    rf"{_HALF}的?{_IN_MONTH} {_DATES}",
    rf"{_HALF}的?{_IN_MONTH}(?:{_SPOT}|{_VAGUE})?",
    rf"{_HALF}(?:{_SPOT}|{_TIMES}|(?P<vague>初|前后|左右))?",
)
def _half_years(match: re.Match[str]) -> _Found:
    return _Found(HALF_YEAR, _spots(match, _month(match)), match.end())


def _month(match: re.Match[str]) -> int:
    """The month of a quarter or half-year that a form names. Raises NoSuchDay."""
    which = match.groupdict().get("which")
    if which is None:
        return 0
    if not which.startswith("第"):
        return 1 if which == "首" else -1
    month = _count(which)
    if month > (3 if match.group().lstrip().startswith(("每季", "每个季", "每一个季", "逐")) else 6):
        raise NoSuchDay(match.group().strip())
    return month


_A_YEAR = rf"(?:每隔(?P<apart>{NUMBER})年|每(?P<n>{NUMBER})年|隔年|每一?年(?!度)|每年度)"
_DATE = rf"{NUMBER} 月 {NUMBER} [日号]"


@_form(rf"{_A_YEAR}的? (?P<yearly>{_DATE}(?:{_AND}{_DATE}){{0,11}})")
def _yearly_dates(match: re.Match[str]) -> _Found:
    found = re.findall(rf"({NUMBER}) *月 *({NUMBER}) *[日号]", match["yearly"])
    pairs = sorted({(number(month), number(day)) for month, day in found})
    if any(not 0 < month <= MAX_MONTH for month, _ in pairs):
        raise NoSuchDay(match.group().strip())
    return _Found(YEAR, tuple(Spot(BY_DAY, day, month=month) for month, day in pairs), match.end(), _every(match))


@_form(
    rf"{_A_YEAR}的? (?P<months>{NUMBER} 月?份?(?:{_AND}{NUMBER} 月?份?){{0,11}}(?<=[月份]))(?:的? {_DATES}|{_SPOT}|{_VAGUE})?"
)
def _yearly_months(match: re.Match[str]) -> _Found:
    months = sorted({number(one) for one in re.findall(NUMBER, match["months"])})
    if not all(0 < month <= MAX_MONTH for month in months):
        raise NoSuchDay(match.group().strip())
    spots = tuple(spot for month in months for spot in _spots(match, month))
    return _Found(YEAR, spots, match.end(), _every(match))


@_form(rf"{_A_YEAR}的?七一(?!班)")
def _founding_day(match: re.Match[str]) -> _Found:
    return _Found(YEAR, (Spot(BY_DAY, 1, month=7),), match.end(), _every(match))


@_form(rf"{_A_YEAR}(?:{_SPOT}|{_TIMES}|{_VAGUE})?(?! {NUMBER} 月)")
def _years(match: re.Match[str]) -> _Found:
    return _Found(YEAR, _spots(match), match.end(), _every(match))


# --- English ---------------------------------------------------------------------------------------------------------

_PERIODS = {
    "week": WEEK,
    "month": MONTH,
    "quarter": QUARTER,
    "half-year": HALF_YEAR,
    "half year": HALF_YEAR,
    "year": YEAR,
}
_PERIOD = r"(?:(?:every|each) (?:(?P<n>other|second|third|two|three|four|six|[0-9]{1,2}) )?(?P<period>week|month|quarter|half[ -]year|year)s?\b)"


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word.lower()) or int(re.sub(r"\D", "", word))


@_form(
    rf"(?:on )?(?:the )?(?P<nth>{_ORDINAL})(?P<back> to last)? (?P<kind>workday|working day|business day|day|{_ENGLISH_DAY})"
    rf" (?:of|in) {_PERIOD}",
    rf"{_PERIOD} (?:on )?(?:the )?(?P<nth>{_ORDINAL})(?P<back> to last)? (?P<kind>workday|working day|business day|day"
    rf"|{_ENGLISH_DAY})",
)
def _english_counted(match: re.Match[str]) -> _Found:
    kind, nth = match["kind"].lower(), _ordinal(match["nth"])
    nth = -nth if match["back"] else nth
    if kind == "day":
        spot = Spot(BY_DAY, nth)
    elif kind[:3] in _ENGLISH_DAYS:
        spot = Spot(BY_WEEKDAY, nth, _ENGLISH_DAYS.index(kind[:3]))
    else:
        spot = Spot(BY_WORKDAY, nth)
    return _Found(_period(match), (spot,), match.end(), _every(match))


def _period(match: re.Match[str]) -> str:
    return _PERIODS[match["period"].lower()]


@_form(
    rf"(?:on )?(?:the )?(?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th)?)(?: day)? of {_PERIOD}",
    rf"(?:monthly|{_PERIOD}) on (?:the )?(?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th)?)\b(?! {_ENGLISH_MONTH})",
)
def _english_date(match: re.Match[str]) -> _Found:
    unit = MONTH if match["period"] is None else _period(match)
    if unit != MONTH:
        raise Unclear(match.group().strip())
    return _Found(MONTH, (Spot(BY_DAY, _ordinal(match["nth"])),), match.end(), _every(match))


@_form(
    rf"(?P<days>[0-9]{{1,2}}) (?P<kind>workdays?|working days?|business days?|days?) before the end of {_PERIOD}",
    rf"{_PERIOD} (?P<days>[0-9]{{1,2}}) (?P<kind>workdays?|working days?|business days?|days?) before (?:its|the) end",
)
def _english_ahead(match: re.Match[str]) -> _Found:
    by = BY_DAY if match["kind"].lower().startswith("day") else BY_WORKDAY
    return _Found(_period(match), (Spot(by, -int(match["days"])),), match.end(), _every(match))


@_form(
    rf"(?:every|each) year (?:on )?(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_ENGLISH_MONTH})",
    rf"(?:(?:every|each) year|yearly|annually) (?:on )?(?P<month>{_ENGLISH_MONTH}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b",
    rf"(?:every|each) (?P<month>{_ENGLISH_MONTH}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b",
    rf"(?:yearly|annually) (?:on )?(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_ENGLISH_MONTH})",
)
def _english_yearly(match: re.Match[str]) -> _Found:
    month = _ENGLISH_MONTHS.index(match["month"].lower()[:3]) + 1
    return _Found(YEAR, (Spot(BY_DAY, int(match["day"]), month=month),), match.end())


@_form(
    rf"(?:at )?(?:the )?end of {_PERIOD}",
    rf"{_PERIOD}(?:[’']s end\b)?",
    r"(?P<word>monthly|quarterly|yearly|annually|half-yearly|twice a year)\b",
)
def _english_whole(match: re.Match[str]) -> _Found:
    word = (match.groupdict().get("word") or "").lower()
    if word:
        units = {"monthly": MONTH, "quarterly": QUARTER, "half-yearly": HALF_YEAR, "twice a year": HALF_YEAR}
        return _Found(units.get(word, YEAR), _WHOLE, match.end())
    ends = "end" in match.group().lower()
    return _Found(_period(match), (Spot(BY_DAY, -1),) if ends else _WHOLE, match.end(), _every(match))
