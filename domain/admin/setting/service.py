"""What holds at a place, and changing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from domain.admin.setting.model import (
    SETTING_CHANGED,
    SETTINGS,
    Line,
    Name,
    NotSetHere,
    Page,
    Ranking,
    Reminding,
    Scope,
    Where,
)
from domain.ids import BranchId, ChatId, MemberId

if TYPE_CHECKING:
    from datetime import datetime

    from domain.messaging.chat import Chat, Locale
    from domain.people.member import Member
    from domain.stores import Stores


def _lines(stores: Stores, where: Where, chat: Chat | None, locale: Locale) -> list[Line]:
    """What holds at a place, of the settings that it can have."""
    member = MemberId(where.id) if where.scope is Scope.MEMBER else None
    branch = BranchId(where.id) if where.scope is Scope.BRANCH else (chat.branch if chat else None)
    kept = stores.settings.over(member=member, chat=chat, branch=branch)
    found: dict[Name, Line] = {}
    for one in kept:
        if one.name not in found:
            found[one.name] = Line(one.name, one.value, one.where, one.where == where)
    shown = [name for name in Name if where.scope in SETTINGS[name].scopes]
    return [found.get(name) or Line(name, _default(name, chat, locale), None, own=False) for name in shown]


def _default(name: Name, chat: Chat | None, locale: Locale) -> str:
    if name is Name.ZONE:
        return chat.zone if chat else locale.zone
    if name is Name.LANGUAGE:
        return chat.language if chat else locale.language
    return SETTINGS[name].default or ""


def page(stores: Stores, *, where: Where, chat: Chat | None, locale: Locale) -> Page:
    """All settings of a place, each with its value and where it comes from.

    `chat` is the group itself, for a person the group that they are at home in, else none.
    """
    lines = [replace(line, called=_called(stores, line.source)) for line in _lines(stores, where, chat, locale)]
    if where.scope is Scope.MEMBER:
        lines = [_spoken(stores, where, line, locale) if line.name is Name.LANGUAGE else line for line in lines]
    return Page(where, _called(stores, where), lines)


def _spoken(stores: Stores, where: Where, line: Line, locale: Locale) -> Line:
    """A person's language is kept with the person: what they chose, else what their platform says."""
    who = _member(stores, where)
    return replace(line, value=who.reads(locale.language), source=None, own=who.chosen_language is not None)


def _called(stores: Stores, where: Where | None) -> str | None:
    if where is None or where.scope in (Scope.ENTERPRISE, Scope.MEMBER):
        return None
    if where.scope is Scope.BRANCH:
        return stores.branches.get(BranchId(where.id)).name
    return stores.chats.get(ChatId(where.id)).title


def _member(stores: Stores, where: Where) -> Member:
    return stores.members.get(MemberId(where.id))


def change(
    stores: Stores, *, name: Name, where: Where, words: str | None, by: MemberId, locale: Locale, at: datetime
) -> None:
    """Set a value, or (`None`) take it from above again; what is so already is no change.

    Raises NotSetHere, NoSuchZone, NotANumber, NoSuchValue.
    """
    setting = SETTINGS[name]
    if where.scope not in setting.scopes:
        raise NotSetHere
    new = None if words is None else setting.read(words)
    old = _replace(stores, name, where, new)
    if new == old:
        return
    stores.audit.note(by, SETTING_CHANGED, f"{name} {where}", old=old, new=new, at=at)
    if name in (Name.ZONE, Name.LANGUAGE) and where.scope is not Scope.MEMBER:
        _spread(stores, name, where, locale)


def _replace(stores: Stores, name: Name, where: Where, new: str | None) -> str | None:
    """Keep a value in place of another; what it was."""
    if (name, where.scope) == (Name.LANGUAGE, Scope.MEMBER):
        return _speak(stores, where, new)
    old = stores.settings.own(where, name)
    if new is None:
        stores.settings.remove(where, name)
    elif new != old:
        stores.settings.put(where, name, new)
    return old


def _speak(stores: Stores, where: Where, language: str | None) -> str | None:
    """Address somebody in a language, or in that of their platform; which they had chosen before."""
    who = _member(stores, where)
    stores.members.save(replace(who, chosen_language=language))
    if who.private is not None:
        home = stores.chats.get(who.private)
        stores.chats.save(replace(home, language=replace(who, chosen_language=language).reads(home.language)))
    return who.chosen_language


def _spread(stores: Stores, name: Name, where: Where, locale: Locale) -> None:
    """Chats keep the zone and the language that hold in them, so that no press has to ask: bring them up to date."""
    groups = [stores.chats.get(ChatId(where.id))] if where.scope is Scope.CHAT else stores.chats.groups()
    if where.scope is Scope.BRANCH:
        within = set(stores.branches.subtree(BranchId(where.id)))
        groups = [group for group in groups if group.branch in within]
    for group in groups:
        _bring_up(stores, group, name, otherwise=getattr(locale, name))
    if name is Name.ZONE and where.scope is Scope.ENTERPRISE:
        stores.chats.set_private_zone(stores.settings.own(where, name) or locale.zone)


def _bring_up(stores: Stores, chat: Chat, name: Name, otherwise: str) -> Chat:
    kept = stores.settings.over(member=None, chat=chat, branch=chat.branch)
    value = next((one.value for one in kept if one.name is name), otherwise)
    current = replace(chat, zone=value) if name is Name.ZONE else replace(chat, language=value)
    if current != chat:
        stores.chats.save(current)
        stores.schedules.recompute(chat.id)
    return current


def inherit(stores: Stores, chat: Chat) -> Chat:
    """A group that is new, or belongs to another branch now, with the zone and the language that hold there."""
    chat = _bring_up(stores, chat, Name.ZONE, otherwise=chat.zone)
    return _bring_up(stores, chat, Name.LANGUAGE, otherwise=chat.language)


def value_of(stores: Stores, name: Name, *, chat: Chat, member: MemberId | None = None) -> str:
    """What holds for a group, or for a person in it; not for zones and languages, which chats and members have."""
    kept = stores.settings.over(member=member, chat=chat, branch=chat.branch)
    return next((one.value for one in kept if one.name is name), SETTINGS[name].default or "")


def ranking_of(stores: Stores, chat: Chat) -> Ranking:
    """Who is shown on a group's board."""
    return Ranking(value_of(stores, Name.RANKING, chat=chat))


def reminding_of(stores: Stores, *, chat: Chat, member: MemberId) -> Reminding:
    """Which reminders somebody gets of a group's tasks."""
    return Reminding(value_of(stores, Name.REMINDERS, chat=chat, member=member))


def morning_of(stores: Stores, chat: Chat) -> time:
    """At what time of the day before a deadline a group's tasks remind their owners."""
    return time.fromisoformat(value_of(stores, Name.MORNING, chat=chat))


def cap_of(stores: Stores, chat: Chat) -> int:
    """How many prompts a week a group's people get at most."""
    return int(value_of(stores, Name.CAP, chat=chat))
