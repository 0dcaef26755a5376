"""All that the store has of somebody, to be shown and to be forgotten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Text, bindparam, cast, delete, literal, or_, select, update

from domain.admin.setting import Scope
from domain.ids import ChatId, MemberId, PersonId
from domain.messaging.delivery import State
from domain.people.member import Member
from domain.people.person import Person
from domain.people.privacy import Table
from domain.voice.suggestion import MADE
from storage.columns import Json
from storage.people.person import PEOPLE, to_person
from storage.schema import (
    absences,
    audit,
    branches,
    chats,
    claims,
    documents,
    drafts,
    grants,
    invitations,
    members,
    memberships,
    outbox,
    people,
    placements,
    points_entries,
    points_totals,
    settings,
    study_answers,
    study_items,
    suggestions,
    survey_answers,
    surveys,
    tasks,
)

MEMBER: BindParameter[int] = bindparam("member")
PERSON: BindParameter[int] = bindparam("person")
PRIVATE: BindParameter[int] = bindparam("private")
# One statement for each kind of thing; the columns' names are words of texts/…/privacy.j2.
OWN: Mapping[str, Select[Any]] = {
    "account": select(
        members.c.platform_id,
        members.c.name,
        members.c.username,
        members.c.language,
        members.c.chosen_language,
        members.c.met_at.label("since"),
    ).where(members.c.id == MEMBER),
    "roster": select(
        people.c.number,
        people.c.name,
        branches.c.name.label("branch"),
        people.c.role,
        people.c.phone,
        people.c.joined_on,
        people.c.left_on,
    )
    .join(branches, branches.c.id == people.c.branch_id)
    .where(people.c.id == PERSON),
    "placements": select(branches.c.name.label("branch"), placements.c.since, placements.c.until)
    .join(branches, branches.c.id == placements.c.branch_id)
    .where(placements.c.person_id == PERSON)
    .order_by(placements.c.since),
    "absences": select(absences.c.since, absences.c.until)
    .where(absences.c.person_id == PERSON)
    .order_by(absences.c.since),
    "groups": select(chats.c.title, memberships.c.joined_at.label("since"), memberships.c.left_at.label("until"))
    .join(chats, chats.c.id == memberships.c.group_id)
    .where(memberships.c.member_id == MEMBER)
    .order_by(memberships.c.joined_at),
    "roles": select(
        grants.c.role,
        branches.c.name.label("branch"),
        grants.c.granted_at.label("since"),
        grants.c.revoked_at.label("until"),
    )
    .outerjoin(branches, branches.c.id == grants.c.branch_id)
    .where(grants.c.member_id == MEMBER)
    .order_by(grants.c.id),
    "total": select(points_totals.c.points).where(points_totals.c.member_id == MEMBER),
    "points": select(points_entries.c.at, points_entries.c.rule, points_entries.c.cause, points_entries.c.points)
    .where(points_entries.c.member_id == MEMBER)
    .order_by(points_entries.c.id),
    "tasks": select(
        tasks.c.id.label("number"),
        tasks.c.title,
        tasks.c.standard,
        tasks.c.outcome,
        tasks.c.given_at,
        tasks.c.due_at,
        tasks.c.done_at,
    )
    .where(tasks.c.owner_id == MEMBER)
    .order_by(tasks.c.id),
    "tasks_given": select(tasks.c.id.label("number"), tasks.c.title, tasks.c.given_at, tasks.c.due_at, tasks.c.done_at)
    .where(tasks.c.giver_id == MEMBER)
    .order_by(tasks.c.id),
    "suggestions": select(suggestions.c.id.label("number"), suggestions.c.at, suggestions.c.text, suggestions.c.tags)
    .where(suggestions.c.author_id == MEMBER)
    .order_by(suggestions.c.id),
    "surveys": select(surveys.c.id.label("number"), surveys.c.question, surveys.c.options, surveys.c.asked_at)
    .where(surveys.c.asker_id == MEMBER)
    .order_by(surveys.c.id),
    "survey_answers": select(
        surveys.c.question, surveys.c.options, survey_answers.c.options.label("answer"), survey_answers.c.answered_at
    )
    .join(surveys, surveys.c.id == survey_answers.c.survey_id)
    .where(survey_answers.c.member_id == MEMBER)
    .order_by(survey_answers.c.survey_id),
    "study_answers": select(study_items.c.title, study_answers.c.choice, study_answers.c.right, study_answers.c.at)
    .join(study_items, study_items.c.id == study_answers.c.item_id)
    .where(study_answers.c.member_id == MEMBER)
    .order_by(study_answers.c.at),
    "drafts": select(drafts.c.kind, drafts.c.entries, drafts.c.begun_at).where(drafts.c.member_id == MEMBER),
    "invitations": select(invitations.c.made_at, invitations.c.expires_at.label("until"), invitations.c.used_at)
    .where(or_(invitations.c.person_id == PERSON, invitations.c.used_by == MEMBER, invitations.c.made_by == MEMBER))
    .order_by(invitations.c.id),
    "claims": select(claims.c.at, claims.c.confirmed, claims.c.answered_at)
    .where(or_(claims.c.member_id == MEMBER, claims.c.answered_by == MEMBER))
    .order_by(claims.c.id),
    "settings": select(settings.c.name, settings.c.value)
    .where(settings.c.scope == Scope.MEMBER.value, settings.c.scope_id == MEMBER)
    .order_by(settings.c.name),
    "said": select(outbox.c.put_at, outbox.c.body.label("text"))
    .where(outbox.c.chat_id == PRIVATE)
    .order_by(outbox.c.id),
    "audit": select(audit.c.at, audit.c.action, audit.c.subject, audit.c.old, audit.c.new)
    .where(
        or_(
            audit.c.actor_id == MEMBER,
            audit.c.subject == literal("member:", Text).concat(cast(MEMBER, Text)),
            audit.c.subject == literal("person:", Text).concat(cast(PERSON, Text)),
        )
    )
    .order_by(audit.c.id),
}
LEAVERS = (
    PEOPLE.where(people.c.left_on <= bindparam("before"), people.c.name != "")
    .order_by(people.c.left_on, people.c.id)
    .limit(bindparam("limit"))
)
FORGET_ACCOUNT = (
    update(members)
    .where(members.c.id == bindparam("who"))
    .values(platform_id=None, name="", username=None, language=None, chosen_language=None, private=None)
)
FORGET_PERSON = (
    update(people)
    .where(people.c.id == bindparam("who"))
    .values(number=literal("erased-", Text).concat(cast(people.c.id, Text)), name="", role="", phone="", joined_on=None)
)
FORGET_ABSENCES = delete(absences).where(absences.c.person_id == bindparam("who"))
FORGET_INVITATIONS = delete(invitations).where(invitations.c.person_id == bindparam("who"))
LEAVE_GROUPS = (
    update(memberships)
    .where(memberships.c.member_id == bindparam("who"), memberships.c.left_at.is_(None))
    .values(left_at=bindparam("at", type_=memberships.c.left_at.type))
)
FORGET_DRAFTS = delete(drafts).where(drafts.c.member_id == bindparam("who"))
FORGET_SETTINGS = delete(settings).where(
    settings.c.scope == Scope.MEMBER.value, settings.c.scope_id == bindparam("who")
)
FORGET_CLAIMS = delete(claims).where(claims.c.member_id == bindparam("who"))
TAKE_AUTHOR = (
    update(suggestions)
    .where(suggestions.c.author_id == bindparam("who"))
    .values(author_id=bindparam("nobody"), source=literal("erased:", Text).concat(cast(suggestions.c.id, Text)))
)
# A suggestion's points have its words for their cause.
TAKE_CAUSES = (
    update(points_entries)
    .where(points_entries.c.member_id == bindparam("who"), points_entries.c.rule == MADE.name)
    .values(cause="")
)
EMPTY: dict[str, Any] = {}
FORGET_SAID = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.state.not_in((State.QUEUED.value, State.SENDING.value)))
    .values(body=bindparam("empty", type_=Json))
)
UNSAID = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.state == State.QUEUED.value)
    .values(state=State.WITHDRAWN.value, done_at=bindparam("ended", type_=outbox.c.done_at.type))
)
FORGET_FILES = delete(documents).where(
    documents.c.delivery_id.in_(select(outbox.c.id).where(outbox.c.chat_id == bindparam("chat")))
)


class Privacy:
    """See `domain.people.privacy.Privacy`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def own(self, member: Member, person: Person | None) -> list[Table]:
        """Everything, in an order in which people look for it."""
        who = {"member": member.id, "person": person.id if person else -1, "private": member.private or -1}
        return [self._table(name, who) for name in OWN]

    def _table(self, name: str, who: Mapping[str, int]) -> Table:
        found = self.connection.execute(OWN[name], who)
        columns = tuple(found.keys())
        return Table(name, columns, [_told(name, row) for row in found])

    def leavers(self, before: date, limit: int) -> list[Person]:
        """Who had left by a day and is not forgotten yet."""
        return [to_person(row) for row in self.connection.execute(LEAVERS, {"before": before, "limit": limit})]

    def forget_member(self, member: MemberId, nobody: MemberId, at: datetime) -> None:
        """An account's name, ids, drafts and memberships go; its suggestions become nobody's."""
        for statement in (FORGET_ACCOUNT, FORGET_DRAFTS, FORGET_CLAIMS, FORGET_SETTINGS, TAKE_CAUSES):
            self.connection.execute(statement, {"who": member})
        self.connection.execute(LEAVE_GROUPS, {"who": member, "at": at})
        self.connection.execute(TAKE_AUTHOR, {"who": member, "nobody": nobody})

    def forget_person(self, person: PersonId) -> None:
        """A person's name, numbers, role and leave go."""
        for statement in (FORGET_PERSON, FORGET_ABSENCES, FORGET_INVITATIONS):
            self.connection.execute(statement, {"who": person})

    def forget_said(self, chat: ChatId, at: datetime) -> None:
        """What was said in a chat, and what waits to be said there, goes."""
        self.connection.execute(UNSAID, {"chat": chat, "ended": at})
        self.connection.execute(FORGET_SAID, {"chat": chat, "empty": EMPTY})
        self.connection.execute(FORGET_FILES, {"chat": chat})


def _told(name: str, row: Sequence[Any]) -> tuple[Any, ...]:
    """A row as people read it: an answer by its words, a message by its text."""
    if name == "survey_answers":
        question, options, answer, at = row
        return question, options, [options[one] for one in answer if one < len(options)], at
    if name == "said":
        at, body = row
        return at, body.get("text") or body.get("question") or ""
    return tuple(row)
