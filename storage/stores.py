"""The stores of one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import Connection

from storage.alarm import Alarms
from storage.audit import Audit
from storage.backlog import Waiting
from storage.branch import Branches
from storage.burden import Burdens
from storage.calendar import Calendar
from storage.chat import Chats
from storage.draft import Drafts
from storage.export import Exports
from storage.inbox import Inbox
from storage.invitation import Invitations
from storage.member import Members
from storage.outbox import Outbox, Words
from storage.person import People
from storage.points import Points
from storage.privacy import Privacy
from storage.quiet import Quiets
from storage.retention import Retention
from storage.role import Grants
from storage.schedule import Schedules
from storage.setting import Settings
from storage.study import Studies
from storage.suggestion import Suggestions
from storage.summary import Summaries
from storage.survey import Surveys
from storage.task import Tasks
from storage.verify import Verification


@dataclass(frozen=True)
class Stores:
    """See `domain.stores.Stores`; each store is made when a use case first asks for it."""

    connection: Connection
    words: Words
    at: datetime
    meant: datetime | None = None

    def meant_for(self, moment: datetime) -> Self:
        """See `domain.stores.Stores`."""
        return replace(self, meant=moment)

    @cached_property
    def audit(self) -> Audit:
        """See `domain.audit.Audit`."""
        return Audit(self.connection)

    @cached_property
    def branches(self) -> Branches:
        """See `domain.branch.Branches`."""
        return Branches(self.connection)

    @cached_property
    def burdens(self) -> Burdens:
        """See `domain.burden.Burdens`."""
        return Burdens(self.connection)

    @cached_property
    def settings(self) -> Settings:
        """See `domain.setting.Settings`."""
        return Settings(self.connection)

    @cached_property
    def chats(self) -> Chats:
        """See `domain.chat.Chats`."""
        return Chats(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        """See `domain.draft.Drafts`."""
        return Drafts(self.connection)

    @cached_property
    def exports(self) -> Exports:
        """See `domain.export.Exports`."""
        return Exports(self.connection)

    @cached_property
    def grants(self) -> Grants:
        """See `domain.role.Grants`."""
        return Grants(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """See `domain.inbox.Inbox`."""
        return Inbox(self.connection)

    @cached_property
    def invitations(self) -> Invitations:
        """See `domain.invitation.Invitations`."""
        return Invitations(self.connection)

    @cached_property
    def members(self) -> Members:
        """See `domain.member.Members`."""
        return Members(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """See `domain.outbox.Outbox`."""
        return Outbox(self.connection, self.words, self.at, self.meant)

    @cached_property
    def people(self) -> People:
        """See `domain.person.People`."""
        return People(self.connection)

    @cached_property
    def privacy(self) -> Privacy:
        """See `domain.privacy.Privacy`."""
        return Privacy(self.connection)

    @cached_property
    def points(self) -> Points:
        """See `domain.points.Points`."""
        return Points(self.connection)

    @cached_property
    def quiet(self) -> Quiets:
        """See `domain.quiet.Quiets`."""
        return Quiets(self.connection)

    @cached_property
    def schedules(self) -> Schedules:
        """See `domain.schedule.Schedules`."""
        return Schedules(self.connection)

    @cached_property
    def studies(self) -> Studies:
        """See `domain.study.Studies`."""
        return Studies(self.connection)

    @cached_property
    def suggestions(self) -> Suggestions:
        """See `domain.suggestion.Suggestions`."""
        return Suggestions(self.connection)

    @cached_property
    def summaries(self) -> Summaries:
        """See `domain.summary.Summaries`."""
        return Summaries(self.connection)

    @cached_property
    def surveys(self) -> Surveys:
        """See `domain.survey.Surveys`."""
        return Surveys(self.connection)

    @cached_property
    def tasks(self) -> Tasks:
        """See `domain.task.Tasks`."""
        return Tasks(self.connection)

    @cached_property
    def verification(self) -> Verification:
        """See `domain.verify.Verification`."""
        return Verification(self.connection)

    @cached_property
    def waiting(self) -> Waiting:
        """See `domain.backlog.Waiting`."""
        return Waiting(self.connection)

    @cached_property
    def calendar(self) -> Calendar:
        """See `domain.calendar.Calendar`."""
        return Calendar(self.connection)

    @cached_property
    def alarms(self) -> Alarms:
        """See `domain.alarm.Alarms`."""
        return Alarms(self.connection)

    @cached_property
    def retention(self) -> Retention:
        """See `domain.retention.Retention`."""
        return Retention(self.connection)
