"""What holds at a place, and changing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from domain.admin.setting.model import (
    ENTERPRISE,
    SETTING_CHANGED,
    SETTINGS,
    Line,
    Name,
    NoSuchPlace,
    NotSetHere,
    Page,
    Ranking,
    Reminding,
    Scope,
    Studying,
    Where,
)
from domain.ids import BranchId, ChatId, MemberId
from domain.people.permission import EVERYWHERE, Permission, allows_over, require, require_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.messaging.chat import Chat, Locale
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.stores import Stores


def page(stores: Stores, actor: Actor, *, where: Where) -> Page:
    """All settings of a place, each with its value and where it comes from.

    Raises NoSuchPlace, NotAllowed.
    """
    require_access(stores, actor, where)
    lines = [replace(line, called=_called(stores, line.source)) for line in _lines(stores, where)]
    if where.scope is Scope.MEMBER:
        lines = [_spoken(stores, where, line) if line.name is Name.LANGUAGE else line for line in lines]
    is_own = where.scope is Scope.MEMBER
    enterprise = is_own and allows_over(stores, actor, Permission.CHANGE_SETTINGS, EVERYWHERE)
    return Page(where, _called(stores, where), lines, enterprise)


def require_access(stores: Stores, actor: Actor, where: Where) -> None:
    """Let through who may see and change the settings of a place. Raises NoSuchPlace, NotAllowed.

    A group's are changed in the group, all others in private.
    """
    if actor.chat.is_group != (where.scope is Scope.CHAT):
        raise NoSuchPlace
    match where.scope:
        case Scope.CHAT:
            _require_same(where.id, actor.chat.id)
            require(stores, actor, Permission.CHANGE_SETTINGS)
        case Scope.MEMBER:
            _require_same(where.id, actor.member.id)
            require(stores, actor, Permission.SEE_OWN)
        case Scope.BRANCH:
            if stores.branches.find(BranchId(where.id)) is None:
                raise NoSuchPlace
            require_over(stores, actor, Permission.CHANGE_SETTINGS, where.area)
        case Scope.ENTERPRISE:
            require_over(stores, actor, Permission.CHANGE_SETTINGS, EVERYWHERE)


def _require_same(wanted: int, own: int) -> None:
    if wanted != own:
        raise NoSuchPlace


def _lines(stores: Stores, where: Where) -> list[Line]:
    """What holds at a place, of the settings that it can have."""
    chat = _group(stores, where)
    member = MemberId(where.id) if where.scope is Scope.MEMBER else None
    branch = BranchId(where.id) if where.scope is Scope.BRANCH else (chat.branch if chat else None)
    found: dict[Name, Line] = {}
    for one in stores.settings.over(member=member, chat=chat, branch=branch):
        if one.name not in found:
            found[one.name] = Line(one.name, one.value, one.where, one.where == where)
    locale = stores.enterprise.locale
    shown = [name for name in Name if where.scope in SETTINGS[name].scopes]
    return [found.get(name) or Line(name, _default(name, chat, locale), None, own=False) for name in shown]


def _group(stores: Stores, where: Where) -> Chat | None:
    """The group from which a place takes what it has not set: itself, or the one that a person is at home in."""
    if where.scope is Scope.CHAT:
        return stores.chats.get(ChatId(where.id))
    home = stores.members.home(MemberId(where.id)) if where.scope is Scope.MEMBER else None
    return None if home is None else stores.chats.get(home)


def _default(name: Name, chat: Chat | None, locale: Locale) -> str:
    if name is Name.ZONE:
        return chat.zone if chat else locale.zone
    if name is Name.LANGUAGE:
        return chat.language if chat else locale.language
    return SETTINGS[name].default or ""


def _spoken(stores: Stores, where: Where, line: Line) -> Line:
    """A person's language is kept with the person: what they chose, else what their platform says."""
    who = _member(stores, where)
    language = who.reads(stores.enterprise.locale.language)
    return replace(line, value=language, source=None, own=who.chosen_language is not None)


def _called(stores: Stores, where: Where | None) -> str | None:
    if where is None or where.scope in (Scope.ENTERPRISE, Scope.MEMBER):
        return None
    if where.scope is Scope.BRANCH:
        return stores.branches.get(BranchId(where.id)).name
    return stores.chats.get(ChatId(where.id)).title


def _member(stores: Stores, where: Where) -> Member:
    return stores.members.get(MemberId(where.id))


def change(stores: Stores, actor: Actor, *, name: Name, where: Where, words: str | None) -> None:
    """Set a value, or (`None`) take it from above again; what is so already is no change.

    Raises NoSuchPlace, NotAllowed, NotSetHere, NoSuchZone, NotANumber, NotAClock, NoSuchValue.
    """
    require_access(stores, actor, where)
    setting = SETTINGS[name]
    if where.scope not in setting.scopes:
        raise NotSetHere
    new = None if words is None else setting.read(words)
    old = _replace(stores, name, where, new)
    if new == old:
        return
    stores.audit.note(actor.member.id, SETTING_CHANGED, f"{name} {where}", old=old, new=new, at=actor.heard_at)
    if name in (Name.ZONE, Name.LANGUAGE) and where.scope is not Scope.MEMBER:
        _spread(stores, name, where)
    if (name, new) == (Name.REWARDS, "on"):
        _begin_rewards(stores, actor)


def _begin_rewards(stores: Stores, actor: Actor) -> None:
    """What is earned from the day on which rewards are switched on can be spent, unless something else is set."""
    if stores.settings.own(ENTERPRISE, Name.REWARDS_SINCE) is None:
        change(stores, actor, name=Name.REWARDS_SINCE, where=ENTERPRISE, words=actor.today.isoformat())


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


def _spread(stores: Stores, name: Name, where: Where) -> None:
    """Chats keep the zone and the language that hold in them, so that no press has to ask: bring them up to date."""
    locale = stores.enterprise.locale
    groups = [stores.chats.get(ChatId(where.id))] if where.scope is Scope.CHAT else stores.chats.groups()
    if where.scope is Scope.BRANCH:
        within = set(stores.branches.subtree(BranchId(where.id)))
        groups = [group for group in groups if group.branch in within]
    for group in groups:
        _bring_up(stores, group, name, otherwise=locale.zone if name is Name.ZONE else locale.language)
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


def values_of(stores: Stores, chat: Chat) -> Mapping[Name, str]:
    """All that holds for a group, by one statement; not zones and languages, which chats have."""
    values = {name: setting.default or "" for name, setting in SETTINGS.items()}
    kept = stores.settings.over(member=None, chat=chat, branch=chat.branch)
    return values | {one.name: one.value for one in reversed(kept)}


def ranking_of(stores: Stores, chat: Chat) -> Ranking:
    """Who is shown on a group's board."""
    return Ranking(value_of(stores, Name.RANKING, chat=chat))


def reminding_of(stores: Stores, *, chat: Chat, member: MemberId) -> Reminding:
    """Which reminders somebody gets of a group's tasks."""
    return Reminding(value_of(stores, Name.REMINDERS, chat=chat, member=member))


def morning_of(stores: Stores, chat: Chat) -> time:
    """At what time of the day before a deadline a group's tasks remind their owners."""
    return time.fromisoformat(value_of(stores, Name.MORNING, chat=chat))


def day_end_of(stores: Stores, chat: Chat) -> time:
    """When a group's working day ends: the time of a deadline that names none."""
    return time.fromisoformat(value_of(stores, Name.DAY_END, chat=chat))


def cap_of(stores: Stores, chat: Chat) -> int:
    """How many prompts a week a group's people get at most."""
    return int(value_of(stores, Name.CAP, chat=chat))


def days_of(stores: Stores, name: Name) -> int:
    """A number of workdays that the enterprise sets."""
    return int(stores.settings.own(ENTERPRISE, name) or SETTINGS[name].default or 0)


def approval_limit_of(stores: Stores) -> int | None:
    """From how many yuan on the level above approves an activity; `None`: of no activity."""
    value = stores.settings.own(ENTERPRISE, Name.ACTIVITY_APPROVAL) or SETTINGS[Name.ACTIVITY_APPROVAL].default or ""
    return None if value == "off" else int(value)


def thanks_of(stores: Stores, chat: Chat) -> int:
    """How often somebody may thank others on one day in a group."""
    return int(value_of(stores, Name.THANKS, chat=chat))


def studying_of(stores: Stores, member: MemberId) -> Studying:
    """Where somebody gets what they study each day."""
    return Studying(stores.settings.own(Where(Scope.MEMBER, member), Name.STUDY) or Studying.GROUP)
