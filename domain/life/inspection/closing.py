"""A round becomes final, or is called off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.audit import AuditAction
from domain.life.inspection import cards
from domain.life.inspection.cards import Progress
from domain.life.inspection.figures import Results, results
from domain.life.inspection.model import Publish, Round, RoundState, desk
from domain.life.inspection.office import group_of, running
from domain.life.inspection.progress import progress, progress_of
from domain.life.inspection.wrong import NotReady
from domain.life.rectification.model import Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.messaging.message import Message, Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import InspectionRoundId
    from domain.life.features import Stores
    from domain.life.inspection.figures import Line
    from domain.messaging.message import Storable
    from domain.people.actor import Actor

FINISHED, CALLED_OFF = AuditAction("inspection.finished"), AuditAction("inspection.called_off")
TOP, PICTURED = 10, 20


@dataclass(frozen=True, slots=True)
class Final:
    """A round that is final: its results, how many findings go to rectification, and branches without a group."""

    progress: Progress
    results: Results
    findings: int
    homeless: Sequence[str]


def outcome(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> tuple[Progress, Results]:
    """How a round stands, with the results so far. Raises RoundNotFound."""
    found = progress(stores, actor, number=number)
    return found, results(found.sheets, found.round.rubric.balance)


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
            stores.outbox.delete(desk(number, one.inspector), key=f"{about}:{one.id}:off")
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
    _refresh_cards(stores, now)
    return Final(now, ranking, opened, homeless)


def _refresh_cards(stores: Stores, now: Progress) -> None:
    for one in now.counting:
        cards.show_answer(stores, one, key="final")
        inspector = one.inspection.inspector
        if inspector is not None and stores.outbox.stands(desk(now.round.id, inspector)):
            cards.show_desk(stores, now.round.id, inspector, key="final")


def _rectify(stores: Stores, actor: Actor, now: Progress) -> tuple[int, list[str]]:
    """Open a finding for each item with words or a photo, in the group of the branch."""
    opened, homeless = 0, []
    for one in now.counting:
        branch, found = one.inspection.of, one.noted
        group = group_of(stores, branch.id) if found else None
        if found and group is None:
            homeless.append(branch.name)
            continue
        for number, item, score in found:
            assert group is not None  # noqa: S101 - see above
            discovery = Discovery(
                f"inspection:{one.inspection.id}:{number}",
                group.id,
                score.note or item.title,
                Source.INSPECTION,
                item.kind,
                detail=item.check,
                branch=branch.id,
                about=one.inspection.id,
                item=item.title,
                verifier=one.inspection.inspector,
                file=score.file,
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
        if setting.ranking_of(stores, group) is setting.Ranking.PRIVATE:
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
    values: dict[str, Storable] = {
        "title": round_.rubric.title,
        "since": round_.since.isoformat(),
        "until": round_.until.isoformat(),
        "lines": [{"rank": one.rank, "name": one.branch.name, "percent": one.percent} for one in lines[:PICTURED]],
        "more": len(lines[PICTURED:]),
    }
    return Picture("inspection.published", values)
