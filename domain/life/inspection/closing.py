"""A round is looked after by whoever runs it: somebody else inspects, one does not count, it becomes final or is off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.audit import AuditAction
from domain.life.inspection import cards
from domain.life.inspection.cards import Progress
from domain.life.inspection.figures import Results, results
from domain.life.inspection.model import (
    ANSWER_DAYS,
    Inspection,
    InspectionNotFound,
    NotReady,
    NotScoring,
    Publish,
    Round,
    RoundState,
    Sheet,
    Stage,
)
from domain.life.inspection.office import group_of, managed, running, secretary_of
from domain.life.inspection.opening import fit
from domain.life.rectification.model import Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.messaging.message import Message, Picture
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId
    from domain.life.features import Stores
    from domain.life.inspection.figures import Line
    from domain.people.actor import Actor

FINISHED, CALLED_OFF = AuditAction("inspection.finished"), AuditAction("inspection.called_off")
ASSIGNED, DROPPED = AuditAction("inspection.assigned"), AuditAction("inspection.dropped")
TOP, PICTURED = 10, 20
READY = frozenset({Stage.ACCEPTED, Stage.SETTLED})


@dataclass(frozen=True, slots=True)
class Final:
    """A round that is final: its results, how many findings go to rectification, and branches without a group."""

    progress: Progress
    results: Results
    findings: int
    homeless: Sequence[str]


def progress_of(stores: Stores, round_: Round, inspections: Sequence[Inspection], at: datetime) -> Progress:
    """How a round stands at a moment."""
    sheets = cards.sheets(stores, round_, inspections)
    waiting = [one for one in inspections if one.counts and not _is_ready(one, at)]
    unreachable = [
        one.of.name
        for one in inspections
        if one.counts and one.stage is Stage.HANDED_IN and not _is_reachable(stores, one.of.id)
    ]
    return Progress(round_, sheets, waiting, unreachable)


def _is_ready(one: Inspection, at: datetime) -> bool:
    """Whether it can be final: answered and settled, or the time for an answer is over."""
    if one.stage is Stage.HANDED_IN and one.handed_in_at is not None:
        return one.handed_in_at + timedelta(days=ANSWER_DAYS) <= at
    return one.stage in READY


def _is_reachable(stores: Stores, branch: BranchId) -> bool:
    secretary = secretary_of(stores, branch)
    return secretary is not None and secretary.private is not None


def progress(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> Progress:
    """How a round stands. Raises RoundNotFound."""
    found, inspections = managed(stores, actor, number=number)
    return progress_of(stores, found, inspections, actor.now)


def outcome(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> tuple[Progress, Results]:
    """How a round stands, with the results so far. Raises RoundNotFound."""
    found = progress(stores, actor, number=number)
    return found, results(found.sheets, found.round.rubric.balance)


def _one(stores: Stores, actor: Actor, number: InspectionId) -> tuple[Round, Inspection]:
    """An inspection of a round that somebody runs. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.inspections.get(number)
    if known is None:
        raise InspectionNotFound
    found, _ = running(stores, actor, number=known.round)
    return found, known


def looked_at(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """An inspection for whoever runs its round. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    _, known = _one(stores, actor, number)
    return cards.sheet(stores, known)


def assign(stores: Stores, actor: Actor, *, number: InspectionId, member: MemberId) -> Progress:
    """Somebody else inspects; points that were given so far stay.

    Raises InspectionNotFound, RoundNotFound, RoundOver, NotScoring, CannotInspect.
    """
    _, known = _one(stores, actor, number)
    if known.stage is not Stage.SCORING:
        raise NotScoring
    to = fit(stores, actor, member, known.of.id)
    stores.inspections.save(replace(known, inspector=to.id, item=0))
    _note(stores, actor, ASSIGNED, known, known.inspector, to.id)
    for one in {known.inspector, to.id} - {None}:
        cards.show_desk(stores, known.round, one, key=f"assigned:{known.id}:{actor.heard_at.timestamp()}")
    stores.hooks.changed(to.id, f"inspection:{number}:assigned:{actor.heard_at.timestamp()}", actor.heard_at)
    return progress(stores, actor, number=known.round)


def drop(stores: Stores, actor: Actor, *, number: InspectionId) -> Progress:
    """An inspection does not count. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    _, known = _one(stores, actor, number)
    stores.inspections.save(replace(known, stage=Stage.DROPPED, item=0))
    _note(stores, actor, DROPPED, known, None, None)
    stores.outbox.delete(known.card, key=f"{known.card}:dropped")
    cards.show_desk(stores, known.round, known.inspector, key=f"dropped:{known.id}")
    return progress(stores, actor, number=known.round)


def _note(
    stores: Stores, actor: Actor, what: AuditAction, one: Inspection, old: MemberId | None, new: MemberId | None
) -> None:
    before, after = (None if who is None else f"member:{who}" for who in (old, new))
    stores.audit.note(actor.member.id, what, f"inspection:{one.id}", old=before, new=after, at=actor.heard_at)


def call_off(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> Progress:
    """Call a round off: its messages go. Raises RoundNotFound, RoundOver."""
    found, inspections = running(stores, actor, number=number)
    ended = replace(found, state=RoundState.CANCELLED, ended_at=actor.heard_at)
    stores.inspections.save_round(ended)
    about = f"inspection_round:{number}"
    stores.audit.note(actor.member.id, CALLED_OFF, about, old=None, new=None, at=actor.heard_at)
    for one in inspections:
        stores.outbox.delete(one.card, key=f"{one.card}:off")
        if one.inspector is not None:
            stores.outbox.delete(cards.desk(number, one.inspector), key=f"{about}:{one.id}:off")
            stores.hooks.changed(one.inspector, f"{about}:off", actor.heard_at)
    return progress_of(stores, ended, inspections, actor.now)


def finish(stores: Stores, actor: Actor, *, number: InspectionRoundId, publish: Publish) -> Final:
    """Make a round final: what was found goes to rectification, the groups hear of it.

    Raises RoundNotFound, RoundOver, NotReady.
    """
    found, inspections = running(stores, actor, number=number)
    before = progress_of(stores, found, inspections, actor.now)
    if before.waiting or not before.counting:
        raise NotReady(waiting=before.waiting)
    ended = replace(found, state=RoundState.FINAL, ended_at=actor.heard_at, publish=publish)
    stores.inspections.save_round(ended)
    about = f"inspection_round:{number}"
    stores.audit.note(actor.member.id, FINISHED, about, old=None, new=publish.value, at=actor.heard_at)
    now = progress_of(stores, ended, inspections, actor.now)
    ranking = results(now.sheets, ended.rubric.balance)
    opened, homeless = _rectify(stores, actor, now)
    _publish(stores, ended, ranking)
    _redraw(stores, now)
    return Final(now, ranking, opened, homeless)


def _redraw(stores: Stores, now: Progress) -> None:
    for one in now.counting:
        cards.show_answer(stores, one, key="final")
        inspector = one.inspection.inspector
        if inspector is not None and stores.outbox.stands(cards.desk(now.round.id, inspector)):
            cards.show_desk(stores, now.round.id, inspector, key="final")


def _rectify(stores: Stores, actor: Actor, now: Progress) -> tuple[int, list[str]]:
    """Open a finding for each item with a note, in the group of the branch."""
    opened, homeless = 0, []
    for one in now.counting:
        branch, found = one.inspection.of, [each for each in one.findings if each[2].note]
        group = group_of(stores, branch.id) if found else None
        if found and group is None:
            homeless.append(branch.name)
            continue
        for number, item, score in found:
            assert group is not None  # noqa: S101 - see above
            discovery = Discovery(
                f"inspection:{one.inspection.id}:{number}",
                group.id,
                score.note,
                Source.INSPECTION,
                detail=item.check,
                branch=branch.id,
                about=one.inspection.id,
                item=item.title,
                verifier=one.inspection.inspector,
            )
            open_finding(stores, actor, discovery)
            opened += 1
    return opened, homeless


def _publish(stores: Stores, ended: Round, ranking: Results) -> None:
    """Each branch's group reads its own result, and of the ranking what was chosen and its settings allow."""
    for line in ranking.lines:
        group = group_of(stores, line.branch.id)
        if group is None:
            continue
        shown = _shown(ended.publish, ranking.lines)
        if setting.ranking(stores, group) is setting.Ranking.PRIVATE:
            shown = []
        values = {"round_": ended, "own": line, "lines": shown, "count": len(ranking.lines)}
        picture = pictured(ended, shown) if shown else None
        message = Message("inspection.published", values, picture=picture)
        stores.outbox.send(group.id, message, key=f"inspection_round:{ended.id}:{group.id}")


def _shown(publish: Publish, lines: Sequence[Line]) -> Sequence[Line]:
    if publish is Publish.NONE:
        return []
    return lines if publish is Publish.ALL else [one for one in lines if one.rank <= TOP]


def pictured(round_: Round, lines: Sequence[Line]) -> Picture:
    """The ranking as a picture."""
    values = {
        "title": round_.rubric.title,
        "since": round_.since.isoformat(),
        "until": round_.until.isoformat(),
        "lines": [{"rank": one.rank, "name": one.branch.name, "percent": one.percent} for one in lines[:PICTURED]],
        "more": len(lines[PICTURED:]),
    }
    return Picture("inspection.ranked", values)
