"""The one message of an inspector, that of the inspected branch, and that of whoever runs a round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.ids import InspectionId, InspectionRoundId, MemberId
from domain.life.inspection.model import (
    Inspection,
    Publish,
    Round,
    RoundState,
    Sheet,
    Stage,
    bureau,
    desk,
)
from domain.messaging.message import Action, Button, Message, in_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.life.features import Stores
    from domain.messaging.message import Subject

POINTS_A_ROW, LISTED = 6, 30


def sheets(stores: Stores, round_: Round, inspections: Sequence[Inspection]) -> list[Sheet]:
    """Inspections of a round with their scores and corrections."""
    numbers = [one.id for one in inspections]
    scores, corrections = stores.inspections.scores(numbers), stores.inspections.corrections(numbers)
    return [
        Sheet(round_, one, scores.get(one.id, {}), [each for each in corrections if each.inspection == one.id])
        for one in inspections
    ]


def sheet(stores: Stores, inspection: Inspection) -> Sheet:
    """One inspection with its scores and corrections."""
    found = stores.inspections.round(inspection.round)
    assert found is not None  # noqa: S101 - an inspection is part of a round
    return sheets(stores, found, [inspection])[0]


def desk_card(stores: Stores, number: InspectionRoundId, member: MemberId) -> Message | None:
    """The inspector's message: the item that is looked at, else an inspection, else all of theirs in a round."""
    found = stores.inspections.round(number)
    mine = stores.inspections.in_round(number, member)
    if found is None or not mine:
        return None
    own = sheets(stores, found, mine)
    looked_at = next((one for one in own if one.inspection.item and _may_score(one)), None)
    if looked_at is not None:
        return item_card(looked_at)
    return _overview(own)


def _may_score(sheet: Sheet) -> bool:
    return sheet.round.is_running and sheet.inspection.stage is Stage.SCORING and sheet.inspection.counts


def _overview(own: Sequence[Sheet]) -> Message:
    """What somebody inspects in a round, with the next step for each."""
    rows: list[list[Button]] = []
    for one in own:
        about = {"sheet": one}
        number = one.inspection.id
        if not one.round.is_running or not one.inspection.counts:
            continue
        if one.inspection.stage is Stage.SCORING:
            first = (one.missing or [1])[0]
            if not one.missing:
                rows.append([Button("inspection.hand_in_button", Action("inspection.hand_in", number), about)])
            rows.append([Button("inspection.score_button", Action("inspection.item", number, first), about)])
            rows.append([Button("inspection.recuse_button", Action("inspection.recuse", number), about)])
            continue
        if one.inspection.stage is Stage.OBJECTED:
            rows.append([Button("inspection.reply_button", Action("inspection.reply", number), about)])
            rows.append([Button("inspection.recuse_button", Action("inspection.recuse", number), about)])
        rows.append([Button("inspection.correct_button", Action("inspection.correct", number), about)])
    one = own[0]
    assert one.inspection.inspector is not None  # noqa: S101 - they are somebody's
    about_ = desk(one.round.id, one.inspection.inspector)
    return Message("inspection.desk", {"round_": one.round, "sheets": own}, rows, about_)


def item_card(sheet: Sheet) -> Message:
    """One item with a button for each number of points."""
    inspection = sheet.inspection
    number, place = inspection.id, min(max(inspection.item, 1), len(sheet.round.rubric.items))
    item, score = sheet.round.rubric.items[place - 1], sheet.scores.get(place)

    def button(points: int) -> Button:
        is_chosen = score is not None and score.points == points
        values = {"points": points, "chosen": is_chosen}
        return Button("inspection.points_button", Action("inspection.points", number, place, points), values)

    points = in_rows([button(one) for one in range(item.points, -1, -1)], POINTS_A_ROW)
    rows = [*points]
    if score is not None:
        rows.append([Button("inspection.note_button", Action("inspection.note", number, place), {"score": score})])
    turns = [Button("inspection.list_button", Action("inspection.item", number, 0))]
    if place > 1:
        turns.insert(0, Button("inspection.back_button", Action("inspection.item", number, place - 1)))
    if place < len(sheet.round.rubric.items):
        turns.append(Button("inspection.next_button", Action("inspection.item", number, place + 1)))
    values = {"sheet": sheet, "number": place, "item": item, "score": score}
    assert inspection.inspector is not None  # noqa: S101 - who scores is the inspector
    return Message("inspection.item", values, [*rows, turns], desk(sheet.round.id, inspection.inspector))


def answer_card(sheet: Sheet) -> Message:
    """What the inspected branch sees: scores, findings, corrections, and how to answer."""
    number = sheet.inspection.id
    rows: list[list[Button]] = []
    if sheet.round.is_running and sheet.inspection.stage is Stage.HANDED_IN:
        rows.append(
            [
                Button("inspection.accept_button", Action("inspection.accept", number)),
                Button("inspection.object_button", Action("inspection.object", number)),
            ]
        )
    if any(one.file is not None for one in sheet.scores.values()):
        rows.append([Button("inspection.files_button", Action("inspection.files", number))])
    return Message("inspection.answer", {"sheet": sheet}, rows, sheet.inspection.card)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a round stands for whoever runs it: its inspections, and those that need them.

    `waiting` keep it from being final now; `unreachable` are branches whose secretary has no private chat with the bot.
    """

    round: Round
    sheets: Sequence[Sheet]
    waiting: Sequence[Inspection] = ()
    unreachable: Sequence[str] = ()

    @property
    def counting(self) -> list[Sheet]:
        """Those that count."""
        return [one for one in self.sheets if one.inspection.counts]

    @property
    def without(self) -> list[Inspection]:
        """Those that nobody inspects, though points or the answer to an objection are missing."""
        there = [one.inspection for one in self.counting]
        return [one for one in there if one.inspector is None and one.awaits_inspector]


def bureau_card(progress: Progress) -> Message:
    """How a round stands, who has to be named, and how it is ended."""
    number = progress.round.id
    rows: list[list[Button]] = []
    if progress.round.is_running:
        rows += [
            [Button("inspection.assign_button", Action("inspection.assign", one.id), {"inspection": one})]
            for one in progress.without[:LISTED]
        ]
        if not progress.waiting and progress.counting:
            rows += [
                [Button("inspection.finish_button", Action("inspection.finish", number, one), {"publish": one})]
                for one in Publish
            ]
        rows.append([Button("inspection.manage_button", Action("inspection.manage", number, 0))])
        rows.append([Button("inspection.call_off_button", Action("inspection.call_off", number))])
    if progress.round.state is RoundState.FINAL:
        rows.append(
            [
                Button("inspection.file_button", Action("inspection.file", number, ending), {"ending": ending})
                for ending in ("docx", "xlsx")
            ]
        )
    return Message("inspection.bureau", {"progress": progress}, rows, bureau(number))


def show_desk(stores: Stores, number: InspectionRoundId, member: MemberId | None, *, key: str) -> None:
    """The inspector's message shows how things stand; where there is none, it is sent."""
    if member is None:
        return
    card, private = desk_card(stores, number, member), stores.members.get(member).private
    about = desk(number, member)
    if card is None:
        stores.outbox.delete(about, key=f"{about}:{key}")
    elif stores.outbox.stands(about):
        stores.outbox.edit(about, replace(card, subject=about), key=f"{about}:{key}")
    elif private is not None:
        stores.outbox.send(private, replace(card, subject=about), key=f"{about}:{key}", urgent=True)


def show_bureau(stores: Stores, number: InspectionRoundId, *, key: str) -> None:
    """The message of whoever runs a round shows how things stand, every few seconds at most."""
    about = bureau(number)
    stores.outbox.refresh(about, key=f"{about}:{key}")


def show_answer(stores: Stores, found: Sheet, *, key: str) -> None:
    """The inspected branch's message shows how things stand."""
    about = found.inspection.card
    stores.outbox.edit(about, answer_card(found), key=f"{about}:{key}")


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The inspector's message as it is now."""
    return desk_card(stores, InspectionRoundId(about.ids[0]), MemberId(about.ids[1]))


def current_answer(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The inspected branch's message as it is now."""
    found = stores.inspections.get(InspectionId(about.ids[0]))
    return None if found is None else answer_card(sheet(stores, found))
