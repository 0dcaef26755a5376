"""What settings contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.admin.setting.model import SETTING_CHANGED, Name, Scope
from domain.feature import Feature
from domain.ids import MemberId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.admin.agreement import Unlogged
    from domain.stores import Stores


def _unlogged(stores: Stores) -> Sequence[Unlogged]:
    """A person's language stands with the person, and settings of people who were forgotten are gone."""

    def counts(subject: str) -> bool:
        name, _, where = subject.partition(" ")
        scope, _, number = where.partition(":")
        if scope != Scope.MEMBER:
            return True
        member = stores.members.look_up(MemberId(int(number))) if number.isdecimal() else None
        return name != Name.LANGUAGE and member is not None and member.name != ""

    now = {f"{kept.name} {kept.where}": kept.value for kept in stores.settings.all()}
    return compared(stores, SETTING_CHANGED, now, counts=counts)


FEATURE = Feature("setting", audit=(SETTING_CHANGED,), unlogged=_unlogged)
