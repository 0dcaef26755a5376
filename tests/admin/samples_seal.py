from domain.admin.seal import Chain, Fault, Finding, Key, Seal
from tests.samples import AT, MILLION, Samples, Values, Words

KEY = Key(b"k" * 64)


def values(words: Words) -> Values:
    rows = [Finding(fault, chain, 3, MILLION) for fault in Fault for chain in Chain]
    named = [Finding(fault, Chain.AUDIT, 7, 7, words(60), "x", None) for fault in Fault]
    seals = [Seal(chain, AT, 0, "", MILLION, "").signed(KEY) for chain in Chain]
    return {
        "finding": [*rows, *named, Finding(Fault.STATE, named="cap enterprise", logged="25")],
        "found": [KEY.fingerprint],
        "made_with": [KEY.fingerprint],
        "seals": [seals],
    }


SAMPLES = Samples("seal", values)
