"""What may be wrong with a wish about a round or an inspection."""

from __future__ import annotations

from domain.refusal import Helper, Refusal


class RoundNotFound(Refusal):
    """There is no such round, or it is not theirs to run."""

    text = "inspection.round_not_found"


class InspectionNotFound(Refusal):
    """There is no such inspection, or it is somebody else's."""

    text = "inspection.not_found"


class RoundOver(Refusal):
    """The round is final or was called off."""

    text = "inspection.round_over"


class NotScoring(Refusal):
    """The scores were handed in; what is to be changed is a correction."""

    text = "inspection.handed_in_already"


class NotHandedIn(Refusal):
    """The scores have not been handed in yet."""

    text = "inspection.not_handed_in"


class Incomplete(Refusal):
    """Some items have no points yet."""

    text = "inspection.incomplete"


class NoReason(Refusal):
    """A correction, an objection and an answer to one take words."""

    text = "inspection.no_reason"


class NothingChanged(Refusal):
    """The item has these points already."""

    text = "inspection.nothing_changed"


class AlreadyAnswered(Refusal):
    """Somebody of the branch has answered before."""

    text = "inspection.already_answered"


class NoObjection(Refusal):
    """There is no objection that waits for an answer."""

    text = "inspection.no_objection"


class WrongDays(Refusal):
    """A round ends after it begins, today at the earliest, and takes no more than so many days."""

    text = "inspection.wrong_days"


class NotReady(Refusal):
    """Some inspections are not ready to be final."""

    text = "inspection.not_ready"


class CannotInspect(Refusal):
    """Somebody cannot inspect: no account, gone, or of the branch itself."""

    text = "inspection.cannot_inspect"


class OwnBranch(Refusal):
    """Nobody inspects the branch that they are of, also where they have come there since."""

    text = "inspection.own_branch"


class OwnInspection(Refusal):
    """Who has inspected a branch does not answer for it."""

    text = "inspection.own_inspection"


class RubricNotFound(Refusal):
    """There is no such rubric."""

    text = "inspection.no_rubric"
    helper = Helper.ADMINISTRATOR


class NotTheOffice(Refusal):
    """It takes somebody who plans the work of all the branches."""

    text = "inspection.not_office"
    helper = Helper.ADMINISTRATOR
