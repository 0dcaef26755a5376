"""The stores of one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import Connection

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.features import FeatureHooks
from domain.messaging.composing import Composer, Renderer
from domain.messaging.outbox import Outbox
from storage.admin.audit import Audit
from storage.admin.backlog import Waiting
from storage.admin.retention import Retention, forget_spent
from storage.admin.setting import Settings
from storage.clock.calendar import Calendar
from storage.clock.schedule import Schedules
from storage.features import FEATURES
from storage.messaging.alarm import Alarms
from storage.messaging.burden import Burdens
from storage.messaging.chat import Chats
from storage.messaging.draft import Drafts
from storage.messaging.inbox import Inbox
from storage.messaging.outbox import Rows
from storage.messaging.quiet import Quiets
from storage.people.invitation import Invitations
from storage.people.member import Members
from storage.people.person import People
from storage.people.privacy import Privacy
from storage.people.role import Grants
from storage.points.branch import Branches
from storage.points.points import Points
from storage.points.verify import Verification
from storage.report.summary import Summaries, side_by_side
from storage.study.study import Studies
from storage.voice.suggestion import Suggestions
from storage.voice.survey import Surveys
from storage.work.task import Tasks

FORGET_SPENT = forget_spent(FEATURES)
WEEK = side_by_side(FEATURES)


@dataclass(frozen=True)
class Stores:
    """See `domain.stores.Stores`; each store is made when a use case first asks for it."""

    connection: Connection
    renderer: Renderer
    at: datetime
    enterprise: Enterprise = DEFAULT
    meant: datetime | None = None

    def meant_for(self, moment: datetime) -> Self:
        """See `domain.stores.Stores`."""
        return replace(self, meant=moment)

    @cached_property
    def hooks(self) -> FeatureHooks:
        """See `domain.hooks.Hooks`."""
        return FeatureHooks(self)

    @cached_property
    def audit(self) -> Audit:
        """See `domain.admin.audit.Audit`."""
        return Audit(self.connection)

    @cached_property
    def branches(self) -> Branches:
        """See `domain.people.branch.Branches`."""
        return Branches(self.connection)

    @cached_property
    def burdens(self) -> Burdens:
        """See `domain.messaging.burden.Burdens`."""
        return Burdens(self.connection)

    @cached_property
    def settings(self) -> Settings:
        """See `domain.admin.setting.Settings`."""
        return Settings(self.connection)

    @cached_property
    def chats(self) -> Chats:
        """See `domain.messaging.chat.Chats`."""
        return Chats(self.connection)

    @cached_property
    def deliveries(self) -> Rows:
        """See `domain.messaging.delivery.Deliveries`."""
        return Rows(self.connection, self.at)

    @cached_property
    def drafts(self) -> Drafts:
        """See `domain.messaging.draft.Drafts`."""
        return Drafts(self.connection)

    @cached_property
    def grants(self) -> Grants:
        """See `domain.people.role.Grants`."""
        return Grants(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """See `domain.messaging.inbox.Inbox`."""
        return Inbox(self.connection)

    @cached_property
    def invitations(self) -> Invitations:
        """See `domain.people.invitation.Invitations`."""
        return Invitations(self.connection)

    @cached_property
    def members(self) -> Members:
        """See `domain.people.member.Members`."""
        return Members(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """See `domain.messaging.outbox.Outbox`."""
        return Outbox(self.deliveries, self.chats, Composer(self.renderer, self.quiet, self.at, self.meant))

    @cached_property
    def people(self) -> People:
        """See `domain.people.person.People`."""
        return People(self.connection)

    @cached_property
    def privacy(self) -> Privacy:
        """See `domain.people.privacy.Privacy`."""
        return Privacy(self.connection, FEATURES)

    @cached_property
    def points(self) -> Points:
        """See `domain.points.points.Points`."""
        return Points(self.connection)

    @cached_property
    def quiet(self) -> Quiets:
        """See `domain.messaging.quiet.Quiets`."""
        return Quiets(self.connection)

    @cached_property
    def schedules(self) -> Schedules:
        """See `domain.clock.schedule.Schedules`."""
        return Schedules(self.connection)

    @cached_property
    def studies(self) -> Studies:
        """See `domain.study.study.Studies`."""
        return Studies(self.connection)

    @cached_property
    def suggestions(self) -> Suggestions:
        """See `domain.voice.suggestion.Suggestions`."""
        return Suggestions(self.connection)

    @cached_property
    def summaries(self) -> Summaries:
        """See `domain.report.summary.Summaries`."""
        return Summaries(self.connection, WEEK)

    @cached_property
    def surveys(self) -> Surveys:
        """See `domain.voice.survey.Surveys`."""
        return Surveys(self.connection)

    @cached_property
    def tasks(self) -> Tasks:
        """See `domain.work.task.Tasks`."""
        return Tasks(self.connection)

    @cached_property
    def verification(self) -> Verification:
        """See `domain.points.verify.Verification`."""
        return Verification(self.connection)

    @cached_property
    def waiting(self) -> Waiting:
        """See `domain.admin.backlog.Waiting`."""
        return Waiting(self.connection)

    @cached_property
    def calendar(self) -> Calendar:
        """See `domain.clock.calendar.Calendar`."""
        return Calendar(self.connection)

    @cached_property
    def alarms(self) -> Alarms:
        """See `domain.messaging.alarm.Alarms`."""
        return Alarms(self.connection)

    @cached_property
    def retention(self) -> Retention:
        """See `domain.admin.retention.Retention`."""
        return Retention(self.connection, FORGET_SPENT)
