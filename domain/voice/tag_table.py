"""The tag table is shown and changed, by those in charge of the whole enterprise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.messaging import draft as drafts
from domain.messaging.message import Message
from domain.people.permission import Permission, require_everywhere
from domain.refusal import Refusal
from domain.voice import tags
from domain.voice.tags import CUES, Change, Counts, Kind, Table, WrongCue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import DraftId
    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.tags import Tag

CHANGED = AuditAction("tags.changed")
FORM = "tags"  # the form of a file that waits for its buttons
CHANGE = Permission.CHANGE_SETTINGS


class ChangedMeanwhile(Refusal):
    """Somebody has changed the table since the preview was made."""

    text = "tags.changed_meanwhile"


class NothingChanges(Refusal):
    """A file that has the table as it is."""

    text = "tags.nothing_changes"


@dataclass(frozen=True, slots=True)
class Changed:
    """What has changed about the table, and how it is now."""

    table: Table
    counts: Counts


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file's changes, which wait for a word."""

    draft: Draft
    counts: Counts


def table(stores: Stores, *, shipped: Sequence[Tag]) -> Table:
    """The table in use: the program's, with what was changed."""
    return Table(stores.tag_changes.version(), tags.changed(shipped, stores.tag_changes.all()))


def show(stores: Stores, actor: Actor, *, shipped: Sequence[Tag]) -> Table:
    """The table in use. Raises NotEverywhere."""
    require_everywhere(stores, actor, CHANGE)
    return table(stores, shipped=shipped)


def change(
    stores: Stores, actor: Actor, *, shipped: Sequence[Tag], name: str, add: Collection[str], remove: Collection[str]
) -> Changed:
    """Add cues to a tag and remove others. Raises NotEverywhere, NoSuchTag, WrongCue, TooMuch."""
    require_everywhere(stores, actor, CHANGE)
    before = table(stores, shipped=shipped)
    tag = before.tag(name)
    added = [_cue(name, cue) for cue in dict.fromkeys(add) if not any(cue in tag.cues[kind] for kind in CUES)]
    removed = [
        Change(name, kind, cue, added=False) for cue in dict.fromkeys(remove) for kind in CUES if cue in tag.cues[kind]
    ]
    return _put(stores, actor, before, [*removed, *added])


def create(
    stores: Stores, actor: Actor, *, shipped: Sequence[Tag], name: str, english: str, add: Collection[str]
) -> Changed:
    """Add a tag with its cues. Raises NotEverywhere, WrongCue, TooMuch."""
    require_everywhere(stores, actor, CHANGE)
    before = table(stores, shipped=shipped)
    wrong = tags.wrong_name(name) or (None if add else tags.Wrong.NO_CUE)
    if wrong is not None:
        raise WrongCue(wrong=wrong, words=name)
    is_new = all(one.name != name for one in before.tags)
    made = [Change(name, Kind.TAG, english or name, added=True)] if is_new else []
    return _put(stores, actor, before, [*made, *(_cue(name, cue) for cue in dict.fromkeys(add))])


def drop(stores: Stores, actor: Actor, *, shipped: Sequence[Tag], name: str) -> Changed:
    """Remove a tag; suggestions that have it keep it. Raises NotEverywhere, NoSuchTag."""
    require_everywhere(stores, actor, CHANGE)
    before = table(stores, shipped=shipped)
    return _put(stores, actor, before, [Change(before.tag(name).name, Kind.TAG, "", added=False)])


def propose(stores: Stores, actor: Actor, *, shipped: Sequence[Tag], new: Sequence[Tag]) -> Proposed:
    """Let a file's table wait for a word. Raises NotEverywhere, TooMuch, NothingChanges."""
    require_everywhere(stores, actor, CHANGE)
    tags.check_table(new)
    before = table(stores, shipped=shipped)
    found = tags.differences(before.tags, new)
    if not found:
        raise NothingChanges
    told = [[one.tag, one.kind, one.cue, one.added] for one in found]
    values = {"changes": json.dumps(told, ensure_ascii=False), "state": str(stores.tag_changes.state())}
    return Proposed(drafts.begin(stores, actor, FORM, values), tags.counts(before.tags, found))


def agree(stores: Stores, actor: Actor, *, shipped: Sequence[Tag], number: DraftId) -> Changed:
    """Take over a file's table, all of it. Raises NotEverywhere, DraftOver, NotYourDraft, ChangedMeanwhile."""
    require_everywhere(stores, actor, CHANGE)
    draft = drafts.own_of(stores, actor, FORM, number)
    if draft.values["state"] != str(stores.tag_changes.state()):
        raise ChangedMeanwhile
    told = json.loads(draft.values["changes"])
    changes = [Change(tag, Kind(kind), cue, added) for tag, kind, cue, added in told]
    made = _put(stores, actor, table(stores, shipped=shipped), changes)
    stores.drafts.remove(draft.id)
    stores.outbox.edit(draft.subject, Message("tags.changed", {"changed": made}), key=f"{draft.subject}:done")
    return made


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """A file's table is not taken over. Raises NotEverywhere, DraftOver, NotYourDraft."""
    require_everywhere(stores, actor, CHANGE)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def _cue(tag: str, cue: str) -> Change:
    """A cue as it is added in chat: a phrase where it has a gap, else a word. Raises WrongCue."""
    kind = Kind.PHRASES if tags.GAP in cue else Kind.WORDS
    wrong = tags.wrong_cue(kind, cue)
    if wrong is not None:
        raise WrongCue(wrong=wrong, words=cue)
    return Change(tag, kind, cue, added=True)


def _put(stores: Stores, actor: Actor, before: Table, changes: Sequence[Change]) -> Changed:
    """Make changes, a new version where there are any. Raises TooMuch."""
    found = tags.counts(before.tags, changes)
    if not changes:
        return Changed(before, found)
    now = Table(before.version + 1, tags.changed(before.tags, changes))
    tags.check_table(now.tags)
    stores.tag_changes.add(now.version, changes, actor.member.id, actor.heard_at)
    added, removed = found.in_all
    told = [*found.new, *([f"cues_added:{added}"] if added else []), *([f"cues_removed:{removed}"] if removed else [])]
    old, new = (" ".join(some) or None for some in (found.gone, told))
    stores.audit.note(actor.member.id, CHANGED, "enterprise", old=old, new=new, at=actor.heard_at)
    return Changed(now, found)


FEATURE = Feature("tags", audit=(CHANGED,))
