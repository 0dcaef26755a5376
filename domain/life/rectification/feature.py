"""What rectification contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import FindingId

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.findings.hand_over(awaited, known)


def _called(stores: Stores, number: int) -> str | None:
    found = stores.findings.get(FindingId(number))
    return None if found is None else found.title


FEATURE = Feature("rectification", merged=_merged, named={"finding": _called})
