"""All that the store has of somebody, to be shown and to be erased: what the features declare."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam

from domain.ids import ChatId, MemberId, PersonId
from domain.people.member import Member
from domain.people.person import Person
from domain.table import Table
from storage.feature import ERASED, ERASED_AT, MEMBER, NOBODY, PERSON, PRIVATE, Feature, Personal, sheets
from storage.people.person import PEOPLE, to_person
from storage.people.tables import people

LEAVERS = (
    PEOPLE.where(people.c.left_on <= bindparam("before"), people.c.name != "")
    .order_by(people.c.left_on, people.c.id)
    .limit(bindparam("limit"))
)


class Privacy:
    """See `domain.people.privacy.Privacy`."""

    def __init__(self, connection: Connection, features: Sequence[Feature]) -> None:
        self.connection = connection
        self.features = features

    def own(self, member: Member, person: Person | None) -> list[Table]:
        """Everything, in an order in which people look for it."""
        who = {MEMBER.key: member.id, PERSON.key: person.id if person else -1, PRIVATE.key: member.private or -1}
        return [self._table(personal, who) for personal in sheets(self.features)]

    def _table(self, personal: Personal, who: Mapping[str, int]) -> Table:
        found = self.connection.execute(personal.statement, who)
        rows = [personal.told(row) for row in found]
        return Table(personal.name, tuple(found.keys()), rows, personal.texts)

    def leavers(self, before: date, limit: int) -> list[Person]:
        """Who had left by a day and is not erased yet."""
        return [to_person(row) for row in self.connection.execute(LEAVERS, {"before": before, "limit": limit})]

    def forget_member(self, member: MemberId, nobody: MemberId, at: datetime) -> None:
        """Erase an account in every feature; what it has written becomes nobody's."""
        values = {ERASED.key: member, NOBODY.key: nobody, ERASED_AT.key: at}
        for feature in self.features:
            for statement in feature.erase_member:
                self.connection.execute(statement, values)

    def forget_person(self, person: PersonId) -> None:
        """Erase a person of the roster in every feature."""
        for feature in self.features:
            for statement in feature.erase_person:
                self.connection.execute(statement, {ERASED.key: person})

    def forget_said(self, chat: ChatId, at: datetime) -> None:
        """Erase what was said in a chat, and what waits to be said there."""
        for feature in self.features:
            for statement in feature.erase_chat:
                self.connection.execute(statement, {ERASED.key: chat, ERASED_AT.key: at})
