"""The messages about findings: the page of one, what waits for a measure, and what is to be looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import FindingId, MemberId, SuggestionId
from domain.life.rectification.model import Finding, Source, State
from domain.life.rectification.seeing import planners, shown
from domain.messaging.message import Action, Button, Message, Subject
from domain.messaging.outbox import AT_ONCE
from domain.people import leading
from domain.people.actor import Actor
from domain.people.permission import Permission, allows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId
    from domain.life.features import Stores
    from domain.people.member import Member

LISTED, LOOKED_AT = 5, 200
FRESH = timedelta(hours=4)
NEWS = "findings_new"
# What opens a source, for those in charge of the group.
SOURCES = {
    Source.SUGGESTION: "triage.show",
    Source.MEETING: "meeting.desk",
    Source.INSPECTION: "inspection.look",
}
DESK, PAGE = "finding_desk", "finding"  # the page for who says what is done, and for all others


def desk_of(number: FindingId) -> Subject:
    """The subject of the page of a finding for those who say what is done about it."""
    return Subject(DESK, number)


def page_of(number: FindingId) -> Subject:
    """The subject of the page of a finding for all others."""
    return Subject(PAGE, number)


def shown_to(stores: Stores, actor: Actor, finding: Finding) -> Message:
    """The page of a finding for somebody in its group: who says what is done gets the buttons for it.

    Who has found it as one from above gets those of finders.
    """
    found_it = actor.member.id == finding.finder
    is_planner = not found_it or finding.finder in {one.id for one in planners(stores, finding)}
    return (
        desk(stores, finding) if is_planner and allows(stores, actor, Permission.PLAN_WORK) else page(stores, finding)
    )


def desk(stores: Stores, finding: Finding) -> Message:
    """The page of a finding with the buttons of those who say what is done about it."""
    rows: list[Sequence[Button]] = []
    if finding.state is State.OPEN:
        rows = [[Button("rectification.plan_button", Action("rectification.plan", finding.id))], [_drop(finding)]]
    elif finding.state is State.CLOSED:
        rows = [[Button("rectification.again_button", Action("rectification.again", finding.id))]]
    if finding.finder in {one.id for one in planners(stores, finding)}:
        rows += _extend(finding)
    rows += _beside(stores, finding)
    return Message("rectification.card", {"shown": shown(stores, finding)}, rows, desk_of(finding.id))


def page(stores: Stores, finding: Finding) -> Message:
    """The page of a finding; whoever has found it may take it back, or set another deadline."""
    rows = [[_drop(finding)]] if finding.state is State.OPEN else []
    shown_rows = [*rows, *_extend(finding), *_photo(finding)]
    return Message("rectification.card", {"shown": shown(stores, finding)}, shown_rows, page_of(finding.id))


def _extend(finding: Finding) -> list[list[Button]]:
    if not finding.is_begun or finding.round.last_at is None:
        return []
    return [[Button("rectification.extend_button", Action("rectification.extend", finding.id))]]


def _source(stores: Stores, finding: Finding) -> list[list[Button]]:
    """The way to what it came from, for those who may open that."""
    action = SOURCES.get(finding.source)
    if action is None or finding.about is None:
        return []
    if finding.source is Source.SUGGESTION:
        case = stores.suggestion_lives.get(SuggestionId(finding.about))
        if case is None or case.life.group != finding.group or case.suggestion.above:
            return []
    return [[Button("rectification.source_of_button", Action(action, finding.about), {"source": finding.source})]]


def _beside(stores: Stores, finding: Finding) -> list[list[Button]]:
    """One row: its photo, and where it came from."""
    row = [button for some in (*_photo(finding), *_source(stores, finding)) for button in some]
    return [row] if row else []


def _photo(finding: Finding) -> list[list[Button]]:
    if finding.file is None:
        return []
    return [[Button("rectification.photo_button", Action("rectification.photo", finding.id))]]


def _drop(finding: Finding) -> Button:
    return Button("rectification.drop_button", Action("rectification.drop", finding.id))


def refresh_pages(stores: Stores, finding: Finding, cause: str, at: datetime) -> None:
    """Let the pages of a finding show how it stands now."""
    key = f"finding:{finding.id}:{finding.round.number}:{cause}:{at.timestamp()}"
    for about in (desk_of(finding.id), page_of(finding.id)):
        stores.outbox.refresh(about, key=f"{about}:{key}")


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The page as it is now, for those who say what is done."""
    found = stores.findings.get(FindingId(about.ids[0]))
    return None if found is None else desk(stores, found)


def current_page(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The page as it is now, for all others."""
    found = stores.findings.get(FindingId(about.ids[0]))
    return None if found is None else page(stores, found)


def show_button(finding: Finding) -> Button:
    """The button that opens the page of a finding."""
    return Button("rectification.show_button", Action("rectification.show", finding.id), {"finding": finding})


def news_of(member: MemberId) -> Subject:
    """The subject of the one message about findings that wait for somebody's word."""
    return Subject(NEWS, member)


def unplanned_of(stores: Stores, member: Member, at: datetime) -> Sequence[Finding]:
    """What waits for somebody to say what is done about it, by number."""
    if member.private is None:
        return []
    actor = Actor(member, stores.chats.get(member.private), at)
    groups = [one.id for one in leading.groups(stores, actor, permission=Permission.PLAN_WORK)]
    found = [*(stores.findings.begun_in(groups) if groups else []), *stores.findings.mine(member.id, LOOKED_AT)]
    known: dict[tuple[ChatId, MemberId], bool] = {}
    for one in found:
        if (one.group, one.finder) not in known:
            known[one.group, one.finder] = member.id in {who.id for who in planners(stores, one)}
    mine = {one.id: one for one in found if one.state is State.OPEN and known[one.group, one.finder]}
    return [mine[number] for number in sorted(mine)]


def tell_planners(stores: Stores, finding: Finding, at: datetime, *, but: MemberId | None) -> None:
    """Those who say what is done hear of it, by one message for all that waits for them; `but` has found it."""
    for member in planners(stores, finding):
        if member.id == but or member.private is None:
            continue
        about = news_of(member.id)
        key = f"{about}:{finding.id}:{finding.round.number}"
        if _is_fresh(stores, member.private, about, at):
            stores.outbox.refresh(about, key=key, every=AT_ONCE)
            continue
        stores.outbox.delete(about, key=f"{key}:before")
        stores.outbox.send(member.private, _news(stores, member, at), key=key)


def _is_fresh(stores: Stores, private: ChatId, about: Subject, at: datetime) -> bool:
    """Whether a message stands that was said a short while ago, or is just about to be: it only grows longer."""
    number = stores.outbox.message_about(about)
    if number is None:
        return stores.outbox.stands(about)
    said_at = stores.outbox.said_at(private, number)
    return said_at is not None and at - said_at < FRESH


def refresh_planners(stores: Stores, finding: Finding, cause: str, at: datetime) -> None:
    """What waits has changed: the messages show what is left, or go."""
    for member in planners(stores, finding):
        about = news_of(member.id)
        if not stores.outbox.stands(about):
            continue
        key = f"{about}:{finding.id}:{finding.round.number}:{cause}:{at.timestamp()}"
        if unplanned_of(stores, member, at):
            stores.outbox.edit(about, _news(stores, member, at), key=key)
        else:
            stores.outbox.delete(about, key=key)


def _news(stores: Stores, member: Member, at: datetime) -> Message:
    found = unplanned_of(stores, member, at)
    rows = [[show_button(one)] for one in found[:LISTED]]
    values = {"findings": found[:LISTED], "more": len(found[LISTED:])}
    return Message("rectification.waiting", values, rows, news_of(member.id))


def current_news(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """What waits for somebody's word as it is now."""
    member = stores.members.get(MemberId(about.ids[0]))
    return _news(stores, member, at) if unplanned_of(stores, member, at) else None


def looks_of(member: MemberId) -> Subject:
    """The subject of the one message that asks somebody to look back."""
    return Subject("finding_looks", member)


def looks(stores: Stores, member: MemberId) -> Message | None:
    """What somebody is to look at again, two buttons each; `None` where nothing is."""
    found = stores.findings.asked_of(member)
    if not found:
        return None
    rows = [
        [
            Button("rectification.holds_button", Action("rectification.holds", one.id), {"finding": one}),
            Button("rectification.back_button", Action("rectification.back", one.id), {"finding": one}),
        ]
        for one in found[:LISTED]
    ]
    values = {"findings": found[:LISTED], "more": len(found[LISTED:])}
    return Message("rectification.looks", values, rows, looks_of(member))


def ask_to_look(stores: Stores, member: Member, cause: str) -> None:
    """Ask somebody to look back, in place of an earlier message."""
    about = looks_of(member.id)
    message = looks(stores, member.id)
    if member.private is not None and message is not None:
        stores.outbox.delete(about, key=f"{about}:{cause}:before")
        stores.outbox.send(member.private, message, key=f"{about}:{cause}")


def refresh_looks(stores: Stores, member: MemberId, cause: str) -> None:
    """Show what is left to look at; with nothing left the message says so."""
    about, left = looks_of(member), looks(stores, member)
    if stores.outbox.stands(about):
        stores.outbox.edit(about, left or Message("rectification.looked"), key=f"{about}:{cause}")
