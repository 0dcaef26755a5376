"""What people write about activities: money, how many may come, what is needed from when to when."""

import re
from dataclasses import dataclass

import plain

MONEY = re.compile(r"(?:[¥￥])? ?([0-9]{1,8})(?:\.([0-9]))? ?(万)? ?(?:元|块钱|块|yuan|rmb)?", re.IGNORECASE)
NO_MONEY = frozenset({"不花钱", "免费", "没有", "无", "不用", "free", "none", "no"})
PEOPLE = re.compile(r"(?:最多|不超过|at most)? ?([0-9]{1,4}) ?(?:人|个人|名|people|seats)?", re.IGNORECASE)
NO_LIMIT = frozenset({"不限", "不限人数", "没有限制", "随便", "no limit", "unlimited"})
HOUR = r"([01]?[0-9]|2[0-4])(?:[:：点时.]([0-5][0-9])?)?"
SPAN = re.compile(rf"(?<![0-9]){HOUR} ?(?:-|–|—|~|～|至|到|to) ?{HOUR}(?![0-9])分?", re.IGNORECASE)
DONE = frozenset({"完成", "完了", "好了", "发完了", "没了", "done", "finished", "that's all"})
TEN_THOUSAND, MINUTES = 10_000, 60
MAX_LINE_CHARS = 200  # more of a line is not looked at
EDGES = " 　,，、:：;；（）()"


@dataclass(frozen=True, slots=True)
class Needed:
    """What is needed, and from which minute of the day to which, if that is said."""

    name: str
    since: int | None = None
    until: int | None = None


def money(text: str) -> int | None:
    """Whole yuan: `800`, `800 元`, `1.2 万`; 0 for 不花钱, `None` for other words."""
    words = plain.line(text, MAX_LINE_CHARS)
    if words.casefold() in NO_MONEY:
        return 0
    found = MONEY.fullmatch(words)
    if found is None or (found[2] and not found[3]):
        return None
    tenths = int(found[1]) * 10 + int(found[2] or 0)
    return tenths * (TEN_THOUSAND if found[3] else 1) // 10


def people(text: str) -> int | None:
    """How many may come: `30`, `30人`; 0 for 不限, `None` for other words."""
    words = plain.line(text, MAX_LINE_CHARS)
    if words.casefold() in NO_LIMIT:
        return 0
    found = PEOPLE.fullmatch(words)
    return int(found[1]) or None if found else None


def needed(line: str) -> Needed | None:
    """A room, a bus, somebody, with the time where one is said: `大客车 8:00-12:00`. `None` without a name."""
    words = plain.tidy(line)[:MAX_LINE_CHARS]
    found = SPAN.search(words)
    if found is None:
        return Needed(words.strip(EDGES)) if words.strip(EDGES) else None
    name = f"{words[: found.start()].strip(EDGES)} {words[found.end() :].strip(EDGES)}".strip()
    since, until = _minute(found[1], found[2]), _minute(found[3], found[4])
    if not name:
        return None
    return Needed(name, since, until) if since < until else Needed(name)


def _minute(hour: str, minute: str | None) -> int:
    return int(hour) * MINUTES + int(minute or 0)


def is_done(text: str) -> bool:
    """Whether somebody says that there is no more to come."""
    return plain.line(text, MAX_LINE_CHARS).casefold() in DONE
