"""Plans of study days, items that a group is not shown, and why something was chosen, in the store."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Date, Select, bindparam, delete, exists, func, insert, or_, select

from domain.admin.setting import Name, Scope, Studying
from domain.ids import ChatId, MemberId, PromptId, StudyItemId
from domain.messaging.chat import Chat
from domain.people.member import Member
from domain.study.attempt import OccasionKind
from domain.study.choosing import Choice, Reason
from domain.study.day.model import Known, Missed, Planned, PlanState, Shown
from domain.study.item import StudyItem
from domain.study.study import Prompt
from storage.admin.setting import settings
from storage.base import Id
from storage.columns import Moment
from storage.dialects import count_if, insert_new, upsert
from storage.feature import GROUP, MEMBER, Feature
from storage.people.member import columns, members, to_member
from storage.people.membership import memberships
from storage.people.tables import people
from storage.study.attempt import study_attempts
from storage.study.audience import to_audience
from storage.study.plan_tables import study_bans, study_choices, study_plan
from storage.study.study import (
    ITEMS,
    PROMPTS,
    study_prompts,
    study_reads,
    to_item,
    to_prompt,
)
from storage.study.tables import study_items

item, shown, answered, read = study_items.c, study_prompts.c, study_attempts.c, study_reads.c
plan, ban, choice = study_plan.c, study_bans.c, study_choices.c
DAY: BindParameter[date] = bindparam("from_day", type_=Date)
LIBRARY: Select[Any] = (
    select(
        *(item.id, item.code, item.topic, item.more_topics, item.effective, item.expires, item.audience),
        or_(item.withdrawn_at.is_not(None), ban.item_id.is_not(None)),
    )
    .outerjoin(study_bans, (ban.item_id == item.id) & (ban.group_id == GROUP))
    .order_by(item.id)
)
SHOWN = (
    select(shown.item_id, shown.day, func.count(answered.member_id), count_if(~answered.right))
    .outerjoin(study_attempts, (answered.occasion == OccasionKind.DAILY.value) & (answered.occasion_id == shown.id))
    .where(shown.group_id == GROUP)
    .group_by(shown.id)
    .order_by(shown.day)
)
WANTED = ITEMS.where(item.id.in_(bindparam("items", expanding=True)))
SINCE = select(plan.day, plan.item_id, plan.state).where(plan.group_id == GROUP, plan.day >= DAY).order_by(plan.day)
PUT = upsert(
    study_plan,
    ("group_id", "day"),
    item_id=bindparam("new_item", type_=Id),
    state=bindparam("new_state"),
    by_id=bindparam("new_by", type_=Id),
    at=bindparam("new_at", type_=Moment),
)
REMOVE = delete(study_plan).where(plan.group_id == GROUP, plan.day == DAY)
BAN = insert_new(study_bans, ("group_id", "item_id")).returning(ban.item_id)
ALLOW = (
    delete(study_bans).where(ban.group_id == GROUP, ban.item_id == bindparam("item", type_=Id)).returning(ban.item_id)
)
BANNED = ITEMS.join(study_bans, ban.item_id == item.id).where(ban.group_id == GROUP).order_by(item.id)
NOTE_CHOICE = insert(study_choices)
CHOICE = (
    select(shown.item_id, choice.reason, choice.number, choice.title)
    .join(study_prompts, shown.id == choice.prompt_id)
    .where(choice.prompt_id == bindparam("prompt"))
)
LAST = select(shown.id).where(shown.group_id == GROUP).order_by(shown.day.desc()).limit(1)
GIVEN = PROMPTS.where(shown.group_id == GROUP, shown.day >= DAY).order_by(shown.day)
earlier = study_prompts.alias()
HAS_READ = exists().where(
    read.prompt_id == earlier.c.id, earlier.c.item_id == shown.item_id, read.member_id == bindparam("member")
)
MISSED = (
    select(shown.id, shown.day, item.title)
    .select_from(study_prompts)
    .join(study_items)
    .outerjoin(study_plan, (plan.group_id == shown.group_id) & (plan.day == shown.day))
    .outerjoin(memberships, (memberships.c.group_id == shown.group_id) & (memberships.c.member_id == MEMBER))
    .where(
        shown.group_id == GROUP,
        shown.day >= DAY,
        shown.day < bindparam("to_day"),
        or_(plan.state.is_(None), plan.state != PlanState.WITHDRAWN.value),
        or_(memberships.c.joined_at.is_(None), memberships.c.joined_at <= shown.at),
        ~HAS_READ,
    )
    .order_by(shown.day.desc())
)
PRIVATE_READERS = (
    select(*columns(members))
    .join(settings, settings.c.scope_id == members.c.id)
    .outerjoin(people, people.c.member_id == members.c.id)
    .where(
        settings.c.scope == Scope.MEMBER.value,
        settings.c.name == Name.STUDY.value,
        settings.c.value == Studying.PRIVATE.value,
        members.c.private.is_not(None),
        people.c.left_on.is_(None),
        or_(
            people.c.branch_id == bindparam("branch", type_=Id),
            exists().where(
                memberships.c.group_id == GROUP,
                memberships.c.member_id == members.c.id,
                memberships.c.left_at.is_(None),
            ),
        ),
    )
    .order_by(members.c.id)
)


def _to_known(row: Sequence[Any]) -> Known:
    id_, code, topic, more, effective, expires, audience, withdrawn = row
    topics = tuple(one for one in (topic, *(more or ())) if one)
    return Known(StudyItemId(id_), code, topics, effective, expires, to_audience(audience), withdrawn)


class Plans:
    """See `domain.study.day.model.Plans`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def library(self, group: ChatId) -> list[Known]:
        """All items of the library, with whether they are withdrawn from a group."""
        return [_to_known(row) for row in self.connection.execute(LIBRARY, {"group": group})]

    def shown(self, group: ChatId) -> list[Shown]:
        """All that a group was shown, oldest first."""
        rows = self.connection.execute(SHOWN, {"group": group})
        return [Shown(StudyItemId(id_), day, count, int(wrong)) for id_, day, count, wrong in rows]

    def items(self, wanted: Collection[StudyItemId]) -> Mapping[StudyItemId, StudyItem]:
        """Items by their ids."""
        rows = self.connection.execute(WANTED, {"items": list(wanted)})
        return {one.id: one for one in map(to_item, rows)}

    def since(self, group: ChatId, day: date) -> Mapping[date, Planned]:
        """What was decided for a group's days, from one on."""
        rows = self.connection.execute(SINCE, {"group": group, "from_day": day})
        return {on: Planned(on, id_ and StudyItemId(id_), PlanState(state)) for on, id_, state in rows}

    def put(self, group: ChatId, planned: Planned, by: MemberId, at: datetime) -> None:
        """Decide for a day, in place of an earlier decision."""
        values: dict[str, Any] = {"item": planned.item, "state": planned.state.value, "by": by, "at": at}
        changes = {f"new_{name}": value for name, value in values.items()}
        added = {"item_id": planned.item, "state": planned.state.value, "by_id": by, "at": at}
        self.connection.execute(PUT, {"group_id": group, "day": planned.day, **added, **changes})

    def remove(self, group: ChatId, day: date) -> None:
        """Nothing is decided for a day any more."""
        self.connection.execute(REMOVE, {"group": group, "from_day": day})

    def ban(self, group: ChatId, item: StudyItemId, by: MemberId, at: datetime) -> bool:
        """Never show an item to a group; whether that is new."""
        values = {"group_id": group, "item_id": item, "by_id": by, "at": at}
        return self.connection.execute(BAN, values).first() is not None

    def allow(self, group: ChatId, item: StudyItemId) -> bool:
        """Show it again; whether it was not to be shown."""
        return self.connection.execute(ALLOW, {"group": group, "item": item}).first() is not None

    def banned(self, group: ChatId) -> list[StudyItem]:
        """What is never shown to a group."""
        return [to_item(row) for row in self.connection.execute(BANNED, {"group": group})]

    def note_choice(self, prompt: PromptId, choice: Choice) -> None:
        """Remember why an item was chosen."""
        values = {"prompt_id": prompt, "reason": choice.reason.value, "number": choice.number, "title": choice.title}
        self.connection.execute(NOTE_CHOICE, values)

    def choice(self, prompt: PromptId) -> Choice | None:
        """Why it was."""
        row = self.connection.execute(CHOICE, {"prompt": prompt}).one_or_none()
        return row and Choice(StudyItemId(row[0]), Reason(row[1]), row[2], row[3])

    def last_prompt(self, group: ChatId) -> PromptId | None:
        """What a group was shown last."""
        found = self.connection.execute(LAST, {"group": group}).scalar_one_or_none()
        return None if found is None else PromptId(found)

    def given(self, group: ChatId, since: date) -> list[Prompt]:
        """What a group was shown from a day on, oldest first."""
        return [to_prompt(row) for row in self.connection.execute(GIVEN, {"group": group, "from_day": since})]

    def missed(self, member: MemberId, group: ChatId, since: date, until: date) -> list[Missed]:
        """What a group was shown and somebody has never read, newest first."""
        values = {"member": member, "group": group, "from_day": since, "to_day": until}
        return [Missed(PromptId(id_), day, title) for id_, day, title in self.connection.execute(MISSED, values)]

    def private_readers(self, group: Chat) -> list[Member]:
        """Who wants their study in private, and is in a group or of its branch."""
        values = {"group": group.id, "branch": -1 if group.branch is None else group.branch}
        return [to_member(row) for row in self.connection.execute(PRIVATE_READERS, values)]


IN_CHARGE = "who has decided about a group's days is in the audit log"
FEATURE = Feature(
    tables=(study_plan, study_bans, study_choices),
    not_shown=dict.fromkeys(("study_plan", "study_bans"), IN_CHARGE),
    not_erased=dict.fromkeys(("study_plan", "study_bans"), "kept under a number: what the group had stays right"),
)
