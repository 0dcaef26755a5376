"""An open survey is closed early, withdrawn, or recalled to those who have not voted.

Its asker does so, or whoever may ask surveys in its group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.messaging.message import Message
from domain.missing import company_of
from domain.people.leading import groups_led
from domain.people.permission import Permission, require
from domain.points import points
from domain.voice.survey.model import AlreadyNudged, CannotNudge, NobodyToNudge, SurveyOver
from domain.voice.survey.service import ANSWERED, publish
from domain.voice.survey.sharing import card, end, missing, update_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import SurveyId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.survey.model import Survey

CLOSED, NUDGED = AuditAction("survey.closed"), AuditAction("survey.nudged")
WITHDRAWN = AuditAction("survey.withdrawn")


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many of those who have not voted are reminded, and how many cannot be."""

    survey: Survey
    reminded: int
    others: int


def close_early(stores: Stores, actor: Actor, *, survey_id: SurveyId) -> Survey:
    """Close an open survey of the actor's group now; its result follows. Raises SurveyOver."""
    survey = replace(_open(stores, actor, survey_id), closes_at=actor.heard_at)
    stores.surveys.save(survey)
    stores.audit.note(actor.member.id, CLOSED, survey.source, old=None, new=None, at=actor.heard_at)
    if not stores.outbox.close_poll(survey.subject, key=f"{survey.subject}:close"):
        publish(stores, survey_id=survey.id, count=None, at=actor.heard_at)
    else:
        update_card(stores, survey, actor.heard_at, key=f"{survey.card}:closed")
    return survey


def withdraw(stores: Stores, actor: Actor, *, survey_id: SurveyId) -> Survey:
    """Take an open survey of the actor's group back, with all credits and answers. Raises SurveyOver."""
    survey, at = _open(stores, actor, survey_id), actor.heard_at
    survey = replace(survey, withdrawn_at=at)
    stores.surveys.save(survey)
    voters = stores.surveys.voters(survey.id)
    for member in voters:
        points.reverse(stores, member, ANSWERED, source=survey.source, at=at)
    stores.surveys.forget_answers(survey.id)
    stores.audit.note(actor.member.id, WITHDRAWN, survey.source, old=None, new=None, at=at)
    if survey.may_stand:  # what cannot be deleted takes no more votes
        stores.outbox.close_poll(survey.subject, key=f"{survey.subject}:close")
    stores.outbox.delete(survey.subject, key=f"{survey.subject}:withdrawn")
    end(stores, survey, at)
    for one in company_of(stores, actor.group, at).people:
        if one.member is not None and one.member not in voters:
            stores.hooks.changed(one.member, f"{WITHDRAWN}:{survey.id}", at)
    return survey


def nudge(stores: Stores, actor: Actor, *, survey_id: SurveyId) -> Nudged:
    """Remind those in private who have not voted, once. Raises SurveyOver, CannotNudge, AlreadyNudged, NobodyToNudge.

    Quiet hours hold as usual; whoever votes before they end, or after the survey's end, hears nothing.
    """
    survey, at = _open(stores, actor, survey_id), actor.heard_at
    if survey.question.anonymous:
        raise CannotNudge
    if survey.nudged_at is not None:
        raise AlreadyNudged
    found = missing(stores, survey, at)
    if not found.reachable:
        raise NobodyToNudge(others=found.count)
    survey = replace(survey, nudged_at=at)
    stores.surveys.save(survey)
    values = {"survey": survey, "group": actor.group, "at": at}
    for member, private in found.reachable.items():
        about = survey.nudge(member)
        stores.outbox.send(private, Message("survey.nudge", values, subject=about, silent=True), key=str(about))
    count = len(found.reachable)
    stores.audit.note(actor.member.id, NUDGED, survey.source, old=None, new=str(count), at=at)
    update_card(stores, survey, at, key=f"{survey.card}:nudged")
    return Nudged(survey, count, found.count - count)


def look(stores: Stores, actor: Actor, *, survey_id: SurveyId) -> Survey:
    """An open survey of the actor's group, for whoever may change it. Raises SurveyOver."""
    return _open(stores, actor, survey_id)


def running(stores: Stores, actor: Actor) -> Sequence[Message]:
    """The cards of the open surveys that somebody has asked, or may change by a role over their groups."""
    require(stores, actor, Permission.TAKE_PART)
    groups = [there.chat.id for there in groups_led(stores, actor, Permission.ASK_SURVEYS)]
    own = stores.surveys.open_of(actor.member.id, actor.now)
    found = {one.id: one for one in (*own, *(stores.surveys.open_in(groups, actor.now) if groups else ()))}
    return [card(stores, one, actor.heard_at) for one in found.values()]


def group_of(stores: Stores, *, survey_id: SurveyId) -> Chat | None:
    """The group in which a survey was asked."""
    survey = stores.surveys.get(survey_id)
    return None if survey is None else stores.chats.get(survey.group)


def _open(stores: Stores, actor: Actor, survey_id: SurveyId) -> Survey:
    survey = stores.surveys.get(survey_id)
    is_here = survey is not None and survey.group == actor.group.id
    own = survey is not None and is_here and survey.asker.id == actor.member.id
    require(stores, actor, Permission.TAKE_PART if own else Permission.ASK_SURVEYS)
    if survey is None or not is_here or survey.is_over or survey.closes_at <= actor.heard_at:
        raise SurveyOver
    return survey
