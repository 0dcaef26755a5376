"""The use cases of administration, for the test of permissions."""

from collections.abc import Callable
from typing import Any

from domain.admin import audit, setting
from domain.admin.audit import Wanted
from domain.admin.setting import ENTERPRISE, Name, Scope, Where
from domain.people.permission import Permission
from tests.use_cases import Case, Place, World


def own(world: World) -> Where:
    return Where(Scope.MEMBER, world.actor.member.id)


def group(world: World) -> Where:
    return Where(Scope.CHAT, world.group.id)


def branch(world: World) -> Where:
    return Where(Scope.BRANCH, world.branch.id)


def enterprise(_: World) -> Where:
    return ENTERPRISE


def at(place: Callable[[World], Where], **more: object) -> Callable[[World], dict[str, Any]]:
    """What a use case of settings is called with."""
    return lambda world: {"where": place(world), **more}


def cases_of(use_case: Callable[..., Any], **more: object) -> tuple[Case, ...]:
    """A use case of settings, at each kind of place."""
    change = Permission.CHANGE_SETTINGS
    return (
        Case(use_case, Permission.SEE_OWN, arguments=at(own, **more)),
        Case(use_case, change, Place.GROUP, at(group, **more)),
        Case(use_case, change, arguments=at(branch, **more)),
        Case(use_case, change, arguments=at(enterprise, **more), everywhere=True),
    )


CASES = (
    *cases_of(setting.page),
    *cases_of(setting.require_access),
    *cases_of(setting.change, name=Name.LANGUAGE, words="en"),
    Case(audit.require_access, Permission.SEARCH_AUDIT, everywhere=True),
    Case(audit.search, Permission.SEARCH_AUDIT, arguments=lambda _: {"wanted": Wanted()}, everywhere=True),
)
PARTS: dict[object, str] = {}
