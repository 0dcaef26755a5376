"""Times of day: “18:00”, “下午三点半”, “晚8点”, “中午”, “下班前”, “6:30 pm”."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta

import plain
from language.deadline.errors import NoSuchTime
from language.deadline.script import NUMBER, fold, number, pattern

START_OF_WORK = timedelta(hours=8, minutes=30)
END_OF_WORK = timedelta(hours=18)
END_OF_DAY = timedelta(hours=23, minutes=59)
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of day that may be meant, likeliest first, and where the text goes on.

    A time is what has passed since midnight: more than 24 hours in the small hours that follow an evening. `written` is
    what says it.
    """

    times: tuple[timedelta, ...]
    end: int
    written: str

    @property
    def stands_alone(self) -> bool:
        """Whether it is a time without a day before it too: 下午3点 is; 一点 and 下午 may be 一点建议 and 下午茶."""
        return bool(_SURE.match(self.written))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the day: when it is over, and how many hours it adds to the hour that is said with it."""

    over: timedelta
    adds: Mapping[int, int]


_NIGHT = _Part(timedelta(hours=6), {12: -12})
_EARLY = _Part(timedelta(hours=9), {})
_MORNING = _Part(timedelta(hours=12), {})
_NOON = _Part(timedelta(hours=12), {1: 12, 2: 12, 3: 12})
_AFTERNOON = _Part(END_OF_WORK, dict.fromkeys(range(1, 12), 12))
# 今晚12点 is the midnight that ends the day, 今晚1点 the hour after it.
_EVENING = _Part(
    END_OF_DAY,
    dict.fromkeys(range(5, 13), 12) | dict.fromkeys(range(5), 24),
)

_PARTS = (
    {"凌晨": _NIGHT, "上午": _MORNING}
    | dict.fromkeys(("清晨", "早晨", "早上", "一早", "早", "晨"), _EARLY)
    | dict.fromkeys(("中午", "正午"), _NOON)
    | dict.fromkeys(("下午", "午后", "傍晚"), _AFTERNOON)
    | dict.fromkeys(("晚上", "晚间", "夜里", "晚"), _EVENING)
)
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_WORD_TIMES = {
    "noon": timedelta(hours=12),
    "midnight": timedelta(hours=24),
    "eod": END_OF_WORK,
    "cob": END_OF_WORK,
    "morning": timedelta(hours=12),
    "afternoon": END_OF_WORK,
    "tonight": END_OF_DAY,
}
_FRACTIONS = {"半": 30, "一刻": 15, "三刻": 45}

# “3点建议” are three suggestions, “十点二十个人” is no ten past.
_COUNTED = "建议|意见|要求|措施|体会|心得|想法|问题|工作|内容|经验"
_MINUTES = (
    rf"(?P<minute>{NUMBER}) 分(?!钟)|(?P<bare>[0-9]{{2}}|[二三四五]?十[一二三四五六七八九]?)(?![0-9个人名台项件条])"
)

_DIGITAL = pattern(rf"(?P<part>{_PART})? (?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9])")
_SPOKEN = pattern(
    rf"(?P<part>{_PART})? (?P<hour>{NUMBER}) [点时](?!{_COUNTED})(?: (?P<fraction>半|一刻|三刻)| (?:{_MINUTES})|整|钟)?"
)
_ENGLISH = pattern(r"(?:tonight )?(?:at )?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? (?P<half>am|pm)\b")
_WORDS = pattern(rf"(?:at |in the )?(?P<word>{'|'.join(_WORD_TIMES)})\b")
_WORK = pattern(r"(?:上午|下午|早上|晚上)?(?P<word>下班|上班)(?:之前|以前|前|时)")
_SURE = pattern(rf"(?:{_PART}) {NUMBER}|[0-9]{{1,2}}(?::| [ap]m)|[上下]班|午夜")
_MIDNIGHT = pattern(r"午夜")
# 明天晚会, 周五早班: the syllable belongs to the next word; 今晚会餐: it does not.
_VAGUE = pattern(rf"(?P<part>{_PART})(?:(?<=[今明后][早晚晨])|(?<![早晚晨])|(?![会班餐饭操读报宴练]))")


def read(text: str, start: int) -> Clock | None:
    """The time of day that stands at `start` of a folded text. Raises NoSuchTime."""
    for form, meaning in _FORMS:
        if match := form.match(text, start):
            return Clock(meaning(match), match.end(), match.group())
    return None


def time_of_day(text: str) -> time | None:
    """The likeliest time of day that a text is, from its first to its last sign; None where it is none.

    Raises NoSuchTime.
    """
    folded = fold(plain.bounded(text)).strip()
    found = read(folded, 0)
    if found is None or found.end != len(folded):
        return None
    minutes = found.times[0] // timedelta(minutes=1) % MINUTES_A_DAY
    return time(minutes // 60, minutes % 60)


def _english(match: re.Match[str]) -> tuple[timedelta, ...]:
    noon = 12 if match["half"].lower() == "pm" else 0
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
    (_WORK, lambda match: (END_OF_WORK if match["word"] == "下班" else START_OF_WORK,)),
    (_MIDNIGHT, lambda match: (timedelta(hours=24),)),
    (_VAGUE, lambda match: (_PARTS[match["part"]].over,)),
)
