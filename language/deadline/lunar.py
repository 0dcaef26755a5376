"""The days of feasts: some have a fixed date, the others are in a table of the lunar calendar."""

from datetime import date, timedelta

from plain.feasts import BY_YEAR, Feast

FIXED = {
    **dict.fromkeys(("元旦", "新年"), (1, 1)),
    **dict.fromkeys(("三八", "妇女", "三八妇女"), (3, 8)),
    **dict.fromkeys(("五一", "劳动", "五一劳动", "国际劳动"), (5, 1)),
    **dict.fromkeys(("五四", "青年", "五四青年"), (5, 4)),
    **dict.fromkeys(("六一", "儿童", "六一儿童"), (6, 1)),
    **dict.fromkeys(("七一", "建党"), (7, 1)),
    **dict.fromkeys(("八一", "建军", "八一建军"), (8, 1)),
    "教师": (9, 10),
    **dict.fromkeys(("国庆", "十一"), (10, 1)),
    "圣诞": (12, 25),
}
MOVING = {
    "春节": Feast.SPRING,
    "元宵": Feast.LANTERN,
    "清明": Feast.QINGMING,
    "端午": Feast.DRAGON_BOAT,
    "中秋": Feast.MID_AUTUMN,
    "重阳": Feast.DOUBLE_NINTH,
}
NAMES = (*FIXED, *MOVING, "除夕")


class UnknownFeast(ValueError):  # noqa: N818  (named for what is wrong)
    """The year is not in the table of the lunar calendar."""


def feast(name: str, year: int) -> date:
    """The day of a feast in a year. Raises UnknownFeast."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if year not in BY_YEAR:
        raise UnknownFeast(name)
    if name == "除夕":
        return feast("春节", year) - timedelta(days=1)
    return BY_YEAR[year][MOVING[name]]


def coming(name: str, today: date) -> date:
    """The next day of a feast after today. Raises UnknownFeast."""
    this = feast(name, today.year)
    return this if this > today else feast(name, today.year + 1)
