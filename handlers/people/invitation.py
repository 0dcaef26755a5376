"""Who is who in chat: /invite, invitations in deep links, /bind, /unbind, and the buttons that confirm."""

import asyncio
import secrets
from collections.abc import Sequence

from telegram import Update

import sheets
from domain.ids import BranchId, ClaimId, InvitationId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Action, Button, Buttons, Document, Message
from domain.people import invitation
from domain.people.invitation import LIFE, PREFIX, Answered, Claimed, Invited, Linked, Unlinked
from domain.people.member import resolve
from domain.people.permission import Permission
from domain.stores import Stores
from handlers import arguments, asking, pages, picking
from handlers.access import SEE_OWN, Needs
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page

TOKEN_BYTES = 24  # 32 letters in a link, which nobody guesses
COLUMNS = (("number", 14), ("name", 14), ("branch", 36), ("link", 72))


def token() -> str:
    """Something that nobody guesses, fit for a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def link_of(context: Context, secret: str) -> str:
    """The deep link that carries a token."""
    return f"https://t.me/{context.bot.username}?start={PREFIX}{secret}"


async def accept(context: Context, payload: str) -> None:
    """A deep link has led somebody here."""
    secret = payload.removeprefix(PREFIX)
    member = context.actor.member
    await context.answer(
        "invitation.linked", invitation.accept, buttons=not_me_button, token=secret, member=member, at=context.now
    )


def not_me_button(linked: Linked) -> Buttons:
    """For whoever was sent somebody else's link."""
    return [[Button("invitation.not_me_button", Action("invitation.not_me", linked.invitation))]]


async def press_not_me(_: Update, context: Context) -> None:
    """The link was somebody else's."""
    number = InvitationId(context.pressed()[0])
    member = context.actor.member
    await context.answer("invitation.not_me", invitation.not_me, invitation_id=number, member=member, at=context.now)
    context.acknowledge()


async def invite(_: Update, context: Context) -> None:
    """/invite NUMBER: a link for one person; /invite alone: choose a branch."""
    words = arguments.after_command(context.text)
    if not words:
        await pages.show(context, lambda stores: choosing(stores, context, picking.TOP, 0))
        return
    number, name = arguments.identity(words, usage="invitation.invite_usage")
    if name:
        raise BadArguments("invitation.invite_usage")

    def one(stores: Stores) -> dict[str, object]:
        made = invitation.invite(
            stores,
            number=number,
            token=token(),
            actor=context.actor,
            first=context.services.administrators,
            at=context.now,
        )
        link = link_of(context, made.token)
        return {"person": made.person, "path": made.path, "link": link, "until": context.now + LIFE}

    await context.answer("invitation.invited", one)


def choosing(stores: Stores, context: Context, level: int, offset: int) -> Page:
    """The branches that who speaks may invite for."""
    first = context.services.administrators
    own = invitation.answered_for(stores, actor=context.actor, first=first)
    roots = picking.roots(stores, own)
    if not roots:
        return Page("invitation.no_branches")
    buttons = picking.buttons(stores, "invitation.branch", level=level, offset=offset, roots=roots)
    return Page("invitation.choose_branch", {}, buttons)


async def press_level(_: Update, context: Context) -> None:
    """Another level or page of the branches."""
    level, offset = context.pressed(2)
    await pages.turn(context, lambda stores: choosing(stores, context, level, offset))


async def press_branch(_: Update, context: Context) -> None:
    """A branch was chosen: a file with a link for everybody in it whose account is not known."""
    chosen = BranchId(context.pressed()[0])
    read, first = context.services.database.read, context.services.administrators
    name, invited = await read(_uninvited, branch=chosen, actor=context.actor, first=first)
    content = await asyncio.to_thread(table_of, context, invited)
    document, until = Document("invitation.list_name", "xlsx", content, {"name": name}), context.now + LIFE

    def send(stores: Stores) -> None:
        by = context.actor.member.id
        invitation.invite_all(stores, invited=invited, branch=chosen, by=by, at=context.now)
        values = {"name": name, "count": len(invited), "until": until}
        key = f"invitation:{context.incoming.update_id}"
        stores.outbox.send_document(
            context.actor.chat.id, document, Message("invitation.list", values), key=key, urgent=True
        )

    await context.run(send)
    context.acknowledge()


def _uninvited(stores: Stores, **wanted: object) -> tuple[str, Sequence[Invited]]:
    branch = stores.branches.find(BranchId(int(str(wanted["branch"]))))
    if branch is None or branch.closed_at is not None:
        raise ButtonExpired
    return branch.name, invitation.uninvited(stores, token=token, **wanted)  # type: ignore[arg-type]


def table_of(context: Context, invited: Sequence[Invited]) -> bytes:
    """A table with a line for each who is invited."""
    label, chat = context.services.label, context.actor.reader
    headings = [sheets.Column(label(chat, f"invitation.heading_{name}", {}), width) for name, width in COLUMNS]
    rows = [(one.person.number, one.person.name, " / ".join(one.path), link_of(context, one.token)) for one in invited]
    return sheets.write([sheets.Table(label(chat, "invitation.heading_link", {}), headings, rows)], as_csv=False)


async def bind(_: Update, context: Context) -> None:
    """/bind NUMBER NAME: say who one is; /bind alone: be asked."""
    words = arguments.after_command(context.text)
    if words:
        await claim(context, words)
    else:
        await context.run(ask_who, context=context)


async def bind_other(_: Update, context: Context) -> None:
    """/bind NUMBER @name, or as a reply: say whose account a guest's is."""
    mention = arguments.whom(context.message) if context.message else None
    if mention is None:
        raise BadArguments("invitation.bind_usage")
    words = arguments.after_command(context.text)
    number = arguments.identity(words, usage="invitation.bind_usage")[0]

    def known(stores: Stores) -> Linked:
        return invitation.bind(
            stores,
            number=number,
            member=resolve(stores, mention, context.actor.chat.id, context.now),
            actor=context.actor,
            first=context.services.administrators,
            at=context.now,
        )

    await context.answer("invitation.bound", known)


def ask_who(stores: Stores, *, context: Context) -> None:
    """The next message says who they are."""
    begun = drafts.begin(stores, context.actor, DraftKind.BINDING, "who", context.now)
    asking.say(stores, context, begun, "invitation.ask_who")


async def claim(context: Context, words: str, *, finished: Draft | None = None) -> None:
    """Say who one is: number and name."""
    number, name = arguments.identity(words, usage="invitation.bind_usage")
    if not name:
        raise BadArguments("invitation.bind_usage")

    def claimed(stores: Stores) -> Claimed:
        made = invitation.claim(
            stores,
            number=number,
            name=name,
            member=context.actor.member,
            first=context.services.administrators,
            at=context.now,
        )
        if finished is not None and made.person is not None:
            drafts.finish(stores, finished)
        return made

    await context.answer("invitation.claimed", claimed)


async def take_who(context: Context, draft: Draft) -> None:
    """Number and name, as the answer to the question."""
    await claim(context, context.text, finished=draft)


async def unbind(_: Update, context: Context) -> None:
    """/unbind NUMBER: take an account from a person."""
    number = arguments.identity(arguments.after_command(context.text), usage="invitation.unbind_usage")[0]

    def free(stores: Stores) -> Unlinked:
        first = context.services.administrators
        return invitation.unbind(stores, number=number, actor=context.actor, first=first, at=context.now)

    await context.answer("invitation.unbound", free)


async def press_confirm(_: Update, context: Context) -> None:
    """It is them."""
    await answer(context, confirmed=True)


async def press_refuse(_: Update, context: Context) -> None:
    """It is not."""
    await answer(context, confirmed=False)


async def answer(context: Context, *, confirmed: bool) -> None:
    """Somebody who answers for the branch has said so."""

    def decide(stores: Stores) -> Answered:
        return invitation.answer(
            stores,
            claim_id=ClaimId(number),
            confirmed=confirmed,
            actor=context.actor,
            first=context.services.administrators,
            at=context.now,
        )

    number = context.pressed()[0]
    await context.run(decide)
    context.acknowledge()


INVITE = Permission.INVITE


FEATURE = Feature(
    "invitation",
    handlers=(
        Command("invite", invite, Needs(in_private=INVITE)),
        Command("bind", bind_other, Needs(INVITE, INVITE), when=arguments.whom),
        Command("bind", bind, Needs(in_private=SEE_OWN.in_private)),
        Command("unbind", unbind, Needs(Permission.KEEP_ROSTER, Permission.KEEP_ROSTER)),
        Press("invitation.branch", press_branch, INVITE),
        Press("invitation.branch_in", press_level, INVITE),
        Press("invitation.confirm", press_confirm, INVITE),
        Press("invitation.refuse", press_refuse, INVITE),
        Press("invitation.not_me", press_not_me, Permission.SEE_OWN),
    ),
)
