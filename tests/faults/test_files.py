"""Every kind of harmful file, through the child that reads it."""

from tests.faults.files import MAKERS, attack


async def test_a_harmful_file_is_read_or_refused_and_no_reader_has_to_be_killed():
    longest, wrong = await attack(len(MAKERS), seed=10)
    assert not wrong
    assert longest.keys() == MAKERS.keys()
