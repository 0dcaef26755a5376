"""Results of a round: who may see them, and what of them.

They are for the asker, the secretaries of the group, and administrators; others see what is published in the group.
What may be told is counted once, when the round is closed, and kept (see `threshold`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from domain.messaging.message import Subject
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.voice.questionnaire.audience import people_of
from domain.voice.questionnaire.counting import Counted, count, of_counted, step, to_counted
from domain.voice.questionnaire.figures import answers, sheet
from domain.voice.questionnaire.links import follow_ups
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.round import Confidence
from domain.voice.questionnaire.standing_out import Line, stand_out
from domain.voice.questionnaire.threshold import comparable, guarded, least_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import ChatId, RoundId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.voice.features import Stores
    from domain.voice.questionnaire.links import FollowUp
    from domain.voice.questionnaire.model import Question
    from domain.voice.questionnaire.round import Returned, Round

MAX_GROUPS = 20
LISTED = 12  # rounds in a list
NAME = "round_result"  # the kind of the subject of what is published


class NoSuchRound(Refusal):
    """No such round, or none that there may be results of."""

    text = "general.button_over"


class StillOpen(Refusal):
    """Results are shown once the round is closed."""

    text = "results.still_open"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a round's results. `counted` is a `Counted` as plain data; a `final` one does not change.

    `published_at` is when it was posted in the group, `followed_at` when it was told there what was done.
    """

    group: ChatId
    counted: Mapping[str, Any]
    final: bool
    published_at: datetime | None = None
    followed_at: datetime | None = None


class Results(Protocol):
    """Results in the store."""

    def kept(self, number: RoundId) -> Kept | None:
        """What is kept of a round."""

    def keep(self, number: RoundId, kept: Kept) -> None:
        """Keep it, in place of what was kept."""

    def published_in(self, group: ChatId, since: datetime, until: datetime) -> Sequence[RoundId]:
        """The rounds whose results were published in a group between two moments, oldest first."""

    def link(self, number: RoundId, source: str) -> None:
        """Remember that tasks follow from a round; `source` is their command, or `task:17`."""

    def links(self, number: RoundId) -> Sequence[str]:
        """What follows from a round, oldest first."""

    def unfollowed(self) -> Sequence[RoundId]:
        """Published rounds from which something follows, and of which nobody was told yet what was done."""


class Text(NamedTuple):
    """What somebody wrote."""

    question: Question
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A round's results as those in charge see them. `texts` are how many texts may be read."""

    round: Round
    counted: Counted
    lines: Sequence[Line]
    follow_ups: Sequence[FollowUp]
    texts: int
    least: int
    published: bool
    at: datetime
    branches: Mapping[int, Branch] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it can still be answered."""
        return self.round.closed_at is None

    @property
    def standing_out(self) -> list[Line]:
        """What stands out most, one thing a question."""
        return stand_out(self.lines)


def subject_of(number: RoundId) -> Subject:
    """What the message in the group is about."""
    return Subject(NAME, number)


def found(stores: Stores, actor: Actor, number: RoundId) -> Round:
    """A round whose results somebody may see. Raises NoSuchRound, NotAllowed, HasLeft, NotAdmitted."""
    one = stores.rounds.get(number)
    if one is None or one.withdrawn_at is not None or (actor.chat.is_group and actor.chat.id != one.group):
        raise NoSuchRound
    there = as_in_group(stores, actor, one)
    require(stores, there, Permission.TAKE_PART)
    if one.asker.id != actor.member.id:
        require(stores, there, Permission.SEE_RESULTS)
    return one


def as_in_group(stores: Stores, actor: Actor, one: Round) -> Actor:
    """Somebody as an actor in the round's group: what they are elsewhere does not count."""
    if actor.chat.id == one.group:
        return actor
    return replace(actor, chat=stores.chats.get(one.group), is_platform_admin=False)


def counted_of(stores: Stores, one: Round) -> Counted:
    """What a round comes to: as it was counted when it was closed; of an open one what may be told now."""
    kept = stores.results.kept(one.id)
    known = None if kept is None else to_counted(one.questionnaire, kept.counted)
    if kept is not None and kept.final and known is not None:
        return known
    least, invited = least_of(one, to_all=False), invited_to(stores, one)
    returned = stores.responses.returned(one)
    if one.closed_at is None and one.confidence is not Confidence.NAMED:
        now = step(known, one.questionnaire, returned, invited=invited, least=least)
    else:
        parents = {branch.id: branch.parent for branch in stores.branches.all()}
        now = count(one.questionnaire, returned, parents, invited=invited, least=least)
    # Of an anonymous round that too few have answered no answer is kept, but how many there were is.
    now = replace(now, returned=max(now.returned, len(stores.responses.submitted(one))))
    if now != known:
        stores.results.keep(one.id, Kept(one.group, of_counted(now), final=one.closed_at is not None))
    return now


def invited_to(stores: Stores, one: Round) -> int | None:
    """How many people are asked."""
    return len(people_of(stores, one.audience)) or None


def lines_of(stores: Stores, one: Round, counted: Counted, least: int) -> list[Line]:
    """The figures of all questions, beside those of the round before where they may be compared."""
    before = earlier(stores, one)
    lines = []
    for now in counted.figures:
        then = None if before is None else before.figure(now.question.key)
        compared = then is not None and comparable(then, now, least)
        lines.append(Line(now, then if compared else None))
    return lines


def earlier(stores: Stores, one: Round) -> Counted | None:
    """What the round before came to."""
    known = None if one.previous is None else stores.rounds.get(one.previous)
    if known is None or known.closed_at is None or known.withdrawn_at is not None:
        return None
    return counted_of(stores, known)


def for_all(counted: Counted, least: int) -> Counted:
    """As much of a count as everybody may see: of a named round too nothing of a few people, and no branches."""
    figures = tuple(one if one.hidden else guarded(one, least) for one in counted.figures)
    return replace(counted, figures=figures, parts=(), steps={})


def texts_of(one: Round, returned: Sequence[Returned]) -> list[Text]:
    """What people wrote, question by question, where enough have.

    Their order follows from the words alone: it tells nothing of who wrote them or when, differs between questions, and
    is the same on every page and in every file.
    """
    least, sheets = least_of(one, to_all=False), [sheet(one.questionnaire, each) for each in returned]
    found: list[Text] = []
    for question in one.questionnaire.questions:
        words = [str(each) for each in answers(question, sheets)] if question.kind is QuestionKind.TEXT else []
        if len(words) >= least:
            found += [Text(question, each) for each in sorted(words, key=lambda said: _shuffled(question, said))]
    return found


def _shuffled(question: Question, words: str) -> str:
    return hashlib.sha256(f"{question.key}\n{words}".encode()).hexdigest()


def look(stores: Stores, actor: Actor, *, number: RoundId) -> Shown:
    """A round's results. Raises NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted."""
    one = found(stores, actor, number)
    if one.closed_at is None and (not one.results_at_once or one.confidence is Confidence.ANONYMOUS):
        raise StillOpen(closes_at=one.closes_at, at=actor.heard_at)
    return shown(stores, one, actor.heard_at)


def shown(stores: Stores, one: Round, at: datetime) -> Shown:
    """A round's results, as they are now."""
    counted, least = counted_of(stores, one), least_of(one, to_all=False)
    kept = stores.results.kept(one.id)
    texts = 0 if one.closed_at is None else len(texts_of(one, stores.responses.returned(one)))
    return Shown(
        one,
        counted,
        lines_of(stores, one, counted, least),
        follow_ups(stores, one),
        texts,
        least,
        kept is not None and kept.published_at is not None,
        at,
        {branch.id: branch for branch in stores.branches.all()} if counted.parts else {},
    )


def closed(stores: Stores, actor: Actor, number: RoundId) -> Round:
    """A closed round whose results somebody may see. Raises StillOpen, and what `found` does."""
    one = found(stores, actor, number)
    if one.closed_at is None:
        raise StillOpen(closes_at=one.closes_at, at=actor.heard_at)
    return one


def read_texts(stores: Stores, actor: Actor, *, number: RoundId) -> tuple[Round, list[Text]]:
    """What people wrote; nothing before the round is closed. Raises NoSuchRound, NotAllowed, HasLeft, NotAdmitted."""
    one = found(stores, actor, number)
    return one, [] if one.closed_at is None else texts_of(one, stores.responses.returned(one))


def place(stores: Stores, actor: Actor, *, number: RoundId) -> Chat:
    """The group of a round, where it is asked who somebody is. Raises NoSuchRound, NotAllowed, HasLeft."""
    require(stores, actor, Permission.TAKE_PART)
    one = stores.rounds.get(number)
    if one is None:
        raise NoSuchRound
    return stores.chats.get(one.group)


def listed(stores: Stores, actor: Actor, *, led: Sequence[Actor] = ()) -> list[Round]:
    """The newest rounds whose results somebody may see, in all groups that they are in.

    `led` is the actor in the groups where the platform was asked who they are. Raises NotAllowed, HasLeft.
    """
    require(stores, actor, Permission.TAKE_PART)
    acting = {one.chat.id: one for one in led if one.member == actor.member}
    groups = {group.id for group in stores.members.groups_of(actor.member.id, MAX_GROUPS)}
    home = stores.members.home(actor.member.id)
    own = groups | acting.keys() | ({home} if home else set())
    rounds = [one for group in own for one in stores.rounds.of(group, LISTED)]
    seen = [one for one in rounds if _may_see(stores, acting.get(one.group, actor), one)]
    return sorted(seen, key=lambda one: one.asked_at, reverse=True)[:LISTED]


def _may_see(stores: Stores, actor: Actor, one: Round) -> bool:
    try:
        found(stores, actor, one.id)
    except Refusal:
        return False
    return one.closed_at is not None or one.results_at_once
