"""A procedure as plain data, in which the store and drafts keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.work.procedure.template import Anchor, Procedure, Step

if TYPE_CHECKING:
    from collections.abc import Mapping


def of_procedure(procedure: Procedure) -> dict[str, Any]:
    """A procedure as JSON takes it."""
    head = {"title": procedure.title, "source": procedure.source, "about": procedure.about}
    return {**head, "steps": [_of_step(one) for one in procedure.steps]}


def _of_step(one: Step) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "who": one.who,
        "anchor": one.anchor.value,
        "days": one.days,
        "outcome": one.outcome,
        "check": one.check,
        "reviewer": one.reviewer,
        "waits": list(one.waits),
    }


def to_procedure(kept: Mapping[str, Any]) -> Procedure:
    """What `of_procedure` has made. Raises KeyError, ValueError for anything else."""
    steps = tuple(_to_step(one) for one in kept["steps"])
    return Procedure(kept["title"], steps, kept["source"], kept["about"])


def _to_step(kept: Mapping[str, Any]) -> Step:
    return Step(**{**kept, "anchor": Anchor(kept["anchor"]), "waits": tuple(kept["waits"])})
