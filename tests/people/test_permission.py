"""The table of permissions, and the page that tells of it."""

import re

import pytest

import handlers
from domain.people.permission import PERMISSIONS, Permission, Powers, Role
from handlers.command import Command
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")


def told() -> dict[str, set[str]]:
    """For each permission the roles that the page says have it."""
    lines = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line] for line in lines]
    roles = [cell.split()[0] for cell in rows[0][1:]]
    named = {re.match("`([a-z_]+)`", row[0]): row[1:] for row in rows}
    return {
        name[1]: {role for role, cell in zip(roles, cells, strict=True) if cell == "✓"}
        for name, cells in named.items()
        if name and len(cells) == len(roles)
    }


def test_the_page_tells_what_the_table_says():
    assert told() == {
        permission.value: {role.value for role in Role if permission in PERMISSIONS[role]} for permission in Permission
    }


def commands_told() -> dict[str, tuple[str, str]]:
    """For each command of the page the permissions that it needs in a group and in private."""
    rows = re.findall(r"^\| `/([a-z_]+)` \| (\S+) \| (\S+) \|$", PAGE, re.MULTILINE)
    return {name: (in_group, in_private) for name, in_group, in_private in rows}


def test_the_page_tells_what_each_command_needs():
    def cell(permission: Permission | None) -> str:
        return "–" if permission is None else f"`{permission}`"

    listened = [one for one in handlers.handlers() if isinstance(one, Command) and one.name and one.when is None]
    assert commands_told() == {one.name: (cell(one.needs.in_group), cell(one.needs.in_private)) for one in listened}


def test_every_role_may_what_employees_may():
    assert all(PERMISSIONS[role] >= PERMISSIONS[Role.EMPLOYEE] for role in Role)


def test_administrators_may_everything():
    assert PERMISSIONS[Role.ADMINISTRATOR] == frozenset(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_several_roles_add_up(permission):
    both = Powers(frozenset({Role.INSPECTOR, Role.LEADER}), has_secretary=True)
    assert both.allow(permission) is (permission in PERMISSIONS[Role.INSPECTOR] | PERMISSIONS[Role.LEADER])


@pytest.mark.parametrize("permission", Permission)
def test_who_has_left_sees_their_own(permission):
    left = Powers(frozenset({Role.ADMINISTRATOR}), has_secretary=True, has_left=True)
    assert left.allow(permission) is (permission is Permission.SEE_OWN)
