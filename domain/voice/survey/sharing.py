"""The private card of a survey, by which it is closed early and withdrawn, and whom its asker may have reminded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Reminding
from domain.ids import SurveyId
from domain.messaging import burden
from domain.messaging.message import Action, Button, Message
from domain.missing import company_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons, Subject
    from domain.missing import Someone
    from domain.voice.features import Stores
    from domain.voice.survey.model import Survey


@dataclass(frozen=True, slots=True)
class Missing:
    """How many have not voted, and the private chats of those of them who can be reminded."""

    count: int
    reachable: Mapping[MemberId, ChatId]


def missing(stores: Stores, survey: Survey, at: datetime) -> Missing:
    """Who of the group has not voted in a named survey; not its asker, and nobody who is on leave."""
    group, voted = stores.chats.get(survey.group), stores.surveys.voters(survey.id)
    company = company_of(stores, group, at)
    open_ones = [one for one in company.people if one.member not in voted and one.member != survey.asker.id]
    chats = {one.member: _reached(stores, one, group, at) for one in open_ones if one.member is not None}
    return Missing(len(open_ones), {member: chat for member, chat in chats.items() if chat is not None})


def _reached(stores: Stores, one: Someone, group: Chat, at: datetime) -> ChatId | None:
    """The private chat of somebody who can be written to, wants reminders, and has not had enough this week."""
    private = None if one.member is None else stores.members.get(one.member).private
    if one.member is None or private is None or not stores.chats.get(private).active:
        return None
    declined = setting.reminding_of(stores, chat=group, member=one.member) is Reminding.OFF
    return None if declined or burden.is_spent_for(stores, one.member, group, at) else private


def card(stores: Stores, survey: Survey, at: datetime) -> Message:
    """The card as it is now. Who has not voted in an anonymous survey nobody knows."""
    open_ones = None if survey.is_over or survey.question.anonymous else missing(stores, survey, at)
    values = {"survey": survey, "group": stores.chats.get(survey.group), "missing": open_ones, "at": at}
    return Message("survey.card", values, _buttons(survey, open_ones, at), survey.card, silent=True)


def _buttons(survey: Survey, open_ones: Missing | None, at: datetime) -> Buttons:
    if survey.is_over or survey.closes_at <= at:
        return ()
    close = Button("survey.close_button", Action("survey.close", survey.id))
    withdraw = Button("survey.withdraw_button", Action("survey.withdraw", survey.id))
    nudged = survey.nudged_at is not None or open_ones is None or not open_ones.reachable
    if nudged or open_ones is None:
        return [[close, withdraw]]
    count = {"count": len(open_ones.reachable)}
    return [[Button("survey.nudge_button", Action("survey.nudge", survey.id), count)], [close, withdraw]]


def show_card(stores: Stores, survey: Survey, private: ChatId, at: datetime, *, key: str) -> None:
    """Show the card to somebody in private, who has asked for it."""
    stores.outbox.send(private, card(stores, survey, at), key=key, urgent=True)


def refresh_card(stores: Stores, survey: Survey, *, key: str) -> None:
    """Somebody has voted: the cards show it within seconds."""
    stores.outbox.refresh(survey.card, key=key)


def update_card(stores: Stores, survey: Survey, at: datetime, *, key: str) -> None:
    """Something was done with a survey: the cards show it at once."""
    stores.outbox.edit(survey.card, card(stores, survey, at), key=key)


def current_card(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """The card of a survey as it is now."""
    survey = stores.surveys.get(SurveyId(about.ids[0]))
    return None if survey is None else card(stores, survey, at)


def end(stores: Stores, survey: Survey, at: datetime, *, keep_card: bool = True) -> None:
    """A survey is over: its reminders go, and its cards say so or go as well."""
    key = f"{survey.card}:over"
    if keep_card:
        update_card(stores, survey, at, key=key)
    else:
        stores.outbox.delete(survey.card, key=key)
    if survey.nudged_at is not None:
        for one in company_of(stores, stores.chats.get(survey.group), survey.nudged_at).people:
            if one.member is not None:
                stores.outbox.delete(survey.nudge(one.member), key=f"{survey.nudge(one.member)}:over")
