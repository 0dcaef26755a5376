"""The tag table in chat: looked at, changed by words and by a file, and used at once."""

import asyncio

import pytest

from bot.tagging import CurrentTagger
from handlers.voice.tag_files import for_tagger, shipped
from sandbox.files import Upload
from sheets import Column, Table, write
from tests.dialogue import LI, SECRETARY, Place, World, opened


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({7000000002})  # Li's number on the local Telegram


def file(*rows: tuple[str, ...]) -> Upload:
    columns = [Column(heading, 12) for heading in ("标签", "英文", "类别", "线索词")]
    return Upload("词表.xlsx", "", write([Table("词表", columns, rows)], as_csv=False))


async def tags_of(world: World, text: str) -> tuple[str, ...]:
    return (await world.program._tagger.read(text)).tags


async def test_an_administrator_changes_the_table_and_it_is_used_at_once(private: Place, world: World) -> None:
    assert "安全生产　2107 个词" in await private.says(LI, "标签词表")
    await private.presses(LI, "宿舍")
    assert "第 1–80 个" in private.newest()
    await private.presses(LI, "返回词表")
    assert "没有“宿合”这个标签" in await private.says(LI, "/tags 宿合 +猫眼")
    assert "“…”只能用在短语、提示中间" in await private.says(LI, "/tags 宿舍 +…猫眼")
    assert "写成：/tags" in await private.says(LI, "/tags 宿舍")
    assert "宿舍：加 2 个词" in await private.says(LI, "/tags 宿舍 +猫眼 ＋晾衣杆")
    assert "没有变" in await private.says(LI, "/tags 宿舍 +猫眼")
    assert "新标签：夜班补贴" in await private.says(LI, "/tags 新建 夜班补贴 Night shifts +夜餐补助")
    assert await tags_of(world, "猫眼和晾衣杆") == ("宿舍",)
    assert (await tags_of(world, "夜餐补助又没到账"))[:1] == ("夜班补贴",)
    assert "夜餐补助" in (await world.program._tagger.read("夜餐补助又没到账")).keywords
    assert "去掉标签：夜班补贴" in await private.says(LI, "/tags 删除 夜班补贴")
    assert "夜班补贴" not in await tags_of(world, "夜餐补助又没到账")
    assert await world.rows("audit", "action = 'tags.changed'") == 3
    assert "加 2 个线索词" in await private.says(LI, "/audit")
    office = await opened(world, SECRETARY)
    assert "安全生产" not in await office.says(SECRETARY, "/tags")


async def test_a_file_is_the_whole_table_after_a_preview_and_all_or_nothing(private: Place, world: World) -> None:
    told = await private.says(LI, "/tags", document=file(("宿舍", "", "词", "猫"), ("宿舍", "", "词语", "猫眼")))
    assert "第 2 行：一个字到处都有" in told
    assert "没找到表头" in await private.says(LI, "/tags", document=Upload("a.csv", "", b"a,b\n1,2\n"))
    good = file(("宿舍", "Rooms", "词", "猫眼"), ("宿舍", "", "短语", "太…吵"), ("猫事", "", "提示", "猫"))
    told = await private.says(LI, "/tags", document=good)
    assert "新标签：猫事" in told
    assert "去掉标签：安全生产" in told
    assert await world.rows("tag_changes") == 0
    await private.presses(LI, "不导入")
    await private.says(LI, "/tags", document=good)
    await private.presses(LI, "导入")
    assert "词表已改，马上就用（第 1 次）" in private.newest()
    assert await tags_of(world, "猫眼") == ("宿舍",)
    assert "一样，没有要改的" in await private.says(LI, "/tags", document=good)
    await private.presses(LI, "下载词表") if "下载词表" in private.buttons() else None
    tagger = world.program._tagger.tagger
    await asyncio.to_thread(tagger.change, for_tagger(shipped()))
    started_later = CurrentTagger(tagger, world.program.database)
    assert (await started_later.read("瓦斯超限")).tags == ()
    await private.says(
        LI,
        "/tags",
        document=file(
            ("宿舍", "", "词", "热水"),
        ),
    )
    await private.says(LI, "/tags 宿舍 +锁孔")
    await private.presses(LI, "导入")
    assert await world.rows("tag_changes", "cue = '热水' AND added") == 0, "it was not the table of the preview"
