from domain.ids import QuestionId
from domain.people.person import Rate
from domain.study.learning.figures import Asked, Learnt, Share
from domain.study.learning.letter import Letter, letter
from tests.samples import MILLION, MONDAY, TUESDAY, Samples, Values, Words


def letters(words: Words) -> list[Letter]:
    hard = [Asked(QuestionId(number), words(1000), Share(1, MILLION)) for number in range(4)]
    full = Learnt(
        words(60),
        Rate(MILLION, MILLION),
        Share(1, MILLION),
        Share(1, MILLION),
        hard,
        [words(200) + str(n) for n in range(9)],
    )
    little = Learnt(words(60), Rate(1, 3), Share(), Share())
    made = [letter(MONDAY, TUESDAY, groups) for groups in ([full], [little], [full, little], [full] * 20)]
    return [one for one in made if one is not None]


def values(words: Words) -> Values:
    return {
        "kind": ["reach", "first", "kept", "question", "group"],
        "letter": letters(words),
        "monday": [MONDAY],
        "more": [1, MILLION],
        "name": [words(40)],
        "of": [0, MILLION],
        "part": [0, MILLION],
        "sunday": [TUESDAY],
    }


SAMPLES = Samples("learning", values)
