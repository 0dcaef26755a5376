"""Parsing of what people type after /schedule: 学习 09:00, summary 周五 17:00, 学习 停, 免打扰 12:00-13:30 关."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from enum import Enum

import plain
from domain.clock.schedule import QUIET, Wish
from domain.messaging.quiet import USUAL, Quiet, Span
from handlers.arguments import BadArguments
from language import deadline

WORDS = {
    "study": ("每日学习", "学习提示", "学习内容", "学习", "study.prompt", "daily study", "study"),
    "quiz": ("每周一答", "周一答", "每周答题", "quiz.weekly", "weekly questions", "quiz"),
    "review": ("复习", "review.daily", "review"),
    "summary": ("周小结", "周报", "小结", "总结", "summary.post", "weekly summary", "summary"),
    QUIET: ("免打扰时段", "免打扰", "勿扰", "静默", "quiet hours", "quiet"),
}
OFF = ("停", "停止", "停用", "停发", "暂停", "关", "关闭", "取消", "off", "stop", "pause", "no", "none")
ON = ("开", "开启", "打开", "启用", "继续", "恢复", "on", "go on", "start", "resume", "continue")
FOLLOW = ("默认", "跟随", "随企业", "default", "follow")
DAYS = "一二三四五六日"
ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Of a text that went through `plain.line`: there are no two blanks side by side.
WEEKDAY = re.compile(
    r"(?:每|every )? ?(?:(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
    r"|\b(?P<english>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b)"
)
SPAN = re.compile(r" ?(?:至次日|到次日|至|到|[-~～〜]++|\bto\b|\buntil\b) ?")
BARE = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})?")
SPOKEN = re.compile(r"^(?P<hour>[0-9]{1,2})点(?:(?P<half>半)|(?P<minute>[0-9]{1,2})分?|整|钟)?$")
LEAD = re.compile(r"^(?:改为|改成|改到|改|调到|调为|设为|在|每个?工作日|每天|的|,|:|\bat\b|\bto\b|\bfrom\b|从| )++")


# What stands beside a quiet span, before or behind it.
REMOVED = (*OFF, "去掉", "删除", "删掉", "删", "不要", "remove", "delete")
ADDED = ("再加上", "再加", "增加", "添加", "加上", "加", "新增", "add")
MOVED = ("改为", "改成", "改到", "改", "调到", "调为", "change to", "move to")
BETWEEN = " ,:的"


class How(Enum):
    """The wish for a quiet span."""

    ADD = "add"
    MOVE = "move"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Typed:
    """The schedule that was typed and the wanted change; all are `None` if somebody only wants to look.

    `quiet` are quiet hours that replace all others; `how` is the wish for one `span`.
    """

    word: str
    wish: Wish | None = None
    quiet: Quiet | None = None
    span: Span | None = None
    how: How | None = None


def read(text: str) -> Typed:
    """Parse the text after the command. Raises BadArguments, QuietTooLong."""
    folded = deadline.fold(plain.line(text)).strip().casefold()
    word, name = next(
        ((word, name) for word, names in WORDS.items() for name in names if folded.startswith(name)), ("", "")
    )
    if not word:
        raise BadArguments("schedule.unknown")
    typed = folded.removeprefix(name).strip(" .。!,:")
    rest = LEAD.sub("", typed)
    if not rest:
        return Typed(word)
    if rest in FOLLOW:
        return Typed(word, Wish(follow=True))
    if rest in OFF:
        return Typed(word, Wish(paused=True))
    if word == QUIET:
        return Typed(word, quiet=USUAL) if rest in ON else _span_wish(typed)
    return Typed(word, Wish(paused=False) if rest in ON else _when(word, rest))


def _when(word: str, text: str) -> Wish:
    """A weekday, a time, or both in any order."""
    found = WEEKDAY.search(text)
    weekday = None
    if found:
        weekday = _weekday(found)
        text = LEAD.sub("", f"{text[: found.start()]} {text[found.end() :]}".strip())
    clock = _clock(text, "schedule.bad_time", word=word) if text else None
    return Wish(clock, weekday)


def _weekday(found: re.Match[str]) -> int:
    if found["day"]:
        return DAYS.index(found["day"].replace("天", "日"))
    return ENGLISH_DAYS.index(found["english"][:3])


def _span_wish(text: str) -> Typed:
    """A span, and whether it is added, moved or removed. Raises BadArguments, QuietTooLong."""
    before = _longest((*ADDED, *MOVED, *REMOVED), text.startswith)
    span = text.removeprefix(before).strip(BETWEEN)
    behind = _longest((*ON, *REMOVED), span.endswith)
    span = span.removesuffix(behind).strip(BETWEEN)
    removes = before in REMOVED or behind in REMOVED
    if removes and (before in (*ADDED, *MOVED) or behind in ON):
        raise BadArguments("schedule.bad_quiet")
    how = How.REMOVE if removes else How.MOVE if before in MOVED else How.ADD
    return Typed(QUIET, span=_span(LEAD.sub("", span)), how=how)


def _longest(words: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The longest of the words that fits; empty if none does."""
    return max(filter(fits, words), key=len, default="")


def _span(text: str) -> Span:
    """Two times of day with a dash or 到 between them. Raises BadArguments, QuietTooLong."""
    parts = SPAN.split(text)
    if len(parts) != len(("begins", "ends")):
        raise BadArguments("schedule.bad_quiet")
    begins, ends = (_clock(SPOKEN.sub(_in_digits, part), "schedule.bad_quiet") for part in parts)
    return Span(begins, ends)


def _in_digits(spoken: re.Match[str]) -> str:
    """An hour without minutes, in 24-hour form: 22点 and 6点 are 22:00 and 06:00."""
    return f"{spoken['hour']}:{30 if spoken['half'] else int(spoken['minute'] or 0):02}"


def _clock(text: str, usage: str, **values: str) -> time:
    bare = BARE.fullmatch(text)
    try:
        clock = deadline.time_of_day(f"{bare['hour']}:{bare['minute'] or '00'}" if bare else text)
    except deadline.NoSuchTime as error:
        raise BadArguments(usage, **values) from error
    if clock is None:
        raise BadArguments(usage, **values)
    return clock
