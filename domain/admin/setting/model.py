"""What can be set, for whom, to which values, and what is needed of the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import plain
from domain.admin.audit import AuditAction
from domain.ids import BranchId
from domain.people.language import LANGUAGES
from domain.people.permission import EVERYWHERE, Area
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.ids import MemberId
    from domain.messaging.chat import Chat

SETTING_CHANGED = AuditAction("setting.changed")
MAX_PROMPTS_A_WEEK = 200  # a week; a higher cap is none
MAX_DAYS = 30  # workdays for an answer, or that something is on show
MAX_LEVELS = 4  # to which an overdue task is reported: giver, secretary, level above, administrator
MAX_DIGITS = 9
LOOK_BACKS = ("30", "60", "90")  # days after which somebody looks again at what was rectified
THANKS_A_DAY = ("0", "1", "3", "5")  # how often somebody may thank others on one day
NOON = "12:00"  # a working day does not end before
MAX_ZONE_CHARS = 64  # the longest name has 32; a file is looked for by it
BUDGET = re.compile(r"([0-9]{1,9}) (points|yuan)")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


class NoSuchZone(Refusal):
    """Not the IANA name of a time zone."""

    text = "setting.no_such_zone"


class NotANumber(Refusal):
    """A cap that is no whole number, or out of bounds."""

    text = "setting.not_a_number"


class NotAClock(Refusal):
    """Not a time of day."""

    text = "setting.not_a_clock"


class NotADay(Refusal):
    """Not a day of the calendar."""

    text = "setting.not_a_day"


class NotDelays(Refusal):
    """Not numbers of workdays that rise, or too many."""

    text = "setting.not_delays"


class NotABudget(Refusal):
    """Not an amount of points or yuan."""

    text = "setting.not_a_budget"


class NotALimit(Refusal):
    """Not an amount of yuan."""

    text = "setting.not_a_limit"


class NoSuchValue(Refusal):
    """Not one of a setting's values."""

    text = "setting.no_such_value"


class NotSetHere(Refusal):
    """A setting that does not exist for an enterprise, a branch, a group or a person."""

    text = "setting.not_set_here"


class NoSuchPlace(Refusal):
    """Settings of somebody or something that cannot be changed from here; only an old or a forged button asks so."""

    text = "general.button_over"


class Scope(StrEnum):
    """For whom a setting is; each takes from the next what it has not set itself."""

    MEMBER = "member"
    CHAT = "chat"
    BRANCH = "branch"
    ENTERPRISE = "enterprise"


class Name(StrEnum):
    """What can be set in chat. Schedules and quiet hours are set with /schedule."""

    LANGUAGE = "language"
    ZONE = "zone"
    RANKING = "ranking"
    ON_BOARD = "on_board"
    REMINDERS = "reminders"
    MORNING = "morning"
    TASK_BLUE = "task_blue"
    TASK_YELLOW = "task_yellow"
    TASK_ESCALATION = "task_escalation"
    CAP = "cap"
    DAY_END = "day_end"
    REWARDS = "rewards"
    REWARDS_SINCE = "rewards_since"
    REWARD_BUDGET = "reward_budget"
    APPEAL_DAYS = "appeal_days"
    CONSIDER_DAYS = "consider_days"
    DECIDE_DAYS = "decide_days"
    FULFIL_DAYS = "fulfil_days"
    PUBLICITY_DAYS = "publicity_days"
    MEASURE_DAYS = "measure_days"
    LOOK_BACK_DAYS = "look_back_days"
    THANKS = "thanks"
    ANNIVERSARY = "anniversary"
    STUDY = "study"
    UPCOMING = "upcoming"
    ACTIVITY_APPROVAL = "activity_approval"


class Ranking(StrEnum):
    """Who is shown on boards: the first ten by name, branches alone, or nobody but to themselves."""

    PUBLIC = "public"
    BRANCH = "branch"
    PRIVATE = "private"


class Marking(StrEnum):
    """Who hears on the day that somebody joined the Party on it: nobody, they themselves, or their group too."""

    OFF = "off"
    PRIVATE = "private"
    GROUP = "group"


class Studying(StrEnum):
    """Where somebody gets what they study each day: in their group alone, or in private, too."""

    GROUP = "group"
    PRIVATE = "private"


class Posting(StrEnum):
    """Whether a group's calendar of the coming two weeks is posted by itself."""

    OFF = "off"
    WEEKLY = "weekly"


class Reminding(StrEnum):
    """Which reminders of tasks come: all, those of what is overdue, or none."""

    ALL = "all"
    LATE = "late"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Where:
    """Whose setting: a scope and the store's id in it, 0 for the enterprise."""

    scope: Scope
    id: int = 0

    @property
    def area(self) -> Area:
        """What a role is held over that changes the settings of a branch, or of the enterprise."""
        return Area(branch=BranchId(self.id)) if self.scope is Scope.BRANCH else EVERYWHERE

    def __str__(self) -> str:
        """As the audit log has it."""
        return self.scope.value if self.scope is Scope.ENTERPRISE else f"{self.scope.value}:{self.id}"


ENTERPRISE = Where(Scope.ENTERPRISE)
GROUPS = frozenset({Scope.CHAT, Scope.BRANCH, Scope.ENTERPRISE})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting is: its default (`None`: the program's own settings say), its scopes, the values on its buttons.

    `read` brings what a person wrote into the form that is kept. `open` ones take other values than those on buttons.
    """

    default: str | None
    scopes: frozenset[Scope]
    choices: tuple[str, ...]
    read: Callable[[str], str]
    open: bool = False


def _one_of(*values: str) -> Callable[[str], str]:
    def read(words: str) -> str:
        value = plain.line(words).lower()
        if value not in values:
            raise NoSuchValue(words=words)
        return value

    return read


def _zone(words: str) -> str:
    name = plain.line(words)
    if len(name) > MAX_ZONE_CHARS:
        raise NoSuchZone(words=words)
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NoSuchZone(words=words) from error


def _clock(words: str) -> str:
    match = CLOCK.fullmatch(plain.line(words))
    if match is None:
        raise NotAClock
    return f"{int(match[1]):02}:{int(match[2]):02}"


def _day_end(words: str) -> str:
    clock = _clock(words)
    if clock < NOON:
        raise NotAClock
    return clock


def _up_to(most: int) -> Callable[[str], str]:
    def read(words: str) -> str:
        digits = plain.tidy(words)
        if not digits.isdecimal() or len(digits) > MAX_DIGITS or not 0 < int(digits) <= most:
            raise NotANumber(most=most)
        return str(int(digits))

    return read


def _delays(words: str) -> str:
    line = plain.line(words).lower()
    if line == "off":
        return line
    days = [
        int(one) for one in re.split("[ ,，、]+", line) if one.isascii() and one.isdecimal() and len(one) < MAX_DIGITS
    ]
    is_said = re.fullmatch("[0-9]+([ ,，、]+[0-9]+)*", line) is not None and 0 < len(days) <= MAX_LEVELS
    if not is_said or not days[0] > 0 or days[-1] > MAX_DAYS or sorted(set(days)) != days:
        raise NotDelays(most=MAX_DAYS)
    return " ".join(map(str, days))


def _since(words: str) -> str:
    line = plain.line(words).lower()
    if line == "all":
        return line
    try:
        return date.fromisoformat(line).isoformat()
    except ValueError as error:
        raise NotADay from error


def _budget(words: str) -> str:
    line = plain.line(words).lower()
    if line == "none":
        return line
    match = BUDGET.fullmatch(line)
    if match is None:
        raise NotABudget
    return f"{int(match[1])} {match[2]}"


def _limit(words: str) -> str:
    """Whole yuan, or `off`."""
    line = plain.line(words).lower()
    if line == "off":
        return line
    if not line.isdecimal() or len(line) > MAX_DIGITS:
        raise NotALimit
    return str(int(line))


SETTINGS: Mapping[Name, Setting] = {
    Name.LANGUAGE: Setting(None, GROUPS | {Scope.MEMBER}, LANGUAGES, _one_of(*LANGUAGES)),
    Name.ZONE: Setting(
        None, GROUPS, ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Europe/London"), _zone, open=True
    ),
    Name.RANKING: Setting(Ranking.PUBLIC, GROUPS, tuple(Ranking), _one_of(*Ranking)),
    Name.ON_BOARD: Setting("yes", frozenset({Scope.MEMBER}), ("yes", "no"), _one_of("yes", "no")),
    Name.REMINDERS: Setting(Reminding.ALL, GROUPS | {Scope.MEMBER}, tuple(Reminding), _one_of(*Reminding)),
    Name.MORNING: Setting("09:00", GROUPS, ("07:45", "08:30", "09:00"), _clock, open=True),
    Name.TASK_BLUE: Setting("5", GROUPS, ("3", "5", "10"), _up_to(MAX_DAYS), open=True),
    Name.TASK_YELLOW: Setting("2", GROUPS, ("1", "2", "3"), _up_to(MAX_DAYS), open=True),
    Name.TASK_ESCALATION: Setting("1 3 5", GROUPS, ("1 3 5", "2 4 6", "off"), _delays, open=True),
    Name.CAP: Setting("25", GROUPS, ("15", "25", "40"), _up_to(MAX_PROMPTS_A_WEEK), open=True),
    Name.DAY_END: Setting("18:00", GROUPS, ("17:00", "17:30", "18:00"), _day_end, open=True),
    Name.REWARDS: Setting("off", frozenset({Scope.ENTERPRISE}), ("off", "on"), _one_of("off", "on")),
    Name.REWARDS_SINCE: Setting("all", frozenset({Scope.ENTERPRISE}), ("all",), _since, open=True),
    Name.REWARD_BUDGET: Setting("none", frozenset({Scope.BRANCH, Scope.ENTERPRISE}), ("none",), _budget, open=True),
    Name.APPEAL_DAYS: Setting("3", frozenset({Scope.ENTERPRISE}), ("2", "3", "5"), _up_to(MAX_DAYS), open=True),
    Name.CONSIDER_DAYS: Setting("3", frozenset({Scope.ENTERPRISE}), ("2", "3", "5"), _up_to(MAX_DAYS), open=True),
    Name.DECIDE_DAYS: Setting("10", frozenset({Scope.ENTERPRISE}), ("5", "10", "15"), _up_to(MAX_DAYS), open=True),
    Name.FULFIL_DAYS: Setting("20", frozenset({Scope.ENTERPRISE}), ("10", "20", "30"), _up_to(MAX_DAYS), open=True),
    Name.PUBLICITY_DAYS: Setting("5", frozenset({Scope.ENTERPRISE}), ("3", "5", "7"), _up_to(MAX_DAYS), open=True),
    Name.MEASURE_DAYS: Setting("5", frozenset({Scope.ENTERPRISE}), ("3", "5", "10"), _up_to(MAX_DAYS), open=True),
    Name.LOOK_BACK_DAYS: Setting("30", frozenset({Scope.ENTERPRISE}), LOOK_BACKS, _one_of(*LOOK_BACKS)),
    Name.THANKS: Setting("3", GROUPS, THANKS_A_DAY, _one_of(*THANKS_A_DAY)),
    Name.ANNIVERSARY: Setting(Marking.OFF, frozenset({Scope.MEMBER}), tuple(Marking), _one_of(*Marking)),
    Name.STUDY: Setting(Studying.GROUP, frozenset({Scope.MEMBER}), tuple(Studying), _one_of(*Studying)),
    Name.UPCOMING: Setting(Posting.OFF, GROUPS, tuple(Posting), _one_of(*Posting)),
    Name.ACTIVITY_APPROVAL: Setting(
        "1000", frozenset({Scope.ENTERPRISE}), ("0", "1000", "5000", "off"), _limit, open=True
    ),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that somebody has set."""

    where: Where
    name: Name
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as it holds at a place. It comes from `source` (`None`: the program), which is `called` so."""

    name: Name
    value: str
    source: Where | None
    own: bool
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All settings of a place. `called` is its name; `may_see_enterprise`: who asks may go on to the enterprise's."""

    where: Where
    called: str | None
    lines: Sequence[Line]
    may_see_enterprise: bool = False


class Settings(Protocol):
    """Settings in the store."""

    def over(self, *, member: MemberId | None, chat: Chat | None, branch: BranchId | None) -> list[Kept]:
        """All that is set for a person, a group, a branch and what it is part of, and the enterprise; nearest first."""

    def own(self, where: Where, name: Name) -> str | None:
        """What a place has set itself."""

    def of_members(self, name: Name) -> Mapping[MemberId, str]:
        """What people have set for themselves, of one setting."""

    def all(self) -> list[Kept]:
        """All that is set anywhere."""

    def put(self, where: Where, name: Name, value: str) -> None:
        """Set a value in place of an earlier one."""

    def remove(self, where: Where, name: Name) -> None:
        """Take it from above again."""
