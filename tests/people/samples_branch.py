from domain.ids import BranchId, ChatId, GrantId, PersonId
from domain.messaging.chat import Chat, ChatKind
from domain.people.branch import Branch, BranchKind, Closing, Twig
from domain.people.permission import Area, Role
from domain.people.person import Person
from domain.people.role import Grant
from tests.samples import MANY, MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    branch = Branch(BranchId(1), None, BranchKind.BRANCH, words(60))
    path = (words(60),) * 6
    return {
        "branch": [branch],
        "branches": [0, MILLION],
        "closing": closings(words, branch),
        "more": [0, MILLION],
        "name": [words(255)],
        "path": [path, ()],
        "people": [MILLION],
        "to": [Branch(BranchId(2), BranchId(1), BranchKind.GROUP, words(60))],
        "twigs": [[Twig(branch, 10, MILLION)] * 60, []],
        "words": [words(4000)],
    }


def closings(words: Words, branch: Branch) -> list[Closing]:
    """Of a branch with people, groups and roles, and of an empty one."""
    person = Person(PersonId(1), words(32), words(60), branch.id)
    group = Chat(ChatId(1), -1, ChatKind.GROUP, words(128), "Asia/Shanghai", "zh", True)
    grant = Grant(GrantId(1), somebody(words), Role.SECRETARY, Area(branch=branch.id), None, words(60))
    full = Closing(branch, branch, [person] * MANY, [group] * MANY, [grant] * MANY)
    return [full, Closing(branch, None, (), [group], [grant]), Closing(branch, None, (), (), ())]


SAMPLES = Samples("branch", values)
