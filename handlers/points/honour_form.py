"""The form of /honour: which title, to whom, for what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId
from domain.messaging.message import Message, Text
from domain.people.naming import Chosen, Kind
from domain.people.permission import Permission
from domain.points import honour
from domain.points.honour import NotForThem
from domain.points.honour.model import checked
from domain.points.thanks import NotOnePerson
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import WORDS, Choice, Ending, Field, Fill, Filled, Form
from handlers.people import drafted
from handlers.people.drafted import CHOSEN
from handlers.points import choosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Somebody
    from handlers.context import Context
    from handlers.form import AllStores as Stores

MAX_BRANCHES = 20


def ask_title(_: Stores, __: Filled) -> Message:
    """Ask for the title."""
    return Message("honour.ask_title")


def offer_titles(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The enterprise's titles."""
    titles = honour.titles(stores, actor)
    return [Choice(Text("honour.title_button", {"title": one}), str(place)) for place, one in enumerate(titles)]


async def hear_title(context: Context) -> Fill:
    """Read a title as it is written on its button. Raises NotForThem."""
    actor, words = context.actor, plain.line(context.text)

    def fill(stores: Stores, filled: Filled) -> Filled:
        titles = honour.titles(stores, actor)
        found = next((one for one in titles if plain.line(one) == words), None)
        if found is None:
            raise NotForThem(title=words, team=False)
        return _titled(filled, found)

    return fill


def pick_title(actor: Actor, value: str) -> Fill:
    """A title was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        titles = honour.titles(stores, actor)
        if not value.isdecimal() or len(value) > len(titles) or int(value) >= len(titles):
            raise ButtonExpired
        return _titled(filled, titles[int(value)])

    return fill


def _titled(filled: Filled, title: str) -> Filled:
    """With a title; whoever was chosen for another kind of title is asked for again."""
    return Filled(filled.draft.without(WHO.name)).with_(TITLE, title)


def _is_team(stores: Stores, filled: Filled) -> bool:
    return filled[TITLE] in stores.enterprise.team_honours


def ask_who(stores: Stores, filled: Filled) -> Message:
    """Ask for a person or a branch, or whom an unclear name means."""
    which = drafted.unclear(filled)
    if which is not None:
        return choosing.ask_which(which)
    return Message("honour.ask_branch" if _is_team(stores, filled) else "honour.ask_who", {"title": filled[TITLE]})


def offer_who(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The group's other members; for a team's title its branch and those below it."""
    if not _is_team(stores, filled):
        return choosing.offer(stores, actor, filled)
    own = actor.group.branch
    if own is None:
        raise honour.NoBranchHere
    below = [one for one in stores.branches.subtree(own) if one != own][:MAX_BRANCHES]
    chosen = {own: Chosen(Kind.EVERYBODY, 0)} | {one: Chosen(Kind.BRANCH, one) for one in below}
    return [
        Choice(Text("honour.branch_button", {"name": stores.branches.get(one).name}), str(to))
        for one, to in chosen.items()
    ]


async def hear_who(context: Context) -> Fill:
    """Read one name. Raises NotOnePerson for several, and for a branch, which is tapped."""
    read = await choosing.hear(context, WHO)

    def fill(stores: Stores, filled: Filled) -> Filled:
        if _is_team(stores, filled):
            raise BadArguments("honour.ask_branch", title=filled[TITLE])
        return _one(read(stores, filled))

    return fill


def pick_who(actor: Actor, value: str) -> Fill:
    """A person or a branch was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if not _is_team(stores, filled):
            return _one(choosing.pick(actor, value, WHO)(stores, filled))
        chosen = Chosen.read(value)
        if chosen is None or value not in {one.value for one in offer_who(stores, actor, filled)}:
            raise ButtonExpired
        return filled.with_(WHO, (chosen,))

    return fill


def _one(filled: Filled) -> Filled:
    """An honour is one person's."""
    if len(drafted.wanted_in(filled)) > 1 or (filled.has(WHO) and len(filled[WHO]) != 1):
        raise NotOnePerson
    return filled


def _holder(stores: Stores, filled: Filled) -> Somebody | Member | str:
    """Who was chosen: somebody, or the name of a branch."""
    (chosen,) = filled[WHO]
    if chosen.kind in (Kind.MEMBER, Kind.PERSON):
        found = choosing.shown(stores, filled, WHO)
        if not found:
            raise ButtonExpired
        return found[0]
    own = choosing.group_of(stores, filled).branch
    branch = own if chosen.kind is Kind.EVERYBODY else BranchId(chosen.number)
    if branch is None:
        raise ButtonExpired
    return stores.branches.get(branch).name


def ask_citation(stores: Stores, filled: Filled) -> Message:
    """Ask for the citation."""
    return Message("honour.ask_citation", {"holder": _holder(stores, filled)})


async def hear_citation(context: Context) -> Fill:
    """Read the citation. Raises NoCitation, CitationTooLong."""
    words = checked(context.text)
    return lambda _, filled: filled.with_(CITATION, words)


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will read."""
    values = {"title": filled[TITLE], "holder": _holder(stores, filled), "citation": filled[CITATION]}
    return Message("honour.preview", values)


async def give(context: Context, filled: Filled) -> Ending:
    """Give it."""
    (to,) = filled[WHO]
    use_case = partial(
        honour.give,
        actor=context.actor,
        title=filled[TITLE],
        to=to,
        citation=filled[CITATION],
        source=f"draft:{filled.draft.id}",
    )
    return lambda stores: honour.announcement(stores, use_case(stores))


TITLE = Field("title", WORDS, "honour.field_title", ask_title, hear_title, offer_titles, pick_title, a_row=2)
WHO = Field("who", CHOSEN, "honour.field_who", ask_who, hear_who, offer_who, pick_who, a_row=choosing.A_ROW)
CITATION = Field("citation", WORDS, "honour.field_citation", ask_citation, hear_citation)
FORM = Form("honour", (TITLE, WHO, CITATION), Permission.GIVE_HONOURS, give, preview, for_groups=True)
