"""People in the store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, MemberId, PersonId
from domain.people.person import Absence, Accounts, Entry, Person, Placement
from storage.people.branch import subtree
from storage.people.tables import absences, awaited, people, placements

LONG_AGO = date(1900, 1, 1)  # since when somebody is in their first branch: nothing older is known
COLUMNS = (
    people.c.id,
    people.c.number,
    people.c.name,
    people.c.branch_id,
    people.c.role,
    people.c.phone,
    people.c.joined_on,
    people.c.left_on,
    people.c.member_id,
)
PEOPLE: Select[Any] = select(*COLUMNS)
ALL = PEOPLE.order_by(people.c.number)
THERE = ALL.where(people.c.left_on.is_(None))
GET = PEOPLE.where(people.c.id == bindparam("person"))
NUMBERED = PEOPLE.where(people.c.number == bindparam("number"))
PLAIN_NAME = func.replace(func.replace(func.replace(people.c.name, " ", ""), "\u3000", ""), "·", "")
CALLED = THERE.where(bindparam("name") == PLAIN_NAME)
OF_MEMBER = PEOPLE.where(people.c.member_id == bindparam("member"))
OF_MEMBERS = PEOPLE.where(people.c.member_id.in_(bindparam("members", expanding=True)))
AWAITED = select(awaited.c.person_id, awaited.c.member_id).where(
    awaited.c.person_id.in_(bindparam("people", expanding=True))
)
AWAIT = insert(awaited)
END_AWAITING = delete(awaited).where(awaited.c.person_id == bindparam("person"))
IN_BRANCH = THERE.where(people.c.branch_id == bindparam("branch"))
TREE = subtree(bindparam("branch"))
BELOW = people.c.branch_id.in_(select(TREE.c.id))
OF = THERE.where(BELOW)
ADD = insert(people)
NEWEST = select(func.coalesce(func.max(people.c.id), 0))
SINCE_ID = PEOPLE.where(people.c.id > bindparam("newest")).order_by(people.c.id)
SAVE = (
    update(people)
    .where(people.c.id == bindparam("person"))
    .values({name: bindparam(f"new_{name}") for name in ("number", "name", "role", "phone", "joined_on")})
)
LINK = update(people).where(people.c.id == bindparam("person")).values(member_id=bindparam("member"))
GO_TO = (
    update(people)
    .where(people.c.id == bindparam("person"))
    .values(branch_id=bindparam("branch"), left_on=bindparam("left"))
)
LEAVE = update(people).where(people.c.id == bindparam("person")).values(left_on=bindparam("day"))
ENDED = update(placements).where(placements.c.person_id == bindparam("person"), placements.c.until.is_(None))
END_PLACEMENT = ENDED.where(placements.c.since < bindparam("day")).values(until=bindparam("day"))
DROP_PLACEMENT = delete(placements).where(
    placements.c.person_id == bindparam("person"), placements.c.since >= bindparam("day")
)
ADD_PLACEMENT = insert(placements)
PLACEMENTS = (
    select(placements.c.person_id, placements.c.branch_id, placements.c.since, placements.c.until)
    .where(placements.c.person_id == bindparam("person"))
    .order_by(placements.c.since)
)
ABSENCES = select(absences.c.person_id, absences.c.since, absences.c.until).order_by(
    absences.c.person_id, absences.c.since
)
ABSENCES_OF = ABSENCES.where(absences.c.person_id == bindparam("person"))
ADD_ABSENCE = insert(absences)
DROP_ABSENCE = delete(absences).where(
    absences.c.person_id == bindparam("person"),
    absences.c.since < bindparam("last"),
    or_(absences.c.until.is_(None), absences.c.until > bindparam("first")),
)
END_ABSENCE = (
    update(absences)
    .where(
        absences.c.person_id == bindparam("person"),
        absences.c.since < bindparam("day"),
        or_(absences.c.until.is_(None), absences.c.until > bindparam("day")),
    )
    .values(until=bindparam("day"))
)
DROP_LATER = delete(absences).where(absences.c.person_id == bindparam("person"), absences.c.since >= bindparam("day"))
ON_LEAVE = exists().where(
    absences.c.person_id == people.c.id,
    absences.c.since <= bindparam("day"),
    or_(absences.c.until.is_(None), absences.c.until > bindparam("day")),
)
# Of somebody whose account is not known, the member who stands for them.
ACCOUNT = func.coalesce(people.c.member_id, awaited.c.member_id)
GIVEN: BindParameter[Any] = bindparam("members", expanding=True)
WHOSE = or_(
    people.c.member_id.in_(GIVEN),
    people.c.id.in_(select(awaited.c.person_id).where(awaited.c.member_id.in_(GIVEN))),
)
AWAY = (
    select(ACCOUNT)
    .select_from(people)
    .outerjoin(awaited, awaited.c.person_id == people.c.id)
    .where(WHOSE, or_(people.c.left_on <= bindparam("day"), ON_LEAVE))
)
ABSENT_ON = (
    select(ACCOUNT, absences.c.person_id, absences.c.since, absences.c.until)
    .select_from(people)
    .join(absences, absences.c.person_id == people.c.id)
    .outerjoin(awaited, awaited.c.person_id == people.c.id)
    .where(
        WHOSE,
        absences.c.since <= bindparam("day"),
        or_(absences.c.until.is_(None), absences.c.until > bindparam("day")),
    )
    .order_by(people.c.number)
)
ABSENT_IN = (
    select(*COLUMNS, absences.c.person_id, absences.c.since, absences.c.until)
    .join(absences)
    .where(people.c.left_on.is_(None), BELOW, or_(absences.c.until.is_(None), absences.c.until > bindparam("day")))
    .order_by(absences.c.since, people.c.number)
    .limit(bindparam("limit"))
)
ACCOUNTS: Select[Any] = select(people.c.member_id, and_(people.c.left_on.is_(None), BELOW)).where(
    people.c.member_id.in_(bindparam("members", expanding=True))
)
ALL_THE_TIME = exists().where(
    absences.c.person_id == people.c.id,
    absences.c.since <= bindparam("since"),
    or_(absences.c.until.is_(None), absences.c.until >= bindparam("until")),
)
ON_DUTY = select(people.c.member_id).where(people.c.left_on.is_(None), BELOW, ~ALL_THE_TIME)


def to_person(row: Sequence[Any]) -> Person:
    """A row of COLUMNS as the domain's."""
    id_, number, name, branch, role, phone, joined_on, left_on, member = row
    whose = None if member is None else MemberId(member)
    return Person(PersonId(id_), number, name, BranchId(branch), role, phone, joined_on, left_on, whose)


def to_absence(row: Sequence[Any]) -> Absence:
    """A row of ABSENCES as the domain's."""
    person, since, until = row
    return Absence(PersonId(person), since, until)


class People:
    """See `domain.people.person.People`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, statement: Select[Any], **values: Any) -> Person | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_person(row) if row else None

    def get(self, person: PersonId) -> Person:
        """One person."""
        return to_person(self.connection.execute(GET, {"person": person}).one())

    def find(self, person: PersonId) -> Person | None:
        """One person, if there is such a one."""
        return self._one(GET, person=person)

    def numbered(self, number: str) -> Person | None:
        """The person with an employee number."""
        return self._one(NUMBERED, number=number)

    def of_member(self, member: MemberId) -> Person | None:
        """Whose account a member is."""
        return self._one(OF_MEMBER, member=member)

    def called(self, name: str) -> list[Person]:
        """Who has this name, with or without blanks and points in it, by employee number; nobody who has left."""
        plain = name.replace(" ", "").replace("\u3000", "").replace("·", "")
        return [to_person(row) for row in self.connection.execute(CALLED, {"name": plain})]

    def all(self) -> list[Person]:
        """Everybody who ever was on the roster."""
        return [to_person(row) for row in self.connection.execute(ALL)]

    def of_members(self, members: Collection[MemberId]) -> list[Person]:
        """The people whose accounts some members are."""
        rows = self.connection.execute(OF_MEMBERS, {"members": list(members)}) if members else ()
        return [to_person(row) for row in rows]

    def awaited(self, wanted: Collection[PersonId]) -> dict[PersonId, MemberId]:
        """Which members stand for people until their accounts are known."""
        rows = self.connection.execute(AWAITED, {"people": list(wanted)}) if wanted else ()
        return {PersonId(person): MemberId(member) for person, member in rows}

    def stand_in(self, members: Mapping[PersonId, MemberId]) -> None:
        """Note which members stand for people until their accounts are known."""
        if members:
            self.connection.execute(AWAIT, [{"person_id": one, "member_id": who} for one, who in members.items()])

    def end_awaiting(self, person: PersonId) -> None:
        """Forget the stand-in of a person."""
        self.connection.execute(END_AWAITING, {"person": person})

    def in_branch(self, branch: BranchId) -> list[Person]:
        """Who is in a branch itself."""
        return [to_person(row) for row in self.connection.execute(IN_BRANCH, {"branch": branch})]

    def of(self, branch: BranchId) -> list[Person]:
        """Who is in a branch or below it."""
        return [to_person(row) for row in self.connection.execute(OF, {"branch": branch})]

    def add(self, entries: Sequence[Entry]) -> list[Person]:
        """Put people on the roster."""
        if not entries:
            return []
        newest = self.connection.execute(NEWEST).scalar_one()
        self.connection.execute(ADD, [_columns(entry) for entry in entries])
        added = [to_person(row) for row in self.connection.execute(SINCE_ID, {"newest": newest})]
        self.connection.execute(
            ADD_PLACEMENT,
            [{"person_id": one.id, "branch_id": one.branch, "since": LONG_AGO, "until": None} for one in added],
        )
        return added

    def save(self, people: Sequence[Person]) -> None:
        """Remember what has changed about people."""
        if people:
            self.connection.execute(
                SAVE,
                [
                    {
                        "person": one.id,
                        "new_number": one.number,
                        "new_name": one.name,
                        "new_role": one.role,
                        "new_phone": one.phone,
                        "new_joined_on": one.joined_on,
                    }
                    for one in people
                ],
            )

    def place(self, person: PersonId, branch: BranchId, day: date) -> None:
        """Put somebody into a branch from a day on, whether they were in another or had left."""
        when = {"person": person, "day": day}
        self.connection.execute(DROP_PLACEMENT, when)
        self.connection.execute(END_PLACEMENT, when)
        self.connection.execute(ADD_PLACEMENT, {"person_id": person, "branch_id": branch, "since": day, "until": None})
        self.connection.execute(GO_TO, {"person": person, "branch": branch, "left": None})

    def leave(self, person: PersonId, day: date) -> None:
        """Note that somebody is no longer there from a day on."""
        when = {"person": person, "day": day}
        self.connection.execute(DROP_PLACEMENT, when)
        self.connection.execute(END_PLACEMENT, when)
        self.connection.execute(LEAVE, when)

    def link(self, person: PersonId, member: MemberId | None) -> None:
        """Say which account is somebody's."""
        self.connection.execute(LINK, {"person": person, "member": member})

    def placements(self, person: PersonId) -> list[Placement]:
        """Where somebody has been."""
        rows = self.connection.execute(PLACEMENTS, {"person": person})
        return [Placement(PersonId(who), BranchId(branch), since, until) for who, branch, since, until in rows]

    def absences(self, person: PersonId) -> list[Absence]:
        """All leave of somebody."""
        return [to_absence(row) for row in self.connection.execute(ABSENCES_OF, {"person": person})]

    def all_absences(self) -> list[Absence]:
        """Everybody's leave."""
        return [to_absence(row) for row in self.connection.execute(ABSENCES)]

    def absent(self, leave: Iterable[Absence]) -> None:
        """Note leave in place of what overlaps it."""
        for one in leave:
            self.connection.execute(
                DROP_ABSENCE, {"person": one.person, "first": one.since, "last": one.until or date.max}
            )
            self.connection.execute(ADD_ABSENCE, {"person_id": one.person, "since": one.since, "until": one.until})

    def back(self, person: PersonId, day: date) -> bool:
        """End somebody's leave on a day."""
        when = {"person": person, "day": day}
        ended = self.connection.execute(END_ABSENCE, when).rowcount
        return bool(self.connection.execute(DROP_LATER, when).rowcount + ended)

    def away(self, members: Collection[MemberId], day: date) -> set[MemberId]:
        """Which members are not there on a day."""
        rows = self.connection.execute(AWAY, {"members": list(members), "day": day})
        return {MemberId(member) for member in rows.scalars()}

    def absent_on(self, members: Collection[MemberId], day: date) -> list[tuple[MemberId, Absence]]:
        """Which members are on leave on a day."""
        rows = self.connection.execute(ABSENT_ON, {"members": list(members), "day": day}) if members else ()
        return [(MemberId(member), to_absence(absence)) for member, *absence in rows]

    def absent_in(self, branch: BranchId, day: date, limit: int) -> list[tuple[Person, Absence]]:
        """Who of a branch and below is on leave on a day or later."""
        rows = self.connection.execute(ABSENT_IN, {"branch": branch, "day": day, "limit": limit})
        return [(to_person(row[: len(COLUMNS)]), to_absence(row[len(COLUMNS) :])) for row in rows]

    def on_duty(self, branch: BranchId, since: date, until: date) -> list[MemberId | None]:
        """Who of a branch and below was there on any day of a span."""
        rows = self.connection.execute(ON_DUTY, {"branch": branch, "since": since, "until": until})
        return [None if member is None else MemberId(member) for member in rows.scalars()]

    def accounts(self, members: Collection[MemberId], branch: BranchId) -> Accounts:
        """Which members are people's accounts."""
        rows = self.connection.execute(ACCOUNTS, {"members": list(members), "branch": branch}).all()
        own = frozenset(MemberId(member) for member, is_own in rows if is_own)
        return Accounts(own, frozenset(MemberId(member) for member, _ in rows))


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "name": entry.name,
        "branch_id": entry.branch,
        "role": entry.role,
        "phone": entry.phone,
        "joined_on": entry.joined_on,
    }
