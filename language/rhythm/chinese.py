"""Rhythms in Chinese."""

import re
from functools import partial

from language.deadline.errors import NoSuchDay, Unclear
from language.deadline.script import NUMBER, number
from language.rhythm.forms import (
    BY_DAY,
    BY_WEEKDAY,
    BY_WORKDAY,
    DAY,
    HALF_YEAR,
    MONTH,
    QUARTER,
    WEEK,
    WHOLE,
    YEAR,
    Forms,
    Found,
    Spot,
    every,
)

FORMS = Forms()
_form = FORMS.add
_WEEK, _WEEKDAY = r"(?:周|星期|礼拜)", r"[一二三四五六日天]"
_WEEKDAYS = {name: place % 7 for place, name in enumerate("一二三四五六日")} | {"天": 6}
_COUNTED = r"(?![次份篇个期场遍回张条起项名位人件])"
_AND = r"(?: [、,和与及跟/] | )"


@_form(
    r"每(?:天|一天|个)?的?工作日(?:每天)?|工作日每天|(?:逢|遇)工作日",
)
def _workdays(match: re.Match[str]) -> Found:
    return Found(DAY, (Spot(BY_WORKDAY, 1),), match.end())


@_form(
    rf"每隔 (?P<apart>{NUMBER}) [天日]|每 (?P<n>{NUMBER}) [天日]|隔[天日](?!常)",
    r"(?:每一?[天日]|天天|每日)(?!常|程)(?: 一次)?",
)
def _days(match: re.Match[str]) -> Found:
    return Found(DAY, (Spot(BY_DAY, 1),), match.end(), every(match))


_A_WEEK = rf"(?:每隔 (?P<apart>{NUMBER}) 个?{_WEEK}|每 (?P<n>{NUMBER}) 个?{_WEEK}|隔{_WEEK}|每一?个?{_WEEK})"


@_form(rf"{_A_WEEK}的? {_WEEK}? (?P<first>{_WEEKDAY})(?:[至到~-]) {_WEEK}?(?P<last>{_WEEKDAY}){_COUNTED}")
def _week_stretch(match: re.Match[str]) -> Found:
    first, last = _WEEKDAYS[match["first"]], _WEEKDAYS[match["last"]]
    if first >= last:
        raise Unclear(match.group().strip())
    return Found(WEEK, tuple(Spot(BY_DAY, n + 1) for n in range(first, last + 1)), match.end(), every(match))


@_form(
    rf"{_A_WEEK}的? {_WEEK}? (?P<days>{_WEEKDAY}(?:{_AND}{_WEEK}?{_WEEKDAY}{_COUNTED}){{0,6}}){_COUNTED}",
)
def _week_days(match: re.Match[str]) -> Found:
    days = sorted({_WEEKDAYS[sign] for sign in match["days"] if sign in _WEEKDAYS})
    return Found(WEEK, tuple(Spot(BY_DAY, day + 1) for day in days), match.end(), every(match))


_A_MONTH = rf"(?:每隔 (?P<apart>{NUMBER}) 个?月|每 (?P<n>{NUMBER}) 个月|隔月|每一?个?月)(?:份)?"
_A_QUARTER = rf"(?:每 (?P<n>{NUMBER}) 个季度|每一?个?季度?|逐季度?)"
_HALF = rf"(?:每 (?P<n>{NUMBER}) 个半年|每一?个?半年|半年一次|上下半年各?)"
_A_YEAR = rf"(?:每隔 (?P<apart>{NUMBER}) 年|每 (?P<n>{NUMBER}) 年|隔年|每一?年(?!度)|每年度)"


# --- days of a longer period, one by one ------------------------------------------------------------------------------

_PLACE = rf"第 {NUMBER}|首|最后 (?:的 )?一?|倒数第 {NUMBER}"
_ITEM = (
    rf"(?:(?:(?P<month>{NUMBER}) 月份?|(?P<which>首|末|最后一|第 {NUMBER}) 个?月份?)的? )?"
    rf"(?:(?P<place>{_PLACE}) 个?(?P<kind>工作日|天|{_WEEK}{_WEEKDAY})|(?P<day>{NUMBER}) [日号])"
)
_PLAIN_ITEM = re.sub(r"\(\?P<\w+>", "(?:", _ITEM)
_ONE_ITEM = re.compile(_ITEM.replace(" ", " *"))
_PERIODS = ((WEEK, _A_WEEK), (HALF_YEAR, _HALF), (MONTH, _A_MONTH), (QUARTER, _A_QUARTER), (YEAR, _A_YEAR))
_MONTHS_OF = {QUARTER: 3, HALF_YEAR: 6, YEAR: 12}


def _items(match: re.Match[str], unit: str) -> Found:
    """Several days of a period; one without a month is in that of the day before it. Raises NoSuchDay."""
    spots: list[Spot] = []
    month = 0
    for item in _ONE_ITEM.finditer(match["items"]):
        month = _month_of(item) or month
        if abs(month) > _MONTHS_OF.get(unit, 0):
            raise NoSuchDay(match.group().strip())
        spots.append(_item(item, month))
    return Found(unit, tuple(dict.fromkeys(spots)), match.end(), every(match))


def _month_of(item: re.Match[str]) -> int:
    if item["month"]:
        return number(item["month"])
    return _nth(item["which"]) if item["which"] else 0


def _item(item: re.Match[str], month: int) -> Spot:
    if item["day"]:
        return Spot(BY_DAY, number(item["day"]), month=month)
    return _counted(_nth(item["place"]), item["kind"], month)


def _counted(nth: int, kind: str, month: int = 0) -> Spot:
    if kind == "工作日":
        return Spot(BY_WORKDAY, nth, month=month)
    if kind == "天":
        return Spot(BY_DAY, nth, month=month)
    return Spot(BY_WEEKDAY, nth, _WEEKDAYS[kind[-1]], month)


def _nth(place: str) -> int:
    """第三 is 3, 首 is 1, 最后一 is -1, 倒数第三 is -3."""
    if place.startswith("倒数"):
        return -_count(place)
    return _count(place) if place.startswith("第") else 1 if place == "首" else -1


for _unit, _prefix in _PERIODS:
    FORMS.add(rf"{_prefix}的? (?P<items>{_PLAIN_ITEM}(?:{_AND}{_PLAIN_ITEM}){{0,11}})")(partial(_items, unit=_unit))

# --- what is counted in a longer period ------------------------------------------------------------------------------

# A day of a period or of a month in it; the groups that a form has not matched are None.
_SPOT = (
    rf"(?:(?:的)?(?:(?:月|季|季度|年)?(?:底|末)前 (?P<ahead>{NUMBER}) (?P<what>个工作日|天|日)(?:(?:以|之)?内)?"
    rf"|(?:的)?(?P<place>{_PLACE}) 个?(?P<kind>工作日|{_WEEK}{_WEEKDAY})"
    r"|(?P<end>月底|月末|年底|年末|季末|季度末|底|末|最后 (?:的 )?一?天)(?!端|尾|盘|档|稿|座|线|板)"
    r"|(?P<third>[上中下])旬))"
)
_VAGUE = r"(?P<vague>初|中(?![旬心央国层期队级共药青小华介])|前后|左右|[上下]半[年月])"
_TIMES = rf"(?P<times> (?:至少|不少于)? {NUMBER} 次)"
_THIRDS = {"上": Spot(BY_DAY, 10), "中": Spot(BY_DAY, 20), "下": Spot(BY_DAY, -1)}


def _spots(match: re.Match[str], month: int = 0) -> tuple[Spot, ...]:
    """The spots that the groups of _SPOT and _TIMES say; the last workday where they say nothing.

    Raises Unclear.
    """
    said = match.groupdict()
    if said.get("vague") or (said.get("times") and _count(said["times"]) > 1):
        raise Unclear(match.group().strip())
    return tuple(Spot(one.by, one.n, one.weekday, month) for one in _said(said))


def _count(times: str) -> int:
    written = re.sub(r"[^0-9一二两三四五六七八九十百零]", "", times)
    return number(written) if written else 1


def _said(said: dict[str, str | None]) -> tuple[Spot, ...]:
    if said.get("ahead"):
        by = BY_WORKDAY if "工作日" in (said["what"] or "") else BY_DAY
        return (Spot(by, -number(said["ahead"] or "")),)
    if said.get("third"):
        return (_THIRDS[said["third"] or ""],)
    if said.get("end"):
        return (Spot(BY_DAY, -1),)
    return (_counted(_nth(said["place"] or ""), said["kind"] or ""),) if said.get("place") else WHOLE


@_form(rf"{_A_WEEK}(?:{_SPOT}|{_TIMES})?(?P<vague>[末初中])?")
def _weeks(match: re.Match[str]) -> Found:
    if match.groupdict().get("end") == "末":  # a weekend, not the end of a week
        raise Unclear(match.group().strip())
    return Found(WEEK, _spots(match), match.end(), every(match))


@_form(
    rf"{_A_MONTH}(?:{_SPOT}|{_TIMES}|{_VAGUE})?(?! {NUMBER}[日号])",
)
def _months(match: re.Match[str]) -> Found:
    return Found(MONTH, _spots(match), match.end(), every(match))


_IN_MONTH = rf"(?:(?P<which>首|末|最后一|第 {NUMBER}) 个?月(?:份)?的?)"


@_form(
    rf"{_A_QUARTER}的?{_IN_MONTH}(?:{_SPOT}|{_VAGUE})?",
    rf"{_A_QUARTER}(?:{_SPOT}|{_TIMES}|{_VAGUE})?",
)
def _quarters(match: re.Match[str]) -> Found:
    return Found(QUARTER, _spots(match, _month(match, QUARTER)), match.end(), every(match))


@_form(
    rf"{_HALF}的?{_IN_MONTH}(?:{_SPOT}|{_VAGUE})?",
    rf"{_HALF}(?:{_SPOT}|{_TIMES}|(?P<vague>初|前后|左右))?",
)
def _half_years(match: re.Match[str]) -> Found:
    return Found(HALF_YEAR, _spots(match, _month(match, HALF_YEAR)), match.end(), every(match))


def _month(match: re.Match[str], unit: str) -> int:
    """The month of a quarter or half-year that a form names; 0 where it names none. Raises NoSuchDay."""
    which = match.groupdict().get("which")
    month = _nth(which) if which else 0
    if abs(month) > _MONTHS_OF[unit]:
        raise NoSuchDay(match.group().strip())
    return month


@_form(
    rf"{_A_YEAR}的? (?P<months>{NUMBER} 月?份?(?:{_AND}{NUMBER} 月?份?){{0,11}}(?<=[月份]))"
    rf"(?:{_SPOT}|{_VAGUE})?"
)
def _yearly_months(match: re.Match[str]) -> Found:
    months = sorted({number(one) for one in re.findall(NUMBER, match["months"])})
    if not all(0 < month <= _MONTHS_OF[YEAR] for month in months):
        raise NoSuchDay(match.group().strip())
    spots = tuple(spot for month in months for spot in _spots(match, month))
    return Found(YEAR, spots, match.end(), every(match))


@_form(rf"{_A_YEAR}的?七一(?!班)")
def _founding_day(match: re.Match[str]) -> Found:
    return Found(YEAR, (Spot(BY_DAY, 1, month=7),), match.end(), every(match))


@_form(rf"{_A_YEAR}(?:{_SPOT}|{_TIMES}|{_VAGUE})?(?! {NUMBER} 月)")
def _years(match: re.Match[str]) -> Found:
    return Found(YEAR, _spots(match), match.end(), every(match))
