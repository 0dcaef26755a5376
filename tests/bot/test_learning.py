"""What people have corrected is learned at night, and every program takes it over."""

from bot.learning import Learner
from bot.tagging import CurrentTagger
from domain.ids import SuggestionId
from domain.voice.suggestion import Suggestion, Tagging, fingerprint
from domain.voice.tagging import Correction
from domain.voice.tags import Change, Kind
from language import learned
from language.learned import ENOUGH
from tests.stores import AT, only_sqlite

PLACES = ("东区", "西区", "北厂", "南厂", "老楼", "新楼", "二期", "三期")
OWN = "窑炉"  # an enterprise's own tag, with words that nobody says
TALK = (("{}的窑皮又掉了{}", (OWN,)), ("{}篦冷机堆雪人{}", (OWN,)), ("{}大家辛苦{}", ()))


def corrected(branch, tags_of):
    """As many corrections as are needed, with the tags that people gave."""
    made = [(text.format(place, n), tags) for n in range(99) for place in PLACES for text, tags in TALK]

    def unit(stores):
        for place, (text, tags) in enumerate(made[:ENOUGH]):
            one = Suggestion(SuggestionId(0), branch.group.id, branch.li, text, Tagging(), AT)
            kept = stores.suggestions.add(one, f"-1/{place}", fingerprint(text))
            stores.corrections.add(Correction(kept.id, (), tags_of(text, tags), branch.li.id, AT))
        changes = [Change(OWN, Kind.TAG, "Kiln", added=True), Change(OWN, Kind.WORDS, "回转窑", added=True)]
        stores.tag_changes.add(1, changes, branch.li.id, AT)

    return unit


async def test_what_is_learned_is_used_by_every_program_while_it_is_better(database, branch, tagger, monkeypatch):
    await database.write(corrected(branch, lambda _, tags: tags))
    first, second = CurrentTagger(tagger, database), CurrentTagger(tagger, database)
    learner = Learner(database, first, now=lambda: AT)
    assert (await second.read("西区的窑皮掉了好大一块")).tags != (OWN,)
    with monkeypatch.context() as patched:
        patched.setattr(learned, "find_spec", lambda _: None)
        assert await learner.learn() is None, "without scikit-learn"
    lesson = await learner.learn()
    assert lesson is not None
    assert (lesson.corrections, bool(lesson.model)) == (ENOUGH, True)
    for one in (first, second):
        assert (await one.read("西区的窑皮掉了好大一块")).tags == (OWN,)
    assert await learner.learn() is None, "nothing new was corrected"
    dropped = [Change(OWN, Kind.TAG, "", added=False)]
    await database.write(lambda stores: stores.tag_changes.add(2, dropped, branch.li.id, AT))
    assert (await second.read("西区的窑皮掉了好大一块")).tags == ()


@only_sqlite
async def test_the_table_counts_where_it_does_as_well(database, branch, tagger):
    await database.write(corrected(branch, lambda text, _: tagger.read(text).tags))
    first = CurrentTagger(tagger, database)
    lesson = await Learner(database, first, now=lambda: AT).learn()
    assert lesson is None or lesson.model == ""
    assert (await first.read("食堂的菜太咸")).tags == ("食堂后勤",)
