"""Why something about an evaluation cannot be done."""

from __future__ import annotations

from domain.refusal import Helper, Refusal


class EvaluationNotFound(Refusal):
    """There is no such evaluation, or it is not theirs."""

    text = "evaluation.not_found"


class NotInCharge(Refusal):
    """Only who plans the work of what is evaluated runs an evaluation."""

    text = "evaluation.not_in_charge"
    helper = Helper.ADMINISTRATOR


class NobodyToEvaluate(Refusal):
    """Nothing of the kind of the scheme is there."""

    text = "evaluation.nobody"


class SchemeGone(Refusal):
    """No scheme was imported yet, or there is a newer one of that title."""

    text = "evaluation.no_scheme"


class WrongStage(Refusal):
    """It is not the time for that (any more)."""

    text = "evaluation.wrong_stage"


class TooManyPoints(Refusal):
    """More points than the item has, or less than none."""

    text = "evaluated.wrong_points"


class NoReason(Refusal):
    """Whoever changes what others have given says why."""

    text = "evaluated.no_reason"


class SameBranch(Refusal):
    """Nobody reviews their own branch, nor themselves."""

    text = "evaluation.same_branch"


class NotReachable(Refusal):
    """A reviewer gets the card in private: the bot cannot write to them yet."""

    text = "evaluation.not_reachable"


class NotReviewed(Refusal):
    """Something still has no points."""

    text = "evaluated.not_complete"


class PublicityOver(Refusal):
    """Objections are made until the last day of publicity."""

    text = "objection.over"


class AlreadyObjected(Refusal):
    """Their objection about the same waits for its answer."""

    text = "objection.already"


class ObjectionAnswered(Refusal):
    """Somebody has answered it."""

    text = "objection.answered_already"


class NoWords(Refusal):
    """No words, or too many."""

    text = "objection.no_words"
