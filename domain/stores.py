"""The stores of one transaction, as the use cases see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from datetime import datetime

    from domain.admin.audit import Audit
    from domain.admin.backlog import Waiting
    from domain.admin.retention import Retention
    from domain.admin.setting import Settings
    from domain.clock.calendar import Calendar
    from domain.clock.schedule import Schedules
    from domain.messaging.alarm import Alarms
    from domain.messaging.burden import Burdens
    from domain.messaging.chat import Chats
    from domain.messaging.draft import Drafts
    from domain.messaging.inbox import Inbox
    from domain.messaging.outbox import Outbox
    from domain.messaging.quiet import Quiets
    from domain.people.branch import Branches
    from domain.people.invitation import Invitations
    from domain.people.member import Members
    from domain.people.person import People
    from domain.people.privacy import Privacy
    from domain.people.role import Grants
    from domain.points.points import Points
    from domain.points.verify import Verification
    from domain.report.export import Exports
    from domain.report.summary import Summaries
    from domain.study.study import Studies
    from domain.voice.suggestion import Suggestions
    from domain.voice.survey import Surveys
    from domain.work.task import Tasks


class Stores(Protocol):
    """Everything that is remembered, within one transaction."""

    def meant_for(self, moment: datetime) -> Self:
        """The same stores; what they say of a moment that has passed says so, where it comes on a later day."""

    @property
    def may_have_said(self) -> bool:
        """Whether the outbox was used in this transaction, so that there may be something to send."""

    @property
    def audit(self) -> Audit:
        """See `Audit`."""

    @property
    def branches(self) -> Branches:
        """See `Branches`."""

    @property
    def burdens(self) -> Burdens:
        """See `Burdens`."""

    @property
    def settings(self) -> Settings:
        """See `Settings`."""

    @property
    def chats(self) -> Chats:
        """See `Chats`."""

    @property
    def drafts(self) -> Drafts:
        """See `Drafts`."""

    @property
    def exports(self) -> Exports:
        """See `Exports`."""

    @property
    def grants(self) -> Grants:
        """See `Grants`."""

    @property
    def inbox(self) -> Inbox:
        """See `Inbox`."""

    @property
    def invitations(self) -> Invitations:
        """See `Invitations`."""

    @property
    def members(self) -> Members:
        """See `Members`."""

    @property
    def outbox(self) -> Outbox:
        """See `Outbox`."""

    @property
    def people(self) -> People:
        """See `People`."""

    @property
    def privacy(self) -> Privacy:
        """See `Privacy`."""

    @property
    def points(self) -> Points:
        """See `Points`."""

    @property
    def quiet(self) -> Quiets:
        """See `Quiets`."""

    @property
    def schedules(self) -> Schedules:
        """See `Schedules`."""

    @property
    def studies(self) -> Studies:
        """See `Studies`."""

    @property
    def suggestions(self) -> Suggestions:
        """See `Suggestions`."""

    @property
    def summaries(self) -> Summaries:
        """See `Summaries`."""

    @property
    def surveys(self) -> Surveys:
        """See `Surveys`."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""

    @property
    def verification(self) -> Verification:
        """See `Verification`."""

    @property
    def waiting(self) -> Waiting:
        """See `Waiting`."""

    @property
    def calendar(self) -> Calendar:
        """See `Calendar`."""

    @property
    def alarms(self) -> Alarms:
        """See `Alarms`."""

    @property
    def retention(self) -> Retention:
        """See `Retention`."""
