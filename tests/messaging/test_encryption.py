"""A private chat under a key, in the running program."""

from sqlalchemy import text

from bot import encryption_keys
from bot.encryption_keys import KeyFolder
from tests.dialogue import LI, Place

SECRET = "食堂太贵了没人敢说"


def folder(world) -> KeyFolder:
    return KeyFolder(encryption_keys.folder_of(world.settings))


async def under_a_key(place: Place) -> str:
    """Put a chat under a new key."""

    def begin(stores):
        key = stores.encryption.new_key()
        stores.encryption.begin(stores.chats.find(place.chat.id).id, key)
        return key

    return await place.world.program.database.write(begin)


async def end(place: Place, key: str) -> None:
    await place.world.program.database.write(lambda stores: stores.encryption.destroy(key))


async def test_the_bot_answers_as_ever_and_neither_inbox_nor_outbox_nor_log_keeps_the_words(
    private: Place, caplog
) -> None:
    key = await under_a_key(private)
    heard = await private.says(LI, f"/suggest {SECRET}怎么办")
    assert heard
    await private.says(LI, "/help")
    assert SECRET not in caplog.text
    waiting = await private.world.rows("inbox", "body <> '' AND substr(body, 1, 1) = '~'")
    assert waiting == 0  # they are handled, and nothing of them stays
    outbox = text("SELECT count(*) FROM outbox WHERE body LIKE :words")
    found = await private.world.program.database.read(
        lambda stores: stores.connection.execute(outbox, {"words": f"%{SECRET}%"}).scalar_one()
    )
    assert found == 0
    await end(private, key)
    assert folder(private.world).all() == frozenset()


async def test_what_was_not_handled_goes_on_after_a_restart(private: Place) -> None:
    await under_a_key(private)
    async with private.world.away("2026-11-25 10:05"):
        private.writes(LI, "/help")
    assert private.bot_messages()
    assert await private.world.rows("inbox", "done_at IS NULL") == 0


async def test_an_update_that_nobody_can_read_any_more_is_closed(private: Place) -> None:
    world = private.world
    key = await under_a_key(private)
    held = text("UPDATE inbox SET done_at = NULL, tries = 0, body = :body, lane = :lane WHERE id = :id")

    def leave_open(stores):
        """As a kill between storing and handling leaves it."""
        last = stores.connection.execute(text("SELECT max(id) FROM inbox")).scalar_one()
        hidden = stores.inbox.cipher.encrypt(key, f'{{"update_id": {last}}}', f"inbox:{last}")
        stores.connection.execute(held, {"body": hidden, "lane": str(private.chat.id), "id": last})

    said = len(private.bot_messages())
    await world.program.database.write(leave_open)
    await end(private, key)
    await world.restart()
    assert await world.rows("inbox", "done_at IS NULL") == 0
    assert len(private.bot_messages()) == said
    assert await private.says(LI, "/help")


async def test_a_key_that_is_lost_lets_go_of_its_chat_at_the_start(private: Place) -> None:
    key = await under_a_key(private)
    folder(private.world).destroy(key)
    await private.world.restart()
    assert await private.says(LI, "/help")


async def test_the_end_of_a_key_empties_the_log_of_changes(private: Place) -> None:
    key = await under_a_key(private)
    await end(private, key)
    log = private.world.settings.database_file.with_name(f"{private.world.settings.database_file.name}-wal")
    assert log.stat().st_size < 100_000  # what came after it alone
