"""Publicity (公示) of an evaluation's result: one message in each group concerned, silent; then it is final."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.admin.audit import AuditAction
from domain.ids import ChatId, EvaluationId
from domain.life.evaluation import cards, pictures
from domain.life.evaluation.model import Publish, Stage
from domain.life.evaluation.pictures import Days, Starred
from domain.life.evaluation.schemes import scheme_of
from domain.life.evaluation.standing import freeze, settle
from domain.messaging.message import Button, DeepLink, Message
from domain.points.due import day_of, workdays_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.admin.agreement import Unlogged
    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.scheme import Scheme
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.messaging.message import Picture, Subject

PUBLIC, FINAL = AuditAction("evaluation.public"), AuditAction("evaluation.final")
LINK, MAX_PLACED = "evaluation_object_", 30
FEW = 2  # fewer are no ranking


@dataclass(frozen=True, slots=True)
class Board:
    """What a group reads of a result: some of the lines, those of its own branch, how many more there are."""

    evaluation: Evaluation
    scheme: Scheme
    lines: Sequence[Evaluated]
    own: Sequence[Evaluated]
    more: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result: all who have one, by place."""

    evaluation: Evaluation
    scheme: Scheme
    placed: Sequence[Evaluated]


def begin(stores: Stores, evaluation: Evaluation, at: datetime) -> Evaluation:
    """Take the figures, place everybody, and put the result on show for its workdays."""
    scheme, subjects = scheme_of(stores, evaluation.version), stores.evaluations.subjects(evaluation.id)
    freeze(stores, evaluation, scheme, [one for one in subjects if one.is_in])
    until = workdays_after(stores, day_of(stores, at), evaluation.publicity_days)
    public = replace(evaluation, stage=Stage.PUBLIC, public_until=until)
    stores.evaluations.save(public)
    settle(stores, public, scheme, subjects)
    stores.audit.note(None, PUBLIC, f"evaluation:{public.id}", old=None, new=digest(stores, public), at=at)
    result = result_of(stores, public)
    for group in groups(stores, public):
        stores.outbox.send(group.id, board(stores, result, group), key=str(public.board(group.id)))
    for one in stores.evaluations.subjects(public.id):
        cards.refresh(stores, public, one, key="public")
    return public


def groups(stores: Stores, evaluation: Evaluation) -> list[Chat]:
    """The groups of the branches concerned, and the office's own."""
    inside = set(stores.branches.subtree(evaluation.root)) | {evaluation.root}
    return [one for one in stores.chats.groups() if one.active and one.is_admitted and one.branch in inside]


def result_of(stores: Stores, evaluation: Evaluation) -> Ranked:
    """The result as it is now."""
    placed = in_order(stores.evaluations.subjects(evaluation.id))
    return Ranked(evaluation, scheme_of(stores, evaluation.version), placed)


def board(stores: Stores, result: Ranked, group: Chat) -> Message:
    """The message of a group."""
    one = result.evaluation
    found = _board(stores, result, group)
    link = Button("evaluation.object_button", DeepLink(f"{LINK}{one.id}"))
    buttons = [[link]] if one.stage is Stage.PUBLIC else []
    return Message("evaluation.board", {"board": found}, buttons, one.board(group.id), picture=_pictured(result))


def _pictured(result: Ranked) -> Picture | None:
    """The board as a picture, where scores are published; `None` where there are too few to rank."""
    one = result.evaluation
    shown = one.publish is Publish.ALL and one.stage is not Stage.CANCELLED
    lines = [
        Starred(line.result.rank, line.name, line.result.score, line.result.stars)
        for line in result.placed
        if line.result is not None
    ]
    if not shown or len(lines) < FEW:
        return None
    return pictures.board(one.title, Days(one.first, one.last), lines)


def _board(stores: Stores, result: Ranked, group: Chat) -> Board:
    """The best ones, and the group's own branch wherever it stands."""
    evaluation, placed = result.evaluation, result.placed
    above = {one.id for one in stores.branches.ancestors(group.branch)} if group.branch is not None else set()
    own = [one for one in placed if one.person is None and one.branch in above]
    if evaluation.publish is Publish.OWN:
        return Board(evaluation, result.scheme, (), own, 0)
    best = placed[:MAX_PLACED]
    lines = [*best, *(one for one in own if one not in best)]
    return Board(evaluation, result.scheme, lines, own, len(placed) - len(lines))


def in_order(subjects: Sequence[Evaluated]) -> list[Evaluated]:
    """Those that have a result and are in, by their places."""
    found = [(one.result.place, one) for one in subjects if one.result is not None and one.is_in]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def refresh_boards(stores: Stores, evaluation: Evaluation, *, key: str) -> None:
    """The groups' messages show the result as it is now."""
    for group in groups(stores, evaluation):
        about = evaluation.board(group.id)
        stores.outbox.refresh(about, key=f"{about}:{key}")


def current_board(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """A group's message as it is now."""
    found = stores.evaluations.get(EvaluationId(about.ids[0]))
    return None if found is None else board(stores, result_of(stores, found), stores.chats.get(ChatId(about.ids[1])))


def again(stores: Stores, evaluation: Evaluation, *, key: str) -> None:
    """Something has changed during publicity: place everybody anew from the figures that were taken."""
    scheme, subjects = scheme_of(stores, evaluation.version), stores.evaluations.subjects(evaluation.id)
    settle(stores, evaluation, scheme, subjects)
    refresh_boards(stores, evaluation, key=key)
    cards.refresh_desk(stores, evaluation, key=key)


def finish(stores: Stores, evaluation: Evaluation, at: datetime) -> Evaluation:
    """Make a result final, unless an objection waits for its answer."""
    if any(one.is_open for one in stores.evaluations.objections(evaluation.id)):
        cards.refresh_desk(stores, evaluation, key=f"late:{at:%Y%m%d}")
        return evaluation
    final = replace(evaluation, stage=Stage.FINAL, ended_at=at)
    stores.evaluations.save(final)
    stores.audit.note(None, FINAL, f"evaluation:{final.id}", old=None, new=digest(stores, final), at=at)
    refresh_boards(stores, final, key="final")
    for one in stores.evaluations.subjects(final.id):
        cards.refresh(stores, final, one, key="final")
    return final


def digest(stores: Stores, evaluation: Evaluation) -> str:
    """The SHA-256 of the result: of each one the number, score, place and stars."""
    lines = [
        [one.id, one.result.score, one.result.place, one.result.stars]
        for one in in_order(stores.evaluations.subjects(evaluation.id))
        if one.result is not None
    ]
    words = json.dumps([evaluation.id, evaluation.version, lines], separators=(",", ":"))
    return hashlib.sha256(words.encode("ascii")).hexdigest()


def unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Final results that are not those that the audit log has noted."""
    now = {f"evaluation:{one.id}": digest(stores, one) for one in stores.evaluations.final()}
    return compared(stores, FINAL, now)
