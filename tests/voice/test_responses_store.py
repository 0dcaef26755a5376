"""What is answered to questionnaires, on both engines."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.encryption_keys import KeyFolder
from domain.ids import RoundId
from domain.messaging import encryption
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.voice.questionnaire import keeping
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Confidence, Progress
from storage.cipher import Cipher
from storage.keys import Keyring, KeysInMemory
from storage.voice.responses import room_for
from tests.stores import AT
from tests.voice.rounds import QUESTIONNAIRE, answers, round_of

COUNT = 8


class Asked:
    """A round with people who may answer it, and the folder of keys."""

    def __init__(self, database, keys, members, one):
        self.database, self.keys, self.members, self.one = database, keys, members, one

    async def write(self, act):
        return await self.database.write(lambda stores: act(stores.responses))

    async def answer(self, number, response, branch=None):
        def submit(responses):
            responses.keep(self.one, self.members[number].id, response, AT)
            responses.submit(self.one, self.members[number].id, branch, AT)

        await self.write(submit)

    async def all_answer(self, count=COUNT, branch=None):
        for number in range(count):
            await self.answer(number, answers(number % 4, number % 5 + 1, f"第{number}句"), branch)

    async def close(self):
        await self.write(lambda responses: responses.close(self.one))

    async def returned(self):
        return await self.write(lambda responses: responses.returned(self.one))

    async def progress(self, number):
        return await self.write(lambda responses: responses.progress(self.one, self.members[number].id))

    async def draft(self, number):
        return await self.write(lambda responses: responses.draft(self.one, self.members[number].id))

    async def rows(self, statement):
        found = await self.database.read(lambda stores: stores.connection.execute(text(statement)).all())
        return [tuple(row) for row in found]


@pytest.fixture
async def asked(database, branch, tmp_path):
    keys = KeyFolder(tmp_path / "keys")
    database.keep_keys_in(keys)

    def begin(stores):
        people = [PersonProfile(1000 + number, f"职工{number}", username=None) for number in range(COUNT)]
        return [stores.members.add(person, AT) for person in people]

    members = await database.write(begin)
    return Asked(database, keys, members, round_of(Confidence.ANONYMOUS, branch.li, branch.group.id))


def of(asked, confidence):
    asked.one = replace(asked.one, confidence=confidence)
    return asked


async def test_what_was_begun_is_gone_on_with(asked):
    who = asked.members[0].id
    await asked.write(lambda responses: responses.keep(asked.one, who, answers(2), AT))
    assert await asked.draft(0) == answers(2)
    assert await asked.progress(0) is Progress.BEGUN
    assert (await asked.progress(1), await asked.draft(1)) == (None, {})


async def test_a_submitted_answer_may_be_changed_and_stays_submitted(asked):
    await asked.answer(0, answers(2))
    await asked.write(lambda responses: responses.keep(asked.one, asked.members[0].id, answers(3, hours="1.5"), AT))
    assert await asked.draft(0) == answers(3, hours="1.5")
    assert await asked.progress(0) is Progress.SUBMITTED


@pytest.mark.parametrize("confidence", Confidence)
async def test_who_answered_what_is_told_as_the_kind_of_the_round_has_it(asked, confidence):
    of(asked, confidence)
    await asked.all_answer()
    before = await asked.returned()
    await asked.close()
    after = await asked.returned()
    assert len(before) == (0 if confidence is Confidence.ANONYMOUS else COUNT)
    assert Counter(one.response["words"] for one in after) == {f"第{number}句": 1 for number in range(COUNT)}
    named = {one.member: one.response["words"] for one in after}
    expected = {member.id: f"第{number}句" for number, member in enumerate(asked.members)}
    assert named == expected if confidence is Confidence.NAMED else set(named) == {None}


async def test_an_anonymous_round_takes_its_key_along(asked):
    await asked.all_answer()
    assert len(asked.keys.all()) == 1
    await asked.close()
    assert asked.keys.all() == frozenset()
    assert await asked.rows("SELECT DISTINCT state, body, branch_id FROM responses") == [("submitted", None, None)]
    assert (await asked.progress(0), await asked.draft(0)) == (Progress.SUBMITTED, {})
    assert await asked.write(lambda responses: responses.submitted(asked.one)) == {one.id for one in asked.members}


async def test_closing_twice_changes_nothing(asked):
    await asked.all_answer()
    await asked.close()
    first = await asked.returned()
    await asked.close()
    assert await asked.returned() == first
    with pytest.raises(ValueError, match="over"):
        await asked.write(lambda responses: responses.keep(asked.one, asked.members[0].id, answers(), AT))
    assert asked.keys.all() == frozenset()


async def test_a_closing_that_is_undone_leaves_the_key_and_all_answers(asked):
    await asked.all_answer()

    def fail(responses):
        responses.close(asked.one)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await asked.write(fail)
    assert len(asked.keys.all()) == 1
    assert await asked.draft(1) == answers(1, 2, "第1句")
    await asked.close()
    assert len(await asked.returned()) == COUNT


async def test_a_key_that_a_kill_has_left_is_destroyed_at_the_next_start(asked):
    class Killed(KeyFolder):
        def destroy(self, key):
            """The program dies before."""

    asked.database.keep_keys_in(Killed(asked.keys.folder))
    await asked.all_answer()
    await asked.close()
    assert len(asked.keys.all()) == 1
    asked.database.keep_keys_in(asked.keys)
    await asked.database.write(encryption.sweep)
    assert asked.keys.all() == frozenset()
    assert len(await asked.returned()) == COUNT


async def test_keys_of_open_rounds_are_left_at_a_start(asked):
    await asked.all_answer()
    asked.keys.make()  # of another store, or of a transaction that was lost
    await asked.database.write(encryption.sweep)
    assert len(asked.keys.all()) == 2


async def test_a_key_that_was_made_in_vain_goes_at_once(asked):
    def fail(responses):
        responses.keep(asked.one, asked.members[0].id, answers(), AT)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await asked.write(fail)
    assert asked.keys.all() == frozenset()


async def test_answers_whose_key_is_lost_may_be_given_anew(asked):
    await asked.all_answer(6)
    (key,) = asked.keys.all()
    asked.keys.destroy(key)
    assert (await asked.progress(0), await asked.draft(0)) == (None, {})
    assert await asked.write(lambda responses: responses.submitted(asked.one)) == set()
    await asked.all_answer(5)
    assert len(await asked.write(lambda responses: responses.submitted(asked.one))) == 5
    await asked.close()
    assert len(await asked.returned()) == 5
    assert asked.keys.all() == frozenset()


async def test_a_lost_key_that_comes_back_reads_its_answers(asked):
    await asked.all_answer(6)
    (key,) = asked.keys.all()
    kept = (asked.keys.folder / key).read_bytes()
    asked.keys.destroy(key)
    await asked.answer(7, answers(2))
    (asked.keys.folder / key).write_bytes(kept)
    await asked.close()
    assert len(await asked.returned()) == 7
    assert asked.keys.all() == frozenset()


async def test_too_few_answers_are_not_kept(asked):
    await asked.all_answer(4)
    await asked.close()
    assert await asked.returned() == []
    assert len(await asked.write(lambda responses: responses.submitted(asked.one))) == 4


async def test_a_branch_is_kept_where_enough_of_it_answered(asked):
    def found(stores):
        top = branches.add(stores, parent=None, kind=BranchKind.GENERAL_BRANCH, name="党总支")
        return [branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name=name).id for name in "甲乙"]

    large, small = await asked.database.write(found)
    for number in range(COUNT):
        await asked.answer(number, answers(number % 4), large if number < 6 else small)
    await asked.close()
    told = Counter(one.branch for one in await asked.returned())
    assert large not in told  # the two of the small one could be subtracted
    assert sorted(told.values()) == [COUNT]


@pytest.mark.parametrize("confidence", Confidence)
async def test_a_withdrawn_round_is_forgotten(asked, confidence):
    of(asked, confidence)
    await asked.all_answer()
    await asked.write(lambda responses: responses.forget(asked.one))
    assert await asked.rows("SELECT * FROM responses") == []
    assert (await asked.returned(), asked.keys.all()) == ([], frozenset())


async def test_what_was_begun_is_dropped_at_closing(asked):
    await asked.all_answer(6)
    await asked.write(lambda responses: responses.keep(asked.one, asked.members[7].id, answers(), AT))
    await asked.close()
    assert len(await asked.returned()) == 6
    assert await asked.progress(7) is None


async def test_a_leaver_s_draft_is_forgotten_and_what_they_submitted_counts(asked):
    await asked.all_answer(6)
    await asked.write(lambda responses: responses.keep(asked.one, asked.members[7].id, answers(), AT))
    for number in (0, 7):
        await asked.database.write(keeping.FEATURE.left, asked.members[number].id, None, AT)
    assert (await asked.progress(0), await asked.progress(7)) == (Progress.SUBMITTED, None)


async def test_an_erased_person_s_draft_is_forgotten(asked):
    await asked.all_answer(6)
    await asked.write(lambda responses: responses.keep(asked.one, asked.members[7].id, answers(), AT))
    for number in (0, 7):
        gone = asked.members[number].id
        await asked.database.write(lambda stores, gone=gone: stores.privacy.forget_member(gone, gone, AT))
    assert (await asked.progress(0), await asked.progress(7)) == (Progress.SUBMITTED, None)


async def test_two_members_who_are_one_have_one_answer(asked):
    await asked.answer(0, answers(1))
    await asked.answer(1, answers(2))
    await asked.answer(2, answers(3))
    for awaited, known in ((0, 1), (2, 3)):
        await asked.database.write(keeping.FEATURE.merged, asked.members[awaited].id, asked.members[known].id, AT)
    assert [await asked.draft(number) for number in range(4)] == [{}, answers(2), {}, answers(3)]


async def test_somebody_is_shown_that_they_answered_and_what_unless_it_is_anonymous(asked):
    def own(stores):
        tables = stores.privacy.own(asked.members[0], None)
        return next(table.rows for table in tables if table.name == "responses")

    await asked.all_answer()
    assert await asked.database.read(own) == [(1, "response.submitted", [])]
    await asked.close()
    assert await asked.database.read(own) == [(1, "response.submitted", [])]
    asked.one = replace(asked.one, id=RoundId(2), confidence=Confidence.NAMED)
    await asked.answer(0, answers(1, 4, "好"))
    assert (await asked.database.read(own))[1] == (2, "response.submitted", ["where: o1", "mark: 4", "words: 好"])


async def test_what_stands_in_the_store_has_one_size_and_no_order(asked):
    texts = ["", "好", "长" * 1000, "😀" * 1000, "".join(map(chr, range(0x20000, 0x203E8))), "\x01" * 1000, "a1" * 500]
    for number, words in enumerate(texts):
        await asked.answer(number, answers(number % 4, number % 5 + 1, words))
    bodies = [body for (body,) in await asked.rows("SELECT body FROM responses")]
    assert len({len(body) for body in bodies}) == 1
    assert all(word not in body for body in bodies for word in ('"where"', '"o1"', "好"))
    await asked.close()
    keys = await asked.rows("SELECT key FROM anonymous_answers")
    assert len({key for (key,) in keys}) == len(texts)


async def test_answers_do_not_show_in_which_order_questions_were_answered(asked):
    for number in range(5):
        one = answers(1, 2, "嗯")
        await asked.answer(number, dict(reversed(one.items())) if number % 2 else one)
    await asked.close()
    assert len(set(await asked.rows("SELECT body FROM anonymous_answers"))) == 1


def test_the_room_holds_any_choice():
    questions = [Question(f"q{n}", QuestionKind.TEXT, "？") for n in range(60)]
    assert room_for(Questionnaire("很长", tuple(questions))) > 60 * 3000
    assert room_for(QUESTIONNAIRE) < 4000


def test_what_is_encrypted_for_one_thing_is_nothing_else():
    keyring = Keyring(KeysInMemory())
    cipher, key = Cipher(keyring), keyring.make()
    hidden = cipher.encrypt(key, "好", "inbox:1")
    assert (cipher.decrypt(hidden, "inbox:1"), cipher.decrypt(hidden, "inbox:2")) == ("好", None)
