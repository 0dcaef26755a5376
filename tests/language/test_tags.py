"""Suggestions get the tags that a person would give them, and keywords that can be counted."""

import logging
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.table import TABLE, Tag, TagTableError
from language.tags import MAX_KEYWORDS, MAX_TAGS, NotLoadedError, Tagger, Tagging


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="module")
def tagger(cache: Path) -> Tagger:
    made = Tagger(cache)
    made.load()
    return made


SUGGESTIONS = """
三号皮带机经常跑偏，建议检修班每周点检一次托辊 | 设备维护
五号皮带机的托辊异响，夜班听着心慌，请安排检修 | 设备维护
四号车床主轴有异响，加工精度也受影响 | 设备维护 工艺质量
M1432磨床冷却液发臭，味道大 | 设备维护
行车钢丝绳磨损严重，希望尽快更换，别等出事 | 设备维护 安全生产
空调漏水，滴到配电箱上，太危险了！！！😱 | 设备维护 安全生产
3号皮带机旁边的护栏松动了，人路过很危险 | 安全生产
消防通道上堆放周转箱，出事跑不出去 | 安全生产 仓储物流
叉车在厂区超速，建议装限速牌和凸面镜 | 安全生产
配电柜没有上锁，谁都能打开，建议挂警示牌 | 安全生产
灭火器压力表已经到红区了，没人检查 | 安全生产
食堂夜班餐太凉，能不能加个保温柜 | 食堂后勤
食堂排队打饭时间太长，建议错峰就餐 | 食堂后勤
午饭的米饭经常夹生，菜也不热 | 食堂后勤
开水房的水有异味，滤芯该换了 | 食堂后勤 环境卫生
宿舍三楼热水晚上十点后就没有了 | 宿舍
宿舍楼晾衣服的地方不够，雨天没处晾 | 宿舍
职工公寓的无线网络太慢，晚上视频都打不开 | 宿舍 信息化
换模时间太长，建议把工装夹具放到机床旁边 | 工艺质量
首件检验经常漏做，返工多，建议贴提示卡 | 工艺质量
来料尺寸不稳定，返修太多，建议加强来料检验 | 工艺质量
装配车间夏天太闷热，建议加装工业风扇 | 劳动保护
劳保鞋底太硬，站一天脚疼，建议换一个牌子 | 劳动保护
焊接岗位的防尘口罩发放数量不够 | 劳动保护
工作服夏天太厚，建议换透气的 | 劳动保护
新员工上岗前培训太短，很多操作规程没讲清楚 | 培训学习
建议开设数控编程的课程，老师傅带徒弟 | 培训学习
电工复训的费用能不能由公司承担 | 培训学习
夜班补贴多年没有调整，建议适当提高 | 薪酬福利
排班表能不能提前一周发，方便安排家里的事 | 薪酬福利
希望公开加班费的计算办法，工资条写清楚 | 薪酬福利
班车早上7点的那班太挤，建议增加一辆 | 交通班车
停车场电动车充电桩不够用 | 交通班车
城东线路班车经常晚点，等二十多分钟 | 交通班车
二车间卫生间异味很大，建议增加保洁次数 | 环境卫生
吸烟点太远，很多人在楼道里乱扔烟头 | 环境卫生
机加工区地面有油污，走路容易滑倒 | 环境卫生 安全生产
MES系统扫码经常卡顿，影响报工 | 信息化
报表每天手工填三遍，能不能用系统自动生成 | 信息化
Please fix the WiFi in the workshop, the ERP system is too slow | 信息化
健身房晚上九点就关门，下中班的人用不上 | 文体活动
希望多搞些乒乓球、羽毛球活动，丰富业余生活 | 文体活动
班前会讲得太多太空，建议控制在十分钟 | 沟通管理
合理化建议交上去没有反馈，希望公示处理结果 | 沟通管理
评优总是那几个人，建议公开投票 | 沟通管理
三会一课能不能结合生产，讲讲身边的案例 | 党建活动
主题党日建议到红色教育基地走一走 | 党建活动
车间白天灯全开着，建议改成感应灯，节约用电 | 节能降耗
办公楼空调开着没人，建议下班统一关灯关空调 | 节能降耗
物料配送不及时，装配线经常缺料停线 | 仓储物流
仓库发料慢，领一次料要等半小时 | 仓储物流
建议食堂增加 vegetarian 窗口，new staff 吃不惯 | 食堂后勤
"""

ROWS = [tuple(part.strip() for part in row.split("|")) for row in SUGGESTIONS.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_suggestion_gets_the_tags_that_a_person_would_give(tagger: Tagger, text: str, expected: str) -> None:
    assert set(tagger.read(text).tags) == set(expected.split())


def test_every_tag_of_the_table_is_given_to_some_suggestion(tagger: Tagger) -> None:
    given_tags = {name for _, expected in ROWS for name in expected.split()}
    assert {tag.name for tag in tagger.tags} == given_tags


def test_machines_with_different_numbers_are_different_keywords(tagger: Tagger) -> None:
    assert tagger.read("三号皮带机跑偏").keywords[0] == "三号皮带机"
    assert tagger.read("五号皮带机跑偏").keywords[0] == "五号皮带机"


@pytest.mark.parametrize("text", ["三号皮带机", "3号皮带机", "３号皮带机", "3#皮带机", "第3号皮带机", "3 号皮带机"])
def test_one_machine_is_one_keyword_however_its_number_is_written(tagger: Tagger, text: str) -> None:
    assert tagger.read(f"建议检修{text}，一直跑偏").keywords[0] == "三号皮带机"


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("10-1号皮带机跑偏", "10-1号皮带机"),
        ("A3号行车抱闸松", "A3号行车"),
        ("b-2#磨煤机振动大", "B-2号磨煤机"),
        ("1.2号水泵漏水", "1.2号水泵"),
        ("东3号门锁坏了", "东3号门锁"),
        ("03号皮带机跑偏", "三号皮带机"),
    ],
)
def test_what_stands_before_a_number_belongs_to_it(tagger: Tagger, text: str, keyword: str) -> None:
    keywords = tagger.read(text).keywords
    assert keyword in keywords
    assert not {"一号皮带机", "三号行车", "二号磨煤机", "二号水泵", "三号门锁"} & set(keywords)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [("12号机床漏油", "12号机床"), ("二车间太热", "二车间"), ("3号楼电梯", "三号楼"), ("第二食堂的菜", "二食堂")],
)
def test_places_and_greater_numbers_are_kept_too(tagger: Tagger, text: str, keyword: str) -> None:
    assert keyword in tagger.read(text).keywords


def test_words_that_say_nothing_are_no_keywords(tagger: Tagger) -> None:
    assert tagger.read("建议公司考虑一下，希望大家现在尽快解决这个问题，谢谢").keywords == ()


def test_english_keywords_are_spelt_as_in_the_table(tagger: Tagger) -> None:
    assert tagger.read("车间 wifi 和 mes 都慢").keywords == ("WiFi", "MES")


@pytest.mark.parametrize(
    "text", ["", " ", "　\n", "👍👍👍", "。。。！！！", "12345", "<>&", "\u202e\u200f", "的", "\x00"]
)
def test_a_text_about_nothing_has_no_keywords_and_no_tags(tagger: Tagger, text: str) -> None:
    assert tagger.read(text) == Tagging()


def test_a_text_of_4096_characters_is_read(tagger: Tagger) -> None:
    text = ("三号皮带机经常跑偏，食堂的菜太咸。" * 300)[:4096]
    assert tagger.read(text).keywords[0] == "三号皮带机"
    assert tagger.read("唉" * 4096) == Tagging()


def test_a_longer_word_does_not_count_as_the_shorter_one_in_it(tagger: Tagger) -> None:
    assert tagger.read("安全帽旧了").tags == ("劳动保护",)


@settings(deadline=None)
@given(text=st.text() | st.lists(st.sampled_from([row[0] for row in ROWS])).map("".join))
def test_any_text_gives_a_few_keywords_and_tags_and_the_same_each_time(tagger: Tagger, text: str) -> None:
    tagging = tagger.read(text)
    assert len(tagging.keywords) <= MAX_KEYWORDS
    assert len(tagging.tags) <= MAX_TAGS
    assert set(tagging.tags) <= {tag.name for tag in tagger.tags}
    assert len(set(tagging.keywords)) == len(tagging.keywords)
    assert tagger.read(text) == tagging


def test_two_taggers_say_the_same(tagger: Tagger, cache: Path) -> None:
    other = Tagger(cache)
    other.load()
    assert [other.read(text) for text, _ in ROWS] == [tagger.read(text) for text, _ in ROWS]


def test_an_enterprise_may_bring_its_own_table_and_dictionary(tmp_path: Path, cache: Path) -> None:
    table, dictionary = tmp_path / "tags.toml", tmp_path / "words.txt"
    table.write_text('[[tag]]\nname = "窑炉"\nenglish = "Kiln"\nwords = ["回转窑", "窑皮"]\n', encoding="utf-8")
    dictionary.write_text("# 本厂的叫法\n篦冷机 回转窑\n", encoding="utf-8")
    own = Tagger(cache, table=table, dictionary=dictionary)
    own.load()
    assert own.read("二号回转窑窑皮脱落，篦冷机堆料") == Tagging(("二号回转窑", "窑皮", "篦冷机"), ("窑炉",))


def test_a_changed_table_is_used_at_once(cache: Path) -> None:
    own = Tagger(cache)
    with pytest.raises(NotLoadedError):
        own.change(())
    own.load()
    text = "二号篦冷机堆雪人了"
    assert own.read(text).tags == ()
    own.change((*own.tags, Tag("窑炉", "Kiln", frozenset({"篦冷机"}))))
    assert own.read(text) == Tagging(("二号篦冷机",), ("窑炉",))
    own.change(own.tags[:-1])
    assert own.read(text).tags == ()


@pytest.mark.parametrize(
    "table",
    ["[[tag]", "", '[[tag]]\nname = "a"\n', "tag = 3", '[[tag]]\nname="a"\nenglish="a"\nwords=[]\n' * 2],
)
def test_a_table_that_cannot_be_used_is_a_named_error_with_its_path(tmp_path: Path, table: str) -> None:
    path = tmp_path / "tags.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(TagTableError, match=r"tags\.toml"):
        Tagger(tmp_path, table=path).load()


@pytest.mark.parametrize(
    "text",
    [
        "那边盖板翘起来了，早晚有人摔下去",
        "老张又没系带子就上去了",
        "顶扳又往下掉矸石了",
        "灭活器压力都没了，也没人换",
        "脚手驾上的板子没绑牢",
    ],
)
def test_a_hazard_is_found_without_its_usual_word_and_with_signs_of_the_same_sound(tagger: Tagger, text: str) -> None:
    assert "安全生产" in tagger.read(text).tags


def test_the_parts_of_a_phrase_stand_in_one_clause(tmp_path: Path, cache: Path) -> None:
    table = tmp_path / "tags.toml"
    table.write_text('[[tag]]\nname = "a"\nenglish = "a"\nwords = ["没…系…带"]\n', encoding="utf-8")
    own = Tagger(cache, table=table)
    own.load()
    assert own.read("他没把系绳带上").tags == ("a",)
    assert own.read("人没来，系统带不动").tags == ()
    assert own.read("没系带").tags == ("a",)


def test_reading_before_loading_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(NotLoadedError):
        Tagger(tmp_path).read("食堂")


def test_loading_writes_into_the_given_folder_alone_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own" / "words"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    tagger = Tagger(own)
    tagger.load()
    tagger.load()
    assert tagger.read("食堂").tags == ("食堂后勤",)
    assert list(shared.iterdir()) == []
    assert {path.suffix for path in own.iterdir()} == {".cache"}
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("jieba").handlers == []


def test_a_broken_cache_is_built_anew(tmp_path: Path) -> None:
    Tagger(tmp_path).load()
    for path in tmp_path.iterdir():
        path.write_bytes(b"broken")
    tagger = Tagger(tmp_path)
    tagger.load()
    assert tagger.read("食堂").tags == ("食堂后勤",)


def test_the_files_that_come_along_have_no_word_twice_in_one_tag() -> None:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["tag"]
    assert all(len(set(row["words"])) == len(row["words"]) for row in rows)
    assert all(row["english"] and row["name"] for row in rows)


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("走廊的灯坏了", ("走廊",)),
        ("活动室加个空调", ("活动室", "空调")),
        ("会议室加两把椅子", ("会议室", "椅子")),
        ("三号楼灯坏了", ()),
        ("希望给PLC培训", ("plc", "培训")),
    ],
)
def test_a_keyword_is_a_word_of_the_dictionary_never_a_fragment(
    tagger: Tagger, text: str, keywords: tuple[str, ...]
) -> None:
    assert tagger.read(text).keywords == keywords


def test_words_that_are_taken_out_are_forgotten_as_after_a_start(cache: Path) -> None:
    texts = ("窑炉区的篦冷机异响", "三号皮带机经常跑偏", "食堂夜班餐太凉")
    own, fresh = Tagger(cache), Tagger(cache)
    own.load()
    fresh.load()
    table = own.tags
    own.change((*table, Tag("窑炉", "Kiln", frozenset({"窑炉区的篦", "皮带机经常", "餐太凉"}))))
    assert own.read(texts[0]) != fresh.read(texts[0])
    own.change(table)
    assert [own.read(text) for text in texts] == [fresh.read(text) for text in texts]
