"""The stores of one transaction, as the use cases of people, clock, messaging and admin see them.

Each other area has a Protocol of its own, which adds its stores to those of the areas that it may use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from datetime import datetime

    from domain.admin.audit import Audit
    from domain.admin.backlog import Waiting
    from domain.admin.enterprise import Enterprise
    from domain.admin.retention import Retention
    from domain.admin.seal import Seals
    from domain.admin.setting import Settings
    from domain.clock.calendar import Calendar
    from domain.clock.schedule import Schedules
    from domain.clock.trust import Marks
    from domain.hooks import Hooks
    from domain.messaging.alarm import Alarms
    from domain.messaging.burden import Burdens
    from domain.messaging.chat import Chats
    from domain.messaging.delivery import Deliveries
    from domain.messaging.draft import Drafts
    from domain.messaging.encryption import Encryption
    from domain.messaging.inbox import Inbox
    from domain.messaging.keyboard import Keyboards
    from domain.messaging.numbering import Bots
    from domain.messaging.outbox import Outbox
    from domain.messaging.quiet import Quiets
    from domain.people.admin_link import AdminLinks
    from domain.people.branch import Branches
    from domain.people.invitation import Invitations
    from domain.people.member import Members
    from domain.people.person import People
    from domain.people.privacy import Privacy
    from domain.people.role import Grants


class Stores(Protocol):
    """What is remembered, within one transaction."""

    def meant_for(self, moment: datetime) -> Self:
        """The same stores; what they say of a moment that has passed says so, where it comes on a later day."""

    @property
    def used_outbox(self) -> bool:
        """Whether the outbox was used in this transaction, so that there may be something to send."""

    @property
    def enterprise(self) -> Enterprise:
        """What the program's own settings say."""

    @property
    def hooks(self) -> Hooks:
        """What the features do when something happens elsewhere."""

    @property
    def admin_links(self) -> AdminLinks:
        """See `AdminLinks`."""

    @property
    def alarms(self) -> Alarms:
        """See `Alarms`."""

    @property
    def audit(self) -> Audit:
        """See `Audit`."""

    @property
    def bots(self) -> Bots:
        """See `Bots`."""

    @property
    def branches(self) -> Branches:
        """See `Branches`."""

    @property
    def burdens(self) -> Burdens:
        """See `Burdens`."""

    @property
    def calendar(self) -> Calendar:
        """See `Calendar`."""

    @property
    def chats(self) -> Chats:
        """See `Chats`."""

    @property
    def deliveries(self) -> Deliveries:
        """See `Deliveries`."""

    @property
    def drafts(self) -> Drafts:
        """See `Drafts`."""

    @property
    def encryption(self) -> Encryption:
        """See `Encryption`."""

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
    def keyboards(self) -> Keyboards:
        """See `Keyboards`."""

    @property
    def marks(self) -> Marks:
        """See `Marks`."""

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
    def quiet(self) -> Quiets:
        """See `Quiets`."""

    @property
    def retention(self) -> Retention:
        """See `Retention`."""

    @property
    def schedules(self) -> Schedules:
        """See `Schedules`."""

    @property
    def seals(self) -> Seals:
        """See `Seals`."""

    @property
    def settings(self) -> Settings:
        """See `Settings`."""

    @property
    def waiting(self) -> Waiting:
        """See `Waiting`."""
