from tests.dialogue.conftest import LI, SECRETARY, Place


async def test_finishing_a_task_twice_credits_its_owner_once(group: Place) -> None:
    assert "整理 &lt;实验室&gt;" in await group.says(SECRETARY, "/task @li 明天18:00前 整理 <实验室>")
    assert "完成了 1 号「整理 &lt;实验室&gt;」" in await group.says(LI, "/done 1")
    assert "早已完成" in await group.says(LI, "/done 1")
    assert await group.points_of(LI) == 5
