"""What honours contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import HonourId
from domain.points.honour.model import HONOUR_GIVEN, HONOUR_WITHDRAWN
from domain.points.honour.reporting import EXPORT, SECTION

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.honours.hand_over(awaited, known)


def _called(stores: Stores, number: int) -> str | None:
    found = stores.honours.get(HonourId(number))
    return None if found is None else found.title


FEATURE = Feature(
    "honour",
    merged=_merged,
    section=SECTION,
    export=EXPORT,
    named={"honour": _called},
    audit=(HONOUR_GIVEN, HONOUR_WITHDRAWN),
)
