from domain.ids import BranchId, PersonId
from domain.people.person import Person
from storage.feature import sheets
from storage.features import FEATURES
from tests.people.samples_identity import whoms
from tests.samples import MILLION, MONDAY, PHONE, Samples, Values, Words, awaited, nameless, somebody


def values(words: Words) -> Values:
    member, own = somebody(words), [one for one in sheets(FEATURES) if one.texts == "privacy"]
    return {
        "whom": whoms(words),
        "column": sorted({column.key for sheet in own for column in sheet.statement.selected_columns}),
        "day": [MONDAY],
        "member": [member, awaited(words), nameless(words)],
        "person": [Person(PersonId(1), "1" * 32, words(64), BranchId(1), words(64), PHONE, member=member.id)],
        "points": [MILLION],
        "sheet": [sheet.name for sheet in own],
        "truth": ["yes", "no"],
    }


SAMPLES = Samples("privacy", values)
