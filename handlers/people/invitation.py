"""Linking accounts to the roster: /invite, invitations in deep links, /bind, /unbind, and the buttons that confirm."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

import sheets
from domain.ids import BranchId, ClaimId, InvitationId, MemberId, PersonId
from domain.messaging.message import Action, Button, Document, Message
from domain.people import invitation
from domain.people.branch import Level
from domain.people.invitation import Claimed, Invited, Linked, Match, Uninvited, Unlinked
from domain.people.permission import Permission
from handlers import documents, pages, picking, veil
from handlers.access import SEE_OWN, Needs, PrivateOnly
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, Press
from handlers.context import Context, always, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, KeepOpen, Outcome, ending
from handlers.messaging import form
from handlers.origin import deep_link
from handlers.people import arguments

if TYPE_CHECKING:
    from domain.stores import Stores

COLUMNS = (("number", 14), ("name", 14), ("branch", 36), ("link", 72))
PREFIX = "invite-"  # the payload of a deep link, before an invitation's token
SEEDED = "invite."  # the same before the token's seed, until it is sent
FOLLOWED = "invited-"  # the same before the token's digest, once it came in
BIND = "bind"  # the payload of a deep link to /bind
INVITE = Permission.INVITE
BIND_SELF = Needs(in_private=SEE_OWN.in_private)
INVITE_PRIVATELY = Needs(in_private=INVITE)
UNBIND = Needs(Permission.KEEP_ROSTER, Permission.KEEP_ROSTER)


def token() -> str:
    """A random token that fits a link."""
    return veil.seed()


def link_of(context: Context, seed: str) -> str:
    """The deep link as it waits to be sent: with the seed of its token (`handlers.veil`)."""
    return deep_link(context.bot.username, f"{SEEDED}{seed}")


async def start(context: Context, payload: str) -> bool:
    """Handle the deep link of an invitation or to /bind. Raises PrivateOnly for an invitation in a group."""
    private = not context.actor.chat.is_group
    if payload.startswith((FOLLOWED, PREFIX)):
        if not private:
            raise PrivateOnly
        await accept(context, digest_in(payload))
        return True
    if payload == BIND and private:
        await begin_binding(context)
        return True
    return False


def digest_in(payload: str) -> str:
    """The digest of an invitation's token; an earlier version has stored updates with the token itself."""
    if payload.startswith(FOLLOWED):
        return payload.removeprefix(FOLLOWED)
    return invitation.digest(payload.removeprefix(PREFIX))


async def accept(context: Context, digest: str) -> None:
    """Accept an invitation, of which only the token's digest comes so far."""
    await context.answer(partial(invitation.accept, actor=context.actor, digest=digest), say_accepted)


def say_accepted(linked: Linked) -> Message:
    """The answer after an account was linked, with a button for whoever got somebody else's invitation."""
    not_me = linked.invitation and Button("invitation.not_me_button", Action("invitation.not_me", linked.invitation))
    values = {"person": linked.person, "path": linked.path}
    return Message("invitation.linked", values, [[not_me]] if not_me else ())


async def press_not_me(_: Update, context: Context) -> None:
    """Button: the invitation was for somebody else."""
    number = InvitationId(context.pressed.having(1).number())
    await context.answer(partial(invitation.not_me, actor=context.actor, invitation_id=number), say_not_me)
    context.acknowledge()


def say_not_me(_: Unlinked) -> Message:
    """The answer after such a link was undone."""
    return Message("invitation.not_me")


async def invite(_: Update, context: Context) -> None:
    """/invite NUMBER: a link for one person; /invite without arguments: choose a branch."""
    words = after_command(context.text)
    if not words:
        await pages.show(context, partial(invitation.choose, actor=context.actor), say_choices)
        return
    number, name = arguments.identity(words, usage="invitation.invite_usage")
    if name:
        raise BadArguments("invitation.invite_usage")

    def say_invited(made: Invited) -> Message:
        values = {"person": made.person, "path": made.path, "link": link_of(context, seed), "until": made.until}
        return Message("invitation.invited", values, veiled=True)

    seed = veil.seed()
    token = veil.token_of(seed, context.bot.token)
    use_case = partial(invitation.invite, actor=context.actor, number=number, token=token)
    await context.answer(use_case, say_invited)


def say_choices(level: Level) -> Message:
    """The branches that the sender may invite for."""
    if level.here is None and not level.count:
        return Message("invitation.no_branches")
    return Message("invitation.choose_branch", buttons=picking.buttons("invitation.branch", level))


async def press_level(_: Update, context: Context) -> None:
    """Button: another level or page of the branches."""
    level, offset = picking.pressed(context.pressed)
    use_case = partial(invitation.choose, actor=context.actor, level=level, offset=offset)
    await pages.turn(context, use_case, say_choices)


async def press_branch(_: Update, context: Context) -> None:
    """Button: a branch was chosen. Answer with a file of links for all its people without a linked account."""
    chosen = BranchId(context.pressed.having(1).number())
    found = await context.read(partial(invitation.uninvited, actor=context.actor, branch=chosen, token=token))
    content = veil.veil(await asyncio.to_thread(table_of, context, found), context.bot.token)
    document = Document("invitation.list_name", "xlsx", content, {"name": found.branch.name})
    values = {"name": found.branch.name, "count": len(found.invited), "until": found.until}
    use_case = partial(invitation.invite_all, actor=context.actor, found=found)
    await documents.send(context, document, Message("invitation.list", values, veiled=True), use_case=use_case)
    context.acknowledge()


def table_of(context: Context, found: Uninvited) -> bytes:
    """The file: a line for each invited person."""
    headings = [sheets.Column(context.label(f"invitation.heading_{name}"), width) for name, width in COLUMNS]
    rows = [
        (
            one.person.number,
            one.person.name,
            " / ".join(one.path),
            deep_link(context.bot.username, f"{PREFIX}{one.token}"),
        )
        for one in found.invited
    ]
    return sheets.write([sheets.Table(context.label("invitation.heading_link"), headings, rows)], as_csv=False)


async def bind(_: Update, context: Context) -> None:
    """/bind NUMBER NAME: claim to be a person on the roster; /bind without arguments: be asked for both."""
    words = after_command(context.text)
    if words:
        await claim(context, words)
    else:
        await begin_binding(context)


async def bind_other(_: Update, context: Context) -> None:
    """/bind NUMBER @name, or as a reply: link a guest's account to a person on the roster."""
    mention = arguments.mention_after_number(context.message) if context.message else None
    if mention is None:
        raise BadArguments("invitation.bind_usage")
    number = arguments.identity(after_command(context.text), usage="invitation.bind_usage")[0]
    await pages.show(context, partial(invitation.ask_bind, actor=context.actor, number=number, guest=mention), ask_sure)


def ask_sure(match: Match) -> Message:
    """The question whether the right account and the right person are meant."""
    sure = Button("identity.sure_button", Action("invitation.bind", match.person, match.member))
    cancel = Button("identity.cancel_button", Action("invitation.cancel"))
    return Message("invitation.matched", {"whom": match.whom}, [[sure, cancel]])


async def press_bind(_: Update, context: Context) -> None:
    """Button: link the account to the person."""
    person, guest = context.pressed.numbers(2)
    use_case = partial(invitation.bind, actor=context.actor, person=PersonId(person), guest=MemberId(guest))
    await pages.turn(context, use_case, say_bound)


async def press_cancel(_: Update, context: Context) -> None:
    """Button: somebody else was meant."""
    await pages.turn(context, nothing, always(Message("role.kept")))


def say_bound(linked: Linked) -> Message:
    """The answer after a guest's account was linked."""
    return Message("invitation.bound", {"person": linked.person, "member": linked.member})


async def begin_binding(context: Context) -> None:
    """Begin the form that asks for number and name."""
    await form.begin(context, FORM)


async def claim(context: Context, words: str) -> None:
    """Claim to be the person with this number and name."""
    number, name = who_of(words)
    await context.answer(partial(invitation.claim, actor=context.actor, number=number, name=name), say_claimed)


def who_of(words: str) -> tuple[str, str]:
    """A number and a name. Raises BadArguments if one is missing."""
    number, name = arguments.identity(words, usage="invitation.bind_usage")
    if not name:
        raise BadArguments("invitation.bind_usage")
    return number, name


def say_claimed(claimed: Claimed) -> Message:
    """The answer to a claim: whether somebody was asked to confirm it."""
    return Message("invitation.claimed", {"person": claimed.person, "asked": claimed.asked})


def ask_who(_: "Stores", __: Filled) -> Message:
    """The question for number and name."""
    return Message("invitation.ask_who")


async def hear_who(context: Context) -> Fill:
    """Read number and name."""
    who = who_of(context.text)
    return lambda _, filled: filled.with_(WHO, who)


async def claim_of_form(context: Context, filled: Filled) -> Ending:
    """Make the claim; if nobody has that number and name, the form stays open."""
    number, name = filled[WHO]
    return ending(partial(invitation.claim, actor=context.actor, number=number, name=name), say_or_keep_open)


def say_or_keep_open(claimed: Claimed) -> Outcome:
    """The answer to a claim; the form stays open if nobody has that number and name."""
    return KeepOpen(say_claimed(claimed)) if claimed.person is None else say_claimed(claimed)


def _load_who(kept: str) -> tuple[str, str]:
    number, _, name = kept.partition(" ")
    return number, name


WHO = Field("who", Codec(" ".join, _load_who), "invitation.field_who", ask_who, hear_who)
FORM = Form("binding", (WHO,), Permission.SEE_OWN, claim_of_form)


async def unbind(_: Update, context: Context) -> None:
    """/unbind NUMBER: unlink a person's account."""
    number = arguments.identity(after_command(context.text), usage="invitation.unbind_usage")[0]
    await context.answer(partial(invitation.unbind, actor=context.actor, number=number), say_unbound)


def say_unbound(unlinked: Unlinked) -> Message:
    """The answer after an account was unlinked."""
    return Message("invitation.unbound", {"person": unlinked.person})


async def press_confirm(_: Update, context: Context) -> None:
    """Button: confirm a claim."""
    await answer(context, confirmed=True)


async def press_refuse(_: Update, context: Context) -> None:
    """Button: reject a claim."""
    await answer(context, confirmed=False)


async def answer(context: Context, *, confirmed: bool) -> None:
    """Answer a claim, as somebody who is responsible for the branch."""
    number = ClaimId(context.pressed.having(1).number())
    await context.run(partial(invitation.answer, actor=context.actor, claim_id=number, confirmed=confirmed))
    context.acknowledge()


FEATURE = Feature(
    "invitation",
    handlers=(
        Command("invite", invite, INVITE_PRIVATELY),
        Command("bind", bind_other, Needs(INVITE, INVITE), when=arguments.mention_after_number),
        Command("bind", bind, BIND_SELF),
        Command("unbind", unbind, UNBIND),
        Press("invitation.branch", press_branch, INVITE),
        Press("invitation.branch_in", press_level, INVITE),
        Press("invitation.confirm", press_confirm, INVITE),
        Press("invitation.refuse", press_refuse, INVITE),
        Press("invitation.bind", press_bind, INVITE),
        Press("invitation.cancel", press_cancel, INVITE),
        Press("invitation.not_me", press_not_me, Permission.SEE_OWN),
    ),
    entries=(
        Entry("invite", "invitation", INVITE_PRIVATELY, 50, help=Help(60, Section.IN_CHARGE)),
        Entry("bind", "invitation", BIND_SELF, 170, frozenset({Audience.PRIVATE}), help=Help(90)),
        Entry("unbind", "invitation", UNBIND, 55, frozenset({Audience.NOBODY}), help=Help(40, Section.ADMINISTRATORS)),
    ),
    start=start,
    forms=(FORM,),
)
