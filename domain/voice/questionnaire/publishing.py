"""A round is closed: its asker hears so in private, and may publish a short version of its results in the group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import RoundId
from domain.messaging.message import Action, Button, Message, Picture, Thread
from domain.refusal import Refusal
from domain.voice.questionnaire.figures import Figure
from domain.voice.questionnaire.links import follow_ups
from domain.voice.questionnaire.results import closed, counted_of, for_all, lines_of, subject_of
from domain.voice.questionnaire.standing_out import Line, stand_out
from domain.voice.questionnaire.threshold import least_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.message import Storable, Subject
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.questionnaire.counting import Counted
    from domain.voice.questionnaire.round import Round

PUBLISHED = AuditAction("round.published")
PAINTED = 12  # lines of a picture
LEAST_PAINTED = 2


class AlreadyPublished(Refusal):
    """The group has the results."""

    text = "results.already_published"


class TooFew(Refusal):
    """Too few have answered for anything to be told."""

    text = "results.too_few"


def publish(stores: Stores, one: Round, at: datetime) -> None:
    """Count a round that was just closed, and tell its asker in private that the results are there."""
    counted, private = counted_of(stores, one), stores.members.get(one.asker.id).private
    if private is not None:
        values = {"round": one, "counted": counted, "least": least_of(one, to_all=False)}
        text = "results.ready" if counted.returned else "results.nobody"
        message = Message(text, values, _buttons(one, counted, least_of(one, to_all=True)))
        stores.outbox.send(private, message, key=f"{one.subject}:ready")


def _buttons(one: Round, counted: Counted, least: int) -> list[list[Button]]:
    row = [Button("results.look_button", Action("results.look", one.id))] if counted.tells else []
    if for_all(counted, least).tells:
        row.append(Button("results.publish_button", Action("results.publish", one.id)))
    if counted.tells:
        row.append(Button("results.file_button", Action("results.file", one.id)))
    return [row] if row else []


def preview(stores: Stores, actor: Actor, *, number: RoundId) -> Message:
    """What the group would get, before it is sent.

    Raises AlreadyPublished, TooFew, NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    return announcement(stores, _unpublished(stores, actor, number))


def announce(stores: Stores, actor: Actor, *, number: RoundId) -> Round:
    """Publish a round's results in its group.

    Raises AlreadyPublished, TooFew, NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    one = _unpublished(stores, actor, number)
    kept = stores.results.kept(one.id)
    if kept is not None:
        stores.results.keep(one.id, replace(kept, published_at=actor.heard_at))
    message, thread = announcement(stores, one), Thread(reply_to=stores.outbox.message_about(one.subject))
    stores.outbox.send(one.group, message, key=f"{subject_of(one.id)}:published", thread=thread, urgent=True)
    stores.audit.note(actor.member.id, PUBLISHED, str(one.subject), old=None, new=None, at=actor.heard_at)
    return one


def _unpublished(stores: Stores, actor: Actor, number: RoundId) -> Round:
    one = closed(stores, actor, number)
    counted, kept = counted_of(stores, one), stores.results.kept(one.id)
    if kept is not None and kept.published_at is not None:
        raise AlreadyPublished
    least = least_of(one, to_all=True)
    if not for_all(counted, least).tells:
        raise TooFew(least=least)
    return one


def announcement(stores: Stores, one: Round) -> Message:
    """What the group gets: how many have answered, what stands out, what was done; no names, no branches, no texts."""
    least = least_of(one, to_all=True)
    counted = for_all(counted_of(stores, one), least)
    lines = lines_of(stores, one, counted, least)
    values = {
        "round": one,
        "counted": counted,
        "standing_out": stand_out(lines),
        "follow_ups": follow_ups(stores, one),
    }
    return Message("results.published", values, subject=subject_of(one.id), picture=picture(one, counted, lines))


def current_announcement(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """What the group got, as it is now."""
    one = stores.rounds.get(RoundId(about.ids[0]))
    return None if one is None or one.withdrawn_at is not None else announcement(stores, one)


def picture(one: Round, counted: Counted, lines: Sequence[Line]) -> Picture | None:
    """The results on one picture: a line for each question, of a single one for each option."""
    told = [line for line in lines if line.value is not None]
    painted = [_of_question(line) for line in told]
    if len(told) == 1 and told[0].now.shares:
        painted = [_of_option(told[0].now, place) for place in range(len(told[0].now.shares))]
    if len(painted) < LEAST_PAINTED:
        return None
    values: dict[str, Storable] = {
        "title": plain.tidy(one.questionnaire.title),
        "returned": counted.returned,
        "invited": counted.invited,
        "lines": painted[:PAINTED],
        "more": len(painted[PAINTED:]),
    }
    return Picture("results.shown", values)


def _of_question(line: Line) -> dict[str, Storable]:
    leading = line.now.leading
    mean = line.now.mean
    return {
        "name": plain.tidy(line.now.question.text),
        "value": line.value,
        "mean": None if mean is None else f"{mean:.1f}",
        "high": line.now.question.high,
        "option": None if leading is None else plain.tidy(leading[0].text),
    }


def _of_option(one: Figure, place: int) -> dict[str, Storable]:
    option, count = one.shares[place]
    return {
        "name": plain.tidy(option.text),
        "value": float(one.percent(count)),
        "mean": None,
        "high": None,
        "option": None,
    }
