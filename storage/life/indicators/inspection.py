"""The rounds of cross-inspection that became final in a span."""

from typing import Any

from sqlalchemy import Select, select

from domain.life.inspection.model import RoundState
from storage.dialects import within
from storage.life.inspection_statements import kept_round

FINAL: Select[Any] = (
    select(kept_round.id)
    .where(kept_round.state == RoundState.FINAL.value, *within(kept_round.ended_at))
    .order_by(kept_round.id)
)
