"""What messages are read with is loaded once, when somebody first needs it, and never half."""

import asyncio

import pytest

from bot.words import Words


class CountingTagger:
    """Counts how often it is loaded."""

    def __init__(self) -> None:
        self.loads = 0

    def load(self) -> None:
        self.loads += 1


async def test_words_are_loaded_once_for_all_who_wait() -> None:
    tagger = CountingTagger()
    words = Words(tagger)
    assert tagger.loads == 0
    await asyncio.gather(words.ready(), words.ready())
    await words.ready()
    assert tagger.loads == 1


async def test_the_end_waits_for_a_load_whose_asker_was_cut_off() -> None:
    tagger = CountingTagger()
    words = Words(tagger)
    asker = asyncio.create_task(words.ready())
    await asyncio.sleep(0)
    asker.cancel()
    await words.stop()
    assert tagger.loads == 1


async def test_what_cannot_be_loaded_is_told_to_who_needs_it_and_does_not_disturb_the_end() -> None:
    class BrokenTagger:
        def load(self) -> None:
            raise OSError

    words = Words(BrokenTagger())
    for _ in range(2):
        with pytest.raises(OSError):
            await words.ready()
    await words.stop()


async def test_what_was_never_needed_is_not_loaded_at_the_end() -> None:
    tagger = CountingTagger()
    await Words(tagger).stop()
    assert tagger.loads == 0
