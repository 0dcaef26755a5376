"""People change quiet hours: of their group, or of all groups without a choice of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.clock.schedule import panel
from domain.clock.schedule.changing import note
from domain.clock.schedule.timetable import quiet_of, require_access, timetable_of
from domain.messaging.quiet import USUAL, with_span, with_span_instead, without_span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.clock.schedule.model import Clockwork
    from domain.clock.schedule.panel import Pressed
    from domain.clock.schedule.timetable import Entry
    from domain.messaging.quiet import Quiet, Span
    from domain.people.actor import Actor
    from domain.stores import Stores


@dataclass(frozen=True, slots=True)
class QuietChanged:
    """Quiet hours after a change; `mute` are the schedules that cannot speak any more.

    `joined` is the span that a new one and its neighbours became; `gone` are the spans that the new one replaced.
    """

    quiet: Quiet | None
    enterprise: bool
    mute: Sequence[Entry]
    joined: Span | None = None
    gone: Sequence[Span] = ()


def add_quiet(
    stores: Stores, actor: Actor, *, span: Span, clockwork: Clockwork, key: str, pressed: Pressed | None = None
) -> QuietChanged:
    """Have one more quiet span. One within a span that is there makes it shorter; those that touch are joined.

    Raises NotAllowed, PanelOver, QuietTooLong, TooManySpans.
    """
    return _spanned(stores, actor, span, with_span, clockwork=clockwork, key=key, pressed=pressed)


def move_quiet(
    stores: Stores, actor: Actor, *, span: Span, clockwork: Clockwork, key: str, pressed: Pressed | None = None
) -> QuietChanged:
    """Have a quiet span in place of those that it touches. Raises NotAllowed, PanelOver, QuietTooLong, TooManySpans."""
    return _spanned(stores, actor, span, with_span_instead, clockwork=clockwork, key=key, pressed=pressed)


def remove_quiet(
    stores: Stores, actor: Actor, *, span: Span, clockwork: Clockwork, key: str, pressed: Pressed | None = None
) -> QuietChanged:
    """End one of the quiet spans. Raises NotAllowed, PanelOver, NoSuchSpan."""
    before = _before(stores, actor, pressed)
    _choose(stores, actor, without_span(before, span))
    return _changed(stores, actor, before, clockwork=clockwork, key=key, pressed=pressed)


def change_quiet(
    stores: Stores,
    actor: Actor,
    *,
    quiet: Quiet | None,
    clockwork: Clockwork,
    key: str,
    pressed: Pressed | None = None,
) -> QuietChanged:
    """Replace all quiet hours, or have none. Raises NotAllowed, PanelOver."""
    before = _before(stores, actor, pressed)
    _choose(stores, actor, quiet)
    return _changed(stores, actor, before, clockwork=clockwork, key=key, pressed=pressed)


def follow_quiet(
    stores: Stores, actor: Actor, *, clockwork: Clockwork, key: str, pressed: Pressed | None = None
) -> QuietChanged:
    """Let a group have the enterprise's quiet hours, the enterprise the usual ones. Raises NotAllowed, PanelOver."""
    before = _before(stores, actor, pressed)
    if actor.chat.is_group:
        stores.quiet.follow(actor.chat.id)
    else:
        _choose(stores, actor, USUAL)
    return _changed(stores, actor, before, clockwork=clockwork, key=key, pressed=pressed)


def _before(stores: Stores, actor: Actor, pressed: Pressed | None) -> Quiet | None:
    """The present quiet hours. Raises PanelOver, and NotAllowed if the actor may not change them."""
    require_access(stores, actor)
    panel.require_fresh(stores, actor, pressed)
    return quiet_of(stores, actor.chat).quiet


def _choose(stores: Stores, actor: Actor, quiet: Quiet | None) -> None:
    stores.quiet.choose(actor.chat.id if actor.chat.is_group else None, quiet)


def _spanned(
    stores: Stores,
    actor: Actor,
    span: Span,
    put: Callable[[Quiet | None, Span], Quiet],
    *,
    clockwork: Clockwork,
    key: str,
    pressed: Pressed | None,
) -> QuietChanged:
    before = _before(stores, actor, pressed)
    quiet = put(before, span)
    _choose(stores, actor, quiet)
    joined = next((one for one in quiet.spans if one != span and one.holds(span)), None)
    gone = [one for one in (before.spans if before else ()) if joined is None and one != span and one.touches(span)]
    return replace(
        _changed(stores, actor, before, clockwork=clockwork, key=key, pressed=pressed), joined=joined, gone=gone
    )


def _changed(
    stores: Stores,
    actor: Actor,
    before: Quiet | None,
    *,
    clockwork: Clockwork,
    key: str,
    pressed: Pressed | None,
) -> QuietChanged:
    panel.refresh(stores, actor, clockwork=clockwork, key=key, pressed=pressed)
    table = timetable_of(stores, actor.chat, clockwork, actor.heard_at)
    note(stores, actor, "quiet", tuple("off" if hours is None else str(hours) for hours in (before, table.quiet)))
    mute = [entry for entry in table.entries if entry.mute]
    return QuietChanged(table.quiet, table.enterprise, mute)
