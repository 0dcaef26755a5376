from domain.messaging.message import Text
from domain.points.period import Every
from domain.report.digest import LISTED, Digest, Row
from tests.report.samples_summary import following, full
from tests.samples import MILLION, MONDAY, Samples, Values, Words
from tests.study.samples_learning import letters
from tests.work.samples_lean import reports


def values(words: Words) -> Values:
    whole = Digest(MONDAY, MONDAY, Every.MONTH, words(255), full(words))
    figures = [
        Text("points.figure", {"name": name, "value": 100, "change": -100}) for name in ("active", "rate", "each")
    ]
    rows = [Row(words(60), figures, rank, 1 if rank is None else 400) for rank in (None, *range(1, LISTED))]
    many = Digest(MONDAY, MONDAY, Every.WEEK, all=figures, rows=rows, more=MILLION, silent=MILLION, stuck=MILLION)
    return {
        "digests": [[whole], [many]],
        "learnt": [None, letters(words)[-1]],
        "lean": [None, reports(words)[0]],
        "next": [[], [one.text for one in following()]],
    }


SAMPLES = Samples("digest", values)
