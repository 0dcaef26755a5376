"""What the roster has of a person: theirs to see, and erased with them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, cast, delete, literal, select, update

from storage.feature import ERASED, PERSON, Feature, Personal
from storage.people.branch import branches
from storage.people.member import members
from storage.people.person import LONG_AGO
from storage.people.tables import absences, awaited, people, placements

ROSTER = (
    select(
        people.c.number,
        people.c.name,
        branches.c.name.label("branch"),
        people.c.role,
        people.c.phone,
        people.c.joined_on,
        people.c.left_on,
    )
    .join(branches, branches.c.id == people.c.branch_id)
    .where(people.c.id == PERSON)
)
OWN_PLACEMENTS = (
    select(branches.c.name.label("branch"), placements.c.since, placements.c.until)
    .join(branches, branches.c.id == placements.c.branch_id)
    .where(placements.c.person_id == PERSON)
    .order_by(placements.c.since)
)
OWN_ABSENCES = (
    select(absences.c.since, absences.c.until).where(absences.c.person_id == PERSON).order_by(absences.c.since)
)
ERASE_PERSON = (
    update(people)
    .where(people.c.id == ERASED)
    .values(number=literal("erased-", Text).concat(cast(people.c.id, Text)), name="", role="", phone="", joined_on=None)
)
ERASE_ABSENCES = delete(absences).where(absences.c.person_id == ERASED)
WAITS_FOR = select(awaited.c.member_id).where(awaited.c.person_id == ERASED)
ERASE_STAND_IN = update(members).where(members.c.id.in_(WAITS_FOR)).values(name="")
ERASE_AWAITED = delete(awaited).where(awaited.c.person_id == ERASED)
ERASE_AWAITED_MEMBER = delete(awaited).where(awaited.c.member_id == ERASED)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """A place where somebody was; without its first day if that is not known."""
    branch, since, until = line
    return branch, None if since == LONG_AGO else since, until


FEATURE = Feature(
    tables=(people, placements, absences, awaited),
    personal=(
        Personal(110, "roster", ROSTER),
        Personal(120, "placements", OWN_PLACEMENTS, _told),
        Personal(130, "absences", OWN_ABSENCES),
    ),
    not_shown={"awaited_people": "it has two numbers, and ends once the account is known"},
    erase_member=(ERASE_AWAITED_MEMBER,),
    erase_person=(ERASE_PERSON, ERASE_ABSENCES, ERASE_STAND_IN, ERASE_AWAITED),
    not_erased={"placements": "last quarter's points stay with the branch of the time"},
)
