"""The stores of one transaction, as the use cases see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from datetime import datetime

    from domain.alarm import Alarms
    from domain.audit import Audit
    from domain.backlog import Waiting
    from domain.branch import Branches
    from domain.burden import Burdens
    from domain.calendar import Calendar
    from domain.chat import Chats
    from domain.draft import Drafts
    from domain.export import Exports
    from domain.inbox import Inbox
    from domain.invitation import Invitations
    from domain.member import Members
    from domain.outbox import Outbox
    from domain.person import People
    from domain.points import Points
    from domain.privacy import Privacy
    from domain.quiet import Quiets
    from domain.retention import Retention
    from domain.role import Grants
    from domain.schedule import Schedules
    from domain.setting import Settings
    from domain.study import Studies
    from domain.suggestion import Suggestions
    from domain.summary import Summaries
    from domain.survey import Surveys
    from domain.task import Tasks
    from domain.verify import Verification


class Stores(Protocol):
    """Everything that is remembered, within one transaction."""

    def meant_for(self, moment: datetime) -> Self:
        """The same stores; what they say of a moment that has passed says so, where it comes on a later day."""

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
