from tests.samples import Samples, Values, Words


def values(words: Words) -> Values:
    return {"link": ["https://t.me/jingyi_bot?start=admin-" + "a" * 32]}


SAMPLES = Samples("admin_link", values)
