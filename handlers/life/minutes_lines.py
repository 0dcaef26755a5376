"""Lines of minutes that say who does what until when, or what is to be rectified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.life.meeting.minutes import MAX_ERRANDS, Fault
from domain.life.rectification.model import MAX_TITLE_CHARS as MAX_FAULT_CHARS
from domain.people.member import Mention
from domain.people.naming import Called
from handlers.arguments import NAME
from handlers.work.arguments import MAX_TITLE_CHARS
from language import deadline
from language.meeting import after_lead, fault_in

if TYPE_CHECKING:
    from datetime import datetime

    from domain.people.naming import Directory, Wanted
    from language.deadline import Working

AFTER_NAME, ENDS = " \t　,，:：、", "。.；;，,、 "


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says who does what until when."""

    text: str
    owner: Wanted
    due_at: datetime
    title: str


def read_line(text: str, names: Directory, now: datetime, hours: Working) -> Line | None:
    """`NAME DEADLINE TITLE`, after a number or a dash; `None` for any other line.

    Raises DeadlineError where somebody is named and the deadline cannot be one.
    """
    line = plain.clean(text).strip()
    owner, ends = _owner(line, after_lead(line), names)
    if owner is None:
        return None
    found = deadline.read(line[ends:].lstrip(AFTER_NAME), now, working=hours)
    title = plain.tidy(found.rest)[:MAX_TITLE_CHARS].rstrip("。.；;") if found is not None else ""
    return None if found is None or not title else Line(line, owner, found.due, title)


def _owner(line: str, begins: int, names: Directory) -> tuple[Wanted | None, int]:
    mention = NAME.match(line, begins)
    if mention is not None:
        return Mention(mention[1]), mention.end()
    found = names.find(line, begins)
    return (Called(found[0][0]), found[0][1]) if found else (None, begins)


def lines_in(text: str, names: Directory, now: datetime, hours: Working) -> tuple[list[Line], list[str]]:
    """The lines of minutes that are tasks, and those whose deadline cannot be one."""
    found: list[Line] = []
    unread: list[str] = []
    for line in text.splitlines():
        try:
            one = read_line(line, names, now, hours)
        except deadline.DeadlineError:
            unread.append(plain.tidy(line))
        else:
            found += [one] if one else []
    return found[:MAX_ERRANDS], [*unread, *(one.text for one in found[MAX_ERRANDS:])]


def read_fault(text: str, now: datetime, hours: Working) -> Fault | None:
    """`整改：DEADLINE TITLE` or `整改：TITLE，DEADLINE`, with or without a deadline; `None` for any other line.

    Raises DeadlineError where the deadline cannot be one.
    """
    words = fault_in(plain.clean(text).strip())
    if not words:
        return None
    first = deadline.read(words, now, working=hours)
    if first is not None and plain.tidy(first.rest):
        return Fault(_title(first.rest), first.due)
    before, after = _parted(words)
    last = deadline.read(after, now, working=hours) if before and after else None
    if last is not None and not plain.tidy(last.rest).strip(ENDS):
        return Fault(_title(before), last.due)
    return Fault(_title(words))


def _title(words: str) -> str:
    return plain.tidy(words)[:MAX_FAULT_CHARS].rstrip(ENDS)


def _parted(words: str) -> tuple[str, str]:
    """The words before the last blank or comma, and those behind it."""
    ends = words.rstrip(ENDS)
    place = max(ends.rfind(mark) for mark in "，, ")
    return (ends[:place], ends[place + 1 :]) if place > 0 else (ends, "")


def faults_in(text: str, now: datetime, hours: Working) -> tuple[list[Fault], list[str]]:
    """The lines of minutes that are findings, and those whose deadline cannot be one."""
    found: list[Fault] = []
    unread: list[str] = []
    for line in text.splitlines():
        try:
            one = read_fault(line, now, hours)
        except deadline.DeadlineError:
            unread.append(plain.tidy(line))
        else:
            found += [one] if one is not None and one.title else []
    return found[:MAX_ERRANDS], [*unread, *(one.title for one in found[MAX_ERRANDS:])]
