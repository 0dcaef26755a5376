"""Times of day: “18:00”, “下午三点半”, “晚8点”, “中午”, “下班前”, “6:30 pm”."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta

import plain
from language.deadline.errors import NoSuchTime
from language.deadline.script import ACTION, AFTER, BEFORE, END, NUMBER, ONLY, WITHIN, fold, number, pattern
from language.deadline.working import END_OF_WORK

START_OF_WORK = timedelta(hours=8, minutes=30)
END_OF_AFTERNOON = timedelta(hours=18)
END_OF_DAY = timedelta(hours=23, minutes=59)
DAWN = timedelta(hours=6)
MINUTES_A_DAY = 24 * 60
MAX_TIME_CHARS = 20


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of day that a text may mean, the likeliest first, and the place where the text goes on.

    A time counts from midnight, also past 24 hours: 今晚1点 is 25 hours. `written` is its part of the text,
    `part` the part of the day in it. `is_exact`: it has the time itself, not only a part of the day.
    """

    times: tuple[timedelta, ...]
    end: int
    written: str
    part: str = ""
    is_exact: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it is a time whatever follows it: 18:00, 3点20, 下班前."""
        return self.is_exact and self.written[-1] not in "点时"

    @property
    def stands_alone(self) -> bool:
        """Whether it is a time also without a day before it. 下午3点 is; 一点 may go on as 一点建议, 下午 as 下午茶."""
        return bool(_SURE.match(self.written))

    @property
    def is_next_night(self) -> bool:
        """Whether it means the coming night if it has passed today and no day is named: 零点, 凌晨2点, 0:30."""
        return self.times[0] < DAWN and bool(_NIGHTLY.match(self.written))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the day: when it is over, and how many hours it adds to the hour that is said with it."""

    over: timedelta
    adds: Mapping[int, int]


_NIGHT = _Part(DAWN, {12: -12})
_EARLY = _Part(timedelta(hours=9), {})
_MORNING = _Part(timedelta(hours=12), {})
_NOON = _Part(timedelta(hours=12), {1: 12, 2: 12, 3: 12})
_AFTERNOON = _Part(END_OF_AFTERNOON, dict.fromkeys(range(1, 12), 12))
# 今晚12点 is the midnight that ends the day, 今晚1点 the hour after it.
_EVENING = _Part(
    END_OF_DAY,
    dict.fromkeys(range(5, 13), 12) | dict.fromkeys(range(5), 24),
)

_PARTS = (
    {"凌晨": _NIGHT, "上午": _MORNING, "午前": _MORNING}
    | dict.fromkeys(("清晨", "早晨", "早上", "一早", "早", "晨"), _EARLY)
    | dict.fromkeys(("中午", "正午", "午间"), _NOON)
    | dict.fromkeys(("下午", "午后", "傍晚"), _AFTERNOON)
    | dict.fromkeys(("晚上", "晚间", "夜里", "夜间", "深夜", "晚", "夜"), _EVENING)
)
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_LONG = "|".join(name for name in _PARTS if len(name) > 1)
_WORD_TIMES = {
    "noon": timedelta(hours=12),
    "midday": timedelta(hours=12),
    "midnight": timedelta(hours=24),
    "eod": END_OF_WORK,
    "cob": END_OF_WORK,
    "end of day": END_OF_WORK,
    "close of business": END_OF_WORK,
    "morning": timedelta(hours=12),
    "afternoon": END_OF_AFTERNOON,
    "evening": END_OF_DAY,
    "night": END_OF_DAY,
    "tonight": END_OF_DAY,
}
_VAGUE_WORDS = ("morning", "afternoon", "evening", "night", "tonight")
_CLOSING = ("eod", "cob", "end of day", "close of business", "下班", "收工")
_FRACTIONS = {"半": 30, "一刻": 15, "三刻": 45}

# “3点建议” are three suggestions, “十点二十个人” is no ten past, 10点位 and 点检 are no times.
_COUNTED = (
    "建议|意见|要求|措施|体会|心得|想法|问题|工作|内容|经验|启示|做法|说明|注意|安排|思考|不足|小事|希望|感想|位(?!置)|名(?!单|额)"
    "|检(?!查|测|修|验|举|点)|评(?!优|审|比|选|估|定|议|价|级|分|标)|赞|火(?!灾|警)|对点|档|状|阵|动(?!员|火|态|物|工)|钞|滴|代|长|间|段|效|速|装|限|空|尚|序|期"
    "|光|政|薪|疏忽"
)
_MINUTES = (
    rf"(?P<minute>{NUMBER}) 分(?!钟|工|析|享|公司|会|厂|队|班|组)"
    r"|(?P<bare>[0-9]{2}|[二三四五]?十[一二三四五六七八九]?"
    r"|零[一二三四五六七八九])"
    r"(?![0-9个人名台项件条份号位天分家套本])"
)

_DIGITAL = pattern(
    rf"(?P<part>{_PART})? (?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9:])(?! [ap]m\b)(?:分(?!钟"
    r"|工|析|享|组|批))?"
)
_SPOKEN = pattern(
    rf"(?P<part>{_PART})? (?P<hour>{NUMBER}) (?:[点时])(?!{_COUNTED})(?: (?P<fraction>半|一刻|三刻)"
    rf"| (?:{_MINUTES})|整(?!理|改|治|合|体|修|顿)|钟)?"
)
_ENGLISH = pattern(
    r"(?:tonight )?(?:at )?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? (?P<half>[ap]\.?m)(?:\.|\b)(?![’'])"
)
_WORDS = pattern(rf"(?:at |in the |by )?(?P<word>{'|'.join(_WORD_TIMES)})\b(?![’'-])")
_WORK = pattern(rf"(?:上午|下午|早上|晚上|晚)?(?P<word>下班|上班|收工)(?:{BEFORE}|时(?!间|段)|{END})")
_SURE = pattern(rf"(?:{_PART}) {NUMBER}|[0-9]{{1,2}}(?::| [ap]\.?m)|[上下]班|收工|午夜|半夜12点|零[点时]|0[点时]")
_NIGHTLY = pattern(r"凌晨|零|0")
_MIDNIGHT = pattern(r"午夜")
# 周五 晨跑, 周五晚会: the syllable belongs to the next word. 今晚, 明早 are words of their own.
_VAGUE = pattern(
    rf"(?P<part>(?:{_LONG})(?![茶场饭餐版]|班(?!之?前)|休|食堂排|宵)|(?:(?<=[今明后当])[早晚晨夜]"
    rf"|[早晚](?={BEFORE}|{AFTER}))(?![会班餐饭操读报宴练课场自校间期婚])"
    rf"|(?<=[今明后])晚(?=会餐)|[早晚夜](?=\s|$|[,;:。|)]))"
)
_ACROSS = pattern(rf"{BEFORE}|{ONLY}|{WITHIN}|{END}|{ACTION}|[到至~-] [0-9一二三四五六七八九十]")


def read(text: str, start: int, day_end: timedelta = END_OF_WORK) -> Clock | None:
    """The time of day that stands at `start` of a folded text. Raises NoSuchTime."""
    for form, meaning in _FORMS:
        if match := form.match(text, start):
            return _clock(match, meaning(match), day_end)
    return None


def ends_well(text: str, end: int) -> bool:
    """Whether a time after a blank ends there, and is not the beginning of a title: 周五 下午 交表, 周五 10点开会."""
    return bool(_ACROSS.match(text, end))


def _clock(match: re.Match[str], times: tuple[timedelta, ...], day_end: timedelta) -> Clock:
    named = match.groupdict()
    word = (named.get("word") or "").lower()
    if word in _CLOSING:
        times = (day_end,)
    exact = match.re != _VAGUE.compiled() and word not in _VAGUE_WORDS
    return Clock(times, match.end(), match.group(), named.get("part") or "", exact)


def time_of_day(text: str) -> time | None:
    """The likeliest time of day, if the whole text is one; else None.

    Raises NoSuchTime.
    """
    folded = fold(plain.bounded(text)).strip()
    found = read(folded, 0)
    if found is None or found.end != len(folded):
        return None
    minutes = found.times[0] // timedelta(minutes=1) % MINUTES_A_DAY
    return time(minutes // 60, minutes % 60)


def in_part(part: str, text: str, start: int) -> Clock | None:
    """A time whose part of the day is that of an earlier one: the 4点 of 下午2点到4点. Raises NoSuchTime."""
    found = read(part + text[start : start + MAX_TIME_CHARS], 0) if part in _PARTS else None
    if found is None or not found.is_exact:
        return None
    return replace(found, end=start + found.end - len(part))


def _english(match: re.Match[str]) -> tuple[timedelta, ...]:
    noon = 12 if match["half"].lower().startswith("p") else 0
    hour = int(match["hour"])
    if not 1 <= hour <= 12:  # noqa: PLR2004  (a clock face)
        raise NoSuchTime(match.group())
    return (timedelta(hours=hour % 12 + noon, minutes=_minute(match, match["minute"])),)


def _digital(match: re.Match[str]) -> tuple[timedelta, ...]:
    hour, minute = int(match["hour"]), _minute(match, match["minute"])
    _check(match, hour, minute)
    return (timedelta(hours=hour + _added(match["part"], hour), minutes=minute),)


def _spoken(match: re.Match[str]) -> tuple[timedelta, ...]:
    hour = number(match["hour"])
    minute = _FRACTIONS.get(match["fraction"] or "") or _minute(match, match["minute"] or match["bare"])
    _check(match, hour, minute)
    if match["part"] or match["hour"].startswith("0"):
        return (timedelta(hours=hour + _added(match["part"], hour), minutes=minute),)
    return tuple(timedelta(hours=each, minutes=minute) for each in _meant(hour))


def _meant(hour: int) -> tuple[int, ...]:
    """What a colleague means by a bare “N点”: 3点 is in the afternoon; 8点 the morning or, that gone, the evening."""
    if 1 <= hour <= 6:  # noqa: PLR2004  (one to six o'clock: nobody hands in a report before dawn)
        return (hour + 12,)
    return (hour, hour + 12) if 7 <= hour <= 12 else (hour,)  # noqa: PLR2004


def _added(part: str | None, hour: int) -> int:
    return _PARTS[part].adds.get(hour, 0) if part else 0


def _minute(match: re.Match[str], written: str | None) -> int:
    minute = number(written) if written else 0
    if minute > 59:  # noqa: PLR2004  (minutes of an hour)
        raise NoSuchTime(match.group())
    return minute


def _check(match: re.Match[str], hour: int, minute: int) -> None:
    if (hour, minute) > (24, 0):
        raise NoSuchTime(match.group())


_FORMS = (
    (_ENGLISH, _english),
    (_DIGITAL, _digital),
    (_SPOKEN, _spoken),
    (_WORDS, lambda match: (_WORD_TIMES[match["word"].lower()],)),
    (_WORK, lambda match: (END_OF_WORK if match["word"] != "上班" else START_OF_WORK,)),
    (_MIDNIGHT, lambda match: (timedelta(hours=24),)),
    (_VAGUE, lambda match: (_PARTS[match["part"]].over,)),
)
