"""People who have not read today's item yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.missing import Gap
from domain.study.study import READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.missing import Company
    from domain.study.features import Stores


def find(stores: Stores, company: Company) -> Sequence[Gap]:
    """The people of a group without a credit for today's item. Those who read it earlier have one."""
    given = stores.studies.prompt_on(company.group.id, company.day)
    if given is None or given.is_withdrawn:
        return ()
    known = [one.member for one in company.people if one.member is not None]
    read = stores.points.credited(known, READ.name, given.source)
    who = [one for one in company.people if one.member not in read]
    return [Gap(Text("study.missing", {"lesson": given.item.lesson}), who)] if who else ()
