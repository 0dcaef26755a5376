"""What the test of permissions needs of every area: its use cases, and a small enterprise to call them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from domain.admin.enterprise import DEFAULT
from domain.messaging.chat import Chat, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import Branch, BranchKind
from domain.people.member import Member, PersonProfile
from domain.people.permission import AFTER_LEAVING, EVERYWHERE, PERMISSIONS, Area, Permission, Role
from domain.people.person import Entry, Person
from storage.schema import metadata
from storage.stores import Stores
from tests.stores import AT, LOCALE, Renderer

ROOT_ADMIN = 1


class Asker(StrEnum):
    """Who asks: somebody with a role, and those who are no plain holder of one."""

    EMPLOYEE = "employee"
    LEADER = "leader"
    COMMITTEE = "committee"
    INSPECTOR = "inspector"
    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"
    ROOT_ADMIN = "root admin"
    PLATFORM_ADMIN = "platform's administrator of a group without a secretary"
    LEAVER = "administrator who has left"
    ELSEWHERE = "administrator of another branch"
    STRANGER = "stranger"


class Place(StrEnum):
    """Where they ask."""

    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True)
class World:
    """A branch with a group, two people on its roster, of whom the account of one is known, and who asks."""

    stores: Stores
    actor: Actor
    branch: Branch
    other: Branch
    group: Chat
    free: Person
    linked: Person
    member: Member
    is_root_admin: bool


def no_arguments(_: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Case:
    """A use case, the permission that the table has for it, and what to call it with.

    The role is held over the branch; what concerns the whole enterprise (`everywhere`) takes one over all of it.
    `elsewhere`: one over another branch is enough, because it gives everybody only what is theirs.
    """

    run: Callable[..., Any]
    permission: Permission
    place: Place = Place.PRIVATE
    arguments: Callable[[World], Mapping[str, Any]] = field(default=no_arguments)
    everywhere: bool = False
    elsewhere: bool = False

    def __str__(self) -> str:
        return f"{self.run.__module__.removeprefix('domain.')}.{self.run.__qualname__}"

    def allows(self, asker: Asker) -> bool:
        """What the table says."""
        if asker is Asker.ROOT_ADMIN:
            return self.permission in PERMISSIONS[Role.ADMINISTRATOR]
        if asker is Asker.LEAVER:
            return self.permission in AFTER_LEAVING
        if asker is Asker.PLATFORM_ADMIN:
            acts = Role.SECRETARY if self.place is Place.GROUP and not self.everywhere else Role.EMPLOYEE
            return self.permission in PERMISSIONS[acts]
        if asker is Asker.ELSEWHERE:
            return self.permission in PERMISSIONS[Role.ADMINISTRATOR if self.elsewhere else Role.EMPLOYEE]
        return self.permission in PERMISSIONS[Role.EMPLOYEE if asker is Asker.STRANGER else Role(asker.value)]


@contextmanager
def world(case: Case, asker: Asker) -> Iterator[World]:
    """As it was made, whatever was done in it before: of that nothing stays."""
    engine, made = filled(case.place, asker, everywhere=case.everywhere)
    with engine.connect() as connection:
        yield replace(made, stores=_stores(connection, asker))
        connection.rollback()


@cache
def filled(place: Place, asker: Asker, *, everywhere: bool) -> tuple[Engine, World]:
    """A database of those who ask so, made once."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with empty().connect() as source, engine.connect() as connection:
        source.connection.driver_connection.backup(connection.connection.driver_connection)
        made = _fill(_stores(connection, asker), place, asker, everywhere=everywhere)
        connection.commit()
    return engine, made


def _stores(connection: Connection, asker: Asker) -> Stores:
    enterprise = replace(DEFAULT, root_admins=frozenset({ROOT_ADMIN} if asker is Asker.ROOT_ADMIN else ()))
    return Stores(connection, Renderer(), AT, enterprise)


@cache
def empty() -> Engine:
    """A database with the tables alone."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    return engine


def _fill(stores: Stores, place: Place, asker: Asker, *, everywhere: bool) -> World:
    own, other = (branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部"))
    met = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
    group = branches.bind(stores, chat=met, branch=own.id)
    free, linked = stores.people.add([Entry("1", "李伟", own.id), Entry("2", "王海燕", own.id)])
    member = stores.members.add(PersonProfile(2, "王海燕", "wang"), AT)
    stores.people.link(linked.id, member.id)
    stores.members.speak(group.id, member.id, AT)
    area = EVERYWHERE if everywhere else Area(branch=own.id)
    actor = _actor(stores, place, asker, group, area=area, branch=own, other=other)
    return World(stores, actor, own, other, group, free, stores.people.get(linked.id), member, actor.is_root_admin)


def _actor(
    stores: Stores, place: Place, asker: Asker, group: Chat, *, area: Area, branch: Branch, other: Branch
) -> Actor:
    who = stores.members.add(PersonProfile(ROOT_ADMIN, "赵敏", "zhao"), AT)
    private = stores.chats.add(ChatProfile(ROOT_ADMIN, ChatKind.PRIVATE, "赵敏"), LOCALE, AT)
    chat = group if place is Place.GROUP else private
    who = replace(who, private=private.id)
    stores.members.save(who)
    actor = Actor(who, chat, AT, is_root_admin=asker is Asker.ROOT_ADMIN)
    if asker is Asker.PLATFORM_ADMIN:
        return replace(actor, is_platform_admin=place is Place.GROUP)
    if asker is not Asker.STRANGER:
        stores.members.speak(group.id, who.id, AT)
    if asker is Asker.LEAVER:
        (person,) = stores.people.add([Entry("3", "赵敏", branch.id)])
        stores.people.link(person.id, who.id)
        left = (AT - timedelta(days=1)).date()
        stores.people.leave(person.id, left)
        stores.grants.add(who, Role.ADMINISTRATOR, area, None, AT)
        return replace(actor, left_on=left)
    if asker is Asker.ELSEWHERE:
        stores.grants.add(who, Role.ADMINISTRATOR, Area(branch=other.id), None, AT)
    if asker in {role.value for role in Role} and asker is not Asker.EMPLOYEE:
        stores.grants.add(who, Role(asker.value), area, None, AT)
    return actor
