from dataclasses import replace

from domain.admin.setting import ENTERPRISE, SETTINGS, Line, Name, Page, Scope, Where
from tests.samples import BOTH, Samples, Values, Words

CHOICES = [(name, value) for name in Name for value in SETTINGS[name].choices]


def values(words: Words) -> Values:
    own = Line(Name.ZONE, words(40), Where(Scope.CHAT, 1), own=True)
    from_above = [Line(name, value, Where(Scope.BRANCH, 1), False, words(60)) for name, value in CHOICES]
    few = [own, *from_above[:6], replace(own, source=None, own=False), replace(own, source=ENTERPRISE)]
    return {
        "chosen": BOTH,
        "line": [own, *from_above],
        "most": [2000],
        "page": [Page(Where(scope, 1), words(60), few) for scope in Scope],
        "setting": [name for name, _ in CHOICES],
        "value": [value for _, value in CHOICES],
        "words": [words(4000)],
    }


SAMPLES = Samples("setting", values)
