"""Buttons to choose a branch of the tree, one level and page at a time."""

from domain.ids import BranchId
from domain.messaging.message import Action, Button, Buttons
from domain.people.branch import Choice, Level
from domain.people.branch.choosing import MAX_CHOICES
from handlers.action import Pressed

TOP = 0  # in a button, in place of a branch's id


def buttons(action: str, level: Level) -> Buttons:
    """A button for each branch: `ACTION:<branch>` chooses it, `ACTION_in:<branch>:<offset>` shows its children."""
    rows = [_row(action, choice) for choice in level.choices]
    if level.here is not None:
        here = level.here
        whole = Button("picking.whole_button", Action(action, here.id), {"name": here.name})
        up = Button("picking.up_button", _show_level(action, level.above, 0))
        rows = [[whole], *rows, [up]]
    return [*rows, *_leaves(action, level)]


def pressed(pressed: Pressed) -> tuple[BranchId | None, int]:
    """The parent and the offset that a button shows. Raises ButtonExpired."""
    level, offset = pressed.numbers(2)
    return (BranchId(level) if level != TOP else None), offset


def _row(action: str, choice: Choice) -> list[Button]:
    name = {"name": choice.branch.name}
    if choice.has_more:
        return [Button("picking.more_button", _show_level(action, choice.branch.id, 0), name)]
    return [Button("picking.branch_button", Action(action, choice.branch.id), name)]


def _show_level(action: str, level: BranchId | None, offset: int) -> Action:
    return Action(f"{action}_in", TOP if level is None else level, offset)


def _leaves(action: str, level: Level) -> list[list[Button]]:
    here, row = level.here.id if level.here else None, []
    if level.offset:
        row.append(Button("picking.earlier_button", _show_level(action, here, max(0, level.offset - MAX_CHOICES))))
    if level.offset + MAX_CHOICES < level.count:
        row.append(Button("picking.later_button", _show_level(action, here, level.offset + MAX_CHOICES)))
    return [row] if row else []
