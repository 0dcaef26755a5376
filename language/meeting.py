"""What people write about meetings: a code to check in, an agenda, whether a time of day is said."""

import re

import plain

CODE = re.compile(r"(签到码?|check ?in)?[:： ]{0,3}([0-9]{4})", re.IGNORECASE)
CLOCK = re.compile(r"[0-9０-９]\s?[:：点时]|[一二三四五六七八九十两]\s?[点时]|中午|noon|[0-9] ?[ap]\.?m", re.IGNORECASE)
LEAD = re.compile(r"[\s\-–—·•*●○]{0,8}(?:[0-9]{1,2}[、.．)）\s]|[一二三四五六七八九十]{1,3}[、.．)）])?\s{0,8}")
NAMES = re.compile(r"[（(]([^（()）]{2,80})[)）]$")
WHO = re.compile(
    r"^(?:由|(?:汇报人?|准备人?|主讲人?|负责人?|发言人?|主持人?|通报人?|prepared by|by)\s?[:：]?)\s?", re.IGNORECASE
)
BETWEEN_NAMES = re.compile(r"[、,，;；/]|\band\b|\s和\s")
NUMBERED = re.compile(r"([0-9]{1,2})[、.．)）:：\s]\s{0,3}(.{2,120})")
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
FAULT = re.compile(r"(?:整改|rectify)\s{0,5}[:：]", re.IGNORECASE)  # begins a line of minutes that is a finding
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


def fault_in(line: str) -> str:
    """What is to be rectified, of a line that says so at its beginning (`整改：…`); nothing of any other."""
    found = FAULT.match(line[:MAX_LINE_CHARS], after_lead(line))
    return "" if found is None else line[found.end() :].strip()


def items(text: str) -> list[str]:
    """The lines of an agenda, without the dashes and numbers before them; blank ones left out."""
    lines = (plain.tidy(line)[:MAX_LINE_CHARS] for line in text.splitlines())
    return [words for line in lines if (words := line[after_lead(line) :].strip())]


def prepared(item: str) -> tuple[str, tuple[str, ...], bool]:
    """An item of an agenda without the names in brackets at its end: `通报安全情况（李伟、王海燕）`.

    Gives the item, the words that may be names, and whether they are said to be: `（汇报人：李伟）`.
    """
    words = item[:MAX_LINE_CHARS].rstrip("。.；; ")
    found = NAMES.search(words)
    title = words[: found.start()].rstrip() if found else ""
    if found is None or not title:
        return item, (), False
    inside = WHO.sub("", found[1], count=1)
    names = tuple(name for one in BETWEEN_NAMES.split(inside) if (name := one.strip()))
    return title, names, inside != found[1]


def numbered_names(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Lines that say who prepares an item by its number: `2 李伟、王海燕`."""
    lines = (NUMBERED.fullmatch(plain.tidy(line)[:MAX_LINE_CHARS]) for line in text.splitlines())
    found = ((int(one[1]), BETWEEN_NAMES.split(one[2])) for one in lines if one is not None)
    return [(item, names) for item, split in found if (names := tuple(one.strip() for one in split if one.strip()))]


def kind(text: str) -> str | None:
    """The kind of a meeting by its name (`assembly`), also in English; `None` for other words."""
    words = plain.line(text, 40).lower()
    return KINDS.get(words) or (words if words in KINDS.values() else None)
