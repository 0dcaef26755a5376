"""Days away as people write them: “到周五”, “11-24 至 11-30”, “下周”, “从明天起三天”, “until Friday”.

All of it is read, or it is asked about, as with deadlines.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import plain
from language.deadline import calendar, clock, day, following
from language.deadline.calendar import SUNDAY
from language.deadline.clock import Clock
from language.deadline.day import Day
from language.deadline.errors import JustGone, Unclear
from language.deadline.rules import MONTH, WEEK, WHICH
from language.deadline.script import NUMBER, fold, number, pattern
from language.deadline.working import USUAL, Working

MAX_TEXT_CHARS = 100  # characters that are looked at
A_DAY = timedelta(days=1)
LATE = timedelta(hours=16, minutes=30)  # whoever is away until then is away all day
LEAD = pattern(
    r" (?:我)?(?:想|要|需要?)?(?:(?:请|休)个?(?:年|病|事|婚|产|丧|陪产|探亲)?假|请|休|on leave\b)? [,:]? (?:从"
    r"|自|from\b|since\b)? "
)
GAP = pattern(r"(?:起|开始)?(?:\x20|,) ,? (?:[到至] )?")
DAY_ALONE = pattern(r" [0-9]{1,2} [日号] ")
ONLY_UNTIL = pattern(
    r" (?:我)?(?:想|要)?(?:(?:请|休)(?:年|病|事)?假)? (?:[从自]?(?:今天|现在|即日)起?)?(?:一?直?[到至]"
    r"|(?:until|till|to|through)\b) "
)
ON = pattern(r" (?:起|开始|以后|之后|onwards?\b|on\b)")
ENDS = pattern(r" (?:止|为止|结束|下班|(?:前|之前|以前)(?P<before>))?")
BACK = pattern(r" (?:销假|回来|返岗|上班|结束|取消|back\b|end\b|off\b|cancel\b)")
COUNT = pattern(
    rf" (?:起|开始)? ,? (?:请假?|休假?|共|一共|连续|连请|for\b)? (?P<n>{NUMBER}|半|one|two|three"
    r"|a) (?:个?工作(?P<work>日)|天|日(?!报)|days?\b)"
)
COUNTS = {"one": 1, "a": 1, "two": 2, "three": 3}
MORE = pattern(
    rf" (?:起|开始)? ,? (?:请假?|休假?|共|一共|连续|连请|for\b)? (?:{NUMBER}|半|几|[一两二三四五六七八九]{{2}}"
    r"|one|two|a)"
    r" 个?(?:半|多)?(?:天|周|星期|礼拜|月(?![0-9])|年|小时|钟头|weeks?\b|months?\b|hours?\b)"
)
HALF = pattern(r" (?:请|休)?(?:半天|半日|half a day|a half day)")
WHOLE_WEEK = pattern(
    rf"(?P<which>下下|下|本|这)一?整?{WEEK}(?:整周|一整周|全周|一?周)?(?:都|全)?(?=\s|$|[,;。]"
    r"|请|休|出差|外出|探亲|年假)"
    r"|(?P<english>this|next) week\b"
)
WHOLE_MONTH = pattern(
    rf"(?P<which>下下|下|本|这)整?{MONTH}(?:整月|全月|都)?(?=\s|$|[,;。]|请|休|出差|外出|探亲)"
    r"|(?P<english>this|next) month\b"
)
WEEKEND = pattern(rf"(?P<which>下|本|这|){WEEK}末(?=\s|$|[,;。]|请|休)|(?P<english>this|next|the) weekend\b")
SPAN_OF_TIME = ("内", "后", "前", "份")


class HalfDay(ValueError):  # noqa: N818  (named for what is wrong)
    """A part of a day: is the whole `day` meant? `part` is what was said of it.

    `first` is the first day of the leave that ends with that part; it is the same day where nothing was said before it.
    """

    def __init__(self, day: date, part: str, first: date | None = None) -> None:
        super().__init__(day, part)
        self.day = day
        self.part = part
        self.first = first or day


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day away; no last one where nobody knows it."""

    first: date
    last: date | None


def is_back(text: str) -> bool:
    """Whether a text says that somebody is there again."""
    return BACK.match(fold(plain.bounded(text, MAX_TEXT_CHARS))) is not None


def read(text: str, today: date, *, working: Working = USUAL) -> Span | None:
    """The days away at the start of a text; `None` where there are none.

    Raises HalfDay, and of the deadline errors NoSuchDay, NoSuchTime, NoCalendar, JustGone, Unclear.
    """
    words = fold(plain.bounded(text, MAX_TEXT_CHARS))
    only = ONLY_UNTIL.match(words)
    if only:
        return _until(words, only.end(), today, today)
    lead = LEAD.match(words)
    start = lead.end() if lead else 0
    if whole := _whole(words, start, today):
        span, end = whole
        last = _last(words, end, span.first, today)
        return Span(span.first, last) if last else span
    found = day.read(words, start, today, working)
    if found is None:
        return None
    if words[found.end - 1] in SPAN_OF_TIME:
        raise Unclear(words[: found.end].strip())
    return _from(words, start, found, today, working)


def _until(words: str, start: int, first: date, today: date) -> Span | None:
    found = day.until(words, start, first, today)
    if found is None:
        return None
    _check_end(words, found, first, found.days[0])
    return Span(first, found.days[0])


def _from(words: str, start: int, found: Day, today: date, working: Working) -> Span:
    """What begins on a day that was read."""
    first = found.gone or next((one for one in found.days if one >= today), found.days[0])
    written = words[: found.end].strip()
    hour = _hour(words, found.end)
    last = _last(words, hour.end if hour else found.end, first, today)
    if hour:
        raise Unclear(written) if last else HalfDay(first, hour.written)
    if last:
        if DAY_ALONE.fullmatch(words, start, found.end):
            first, last = _nearer(words, found.end, first, last, today)
    elif match := COUNT.match(words, found.end):
        return _counted(first, match["n"], working, is_work=bool(match["work"]), written=words[: match.end()].strip())
    elif match := MORE.match(words, found.end):
        raise Unclear(words[: match.end()].strip())
    elif ON.match(words, found.end):
        return Span(first, None)
    elif HALF.match(words, found.end):
        raise HalfDay(first, "半天")
    elif _is_unclear(words, found.end):
        raise Unclear(written)
    if found.gone and (last or first) < today:
        raise JustGone(written, found.gone, found.days[0])
    return Span(first, last or first)


def _is_unclear(words: str, end: int) -> bool:
    """Whether a day is followed by what nobody can read: 周五左右, 周五前, 周四和周五, 周三到再说."""
    if following.after_tail(words, end) != end or following.until(words, end) is not None:
        return True
    return following.what(words, end, is_closed=True) is following.Next.UNCLEAR


def _last(words: str, end: int, first: date, today: date) -> date | None:
    """The last day of a stretch whose first one ends here; None where it has none. Raises HalfDay."""
    place = following.until(words, end)
    if place is None:
        gap = GAP.match(words, end)
        place = gap.end() if gap else None
    found = day.until(words, place, first, today) if place is not None else None
    if found is None:
        return None
    last = found.days[0]
    _check_end(words, found, first, last)
    count = COUNT.match(words, found.end)
    if count and count["n"].isdecimal() and not count["work"] and int(count["n"]) != (last - first).days + 1:
        raise Unclear(words[: count.end()].strip())
    return last


def _check_end(words: str, found: Day, first: date, last: date) -> None:
    """A leave ends with a day. Raises HalfDay for one that ends within it, Unclear for one that ends before it."""
    ends = ENDS.match(words, found.end)
    if ends and ends["before"] is not None:
        raise Unclear(words[: ends.end()].strip())
    hour = _hour(words, found.end)
    if hour and hour.times[0] < LATE:
        raise HalfDay(last, hour.written, min(first, last))


def _hour(words: str, end: int) -> Clock | None:
    return clock.read(words, following.between(words, end))


def _nearer(words: str, end: int, first: date, last: date, today: date) -> tuple[date, date]:
    """The 24th to the 30th, said on the 25th, are this month's."""
    earlier = calendar.later_by_months(first, -1)
    nearer = _last(words, end, earlier, today)
    return (earlier, nearer) if nearer and today <= nearer < first else (first, last)


def _counted(first: date, count: str, working: Working, *, is_work: bool, written: str) -> Span:
    """So many days from one on. Raises Unclear where it matters whether days off are counted, HalfDay, NoCalendar."""
    if count == "半":
        raise HalfDay(first, "半天")
    days = COUNTS.get(count.lower()) or number(count)
    if days == 0:
        raise Unclear(written)
    if is_work:
        return Span(first, working.after(first - A_DAY, days))
    last = first + timedelta(days=days - 1)
    if days > 1 and not all(_works(first + timedelta(days=each), working) for each in range(min(days, MAX_TEXT_CHARS))):
        raise Unclear(written)
    return Span(first, last)


def _works(one: date, working: Working) -> bool:
    known = working.is_workday(one)
    return one.weekday() <= calendar.FRIDAY if known is None else known


def _whole(words: str, start: int, today: date) -> tuple[Span, int] | None:
    """A whole week or month, from today on where it has begun; a weekend."""
    if match := WHOLE_WEEK.match(words, start):
        weeks = WHICH[(match["which"] or match["english"]).lower()]
        first, last = calendar.week_day(today, weeks, 0), calendar.week_day(today, weeks, SUNDAY)
    elif match := WHOLE_MONTH.match(words, start):
        months = WHICH[(match["which"] or match["english"]).lower()]
        first, last = calendar.month_day(today, months, 1), calendar.month_end(today, months)
    elif match := WEEKEND.match(words, start):
        weeks = WHICH.get((match["which"] or match["english"] or "").lower(), 0)
        first, last = calendar.week_day(today, weeks, SUNDAY - 1), calendar.week_day(today, weeks, SUNDAY)
    else:
        return None
    return Span(max(first, today), last), match.end()
