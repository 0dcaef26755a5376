"""The rounds of a questionnaire that were closed in a span."""

from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.dialects import within
from storage.voice.questionnaire import round_

ROUNDS: Select[Any] = (
    select(round_.id)
    .where(round_.title == bindparam("title"), round_.withdrawn_at.is_(None), *within(round_.closed_at))
    .order_by(round_.id)
)
