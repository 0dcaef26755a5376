"""Meetings in the store: who is to come, who is there, and people's standing in the party."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, exists, func, insert, or_, select, update

from domain.ids import BranchId, ChatId, MeetingId, MemberId, PersonId
from domain.life.meeting.kinds import Audience, Kind
from domain.life.meeting.model import Attendance, Invited, Meeting, Reply, Standing, State
from storage.base import Id
from storage.dialects import upsert, within
from storage.feature import GROUP, MEMBER
from storage.life.meeting_tables import meeting_people, meetings, party_standings
from storage.people.member import members
from storage.people.tables import people
from storage.prepared import Prepared

meeting, there = meetings.c, meeting_people.c
NUMBER = bindparam("meeting", type_=Id)
COLUMNS = tuple(one for one in meeting if one.name != "source")
ALL = select(*COLUMNS)
CURRENT = meeting.state.in_((State.CALLED.value, State.OPEN.value))
NEXT = (meeting.starts_at, meeting.id)
ADD = insert(meetings).returning(meeting.id)
GET, CALLED_BY = ALL.where(meeting.id == NUMBER), ALL.where(meeting.source == bindparam("source"))
OF_NOTICE = ("starts_at", "place", "agenda", "revision")
OF_COURSE = ("state", "code", "by_button", "opened_at", "ended_at", "reminded_at", "minutes")
CHANGED = (*OF_NOTICE, *OF_COURSE)
SAVE = update(meetings).where(meeting.id == NUMBER).values({one: bindparam(f"new_{one}") for one in CHANGED})
IN_GROUP = (
    ALL.where(meeting.group_id == GROUP, meeting.id < bindparam("before", type_=Id))
    .order_by(meeting.id.desc())
    .limit(bindparam("most"))
)
COMING_IN = ALL.where(meeting.group_id == GROUP, CURRENT).order_by(*NEXT)
ALL_CURRENT = ALL.where(CURRENT).order_by(*NEXT)
HELD_BY = (
    meeting.branch_id == bindparam("branch", type_=Id),
    meeting.opened_at.is_not(None),
    *within(meeting.starts_at),
)
HELD = ALL.where(*HELD_BY).order_by(*NEXT)
HERE = case((there.present_at.is_not(None), 1), else_=0)
EXCUSED = case((there.present_at.is_(None) & (there.reply == Reply.AWAY.value), 1), else_=0)
ATTENDANCE = (
    select(meeting.id, func.count(), func.sum(HERE), func.sum(EXCUSED))
    .select_from(meetings.join(meeting_people, there.meeting_id == meeting.id))
    .where(*HELD_BY)
    .group_by(meeting.id)
)
IN_SPAN = Prepared(
    ALL.where(meeting.group_id == GROUP, meeting.opened_at.is_not(None), *within(meeting.starts_at)).order_by(*NEXT)
)
OWN_PERSON = select(people.c.id).where(people.c.member_id == MEMBER).scalar_subquery()
OF_MEMBER = ALL.where(
    CURRENT,
    meeting.id.in_(select(there.meeting_id).where(or_(there.member_id == MEMBER, there.person_id == OWN_PERSON))),
).order_by(*NEXT)
PEOPLE = (
    select(
        there.id,
        there.meeting_id,
        there.person_id,
        func.coalesce(people.c.member_id, there.member_id),
        func.coalesce(people.c.name, members.c.name),
        there.entitled,
        there.reply,
        there.reason,
        there.present_at,
        there.tries,
    )
    .select_from(
        meeting_people.outerjoin(people, people.c.id == there.person_id).outerjoin(
            members, members.c.id == there.member_id
        )
    )
    .where(there.meeting_id == NUMBER)
    .order_by(there.id)
)
INVITE, UNINVITE = insert(meeting_people), delete(meeting_people).where(there.id == bindparam("number", type_=Id))
OF_PERSON = ("entitled", "reply", "reason", "present_at", "tries")
SAVE_PERSON = (
    update(meeting_people)
    .where(there.id == bindparam("number", type_=Id))
    .values({one: bindparam(f"new_{one}") for one in OF_PERSON})
)
AWAITED, KNOWN = bindparam("awaited", type_=Id), bindparam("known", type_=Id)
same = meeting_people.alias("same")
HAND_OVER = (
    update(meeting_people)
    .where(
        there.member_id == AWAITED,
        ~exists().where(same.c.meeting_id == there.meeting_id, same.c.member_id == KNOWN),
    )
    .values(member_id=KNOWN)
)
DROP_AWAITED = delete(meeting_people).where(there.member_id == AWAITED)  # has no account: never there, no vote
CALLED_OVER = update(meetings).where(meeting.caller_id == AWAITED).values(caller_id=KNOWN)
STANDINGS = select(party_standings.c.person_id, party_standings.c.standing).where(
    party_standings.c.person_id.in_(bindparam("people", expanding=True))
)
PUT_STANDING = upsert(party_standings, ("person_id",), standing=bindparam("new_standing"))


class Meetings:
    """See `domain.life.meeting.model.Meetings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Meeting]:
        return [to_meeting(row) for row in self.connection.execute(statement, values).all()]

    def _one(self, statement: Any, **values: Any) -> Meeting | None:
        return next(iter(self._all(statement, **values)), None)

    def add(self, meeting: Meeting, source: str) -> Meeting:
        """Remember a meeting; its id is given now."""
        values = {
            "group_id": meeting.group,
            "branch_id": meeting.branch,
            "kind": meeting.kind,
            "audience": meeting.audience,
            "caller_id": meeting.caller,
            "called_at": meeting.called_at,
            "source": source,
            **_changing(meeting),
        }
        number = self.connection.execute(ADD, values).scalar_one()
        return self._all(GET, meeting=number)[0]

    def called_by(self, source: str) -> Meeting | None:
        """The meeting that was called by a form."""
        return self._one(CALLED_BY, source=source)

    def get(self, meeting: MeetingId) -> Meeting | None:
        """One meeting."""
        return self._one(GET, meeting=meeting)

    def save(self, meeting: Meeting) -> None:
        """Remember what has changed about a meeting."""
        values = {f"new_{name}": value for name, value in _changing(meeting).items()}
        self.connection.execute(SAVE, {"meeting": meeting.id, **values})

    def invite(self, people: Sequence[Invited]) -> None:
        """Add people to those who are to come; their ids are given now."""
        rows = [
            {
                "meeting_id": one.meeting,
                "person_id": one.person,
                "member_id": one.member if one.person is None else None,
                "entitled": one.entitled,
                "reply": one.reply,
                "reason": one.reason,
                "present_at": one.present_at,
                "tries": one.tries,
            }
            for one in people
        ]
        if rows:
            self.connection.execute(INVITE, rows)

    def uninvite(self, people: Collection[int]) -> None:
        """Some are not to come any more, by their ids."""
        for one in people:
            self.connection.execute(UNINVITE, {"number": one})

    def people(self, meeting: MeetingId) -> list[Invited]:
        """Who is to come, in the order in which they were added."""
        return [to_invited(row) for row in self.connection.execute(PEOPLE, {"meeting": meeting}).all()]

    def save_person(self, person: Invited) -> None:
        """Remember what has changed about somebody who is to come."""
        values = {f"new_{one}": getattr(person, one) for one in OF_PERSON}
        self.connection.execute(SAVE_PERSON, {"number": person.id, **values})

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What is an awaited member's is the known one's, who is to come once."""
        both = {"awaited": awaited, "known": known}
        self.connection.execute(HAND_OVER, both)
        self.connection.execute(DROP_AWAITED, {"awaited": awaited})
        self.connection.execute(CALLED_OVER, both)

    def in_group(self, group: ChatId, before: int, limit: int) -> list[Meeting]:
        """A group's meetings with a lower id than `before`, the newest first."""
        return self._all(IN_GROUP, group=group, before=before, most=limit)

    def coming_in(self, group: ChatId) -> list[Meeting]:
        """A group's meetings that are called or open, the next first."""
        return self._all(COMING_IN, group=group)

    def of_member(self, member: MemberId) -> list[Meeting]:
        """The meetings that are called or open and that somebody is to attend, the next first."""
        return self._all(OF_MEMBER, member=member)

    def current(self) -> list[Meeting]:
        """All meetings that are called or open, the next first."""
        return self._all(ALL_CURRENT)

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Meeting]:
        """A group's meetings between two moments whose check-in has begun, the oldest first."""
        rows = IN_SPAN(self.connection, {"group": group, "since": since, "until": until})
        return list(map(to_meeting, rows))

    def held(self, branch: BranchId, since: datetime, until: datetime) -> list[Meeting]:
        """The meetings of a branch between two moments whose check-in has begun, the oldest first."""
        return self._all(HELD, branch=branch, since=since, until=until)

    def attendance(self, branch: BranchId, since: datetime, until: datetime) -> Mapping[MeetingId, Attendance]:
        """How many came to the same meetings."""
        rows = self.connection.execute(ATTENDANCE, {"branch": branch, "since": since, "until": until})
        return {MeetingId(number): Attendance(invited, present, away) for number, invited, present, away in rows}

    def standings(self, people: Collection[PersonId]) -> Mapping[PersonId, Standing]:
        """The standing in the party of people, as far as somebody has said it."""
        rows = self.connection.execute(STANDINGS, {"people": list(people)})
        return {PersonId(person): Standing(standing) for person, standing in rows}

    def put_standing(self, person: PersonId, standing: Standing) -> None:
        """Say what somebody's standing in the party is."""
        self.connection.execute(
            PUT_STANDING, {"person_id": person, "standing": standing, "new_standing": standing.value}
        )


def _changing(meeting: Meeting) -> dict[str, Any]:
    return {**{one: getattr(meeting, one) for one in CHANGED}, "agenda": list(meeting.agenda)}


def to_meeting(row: Sequence[Any]) -> Meeting:
    """A meeting from its row."""
    number, group, branch, kind, starts_at, place, agenda, audience, caller, called_at, state, *rest = row
    return Meeting(
        MeetingId(number),
        ChatId(group),
        branch and BranchId(branch),
        Kind(kind),
        starts_at,
        place,
        tuple(agenda),
        Audience(audience),
        MemberId(caller),
        called_at,
        State(state),
        *rest,
    )


def to_invited(row: Sequence[Any]) -> Invited:
    """Somebody who is to come, from their row."""
    number, of, person, member, name, entitled, reply, *rest = row
    return Invited(
        number,
        MeetingId(of),
        person and PersonId(person),
        member and MemberId(member),
        name or "",
        entitled,
        Reply(reply),
        *rest,
    )
