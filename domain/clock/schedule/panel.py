"""The panel of a chat: the message in which its schedules are seen and changed with buttons.

There is one at a time in a chat, so that what it shows is true.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING

from domain.clock.schedule.timetable import require_access, timetable_of
from domain.messaging.administrators import private_chats
from domain.messaging.message import Action, Button, Message, Subject, in_rows
from domain.messaging.quiet import MAX_SPANS, USUAL, QuietTooLong, Span
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.clock.schedule.model import Clockwork
    from domain.clock.schedule.timetable import Entry, Timetable
    from domain.ids import ChatId
    from domain.messaging.message import Buttons, Thread
    from domain.people.actor import Actor
    from domain.stores import Stores

LIST, QUIET = "list", "quiet"  # pages, beside those of the schedules
FRESH_FOR = timedelta(days=1)  # buttons of a panel that people have scrolled past change nothing
MORNING, DAY_S_END = range(7 * 60 + 30, 10 * 60, 30), range(16 * 60, 18 * 60 + 1, 30)  # minutes since midnight
NUDGE = 15
MINUTES_A_DAY = 24 * 60
BEGINS = (time(20), time(21), time(21, 30), time(22))
ENDS = (time(6, 30), time(7), time(7, 30), time(8))
NOONS = (Span(time(12), time(13)), Span(time(12), time(13, 30)), Span(time(12), time(14)))
A_ROW = 5


class PanelOver(Refusal):
    """A button of a panel that was replaced, or is a day old."""

    text = "schedule.over"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press of one of a panel's buttons: in which message (the platform's id), and the page to stay on."""

    message: int
    page: str


def open_panel(stores: Stores, actor: Actor, *, page: str, clockwork: Clockwork, key: str, thread: Thread) -> None:
    """Show a panel in place of the one before. Raises NotAllowed, NoSuchSchedule."""
    require_access(stores, actor)
    subject = _subject(actor.chat.id)
    message = _drawn(timetable_of(stores, actor.chat, clockwork, actor.heard_at), page, subject)
    stores.outbox.delete(subject, key=f"{key}:before")
    stores.outbox.send(actor.chat.id, message, key=key, thread=thread, urgent=True)


def turn(stores: Stores, actor: Actor, *, pressed: Pressed, clockwork: Clockwork, key: str) -> None:
    """Show another page in the panel. Raises NotAllowed, PanelOver, NoSuchSchedule."""
    require_access(stores, actor)
    require_fresh(stores, actor, pressed)
    _edit(stores, actor.chat.id, timetable_of(stores, actor.chat, clockwork, actor.heard_at), pressed.page, key)


def require_fresh(stores: Stores, actor: Actor, pressed: Pressed | None) -> None:
    """Only the newest panel of a chat is pressed, and on the day that it was opened. Raises PanelOver."""
    if pressed is None:
        return
    newest = stores.outbox.message_about(_subject(actor.chat.id))
    if newest not in (None, pressed.message):
        raise PanelOver
    said_at = stores.outbox.said_at(actor.chat.id, pressed.message)
    if said_at is None or actor.heard_at - said_at > FRESH_FOR:
        raise PanelOver


def refresh(stores: Stores, actor: Actor, *, clockwork: Clockwork, key: str, pressed: Pressed | None) -> None:
    """Show a change on the chat's panel, and one of the enterprise's on those of all its administrators."""
    table = timetable_of(stores, actor.chat, clockwork, actor.heard_at)
    _edit(stores, actor.chat.id, table, LIST if pressed is None else pressed.page, key)
    if table.enterprise:
        for member, chat in private_chats(stores):
            if member != actor.member.id:
                _edit(stores, chat, table, LIST, key)


def _edit(stores: Stores, chat: ChatId, table: Timetable, page: str, key: str) -> None:
    subject = _subject(chat)
    stores.outbox.edit(subject, _drawn(table, page, subject), key=f"{subject}:{key}")


def _subject(chat: ChatId) -> Subject:
    return Subject("schedule", chat)


def _drawn(table: Timetable, page: str, subject: Subject) -> Message:
    """What a panel shows: the list, a schedule, or the quiet hours."""
    if page == LIST:
        return Message("schedule.list", {"timetable": table}, _of_list(table), subject)
    if page == QUIET:
        return Message("schedule.quiet_panel", {"timetable": table}, _of_quiet(table), subject)
    entry = table.entry(page)
    values = {"entry": entry, "enterprise": table.enterprise, "at": table.at}
    return Message("schedule.panel", values, _of_entry(entry, enterprise=table.enterprise), subject)


def _minutes_of(clock: time) -> int:
    """Since midnight."""
    return 60 * clock.hour + clock.minute


def clock_of(minutes: int) -> time:
    """A time of day; what is more than a day goes round."""
    return time(minutes % MINUTES_A_DAY // 60, minutes % 60)


def _of_list(table: Timetable) -> Buttons:
    """One for each schedule, and one for the quiet hours."""
    words = [entry.word for entry in table.entries] + [QUIET]
    return [[Button("schedule.open_button", Action("schedule.open", word), {"word": word}) for word in words]]


def _of_entry(entry: Entry, *, enterprise: bool) -> Buttons:
    """Times, weekdays where it has one, pause or go on, and the way back."""
    rows = [*_times(entry), *_weekdays(entry)]
    pause = Button("schedule.off_button", Action("schedule.off", entry.word))
    last = [Button("schedule.on_button", Action("schedule.on", entry.word)) if entry.paused else pause]
    if entry.chosen and not enterprise:
        last.append(Button("schedule.follow_button", Action("schedule.follow", entry.word)))
    return [*rows, [*last, _BACK]]


def _times(entry: Entry) -> Buttons:
    word = entry.word
    now = _minutes_of(entry.when.clock) if entry.when else MORNING[0]
    usual = MORNING if now < MINUTES_A_DAY // 2 else DAY_S_END
    offered = sorted({*usual, now - NUDGE, now + NUDGE} - {now})
    buttons = [
        Button(
            "schedule.time_button", Action("schedule.time", word, minutes % MINUTES_A_DAY), {"clock": clock_of(minutes)}
        )
        for minutes in offered
    ]
    other = DAY_S_END if usual is MORNING else MORNING
    turned = Button("schedule.time_button", Action("schedule.time", word, other[0]), {"clock": clock_of(other[0])})
    return in_rows([*buttons, turned], A_ROW)


def _weekdays(entry: Entry) -> Buttons:
    if entry.when is None or entry.when.weekday is None:
        return []
    days = [day for day in range(7) if day != entry.when.weekday]
    return in_rows(
        [Button("schedule.day_button", Action("schedule.day", entry.word, day), {"weekday": day}) for day in days], 3
    )


def _of_quiet(table: Timetable) -> Buttons:
    """Buttons to end each span, to move the night, to add a noon, to have no quiet hours, and to go back."""
    spans = table.quiet.spans if table.quiet else ()
    ends = [_span_button("schedule.remove_button", "schedule.quiet_remove", span) for span in spans]
    moves = [_span_button("schedule.move_button", "schedule.quiet_move", span) for span in _moved(_night(spans))]
    adds = [_span_button("schedule.add_button", "schedule.quiet_add", span) for span in _more(spans)]
    last = [Button("schedule.no_quiet_button", Action("schedule.off", QUIET))] if spans else []
    if table.quiet_chosen:
        last.append(Button("schedule.follow_button", Action("schedule.follow", QUIET)))
    return [*in_rows(ends, 1), *in_rows(moves, 2), *in_rows(adds, 2), [*last, _BACK]]


def _night(spans: Sequence[Span]) -> Span | None:
    """The span over midnight."""
    return next((span for span in spans if span.covers(time(0))), None)


def _moved(night: Span | None) -> list[Span]:
    """The night with another beginning or another end."""
    if night is None:
        return []
    spans = [(begins, night.ends) for begins in BEGINS] + [(night.begins, ends) for ends in ENDS]
    return [span for span in dict.fromkeys(_made(spans)) if span != night]


def _more(spans: Sequence[Span]) -> list[Span]:
    """The spans that may be added: those that touch no other."""
    if len(spans) >= MAX_SPANS:
        return []
    offered = [*NOONS, *USUAL.spans]
    return [span for span in offered if not any(one.touches(span) for one in spans)]


def _made(spans: Iterable[tuple[time, time]]) -> Iterator[Span]:
    for begins, ends in spans:
        with suppress(QuietTooLong):
            yield Span(begins, ends)


def _span_button(text: str, action: str, span: Span) -> Button:
    return Button(text, Action(action, _minutes_of(span.begins), _minutes_of(span.ends)), {"span": span})


_BACK = Button("schedule.back_button", Action("schedule.open", LIST))
