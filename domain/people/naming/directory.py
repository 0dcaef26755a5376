"""The people of a group and the parts of its branch, by their names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

import plain
from domain.people.branch import path_in
from domain.people.naming.model import Part, Somebody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.ids import BranchId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.stores import Stores

MAX_CHOICES = 8
MAX_NAME_SIGNS = 100
EVERYBODY = frozenset(
    {
        *("全体", "全体党员", "全体成员", "全体人员", "全体同志", "全体职工", "全体员工", "全员", "全支部"),
        *("支部全体", "支部全体党员", "所有人", "所有党员", "all", "everyone", "everybody", "here"),
    }
)
PART = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:党?小组|组|支部|党支部)")
DIGITS = "零一二三四五六七八九"
TEN, TWENTY = 10, 20
BETWEEN_SIGNS = frozenset(" \t\u3000·•・‧∙.'’-_")  # may stand inside a name, and do not count


def key(name: str) -> str:
    """The letters and digits of a name, without blanks and points: the same for all ways of writing it."""
    return plain.key(name)


class Directory:
    """The people of a group and the parts of its branch, by their names."""

    def __init__(self, people: Sequence[Somebody], parts: Sequence[Part]) -> None:
        self.people = people
        self.parts = parts
        self.of_roster = _by(people, lambda one: one.person.name if one.person else "")
        self.shown = _by(people, lambda one: one.member.name if one.member else "")
        self.branches: defaultdict[str, list[Part]] = defaultdict(list)
        for part in parts:
            for name in {key(part.branch.name), _short(key(part.branch.name))}:
                self.branches[name].append(part)
        self.names = {*self.of_roster, *self.shown, *self.branches, *EVERYBODY} - {""}
        self.longest = max(map(len, self.names), default=0)

    def called(self, name: str) -> list[Somebody]:
        """Everybody whom a name may mean. A name on the roster counts more than a name that an account shows.

        If exactly one person of that name has no known account, and exactly one account shows it, they are the same.
        """
        named = self.of_roster.get(key(name), [])
        shown = [one for one in self.shown.get(key(name), []) if one.person is None]
        if not named:
            return shown or self.shown.get(key(name), [])
        free = [one for one in named if one.member is None]
        if len(free) == 1 and len(shown) == 1:
            return [Somebody(shown[0].member, None) if one is free[0] else one for one in named]
        return named + (shown if free else [])

    def part(self, name: str) -> list[Part]:
        """The parts of the branch that a name may mean."""
        found = key(name)
        return self.branches.get(found) or self.branches.get(_short(found), [])

    def nearest(self, name: str) -> str:
        """The known name that is most like an unknown one; empty if none is like it."""
        spoken = {key(one.name): one.name for one in self.people if not one.gone}
        found = difflib.get_close_matches(key(name), spoken, n=1, cutoff=0.4)
        return spoken[found[0]] if found else ""

    def likely(self, username: str) -> list[Somebody]:
        """The people whom an unknown user name may mean: with a similar one, or without a known account."""
        there = [one for one in self.people if not one.gone]
        spoken = {(one.member.username or "").lower(): one for one in there if one.member is not None}
        near = difflib.get_close_matches(username.lower(), filter(None, spoken), n=MAX_CHOICES // 2, cutoff=0.6)
        free = [one for one in there if one.member is None]
        return [*(spoken[name] for name in near), *(free if len(free) <= MAX_CHOICES // 2 else [])]

    def find(self, text: str, place: int) -> list[tuple[str, int]]:
        """The names that begin at a place of a text, the longest first, each with its end."""
        read = ""
        ends: list[tuple[str, int]] = []
        for at in range(place, min(len(text), place + MAX_NAME_SIGNS)):
            sign = text[at]
            if sign in BETWEEN_SIGNS or not (folded := key(sign)):
                if not read or (sign not in BETWEEN_SIGNS and unicodedata.category(sign)[0] in "PZC"):
                    break
                continue
            read += folded
            if len(read) > self.longest + 2:
                break
            if read in self.names or _short(read) in self.branches:
                ends.append((text[place : at + 1], at + 1))
        return [one for one in reversed(ends) if _is_name(one[0])]


def _is_name(words: str) -> bool:
    found = key(words)
    return len(found) > 1 and any(sign.isalpha() for sign in found)


def _by(people: Sequence[Somebody], name: Callable[[Somebody], str]) -> dict[str, list[Somebody]]:
    found: defaultdict[str, list[Somebody]] = defaultdict(list)
    for one in people:
        found[key(name(one))].append(one)
    found.pop("", None)
    return dict(found)


def _short(name: str) -> str:
    """`第一党小组`, `1组` and `一组` are the same; other names stay as they are."""
    match = PART.fullmatch(name)
    if match is None:
        return name
    number = _numeral(int(match[1])) if match[1].isdecimal() else match[1]
    return f"{number}{'组' if name.endswith('组') else '支部'}"


def _numeral(number: int) -> str:
    """A number below a hundred, as it is written in names."""
    tens, ones = divmod(number, TEN)
    begun = ("" if number < TEN else "十") if number < TWENTY else f"{DIGITS[tens]}十"
    return begun if begun and not ones else begun + DIGITS[ones]


def directory(stores: Stores, group: Chat) -> Directory:
    """The people of a group: its members, and everybody in its branch and below it on the roster."""
    of_branch = [] if group.branch is None else stores.people.of(group.branch)
    here = {one.id: one for one in stores.members.of(group.id) if one.is_person and one.platform_id is not None}
    gone = stores.members.gone(group.id)
    linked = {one.member: one for one in stores.people.of_members([*here, *gone]) if one.member is not None}
    away = [one.member for one in of_branch if one.member is not None and one.member not in here]
    known = here | {one.id: one for one in stores.members.several([*dict.fromkeys([*away, *gone])])}
    people = {
        one.id: Somebody(None if one.member is None else known[one.member], one, one.member in gone)
        for one in of_branch
    }
    for member in known.values():
        person = linked.get(member.id)
        if person is not None and person.id not in people:
            people[person.id] = Somebody(member, person, person.left_on is not None or member.id in gone)
    guests = [Somebody(one, None, one.id in gone) for one in known.values() if not _is_on_roster(one, linked, away)]
    parts = [] if group.branch is None else _parts(stores, group.branch)
    return Directory([*people.values(), *guests], parts)


def _is_on_roster(member: Member, linked: Mapping[MemberId, Person], away: Sequence[MemberId]) -> bool:
    return member.id in linked or member.id in away


def _parts(stores: Stores, above: BranchId) -> list[Part]:
    tree = {one.id: one for one in stores.branches.all()}
    below = [tree[one] for one in stores.branches.subtree(above) if one != above]
    return [Part(one, path_in(tree, one)) for one in below]
