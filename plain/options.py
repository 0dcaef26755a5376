"""Options of a question that speak of the others: where they stand is part of what they say."""

import re

from plain.gate import line

MAX_CHARS = 30  # a longer one says something of its own
_SUMMING = re.compile(
    r"(?:(?:以上|上述|前面|前述|前[一二两三四五六七八九]项)(?:的)?(?:选项|说法|答案|各项|几项|内容|情况|做法)?(?:[都均皆全]|没有|无一)"
    r"|(?:以上|上述)(?:皆|俱)"
    r"|(?:全部|全都|[都均])(?:是|不是|对|不对|正确|不正确|错误|选|不选)$"
    r"|(?:all|none|both|neither|any|some) of (?:the |these|those|them)"
    r"|(?:all|none|both|neither)(?: are| is)?(?: (?:correct|right|true|wrong|false))?$)",
    re.IGNORECASE,
)
_JOINED = r"[A-H](?:\s*(?:[、,，和与及或/]|and|or|nor|以及)\s*[A-H])+"
_SAID = (
    r"(?:[两三四]?[个项者]|选项|[都均皆全]|\s|are|is)*(?:不?对|不?正确|错误?|不?是|不选|correct|right|true|wrong|false)"
)
_LETTERS = re.compile(
    rf"(?:(?:[Bb]oth|[Ee]ither|[Nn]either|[Oo]nly)\s)?(?:{_JOINED}(?:{_SAID})?|[A-H]{{2,8}}{_SAID})[。.]?"
)


def sums_up(option: str) -> bool:
    """Whether an option speaks of all others (以上都对, none of the above): it belongs behind them."""
    words = _words(option)
    return bool(words) and _SUMMING.match(words) is not None


def names_letters(option: str) -> bool:
    """Whether an option names others by their letters (A和B, both A and C): with it, all must stay where they are."""
    words = _words(option)
    return bool(words) and _LETTERS.fullmatch(words) is not None


def _words(option: str) -> str:
    words = line(option)
    return words if len(words) <= MAX_CHARS else ""
