"""Whether what holds now is what the audit log says: for what each change of is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.seal import Fault, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.admin.audit import AuditAction
    from domain.stores import Stores


@dataclass(frozen=True, slots=True)
class Unlogged:
    """Something that holds and does not follow from the log, or the other way round.

    The record that would make the log say so is `action`, `subject`, `old`, `new`.
    """

    finding: Finding
    action: AuditAction
    subject: str
    old: str | None
    new: str | None


def compared(
    stores: Stores,
    action: AuditAction,
    now: Mapping[str, str],
    *,
    counts: Callable[[str], bool] = lambda _: True,
) -> list[Unlogged]:
    """Where values that hold `now`, by their subjects, are not the last ones that an action has logged.

    `counts` tells which of the logged subjects are to be looked at.
    """
    logged: dict[str, str | None] = {}
    for record in stores.audit.of_kinds([action]):
        if counts(record.subject):
            logged[record.subject] = record.new
    subjects = sorted({*now, *logged})
    return [
        Unlogged(Finding(Fault.STATE, named=one, kept=kept, logged=said), action, one, said, kept)
        for one in subjects
        if (kept := now.get(one)) != (said := logged.get(one))
    ]
