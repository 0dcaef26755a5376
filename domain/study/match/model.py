"""What a team match is, what may be wrong with opening one, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.ids import MatchId
from domain.messaging.message import Subject
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, PersonId, QuestionId
    from domain.study.learning.figures import Asked
    from domain.study.match.scoring import Count

MAX_NAME_CHARS = 30
MIN_TEAMS, MAX_TEAMS = 2, 40
MAX_A_DAY = 5  # questions a day for each person


class NoName(Refusal):
    """A match needs a name that can be shown on a button and in a line."""

    text = "match.no_name"


class TooFewTeams(Refusal):
    """A match is between two teams at least."""

    text = "match.too_few_teams"


class TooManyTeams(Refusal):
    """More teams than a card can show."""

    text = "match.too_many_teams"


class TooFewQuestions(Refusal):
    """The library has fewer questions of these topics than the week needs."""

    text = "match.too_few_questions"


class SameBranch(Refusal):
    """Two of the groups are the same branch's."""

    text = "match.same_branch"


class NoWorkday(Refusal):
    """No day of the week from Monday to Friday is worked."""

    text = "match.no_workday"


class TooLate(Refusal):
    """The week has begun, or is over."""

    text = "match.too_late"


class TeamBusy(Refusal):
    """A group plays in another match of the same week."""

    text = "match.busy"


class NotYours(Refusal):
    """Whoever opens or withdraws a match needs the permission over each group that plays."""

    text = "match.not_yours"


class MatchOver(Refusal):
    """The match has ended or was withdrawn, or there is none."""

    text = "match.over"


class NotBegun(Refusal):
    """The match begins later."""

    text = "match.not_begun"


class NotInTeam(Refusal):
    """Somebody is in no team of the match: they were elsewhere when it began."""

    text = "match.not_in_team"


class AllAnswered(Refusal):
    """Somebody has answered all questions that are open so far."""

    text = "match.all_answered"


@dataclass(frozen=True, slots=True)
class Team:
    """A group that plays; `name` is that of its branch, else the group's."""

    group: ChatId
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in a team when the match begins: by the roster, else by the account."""

    group: ChatId
    person: PersonId | None = None
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A day of a match and its questions."""

    day: date
    questions: tuple[QuestionId, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A match: each day opens its questions; all of them can be answered until it ends.

    `begins_at` and `ends_at` are moments on the enterprise's clock. `begun_at` is set once the teams are fixed and the
    cards are out, `ended_at` once the result is; `shown_at` is how old the standings on the cards are.
    """

    id: MatchId
    name: str
    opener: MemberId
    opened_at: datetime
    begins_at: datetime
    ends_at: datetime
    topics: tuple[str, ...]
    teams: tuple[Team, ...]
    rounds: tuple[Round, ...]
    begun_at: datetime | None = None
    shown_at: datetime | None = None
    ended_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended or was withdrawn."""
        return self.ended_at is not None or self.withdrawn_at is not None

    @property
    def is_played(self) -> bool:
        """Whether it has begun and is not over."""
        return self.begun_at is not None and not self.is_over

    @property
    def a_day(self) -> int:
        """How many questions a day has."""
        return len(self.rounds[0].questions)

    @property
    def first(self) -> date:
        """Its first day."""
        return self.rounds[0].day

    @property
    def last(self) -> date:
        """Its last day."""
        return self.rounds[-1].day

    def card(self, group: ChatId) -> Subject:
        """What a group's card is about."""
        return Subject("match", self.id, group)

    @property
    def desk(self) -> Subject:
        """What the messages are about by which it is withdrawn."""
        return Subject("match_desk", self.id)

    @property
    def source(self) -> str:
        """The cause of its credits."""
        return f"match:{self.id}"

    def opened(self, day: date) -> list[QuestionId]:
        """The questions that are open on a day, the oldest first."""
        return [one for round_ in self.rounds if round_.day <= day for one in round_.questions]

    def of(self, group: ChatId) -> Team | None:
        """The team of a group."""
        return next((one for one in self.teams if one.group == group), None)


class Matches(Protocol):
    """Matches in the store."""

    def add(self, match: Match, source: str) -> Match:
        """Remember a match; its id is given now."""

    def opened_by(self, source: str) -> Match | None:
        """The match that was opened by a command or form."""

    def get(self, match: MatchId) -> Match | None:
        """One match."""

    def save(self, match: Match) -> None:
        """Remember when a match has begun, was shown, ended, or was withdrawn."""

    def last_answer(self, match: MatchId) -> datetime | None:
        """When a question of a match was answered last."""

    def running(self) -> list[Match]:
        """The matches that are not over, the oldest first."""

    def ended_between(self, group: ChatId, since: datetime, until: datetime) -> list[Match]:
        """Those of a group that have ended between two moments."""

    def place(self, match: MatchId, places: Collection[Place]) -> None:
        """Put people into their teams; whoever is in one stays there."""

    def team_of(self, match: MatchId, member: MemberId) -> ChatId | None:
        """In which team somebody is, by their account or as a person on the roster."""

    def counts(self, match: Match, day: date) -> list[Count]:
        """How each team stands, with the questions of the days up to and with one.

        The questions of a day on which somebody is on leave do not count for them, answered or not; no hasty answer is
        right.
        """

    def asked(self, match: Match) -> list[Asked]:
        """The questions with all answers to them, but hasty ones."""

    def players(self, match: MatchId, groups: Collection[ChatId]) -> Mapping[ChatId, Sequence[MemberId]]:
        """Who of some teams has answered a question, and not only hastily."""
