"""Whether the roles that people have are those that the audit log has given them and not taken back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.admin.agreement import Unlogged
from domain.admin.seal import Fault, Finding
from domain.people.role.model import ROLE_GRANTED, ROLE_WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.people.role.model import Grant
    from domain.stores import Stores

AT_ONCE = 1000  # grants read in one statement


def unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Grants without a record, and records without a grant."""
    said, found = _logged(stores), list[Unlogged]()
    for grant in _standing(stores):
        subject, words = f"member:{grant.member.id}", f"{grant.role} {grant.area}"
        if said[subject, words] > 0:
            said[subject, words] -= 1
            continue
        finding = Finding(Fault.GRANT_FORGED, first=grant.id, named=subject, kept=words)
        found.append(Unlogged(finding, ROLE_GRANTED, subject, None, words))
    for (subject, words), count in sorted(said.items()):
        finding = Finding(Fault.GRANT_GONE, named=subject, logged=words)
        found += [Unlogged(finding, ROLE_WITHDRAWN, subject, words, None)] * max(count, 0)
    return found


def _standing(stores: Stores) -> Iterator[Grant]:
    after = 0
    while grants := stores.grants.all(after, AT_ONCE):
        yield from grants
        after = grants[-1].id


def _logged(stores: Stores) -> Counter[tuple[str, str]]:
    """How often each role is held, by whom."""
    held: Counter[tuple[str, str]] = Counter()
    for record in stores.audit.of_kinds([ROLE_GRANTED, ROLE_WITHDRAWN]):
        if record.action == ROLE_GRANTED and record.new:
            held[record.subject, record.new] += 1
        elif record.action == ROLE_WITHDRAWN and record.old:
            held[record.subject, record.old] -= 1
    return held
