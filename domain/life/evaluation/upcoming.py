"""Evaluations on the calendar of the coming two weeks: last days of self-assessment, review and publicity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import BranchId
from domain.life.evaluation.model import Stage
from domain.life.evaluation.overview import to_assess
from domain.messaging.message import Subject, Text
from domain.upcoming import Coming, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import ChatId, MemberId
    from domain.life.evaluation.model import Evaluation
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, _: Days) -> Sequence[Coming]:
    """The last days of what goes on with the branch of a group or with what it is part of."""
    chat = stores.chats.get(group)
    if chat.branch is None:
        return []
    above = {one.id for one in stores.branches.ancestors(BranchId(chat.branch))}
    running = [one for one in stores.evaluations.running() if one.root in above]
    return [_coming(chat, one, one.stage, day) for one in running if (day := _last(one)) is not None]


def _last(one: Evaluation) -> date | None:
    """The last day of the stage that an evaluation is in; of reviews, which are few people's affair, none."""
    return {Stage.SELF: one.self_until, Stage.PUBLIC: one.public_until}.get(one.stage)


def _of_member(stores: Stores, member: MemberId, _: Days) -> Sequence[Coming]:
    """What somebody has to assess and to review."""
    private = stores.members.get(member).private
    if private is None:
        return []
    own = {one.evaluation: Stage.SELF for one in to_assess(stores, member)}
    reviews = {one.evaluation: Stage.REVIEW for one in stores.evaluations.to_review(member) if one.reviewed_at is None}
    found = []
    for number, stage in (own | reviews).items():
        one = stores.evaluations.get(number)
        if one is not None:
            day = one.self_until if stage is Stage.SELF else one.review_until
            found.append(_coming(stores.chats.get(private), one, stage, day))
    return found


def _coming(chat: Chat, one: Evaluation, stage: Stage, day: date) -> Coming:
    text = Text("evaluation.upcoming", {"evaluation": one, "stage": stage})
    return Coming(chat.start_of(day), text, Subject("evaluation", one.id), Shown.DAY)


UPCOMING = Upcoming(18, _in_group, _of_member)
