"""The features of people in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.people import admin_link, branch, invitation, member, membership, person, role, roster

FEATURES = declared_in(vars())


class Stores:
    """The stores of people."""

    admin_links = Lazy(admin_link.AdminLinks)
    grants = Lazy(role.Grants)
    invitations = Lazy(invitation.Invitations)
    members = Sealed(membership.MembersInGroups)
    people = Lazy(person.People)
