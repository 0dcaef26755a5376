"""Values that every text is rendered with. Each feature lists those of its texts' parameters in
`tests/<area>/samples_<feature>.py`. Here is what they share.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from domain.ids import ChatId, MemberId
from domain.messaging.chat import Chat, ChatKind
from domain.people.member import Member

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
BOTH = (True, False)
MILLION = 10**6
MANY = 20  # entries of a long list
PHONE = "13987654321"  # no text may show it

Words = Callable[[int], str]
"""Makes a string of at most so many characters."""

Values = Mapping[str, Sequence[Any]]
"""For each parameter the values that a text may get. Values at the same place of two lists belong together."""


def anything(text: str, values: Mapping[str, Any]) -> bool:
    """Every combination of values can occur."""
    return True


@dataclass(frozen=True, slots=True)
class Samples:
    """What the texts of one feature are rendered with.

    `values` makes them from strings of some kind. `occurs` says whether a text (its name without the feature) is ever
    rendered with such a combination. `differing` has the parameters that mean something else in one text.
    """

    feature: str
    values: Callable[[Words], Values] = lambda _: {}
    occurs: Callable[[str, Mapping[str, Any]], bool] = anything
    differing: Mapping[str, Callable[[Words], Values]] = field(default_factory=dict)

    def of(self, text: str, words: Words) -> Values:
        """The values for one text, by parameter."""
        own = self.differing.get(text)
        return {**self.values(words), **(own(words) if own else {})}


def lifelike(most: int) -> str:
    return "整理实验室台账并于周五前交支部"[:most]


def evil(most: int) -> str:
    return "<b>&amp;\u202e🧪</i>\u0301</a>'\"{{7*7}}%s"[:most]


def longest(most: int) -> str:
    return "汉" * most


def english(most: int) -> str:
    return "word"[:most]


def group_of(words: Words) -> Chat:
    """A group with a title as long as may be."""
    return Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)


def somebody(words: Words) -> Member:
    """A member with the longest names that the program stores."""
    return Member(MemberId(7), 10**15, words(255), words(32), "zh", ChatId(1))


def awaited(words: Words) -> Member:
    """A member who was named by a username and has not written yet."""
    return replace(somebody(words), platform_id=None, name="@" + "a" * 32)


def nameless(words: Words) -> Member:
    """A member whose name has no character that can be shown."""
    return replace(somebody(words), name="\u202e\n")
