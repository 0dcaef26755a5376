"""What invitations contribute to the rest of the domain."""

from domain.feature import Feature
from domain.people.invitation.model import PERSON_INVITED, PERSON_LINKED

FEATURE = Feature("invitation", audit=(PERSON_INVITED, PERSON_LINKED))
