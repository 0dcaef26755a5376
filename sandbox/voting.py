"""Votes, and the closing of polls."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sandbox import delivery
from sandbox.errors import Refusal
from sandbox.messages import Message
from sandbox.people import User
from sandbox.polls import Poll
from sandbox.world import World


def vote(world: World, message: Message, person: User, options: Sequence[int]) -> None:
    """Cast, change or (with no options) retract a vote. Raises Refusal: closed, no such option, no second thoughts."""
    poll = message.poll
    if poll is None:
        raise Refusal(f"Message {message.id} has no poll.", 404)
    chosen = tuple(sorted(set(options)))
    _check(poll, person, chosen)
    if chosen == poll.votes.get(person.id, ()):
        return
    if chosen:
        poll.votes[person.id] = chosen
        poll.voters[person.id] = person
    else:
        del poll.votes[person.id]
    _tell(world, poll)
    delivery.poll_answer(poll, person)


def schedule(world: World, poll: Poll) -> None:
    """Let an open poll close by itself when its time comes."""
    if poll.close_date is not None and not poll.is_closed:
        moment = datetime.fromtimestamp(poll.close_date, UTC)
        poll.alarm = world.clock.alarm(moment, lambda: close(world, poll))


def close(world: World, poll: Poll) -> None:
    """End a poll: everybody sees its results."""
    if poll.is_closed:
        return
    if poll.alarm is not None:
        poll.alarm.cancel()
    poll.is_closed = True
    _tell(world, poll)


def _check(poll: Poll, person: User, chosen: tuple[int, ...]) -> None:
    if poll.is_closed:
        raise Refusal("This poll is closed.", 409)
    if any(not 0 <= index < len(poll.options) for index in chosen):
        raise Refusal(f"The options of this poll are 0 to {len(poll.options) - 1}.")
    if len(chosen) > 1 and not poll.allows_multiple_answers:
        raise Refusal("This poll takes one answer only.")
    if person.id in poll.votes and not poll.allows_revoting:
        raise Refusal("A vote in this poll can't be changed.", 409)


def _tell(world: World, poll: Poll) -> None:
    delivery.poll(poll)
    for message in poll.messages:
        if not message.deleted:
            world.tell_message("edited", message)
