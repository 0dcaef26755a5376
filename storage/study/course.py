"""Courses and campaigns in the store."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, Select, String, Table, Text, bindparam, delete, insert, select
from sqlalchemy import update as change

from domain.ids import ChatId, MemberId
from domain.study.campaign import Campaign
from domain.study.course import Course
from domain.study.question import Change
from storage.base import Id, metadata
from storage.columns import Json
from storage.feature import Feature
from storage.study.audience import from_audience, to_audience
from storage.study.study import study_prompts, study_reads
from storage.study.tables import study_items

study_courses = Table(
    "study_courses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("items", Json, nullable=False),  # codes, in their order
    Column("audience", Json),
)

study_campaigns = Table(
    "study_campaigns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("share", Integer, nullable=False),  # percent
    Column("items", Json, nullable=False),
    Column("topics", Json, nullable=False),
    Column("audience", Json),
)

course, campaign = study_courses.c, study_campaigns.c
COURSES: Select[Any] = select(course.code, course.title, course["items"], course.audience, course.id).order_by(
    course.id
)
COURSE = COURSES.where(course.code == bindparam("wanted"))
ADD_COURSE = insert(study_courses)
CHANGE_COURSE = change(study_courses).where(course.code == bindparam("wanted"))
REMOVE_COURSE = delete(study_courses).where(course.code == bindparam("wanted"))
CAMPAIGNS: Select[Any] = select(
    *(campaign.code, campaign.title, campaign.since, campaign.until, campaign.share),
    *(campaign["items"], campaign.topics, campaign.audience, campaign.id),
).order_by(campaign.id)
CAMPAIGN = CAMPAIGNS.where(campaign.code == bindparam("wanted"))
ON = CAMPAIGNS.where(campaign.since <= bindparam("day"), campaign.until >= bindparam("day"))
ADD_CAMPAIGN = insert(study_campaigns)
CHANGE_CAMPAIGN = change(study_campaigns).where(campaign.code == bindparam("wanted"))
REMOVE_CAMPAIGN = delete(study_campaigns).where(campaign.code == bindparam("wanted"))
OF_THESE = study_items.c.code.in_(bindparam("codes", expanding=True))
SHOWN = (
    select(study_items.c.code)
    .join(study_prompts, study_prompts.c.item_id == study_items.c.id)
    .where(OF_THESE, study_prompts.c.group_id == bindparam("group"))
    .distinct()
)
READ = (
    select(study_items.c.code)
    .join(study_prompts, study_prompts.c.item_id == study_items.c.id)
    .join(study_reads, study_reads.c.prompt_id == study_prompts.c.id)
    .where(OF_THESE, study_reads.c.member_id == bindparam("member"))
    .distinct()
)


def _to_course(row: Sequence[Any]) -> Course:
    code, title, items, audience, number = row
    return Course(code, title, tuple(items), to_audience(audience), number)


def _to_campaign(row: Sequence[Any]) -> Campaign:
    code, title, since, until, share, items, topics, audience, number = row
    whom = to_audience(audience)
    return Campaign(code, title, since, until, share, tuple(items), tuple(topics), whom, number)


class Courses:
    """See `domain.study.course.Courses`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, course: Course) -> Change:
        """Add a course, or replace the one with its code."""
        values = {"title": course.title, "items": list(course.items), "audience": from_audience(course.audience)}
        known = self.get(course.code)
        if known is None:
            self.connection.execute(ADD_COURSE, {"code": course.code, **values})
            return Change.ADDED
        if known == course:
            return Change.SAME
        self.connection.execute(CHANGE_COURSE, {"wanted": course.code, **values})
        return Change.CHANGED

    def get(self, code: str) -> Course | None:
        """One of them."""
        row = self.connection.execute(COURSE, {"wanted": code}).one_or_none()
        return None if row is None else _to_course(row)

    def all(self) -> list[Course]:
        """All of them, in the order in which they were added."""
        return [_to_course(row) for row in self.connection.execute(COURSES)]

    def remove(self, code: str) -> None:
        """End a course; its items stay."""
        self.connection.execute(REMOVE_COURSE, {"wanted": code})

    def shown(self, course: Course, group: ChatId) -> set[str]:
        """Those of its items that a group was shown."""
        return set(self.connection.execute(SHOWN, {"codes": course.items, "group": group}).scalars())

    def read(self, course: Course, member: MemberId) -> set[str]:
        """Those of its items that somebody has read."""
        return set(self.connection.execute(READ, {"codes": course.items, "member": member}).scalars())


class Campaigns:
    """See `domain.study.campaign.Campaigns`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, campaign: Campaign) -> Change:
        """Add a campaign, or replace the one with its code."""
        values = {
            "title": campaign.title,
            "since": campaign.since,
            "until": campaign.until,
            "share": campaign.share,
            "items": list(campaign.items),
            "topics": list(campaign.topics),
            "audience": from_audience(campaign.audience),
        }
        known = self.get(campaign.code)
        if known is None:
            self.connection.execute(ADD_CAMPAIGN, {"code": campaign.code, **values})
            return Change.ADDED
        if known == campaign:
            return Change.SAME
        self.connection.execute(CHANGE_CAMPAIGN, {"wanted": campaign.code, **values})
        return Change.CHANGED

    def get(self, code: str) -> Campaign | None:
        """One of them."""
        row = self.connection.execute(CAMPAIGN, {"wanted": code}).one_or_none()
        return None if row is None else _to_campaign(row)

    def all(self) -> list[Campaign]:
        """All of them, in the order in which they were added."""
        return [_to_campaign(row) for row in self.connection.execute(CAMPAIGNS)]

    def on(self, day: date) -> list[Campaign]:
        """Those that a day belongs to, in the order in which they were added."""
        return [_to_campaign(row) for row in self.connection.execute(ON, {"day": day})]

    def remove(self, code: str) -> None:
        """End a campaign; its items stay."""
        self.connection.execute(REMOVE_CAMPAIGN, {"wanted": code})


FEATURE = Feature(tables=(study_courses, study_campaigns))
