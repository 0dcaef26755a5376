"""The ways in which the same deadline can be typed: full-width signs, traditional characters, Chinese numerals."""

import re

# One character for one, so that a place in the folded text is the same place in the text as written.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = {code: " " for code in range(0x3001) if chr(code).isspace()}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"), " ")
_TRADITIONAL = str.maketrans("週點後內號鐘個時禮兩這為間後當", "周点后内号钟个时礼两这为间后当")
_SIGNS = str.maketrans("〇–—−‧·", "零---..")
_FOLDED: dict[int, int | str] = {**_WIDE, **_BLANK, **_INVISIBLE, **_TRADITIONAL, **_SIGNS}

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100}

DIGITS = r"[0-9]{1,3}"
NUMERAL = r"[零一二两三四五六七八九十百]{1,5}"
NUMBER = rf"(?:{DIGITS}|{NUMERAL})"
# What may follow a form that could as well begin a title: 5号楼, 3号皮带机, 12.5万元, 下周工作计划, 下午茶, 一点建议.
EDGE = (
    r"(?=\s|$|[,;:、。|()]|之?前(?!台)|以前|止|截|为止|[0-9]{1,2}[:点时]|上午|中午|下午|傍晚|凌晨|早上|晚|下班|上班"
    r"|(?:周|星期|礼拜)[一二三四五六日天]|提交|上交|交|完成|上报|报送)"
)


def fold(text: str) -> str:
    """The text with one plain spelling for each sign; as long as the text given."""
    return text.translate(_FOLDED)


def number(written: str) -> int:
    """A number below a thousand in digits or Chinese numerals (十二, 一百零五; 二零 is 20)."""
    if written.isdecimal():
        return int(written)
    if not _TENS.keys() & set(written):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    return _sum(written)


def _sum(written: str) -> int:
    total, digit = 0, 0
    for sign in written:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def pattern(written: str) -> re.Pattern[str]:
    """A regular expression in which every blank stands for any number of blanks.

    None is given back once it is taken, so that several side by side take no longer than one.
    """
    return re.compile(written.replace(" ", " *+"), re.IGNORECASE | re.ASCII)
