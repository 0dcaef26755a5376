"""What people type about the audit log and about settings, as typed values."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from telegram import Message

import plain
from domain.people.member import Mention
from handlers.arguments import BadArguments, leading_mentions

DAY = re.compile(r"([12]\d{3})-(\d{1,2})(?:-(\d{1,2}))?")
MAX_DAYS = 2
BUDGET = re.compile(r"([0-9]{1,9}) ?(?:(分|积分|点|points?)|元|块|yuan|rmb)")


@dataclass(frozen=True, slots=True)
class AuditArguments:
    """What `/audit` asks for."""

    mention: Mention | None
    since: date | None
    until: date | None


def audit(message: Message) -> AuditArguments:
    """`[@name] [DAY [DAY]]`: a day is 2026-11-05, or a whole month 2026-11. Raises BadArguments."""
    named, rest = leading_mentions(message)
    words = plain.line(rest).split()
    if len(words) > MAX_DAYS:
        raise BadArguments("audit.usage")
    spans = [_days(word) for word in words]
    since, until = (spans[0][0], spans[-1][1]) if spans else (None, None)
    return AuditArguments(named[0] if named else None, since, until)


def _days(word: str) -> tuple[date, date]:
    """The first and the last day of a day or a month. Raises BadArguments."""
    match = DAY.fullmatch(word)
    try:
        if match is None:
            raise BadArguments("audit.usage")
        year, month = int(match[1]), int(match[2])
        if match[3]:
            day = date(year, month, int(match[3]))
            return day, day
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise BadArguments("audit.usage") from error


def budget_of(words: str) -> str:
    """`5000元` or `20000分` as the setting has it, `5000 yuan` or `20000 points`; what is neither as it was typed."""
    match = BUDGET.fullmatch(plain.line(words).lower())
    return f"{match[1]} {'points' if match[2] else 'yuan'}" if match else words
