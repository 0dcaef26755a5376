"""The features of people; a new one is one line among the imports."""

from domain.feature import declared_in
from domain.people import (
    admin_link,
    admission,
    branch,
    identity,
    invitation,
    leave,
    member,
    naming,
    person,
    privacy,
    role,
    roster,
    today,
    welcome,
)

FEATURES = declared_in(vars())
