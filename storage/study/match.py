"""Team matches in the store: their questions by day, who is in which team, and how the teams stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MatchId, MemberId, QuestionId
from domain.study.attempt import OccasionKind
from domain.study.learning.figures import Asked, Share
from domain.study.match.model import Match, Place, Round, Team
from domain.study.match.scoring import Count
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import count_if, within
from storage.feature import GROUP, MEMBER, PERSON, Feature, Personal, subject
from storage.people.tables import absences, people
from storage.study.attempt import study_attempts
from storage.study.question import study_questions

study_matches = Table(
    "study_matches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("opener_id", Id, ForeignKey("members.id"), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("topics", Json, nullable=False),
    Column("begun_at", Moment),
    Column("shown_at", Moment),
    Column("ended_at", Moment),
    Column("withdrawn_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "ended_at"),
)
study_match_teams = Table(
    "study_match_teams",
    metadata,
    Column("match_id", Id, ForeignKey("study_matches.id"), primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Index(None, "group_id"),
)
study_match_questions = Table(
    "study_match_questions",
    metadata,
    Column("match_id", Id, ForeignKey("study_matches.id"), primary_key=True),
    Column("question_id", Id, primary_key=True),
    Column("day", Date, nullable=False),
    Column("place", Integer, nullable=False),
)
study_match_people = Table(
    "study_match_people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("match_id", Id, ForeignKey("study_matches.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("member_id", Id, ForeignKey("members.id")),
    UniqueConstraint("match_id", "person_id"),
    UniqueConstraint("match_id", "member_id"),
    Index(None, "person_id"),
    Index(None, "member_id"),
)

match, team, asked, there, given = (
    one.c for one in (study_matches, study_match_teams, study_match_questions, study_match_people, study_attempts)
)
NUMBER, DAY = bindparam("match", type_=Id), bindparam("day", type_=Date)
COLUMNS = tuple(one for one in match if one.name != "source")
MATCHES = select(*COLUMNS)
GET, OPENED_BY = MATCHES.where(match.id == NUMBER), MATCHES.where(match.source == bindparam("source"))
IS_RUNNING = (match.ended_at.is_(None), match.withdrawn_at.is_(None))
RUNNING = MATCHES.where(*IS_RUNNING).order_by(match.id)
ENDED = MATCHES.join(study_match_teams, team.match_id == match.id).where(
    team.group_id == GROUP, *within(match.ended_at)
)
TEAMS = select(team.group_id, team.name).where(team.match_id == NUMBER).order_by(team.place)
QUESTIONS = select(asked.day, asked.question_id).where(asked.match_id == NUMBER).order_by(asked.day, asked.place)
ADD = insert(study_matches).returning(match.id)
CHANGED = ("begun_at", "shown_at", "ended_at", "withdrawn_at")
SAVE = update(study_matches).where(match.id == NUMBER).values({one: bindparam(f"new_{one}") for one in CHANGED})

PLACES = study_match_people.outerjoin(people, people.c.id == there.person_id)
OWN_PERSON = select(people.c.id).where(people.c.member_id == MEMBER).scalar_subquery()
IS_OWN = or_(there.member_id == MEMBER, there.person_id == OWN_PERSON)
TEAM_OF = select(there.group_id).where(there.match_id == NUMBER, IS_OWN).order_by(there.id).limit(1)
KNOWN = select(there.person_id, there.member_id).where(there.match_id == NUMBER)
OF_MATCH = and_(given.occasion == OccasionKind.MATCH.value, given.occasion_id == NUMBER)
LAST_ANSWER = select(func.max(given.at)).where(OF_MATCH)
IS_GUEST = there.person_id.is_(None)
PEOPLE = (
    select(
        there.group_id,
        count_if(~IS_GUEST),
        count_if(~IS_GUEST & people.c.member_id.is_(None)),
        count_if(IS_GUEST),
    )
    .select_from(PLACES)
    .where(there.match_id == NUMBER)
    .group_by(there.group_id)
)
days = select(asked.day).where(asked.match_id == NUMBER, asked.day <= DAY).distinct().subquery("days")


def _on_leave(day: Any) -> Any:
    """Whether a line of leave holds a day."""
    return and_(absences.c.since <= day, or_(absences.c.until.is_(None), absences.c.until > day))


AWAY = (
    select(there.group_id, func.count())
    .select_from(
        study_match_people.join(absences, absences.c.person_id == there.person_id).join(days, _on_leave(days.c.day))
    )
    .where(there.match_id == NUMBER)
    .group_by(there.group_id)
)
# From the answers to the teams: an index finds each one's place, by the roster or as a guest.
on_roster, guests = study_match_people.alias("on_roster"), study_match_people.alias("guests")
TEAM = func.coalesce(on_roster.c.group_id, guests.c.group_id).label("team")
IS_AWAY = exists().where(absences.c.person_id == on_roster.c.person_id, _on_leave(asked.day))
ANSWERS = (
    study_attempts.join(study_match_questions, and_(asked.match_id == NUMBER, asked.question_id == given.question_id))
    .outerjoin(people, people.c.member_id == given.member_id)
    .outerjoin(on_roster, and_(on_roster.c.match_id == NUMBER, on_roster.c.person_id == people.c.id))
    .outerjoin(guests, and_(guests.c.match_id == NUMBER, guests.c.member_id == given.member_id))
)
COUNTED = (OF_MATCH, ~given.hasty, ~IS_AWAY)
RIGHT = (
    select(TEAM, count_if(given.right), func.count(given.member_id.distinct()))
    .select_from(ANSWERS)
    .where(*COUNTED, asked.day <= DAY)
    .group_by(TEAM)
)
PLAYERS = (
    select(TEAM, given.member_id)
    .select_from(ANSWERS)
    .where(*COUNTED, TEAM.in_(bindparam("groups", expanding=True)))
    .distinct()
    .order_by(given.member_id)
)
ASKED = (
    select(study_questions.c.id, study_questions.c.text, count_if(given.right), func.count())
    .join(study_attempts, study_attempts.c.question_id == study_questions.c.id)
    .where(OF_MATCH, ~given.hasty)
    .group_by(study_questions.c.id, study_questions.c.text)
    .order_by(study_questions.c.id)
)


class Matches:
    """See `domain.study.match.model.Matches`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Match]:
        return [self._to_match(row) for row in self.connection.execute(statement, values).all()]

    def _one(self, statement: Any, **values: Any) -> Match | None:
        return next(iter(self._all(statement, **values)), None)

    def _to_match(self, row: Sequence[Any]) -> Match:
        id_, name, opener, opened_at, begins_at, ends_at, topics, begun_at, shown_at, ended_at, withdrawn_at = row
        own = {"match": id_}
        by_day: dict[date, list[QuestionId]] = defaultdict(list)
        for day, question in self.connection.execute(QUESTIONS, own):
            by_day[day].append(QuestionId(question))
        return Match(
            MatchId(id_),
            name,
            MemberId(opener),
            opened_at,
            begins_at,
            ends_at,
            tuple(topics),
            tuple(Team(ChatId(group), called) for group, called in self.connection.execute(TEAMS, own)),
            tuple(Round(day, tuple(questions)) for day, questions in by_day.items()),
            begun_at,
            shown_at,
            ended_at,
            withdrawn_at,
        )

    def add(self, match: Match, source: str) -> Match:
        """Remember a match; its id is given now."""
        values = {
            "name": match.name,
            "opener_id": match.opener,
            "opened_at": match.opened_at,
            "begins_at": match.begins_at,
            "ends_at": match.ends_at,
            "topics": list(match.topics),
            "source": source,
        }
        number = MatchId(self.connection.execute(ADD, values).scalar_one())
        teams = [
            {"match_id": number, "group_id": one.group, "place": place, "name": one.name}
            for place, one in enumerate(match.teams)
        ]
        questions = [
            {"match_id": number, "question_id": question, "day": round_.day, "place": place}
            for round_ in match.rounds
            for place, question in enumerate(round_.questions)
        ]
        self.connection.execute(insert(study_match_teams), teams)
        self.connection.execute(insert(study_match_questions), questions)
        return self._all(GET, match=number)[0]

    def opened_by(self, source: str) -> Match | None:
        """The match that was opened by a command or form."""
        return self._one(OPENED_BY, source=source)

    def get(self, match: MatchId) -> Match | None:
        """One match."""
        return self._one(GET, match=match)

    def save(self, match: Match) -> None:
        """Remember when a match has begun, was shown, ended, or was withdrawn."""
        values = {f"new_{one}": getattr(match, one) for one in CHANGED}
        self.connection.execute(SAVE, {"match": match.id, **values})

    def last_answer(self, match: MatchId) -> datetime | None:
        """When a question of a match was answered last."""
        found: datetime | None = self.connection.execute(LAST_ANSWER, {"match": match}).scalar_one()
        return found

    def running(self) -> list[Match]:
        """The matches that are not over, the oldest first."""
        return self._all(RUNNING)

    def ended_between(self, group: ChatId, since: datetime, until: datetime) -> list[Match]:
        """Those of a group that have ended between two moments."""
        return self._all(ENDED, group=group, since=since, until=until)

    def place(self, match: MatchId, places: Collection[Place]) -> None:
        """Put people into their teams; whoever is in one stays there."""
        known = self.connection.execute(KNOWN, {"match": match}).all()
        persons, members = {one for one, _ in known if one}, {one for _, one in known if one}
        rows = [
            {"match_id": match, "group_id": one.group, "person_id": one.person, "member_id": one.member}
            for one in places
            if one.person not in persons and one.member not in members
        ]
        if rows:
            self.connection.execute(insert(study_match_people), rows)

    def team_of(self, match: MatchId, member: MemberId) -> ChatId | None:
        """In which team somebody is, by their account or as a person on the roster."""
        found = self.connection.execute(TEAM_OF, {"match": match, "member": member}).scalar_one_or_none()
        return None if found is None else ChatId(found)

    def counts(self, match: Match, day: date) -> list[Count]:
        """How each team stands, with the questions of the days up to and with one."""
        values = {"match": match.id, "day": day}
        people_of = {group: numbers for group, *numbers in self.connection.execute(PEOPLE, values)}
        away = {group: number for group, number in self.connection.execute(AWAY, values)}  # noqa: C416 - rows, not pairs
        right = {group: numbers for group, *numbers in self.connection.execute(RIGHT, values)}
        opened, found = len(match.opened(day)), []
        for one in match.teams:
            own = size(*people_of.get(one.group, (0, 0, 0)))
            possible = own * opened - away.get(one.group, 0) * match.a_day
            so_far, players = right.get(one.group, (0, 0))
            found.append(Count(one, own, max(0, possible), int(so_far), players))
        return found

    def asked(self, match: Match) -> list[Asked]:
        """The questions with all answers to them, but hasty ones."""
        rows = self.connection.execute(ASKED, {"match": match.id})
        return [Asked(QuestionId(id_), text, Share(int(right), answers)) for id_, text, right, answers in rows]

    def players(self, match: MatchId, groups: Collection[ChatId]) -> Mapping[ChatId, Sequence[MemberId]]:
        """Who of some teams has answered a question, and not only hastily."""
        found: dict[ChatId, list[MemberId]] = {one: [] for one in groups}
        for group, member in self.connection.execute(PLAYERS, {"match": match, "groups": list(groups)}):
            found[ChatId(group)].append(MemberId(member))
        return found


def size(persons: int, nameless: int, guests: int) -> int:
    """How many people a team has.

    A guest is not on the roster by their account: they may be one of those whose account is not known, and count as
    somebody more only where there are more guests than those.
    """
    return int(persons) + max(0, int(guests) - int(nameless))


OWN_MATCHES = select(match.name, match.opened_at).where(match.opener_id == MEMBER).order_by(match.id)
OWN_TEAMS = (
    select(match.name, team.name.label("team"))
    .select_from(
        study_match_people.join(study_matches, match.id == there.match_id).join(
            study_match_teams, and_(team.match_id == there.match_id, team.group_id == there.group_id)
        )
    )
    .where(or_(there.member_id == MEMBER, there.person_id == PERSON))
    .order_by(match.id)
)
KEPT = "kept under a number: the standings stay right"
FEATURE = Feature(
    tables=(study_matches, study_match_teams, study_match_questions, study_match_people),
    personal=(
        Personal(438, "matches", OWN_MATCHES, texts="match"),
        Personal(439, "match_teams", OWN_TEAMS, texts="match"),
    ),
    not_erased={"study_matches": "kept under a number", "study_match_people": KEPT},
    open_subjects=(
        select(subject("match:", team.match_id, ":", team.group_id))
        .join(study_matches, match.id == team.match_id)
        .where(*IS_RUNNING),
        select(subject("match_desk:", match.id)).where(*IS_RUNNING),
    ),
)
