"""The days of feasts: some have a fixed date, the others are in a table of the lunar calendar.

Source of the table: the lunar calendar as GB/T 33661-2017 defines it, computed with lunardate 0.2. Years outside the
table are not guessed.
"""

from datetime import date, timedelta

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
# Year: first day of the year (春节), then 元宵, 端午, 中秋, 重阳; month and day in four digits.
_TABLE = """
2024 0210 0224 0610 0917 1011
2025 0129 0212 0531 1006 1029
2026 0217 0303 0619 0925 1018
2027 0206 0220 0609 0915 1008
2028 0126 0209 0528 1003 1026
2029 0213 0227 0616 0922 1016
2030 0203 0217 0605 0912 1005
2031 0123 0206 0624 1001 1024
2032 0211 0225 0612 0919 1012
2033 0131 0214 0601 0908 1001
2034 0219 0305 0620 0927 1020
2035 0208 0222 0610 0916 1009
2036 0128 0211 0530 1004 1027
2037 0215 0301 0618 0924 1017
2038 0204 0218 0607 0913 1007
2039 0124 0207 0527 1002 1026
2040 0212 0226 0614 0920 1014
2041 0201 0215 0603 0910 1003
2042 0122 0205 0622 0928 1022
2043 0210 0224 0611 0917 1011
2044 0130 0213 0531 1005 1029
2045 0217 0303 0619 0925 1018
2046 0206 0220 0608 0915 1008
2047 0126 0209 0529 1004 1027
2048 0214 0228 0615 0922 1016
2049 0202 0216 0604 0911 1005
2050 0123 0206 0623 0930 1024
"""
_YEARS = {int(row[:4]): row.split()[1:] for row in _TABLE.strip().splitlines()}
_COLUMNS = {"春节": 0, "元宵": 1, "端午": 2, "中秋": 3, "重阳": 4}
NAMES = (*FIXED, *_COLUMNS, "除夕", "清明")
_PURE_BRIGHTNESS = 4.81  # the day of April, with 0.2422 a year less a leap day every fourth; right from 2000 to 2099


class UnknownFeast(ValueError):  # noqa: N818  (named for what is wrong)
    """The year is not in the table of the lunar calendar."""


def feast(name: str, year: int) -> date:
    """The day of a feast in a year. Raises UnknownFeast."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if year not in _YEARS:
        raise UnknownFeast(name)
    if name == "清明":
        since = year % 100
        return date(year, 4, int(since * 0.2422 + _PURE_BRIGHTNESS) - since // 4)
    if name == "除夕":
        return feast("春节", year) - timedelta(days=1)
    written = _YEARS[year][_COLUMNS[name]]
    return date(year, int(written[:2]), int(written[2:]))


def coming(name: str, today: date) -> date:
    """The next day of a feast after today. Raises UnknownFeast."""
    this = feast(name, today.year)
    return this if this > today else feast(name, today.year + 1)
