"""Why something about an activity cannot be done."""

from __future__ import annotations

from domain.refusal import Helper, Refusal


class ActivityNotFound(Refusal):
    """There is no such activity, or it is another group's."""

    text = "activity.not_found"


class ActivityOver(Refusal):
    """It is no more at the stage at which this can be done."""

    text = "activity.over"
    helper = Helper.SECRETARY


class InThePast(Refusal):
    """An activity has to begin in the future."""

    text = "activity.past"


class EndsBeforeStart(Refusal):
    """It has to end after its beginning, and within a week."""

    text = "activity.ends_before_start"


class UntilTooLate(Refusal):
    """One signs up and off before the beginning, and from now on."""

    text = "activity.until_wrong"


class SignUpOver(Refusal):
    """Nobody signs up any more."""

    text = "activity.sign_up_over"
    helper = Helper.SECRETARY


class SignOffOver(Refusal):
    """Nobody signs off any more by a button."""

    text = "activity.sign_off_over"
    helper = Helper.SECRETARY


class NoRoom(Refusal):
    """Somebody who has a seat wants to bring more of their family than there are seats left."""

    text = "activity.no_room"


class TooMany(Refusal):
    """More of a family than may come along, or than there are seats at all."""

    text = "activity.too_many"


class NotSignedUp(Refusal):
    """Somebody has no seat."""

    text = "activity.not_signed_up"
    helper = Helper.SECRETARY


class NotHeld(Refusal):
    """Check-in has not begun, or is over."""

    text = "activity.not_held"


class TooEarly(Refusal):
    """Check-in begins two hours before at the earliest."""

    text = "activity.too_early"


class TooManyTries(Refusal):
    """Too many wrong codes."""

    text = "activity.too_many_tries"
    helper = Helper.SECRETARY


class NobodyToApprove(Refusal):
    """Approval is needed, and nobody at a higher level can be written to."""

    text = "activity.nobody_to_approve"
    helper = Helper.ADMINISTRATOR


class Decided(Refusal):
    """Somebody has decided about the proposal already, or it was taken back."""

    text = "activity.decided"


class NoReason(Refusal):
    """A proposal is returned with a reason alone."""

    text = "activity.no_reason"


class NoPhotos(Refusal):
    """There is no photo to show or post."""

    text = "activity.no_photos"


class EnoughPhotos(Refusal):
    """One person sends so many at most."""

    text = "activity.enough_photos"


class NoMorePhotos(Refusal):
    """Photos are taken from the beginning of check-in until a week after the end."""

    text = "activity.no_more_photos"
