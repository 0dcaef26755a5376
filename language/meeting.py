"""What people write about meetings: a code to check in, an agenda, whether a time of day is said."""

import re

import plain

CODE = re.compile(r"(签到码?|check ?in)?[:： ]{0,3}([0-9]{4})", re.IGNORECASE)
CLOCK = re.compile(r"[0-9０-９]\s?[:：点时]|[一二三四五六七八九十两]\s?[点时]|中午|noon|[0-9] ?[ap]\.?m", re.IGNORECASE)
LEAD = re.compile(r"[\s\-–—·•*●○]{0,8}(?:[0-9]{1,2}[、.．)）\s]|[一二三四五六七八九十]{1,3}[、.．)）])?\s{0,8}")
KINDS = {
    "支部党员大会": "assembly",
    "党员大会": "assembly",
    "支部大会": "assembly",
    "支委会": "committee",
    "支部委员会": "committee",
    "支部委员会会议": "committee",
    "党小组会": "group",
    "小组会": "group",
    "党课": "lecture",
    "主题党日": "theme_day",
    "组织生活会": "life",
    "民主评议党员": "appraisal",
    "民主评议": "appraisal",
    "谈心谈话": "talk",
    "联席会议": "joint",
    "联席会": "joint",
    "例会": "regular",
}
MAX_LINE_CHARS = 2_000  # more of a line is not looked at


def code(text: str) -> tuple[str, bool] | None:
    """The four digits of a message that has nothing else, and whether the word for checking in is before them."""
    found = CODE.fullmatch(plain.line(text, 40))
    return (found[2], found[1] is not None) if found else None


def says_clock(written: str) -> bool:
    """Whether words that say a moment say its time of day."""
    return CLOCK.search(written[:MAX_LINE_CHARS]) is not None


def after_lead(line: str) -> int:
    """The place behind a dash or a number that begins a line."""
    found = LEAD.match(line[:MAX_LINE_CHARS])
    return found.end() if found else 0


def items(text: str) -> list[str]:
    """The lines of an agenda, without the dashes and numbers before them; blank ones left out."""
    lines = (plain.tidy(line)[:MAX_LINE_CHARS] for line in text.splitlines())
    return [words for line in lines if (words := line[after_lead(line) :].strip())]


def kind(text: str) -> str | None:
    """The kind of a meeting by its name (`assembly`), also in English; `None` for other words."""
    words = plain.line(text, 40).lower()
    return KINDS.get(words) or (words if words in KINDS.values() else None)
