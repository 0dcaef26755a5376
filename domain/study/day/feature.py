"""What the plan of study days contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import StudyItemId
from domain.study.day.model import ALLOWED, BANNED, RELEASED, SCHEDULED, WITHDRAWN

if TYPE_CHECKING:
    from domain.study.features import Stores


def _called(stores: Stores, number: int) -> str | None:
    found = stores.plans.items([StudyItemId(number)])
    return next((one.lesson.title for one in found.values()), None)


FEATURE = Feature("day", audit=(SCHEDULED, WITHDRAWN, RELEASED, BANNED, ALLOWED), named={"study_item": _called})
