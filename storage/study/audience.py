"""For whom something is, as the store keeps it."""

from collections.abc import Mapping
from typing import Any

from domain.people.permission import Role
from domain.study.audience import EVERYBODY, Audience


def from_audience(audience: Audience) -> Mapping[str, Any] | None:
    """As the store keeps it: nothing for everybody."""
    if audience.is_everybody:
        return None
    return {"branches": list(audience.branches), "roles": list(audience.roles), "trades": list(audience.trades)}


def to_audience(told: Mapping[str, Any] | None) -> Audience:
    """As the domain has it."""
    if told is None:
        return EVERYBODY
    return Audience(tuple(told["branches"]), tuple(Role(one) for one in told["roles"]), tuple(told["trades"]))
