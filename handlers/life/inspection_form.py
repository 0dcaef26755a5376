"""The form that opens a round of cross-inspection: rubric, branches, days; the rest as usual unless it is changed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId, MemberId, RubricId
from domain.life.inspection import office, opening, overview
from domain.life.inspection.opening import Wish
from domain.life.inspection.pairing_rules import MAX_EACH, Arc
from domain.life.inspection.wrong import NotTheOffice, RubricNotFound
from domain.messaging.message import Message, Text
from domain.people.branch import named
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working
from handlers.form import NUMBER, Choice, Codec, Ending, Field, Fill, Filled, Form, hear_press
from handlers.life.fields import asks
from handlers.life.inspection_pairs import ARCS_CODEC, EVERY, NONE, arc_of, hears_pairs, offer_none, picks_none
from language import deadline
from language import inspection as spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
RUBRIC_CODEC: Codec[RubricId] = Codec(str, lambda kept: RubricId(int(kept)))
BRANCHES_CODEC: Codec[tuple[BranchId, ...]] = Codec(
    lambda some: " ".join(map(str, some)), lambda kept: tuple(BranchId(int(one)) for one in kept.split())
)
DAYS_CODEC: Codec[tuple[date, date]] = Codec(
    lambda days: " ".join(day.isoformat() for day in days),
    lambda kept: (date.fromisoformat(kept.split()[0]), date.fromisoformat(kept.split()[1])),
)
NAMED_CODEC: Codec[Mapping[BranchId, MemberId]] = Codec(
    lambda some: " ".join(f"{branch}:{member}" for branch, member in some.items()) or NONE,
    lambda kept: {} if kept == NONE else {one: MemberId(int(other)) for one, other in map(arc_of, kept.split())},
)


def offer_rubrics(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The newest version of each. Raises RubricNotFound where there is none, NotTheOffice."""
    found = overview.offered(stores, actor)
    if not found:
        raise RubricNotFound
    if len(office.covered(stores, actor)) < overview.LEAST:
        raise NotTheOffice
    return [Choice(Text("inspection.rubric_button", {"kept": one}), str(one.id)) for one in found]


def pick_rubric(actor: Actor, value: str) -> Fill:
    """A rubric was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {str(one.id) for one in overview.offered(stores, actor)}:
            raise ButtonExpired
        return filled.with_(RUBRIC, RubricId(int(value)))

    return fill


def offer_all(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """All of them."""
    return [Choice(Text("inspection.all_button", {"count": len(office.covered(stores, actor))}), EVERY)]


def pick_all(actor: Actor, value: str) -> Fill:
    """All was tapped. Raises ButtonExpired."""
    if value != EVERY:
        raise ButtonExpired
    return lambda stores, filled: filled.with_(BRANCHES, tuple(one.id for one in office.covered(stores, actor)))


async def hear_branches(context: Context) -> Fill:
    """Read names of branches, or of those that are left out. Raises BadArguments, UnknownBranch, AmbiguousBranch."""
    words, actor = visible(context.text), context.actor
    leaves_out, names = spoken.leaves_out(words), spoken.names_in(words)
    if not names:
        raise BadArguments("inspection.no_branches", words=words)

    def fill(stores: Stores, filled: Filled) -> Filled:
        meant = [named(stores, one).id for one in names]
        mine = [one.id for one in office.covered(stores, actor)]
        if not set(meant) <= set(mine):
            raise NotTheOffice
        chosen = [one for one in mine if one not in meant] if leaves_out else list(dict.fromkeys(meant))
        return filled.with_(BRANCHES, tuple(chosen))

    return fill


async def hear_days(context: Context) -> Fill:
    """Read one day or two. Raises BadArguments, WrongDays."""
    parts = spoken.days_in(plain.tidy(context.text))
    hours, now = await working(context), context.actor.chat.local(context.now)
    days = []
    for part in parts[:2]:
        try:
            found = deadline.read(part, now, working=hours)
        except deadline.DeadlineError as error:
            raise BadArguments("inspection.no_days") from error
        if found is None:
            raise BadArguments("inspection.no_days")
        days.append(found.due.date())
    if not days or len(parts) > 2:  # noqa: PLR2004 - a beginning and an end
        raise BadArguments("inspection.no_days")
    since = days[0] if len(days) > 1 else context.actor.today
    opening.check_days(since, days[-1])
    return lambda _, filled: filled.with_(DAYS, (since, days[-1]))


def offer_each(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """One to five."""
    return [Choice(Text("inspection.each_button", {"each": one}), str(one)) for one in range(1, MAX_EACH + 1)]


def pick_each(_: Actor, value: str) -> Fill:
    """A number was tapped. Raises ButtonExpired."""
    if value not in {str(one) for one in range(1, MAX_EACH + 1)}:
        raise ButtonExpired
    return lambda _, filled: filled.with_(EACH, int(value))


def offer_usual(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All secretaries."""
    return [Choice(Text("inspection.usual_button"), NONE)]


def pick_usual(_: Actor, value: str) -> Fill:
    """Nobody is named. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(NAMED, {})


async def hear_named(context: Context) -> Fill:
    """Read lines of a branch and a person. Raises BadArguments, UnknownBranch, AmbiguousBranch."""
    lines, actor = [one for one in visible(context.text).splitlines() if one.strip()], context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = {}
        for line in lines:
            branch, _, person = line.replace("：", ":").partition(":")
            members = overview.called(stores, actor, words=plain.tidy(person))
            if len(members) != 1:
                raise BadArguments("inspection.no_named", words=line)
            found[named(stores, branch).id] = members[0]
        return filled.with_(NAMED, found)

    return fill


def offer_seed(_: Stores, __: Actor, filled: Filled) -> Sequence[Choice]:
    """The next one."""
    return [Choice(Text("inspection.seed_button"), str(filled[SEED] + 1))]


def pick_seed(_: Actor, value: str) -> Fill:
    """Others are wanted. Raises ButtonExpired."""
    if not value.isdecimal() or len(value) > 4:  # noqa: PLR2004 - nobody looks at ten thousand
        raise ButtonExpired
    return lambda _, filled: filled.with_(SEED, int(value))


MAX_SEEDS = 10_000


def wish_of(filled: Filled) -> Wish:
    """What the form asks for. The seed is another one for each form."""
    since, until = filled[DAYS]
    return Wish(
        filled[RUBRIC],
        since,
        until,
        (int(filled.draft.id) * MAX_SEEDS + filled[SEED]) % 2**31,
        filled[BRANCHES],
        filled[EACH],
        filled[NAMED],
        filled[CONFLICTS],
        filled[WANTED],
    )


def preview(stores: Stores, filled: Filled) -> Message:
    """The pairs, or why there are none."""
    return Message("inspection.preview", {"outline": opening.sketch(stores, wish=wish_of(filled))})


async def open_(context: Context, filled: Filled) -> Ending:
    """Open the round. Raises NotPaired where it is impossible."""
    use_case = partial(opening.open_, actor=context.actor, wish=wish_of(filled), source=f"draft:{filled.draft.id}")

    def unit(stores: Stores) -> Message:
        made = use_case(stores)
        inspectors = {one.inspector for one in stores.inspections.of_round(made.id)}
        return Message("inspection.opened", {"round_": made, "count": len(inspectors)})

    return unit


RUBRIC = Field(
    "rubric",
    RUBRIC_CODEC,
    "inspection.field_rubric",
    asks("inspection.ask_rubric"),
    hear_press,
    offer_rubrics,
    pick_rubric,
)
BRANCHES = Field(
    "branches",
    BRANCHES_CODEC,
    "inspection.field_branches",
    asks("inspection.ask_branches"),
    hear_branches,
    offer_all,
    pick_all,
)
DAYS = Field("days", DAYS_CODEC, "inspection.field_days", asks("inspection.ask_days"), hear_days)
EACH = Field(
    "each", NUMBER, "inspection.field_each", asks("inspection.ask_each"), hear_press, offer_each, pick_each, a_row=5
)
NAMED = Field(
    "named", NAMED_CODEC, "inspection.field_named", asks("inspection.ask_named"), hear_named, offer_usual, pick_usual
)
CONFLICTS: Field[frozenset[Arc]] = Field(
    "conflicts",
    ARCS_CODEC,
    "inspection.field_conflicts",
    asks("inspection.ask_conflicts"),
    hears_pairs(lambda: CONFLICTS),
    offer_none,
    picks_none(lambda: CONFLICTS),
)
WANTED: Field[frozenset[Arc]] = Field(
    "wanted",
    ARCS_CODEC,
    "inspection.field_wanted",
    asks("inspection.ask_wanted"),
    hears_pairs(lambda: WANTED),
    offer_none,
    picks_none(lambda: WANTED),
)
SEED = Field("seed", NUMBER, "inspection.field_seed", asks("inspection.ask_seed"), hear_press, offer_seed, pick_seed)
FORM = Form(
    "inspection_round",
    (RUBRIC, BRANCHES, DAYS, EACH, NAMED, CONFLICTS, WANTED, SEED),
    PLAN,
    open_,
    preview,
    usual={"each": "1", "named": NONE, "conflicts": NONE, "wanted": NONE, "seed": "0"},
)
