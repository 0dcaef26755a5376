"""The kinds of meetings as data: who comes, how often a branch owes one, who votes, and where that is written.

支部工作条例 is 中国共产党支部工作条例（试行） of 2018. Its numbers of articles stand beside each rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of meeting it is."""

    ASSEMBLY = "assembly"  # 支部党员大会
    COMMITTEE = "committee"  # 支委会
    GROUP = "group"  # 党小组会
    LECTURE = "lecture"  # 党课
    THEME_DAY = "theme_day"  # 主题党日
    LIFE = "life"  # 组织生活会
    APPRAISAL = "appraisal"  # 民主评议党员
    TALK = "talk"  # 谈心谈话
    JOINT = "joint"  # 联席会议
    REGULAR = "regular"  # 例会
    TRAINING = "training"  # 培训, called from the plan of trainings alone


class Audience(StrEnum):
    """Who of a group is to come."""

    PARTY = "party"  # party members, with those on probation
    COMMITTEE = "committee"  # secretaries and members of the committee
    LEADERS = "leaders"  # these, and who leads a 党小组
    EVERYBODY = "everybody"
    NAMED = "named"  # those who were named when it was called


class Every(StrEnum):
    """How often a branch owes a meeting of a kind."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for meetings of a kind.

    With a `quorum` a vote takes more than half of those entitled to be there. Where `party` is set, only full party
    members are entitled; else everybody who is to come is. Without `votes` nobody is. `article` is that of
    支部工作条例.
    """

    audience: Audience
    every: Every | None = None
    quorum: bool = False
    party: bool = True
    article: int | None = None
    votes: bool = True


RULES = {
    Kind.ASSEMBLY: Rule(Audience.PARTY, Every.QUARTER, quorum=True, article=11),
    Kind.COMMITTEE: Rule(Audience.COMMITTEE, Every.MONTH, quorum=True, article=12),
    Kind.GROUP: Rule(Audience.PARTY, Every.MONTH, quorum=True, article=13),
    Kind.LECTURE: Rule(Audience.PARTY, Every.QUARTER, article=15),
    Kind.THEME_DAY: Rule(Audience.PARTY, Every.MONTH, article=16),
    Kind.LIFE: Rule(Audience.PARTY, Every.YEAR, quorum=True, article=17),
    Kind.APPRAISAL: Rule(Audience.PARTY, Every.YEAR, quorum=True, article=18),
    Kind.TALK: Rule(Audience.PARTY, Every.YEAR, article=19),
    Kind.JOINT: Rule(Audience.LEADERS, party=False, quorum=True),
    Kind.REGULAR: Rule(Audience.EVERYBODY, party=False, quorum=True),
    Kind.TRAINING: Rule(Audience.NAMED, party=False, votes=False),
}
CALLABLE = tuple(kind for kind in Kind if kind is not Kind.TRAINING)  # by the form of meetings
CHOOSABLE = tuple(one for one in Audience if one is not Audience.NAMED)
