"""Rhythms in English."""

import re

from language.deadline.errors import Unclear
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
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_AND = r"(?: , (?:and )?| and | & )"
_DAYS_SAID = rf"(?P<days>{_DAY}(?:{_AND}{_DAY}){{0,6}})"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_N = r"(?P<n>other|second|third|two|three|four|six|[0-9]{1,2})"
_UNITS = {"week": WEEK, "month": MONTH, "quarter": QUARTER, "half": HALF_YEAR, "year": YEAR}
_PERIOD = rf"(?:(?:every|each) (?:{_N} )?(?P<period>week|month|quarter|half[ -]year|year)s?\b)"
_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_WORKDAY = r"(?:workday|working day|business day)"
# A day of a period: `the last workday`, `15th`, `workday 5 from the end`, `Friday 2 of July`.
_OF_MONTH = rf"(?: of (?:month (?P<in>[0-9]{{1,2}})|the (?:last|final) (?P<end>month)|(?P<name>{_MONTH})))?"
_PLACED = (
    rf"(?:the )?(?:(?P<nth>first|second|third|fourth|fifth|last|{_NUMBER})(?P<back> to last)?"
    rf" (?P<kind>{_WORKDAY}|day|{_DAY})"
    rf"|(?P<counted>{_WORKDAY}|day|{_DAY}) (?P<place>[0-9]{{1,2}})(?P<from> from the end)?)"
)
_ITEM = rf"{_PLACED}{_OF_MONTH}"
_PLAIN_ITEM = re.sub(r"\(\?P<\w+>", "(?:", _ITEM)
_ONE_ITEM = re.compile(_ITEM.replace(" ", " *"), re.IGNORECASE)


def _unit(match: re.Match[str]) -> str:
    return _UNITS[match["period"].lower().split("-")[0].split(" ")[0]]


@_form(rf"(?:every|each) (?:{_WORKDAY}|weekday)\b")
def _workdays(match: re.Match[str]) -> Found:
    return Found(DAY, (Spot(BY_WORKDAY, 1),), match.end())


@_form(r"(?:every|each) day\b|daily\b", rf"every {_N} days?\b")
def _days(match: re.Match[str]) -> Found:
    return Found(DAY, (Spot(BY_DAY, 1),), match.end(), every(match))


@_form(
    rf"(?:every|each) (?:(?P<n>other|second|third) )?{_DAYS_SAID}",
    rf"(?:weekly|every (?:{_N} )?weeks?) (?:on )?{_DAYS_SAID}",
)
def _week_days(match: re.Match[str]) -> Found:
    written = re.findall(r"[a-z]{3,}", match["days"].lower())
    days = sorted({_DAYS.index(word[:3]) for word in written if word[:3] in _DAYS})
    return Found(WEEK, tuple(Spot(BY_DAY, day + 1) for day in days), match.end(), every(match))


@_form(
    rf"(?:on )?(?P<items>{_PLAIN_ITEM}(?: , {_PLAIN_ITEM}){{0,11}}) (?:of|in) {_PERIOD}",
    rf"{_PERIOD} (?:on )?(?P<items>{_PLAIN_ITEM})",
)
def _items(match: re.Match[str]) -> Found:
    spots = tuple(_spot(one) for one in _ONE_ITEM.finditer(match["items"]))
    return Found(_unit(match), spots, match.end(), every(match))


def _spot(item: re.Match[str]) -> Spot:
    kind = (item["kind"] or item["counted"]).lower()
    n = _ordinal(item["nth"] or item["place"])
    n = -n if item["back"] or item["from"] else n
    month = int(item["in"]) if item["in"] else -1 if item["end"] else 0
    month = _MONTHS.index(item["name"].lower()[:3]) + 1 if item["name"] else month
    if kind == "day":
        return Spot(BY_DAY, n, month=month)
    if kind[:3] in _DAYS:
        return Spot(BY_WEEKDAY, n, _DAYS.index(kind[:3]), month)
    return Spot(BY_WORKDAY, n, month=month)


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word.lower()) or int(re.sub(r"\D", "", word))


@_form(
    rf"(?:on )?(?:the )?(?P<nth>{_NUMBER}) of {_PERIOD}",
    rf"(?:monthly|{_PERIOD}) on (?:the )?(?P<nth>{_NUMBER})\b(?! {_MONTH})",
)
def _date(match: re.Match[str]) -> Found:
    if match["period"] is not None and _unit(match) != MONTH:
        raise Unclear(match.group().strip())
    return Found(MONTH, (Spot(BY_DAY, _ordinal(match["nth"])),), match.end(), every(match))


@_form(
    rf"(?P<days>[0-9]{{1,2}}) (?P<kind>{_WORKDAY}s?|days?) before the end of {_PERIOD}",
    rf"{_PERIOD} (?P<days>[0-9]{{1,2}}) (?P<kind>{_WORKDAY}s?|days?) before (?:its|the) end",
)
def _ahead(match: re.Match[str]) -> Found:
    by = BY_DAY if match["kind"].lower().startswith("day") else BY_WORKDAY
    return Found(_unit(match), (Spot(by, -int(match["days"])),), match.end(), every(match))


_YEARLY = r"(?:(?:every|each) year|yearly|annually) (?:on )?"
_DAY_OF = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"


@_form(
    rf"{_YEARLY}(?:the )?{_DAY_OF} (?:of )?(?P<month>{_MONTH})",
    rf"{_YEARLY}(?P<month>{_MONTH}) {_DAY_OF}\b",
    rf"(?:every|each) (?P<month>{_MONTH}) {_DAY_OF}\b",
)
def _yearly(match: re.Match[str]) -> Found:
    month = _MONTHS.index(match["month"].lower()[:3]) + 1
    return Found(YEAR, (Spot(BY_DAY, int(match["day"]), month=month),), match.end())


@_form(rf"(?:at )?(?:the )?end of {_PERIOD}", rf"{_PERIOD}(?:[’']s end\b)?")
def _period(match: re.Match[str]) -> Found:
    ends = "end" in match.group().lower()
    return Found(_unit(match), (Spot(BY_DAY, -1),) if ends else WHOLE, match.end(), every(match))


_WORDS = {"weekly": WEEK, "monthly": MONTH, "quarterly": QUARTER, "half-yearly": HALF_YEAR, "twice a year": HALF_YEAR}


@_form(r"(?P<word>weekly|monthly|quarterly|yearly|annually|half-yearly|twice a year)\b")
def _whole(match: re.Match[str]) -> Found:
    return Found(_WORDS.get(match["word"].lower(), YEAR), WHOLE, match.end())
