"""The days of the feasts of the Chinese calendar, year by year: the law has some off, and people name all of them.

Source: the lunar calendar as GB/T 33661-2017 defines it, computed with lunardate 0.2; years that the table does not
hold are not guessed.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from types import MappingProxyType


class Feast(Enum):
    """A feast that moves from year to year; the first day of the year is Spring Festival."""

    SPRING = auto()
    LANTERN = auto()
    DRAGON_BOAT = auto()
    MID_AUTUMN = auto()
    DOUBLE_NINTH = auto()
    QINGMING = auto()  # it follows the sun, and stands in no column of the table


# Year, then Spring, Lantern, Dragon Boat, Mid-Autumn and Double Ninth Festival: month and day in four digits.
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
_QINGMING = 4.81  # the day of April, with 0.2422 a year less a leap day every fourth; right from 2000 to 2099


def _qingming(year: int) -> date:
    since = year % 100
    return date(year, 4, int(since * 0.2422 + _QINGMING) - since // 4)


def _feasts(year: int, written: list[str]) -> Mapping[Feast, date]:
    days = [date(year, int(one[:2]), int(one[2:])) for one in written]
    return MappingProxyType(dict(zip(Feast, [*days, _qingming(year)], strict=True)))


_ROWS = (row.split() for row in _TABLE.strip().splitlines())
BY_YEAR = MappingProxyType({int(year): _feasts(int(year), days) for year, *days in _ROWS})
