from domain.ids import BranchId
from domain.people.branch import Branch, BranchKind, Twig
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    branch = Branch(BranchId(1), None, BranchKind.BRANCH, words(60))
    path = (words(60),) * 6
    return {
        "branch": [branch],
        "branches": [0, MILLION],
        "more": [0, MILLION],
        "name": [words(255)],
        "path": [path, ()],
        "people": [MILLION],
        "to": [Branch(BranchId(2), BranchId(1), BranchKind.GROUP, words(60))],
        "twigs": [[Twig(branch, 10, MILLION)] * 60, []],
        "words": [words(4000)],
    }


SAMPLES = Samples("branch", values)
