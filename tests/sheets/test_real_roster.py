"""Rosters as personnel offices export them: numbers, separators, headings, those who have left."""

from datetime import date

import pytest

from sheets import Mistake, Reason, Unused, WrongFile, read_roster
from tests.sheets.making import csv, xlsx

HEAD = ["姓名", "工号", "支部"]


def lines(data):
    """Everybody in a file without faults."""
    reading = read_roster(data)
    assert list(reading.faults) == []
    return list(reading.lines)


def faults(data):
    return [(fault.row, fault.column, fault.mistake, fault.value) for fault in read_roster(data).faults]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("10023.0", "10023"),
        ("10023.00", "10023"),
        ("10023.", "10023"),
        ("1.0024E+4", "10024"),
        ("1.00240E+04", "10024"),
        ("1.0024e4", "10024"),
        ('="00025"', "00025"),
        ('"=""00025"""', "00025"),
        ("'00025", "00025"),
        ("’00025", "00025"),
        ("\t00025", "00025"),
        ("00025", "00025"),
        ('"10,023"', "10023"),
        ('"1,010,023.00"', "1010023"),
        ("１００２３", "10023"),
        ("１００２３．０", "10023"),
        ("A-17", "A-17"),
        ("5E3", "5E3"),
        ("12E5", "12E5"),
        ("2021/001", "2021/001"),
    ],
)
def test_a_number_in_a_csv_is_the_one_that_a_workbook_has(written, number):
    (line,) = lines(csv("姓名,工号,支部", f"李伟,{written},一支部"))
    assert line.number == number


@pytest.mark.parametrize("written", ["1.00E+05", "1E+05", "1.23457E+11", "10023.5", "1.00245E+4"])
def test_a_number_that_lost_its_last_digits_is_told(written):
    assert faults(csv("姓名,工号,支部", f"李伟,{written},一支部")) == [(2, "B", Mistake.NOT_A_NUMBER, written)]


@pytest.mark.parametrize(
    ("written", "bare"), [("123", True), ("123.0", True), ("0123", False), ('="123"', False), ("'123", False)]
)
def test_a_number_of_a_csv_may_have_lost_its_noughts(written, bare):
    (line,) = lines(csv("姓名,工号,支部", f"李伟,{written},一支部"))
    assert line.bare_number is bare


@pytest.mark.parametrize(
    ("first", "second", "mistake", "value"),
    [
        ("10023", "10023.0", Mistake.NUMBER_TWICE, "10023 (2)"),
        ("1.0023E+4", '"10,023"', Mistake.NUMBER_TWICE, "10023 (2)"),
        ("00025", "25", Mistake.NUMBER_ALIKE, "25 / 00025 (2)"),
        ("25.0", '="00025"', Mistake.NUMBER_ALIKE, "00025 / 25 (2)"),
        ("A-17", "a-17", Mistake.NUMBER_ALIKE, "a-17 / A-17 (2)"),
    ],
)
def test_two_spellings_of_one_number_are_told_with_both_rows(first, second, mistake, value):
    data = csv("姓名,工号,支部", f"李伟,{first},一支部", f"王海燕,{second},一支部")
    assert faults(data) == [(3, "B", mistake, value)]


def test_numbers_that_differ_as_texts_are_two():
    assert len(lines(xlsx([HEAD, ["李伟", "0125", "一支部"], ["王海燕", "00125", "一支部"]]))) == 2


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("员工工号", "number"),
        ("人员编号", "number"),
        ("职工工号（必填）", "number"),
        ("党员姓名", "name"),
        ("所属党组织名称", "party"),
        ("所在支部", "party"),
        ("所在党支部全称", "party"),
        ("部门路径", "unit"),
        ("所属部门名称", "unit"),
        ("党内职务", "role"),
        ("本人手机号码", "phone"),
        ("加入中国共产党时间", "joined_on"),
        ("员工状态", "status"),
        ("离职日期", "left_on"),
    ],
)
def test_headings_of_real_files_are_known(heading, field):
    rows = [[*("姓名", "工号", "支部"), heading]] if field not in ("name", "number", "party") else [[heading]]
    rows[0] += [one for one in HEAD if one not in rows[0]]
    reading = read_roster(xlsx([rows[0]]))
    assert field in reading.told
    assert not reading.unused or reading.unused[0].instead


def test_of_two_columns_the_one_that_means_it_is_taken_and_that_is_said():
    heading = ["姓名", "编号", "员工工号", "支部", "职务", "党内职务", "入职日期", "入党日期", "联系电话", "手机"]
    row = [
        "李伟",
        "1",
        "00017",
        "一支部",
        "车间主任",
        "支部书记",
        "2010-07-01",
        "2023-05-01",
        "0931-8888888",
        "13800000000",
    ]
    reading = read_roster(xlsx([heading, row]))
    (line,) = reading.lines
    assert (line.number, line.role, line.joined_on, line.phone) == (
        "00017",
        "支部书记",
        date(2023, 5, 1),
        "13800000000",
    )
    assert {(one.heading, one.instead) for one in reading.unused} == {
        ("编号", "员工工号"),
        ("职务", "党内职务"),
        ("入职日期", "入党日期"),
        ("联系电话", "手机"),
    }


def test_a_day_of_employment_is_no_day_of_joining_the_party():
    reading = read_roster(xlsx([[*HEAD, "入职日期"], ["李伟", "1", "一支部", "2010-07-01"]]))
    assert "joined_on" not in reading.told
    assert list(reading.unused) == [Unused("入职日期")]


def test_a_heading_over_two_says_which_is_meant():
    rows = [
        ["姓名", "工号", "支部", "党内", "行政"],
        ["", "", "", "职务", "职务"],
        ["李伟", "1", "一支部", "委员", "科长"],
    ]
    reading = read_roster(xlsx(rows, merged=["A1:A2", "B1:B2", "C1:C2"]))
    assert reading.lines[0].role == "委员"


def test_a_column_that_is_merged_over_two_is_one():
    rows = [["姓名", "", "工号", "支部"], ["李伟", "", "1", "一支部"]]
    (line,) = lines(xlsx(rows, merged=["A1:B1", "A2:B2"]))
    assert line.name == "李伟"


@pytest.mark.parametrize(
    ("heading", "like"),
    [("员工代号", "员工号"), ("人员编号码", "人员编码"), ("手机号吗", "手机号"), ("食堂卡", ""), ("性别", "")],
)
def test_an_unknown_heading_is_named_with_the_nearest_one(heading, like):
    reading = read_roster(csv(f"姓名,支部,{heading}", "李伟,一支部,1"))
    assert list(reading.unused) == [Unused(heading, like)]


def test_a_file_without_a_heading_names_what_looked_like_one():
    with pytest.raises(WrongFile) as caught:
        read_roster(csv("党员名子,员工代号,党支郎", "李伟,1,一支部"))
    assert caught.value.reason is Reason.NO_HEADER
    assert "员工代号→员工号" in caught.value.detail
    assert "党员名子→党员姓名" in caught.value.detail


@pytest.mark.parametrize(
    ("status", "gone"),
    [
        ("在职", False),
        ("", False),
        ("试用期", False),
        ("未离职", False),
        ("退休返聘", False),
        ("借调", False),
        ("离职", True),
        ("已离职", True),
        ("退休（2024年）", True),
        ("退休人员", True),
        ("调出", True),
        ("Retired", True),
    ],
)
def test_a_status_tells_who_is_gone(status, gone):
    (line,) = lines(xlsx([[*HEAD, "员工状态"], ["李伟", "1", "一支部", status]]))
    assert line.gone is gone


@pytest.mark.parametrize("status", ["拟调出", "离职中", "办理退休", "辞职待批"])
def test_a_status_that_may_mean_either_is_told(status):
    assert faults(xlsx([[*HEAD, "员工状态"], ["李伟", "1", "一支部", status]])) == [
        (2, "D", Mistake.NOT_A_STATUS, status)
    ]


@pytest.mark.parametrize(
    ("heading", "answer", "gone"),
    [("是否在职", "是", False), ("是否在职", "否", True), ("是否离职", "是", True), ("是否离职", "", False)],
)
def test_a_question_in_the_heading_is_answered(heading, answer, gone):
    (line,) = lines(xlsx([[*HEAD, heading], ["李伟", "1", "一支部", answer]]))
    assert line.gone is gone


def test_who_is_gone_needs_no_branch_and_may_stand_where_they_are_now_too():
    rows = [[*HEAD, "状态", "离职日期"], ["李伟", "1", "", "调出", "2026-10-31"], ["李伟", "1", "二支部", "在职", ""]]
    gone, there = lines(xlsx(rows))
    assert (gone.gone, gone.branch, gone.left_on) == (True, (), date(2026, 10, 31))
    assert (there.gone, there.branch, there.left_on) == (False, ("二支部",), None)


@pytest.mark.parametrize(
    "name",
    [
        "张伟、李伟",
        "张伟,李伟",
        "张伟/李伟",
        "张伟；李伟",
        "张伟\n李伟",
        "张伟  李伟",
        "John Smith / Li Wei",
        "赵敏 & 周杰",
    ],
)
def test_two_people_in_a_cell_are_told(name):
    assert [fault[:3] for fault in faults(xlsx([HEAD, [name, "1", "一支部"]]))] == [(2, "A", Mistake.TWO_PEOPLE)]


@pytest.mark.parametrize(
    "name",
    ["李　伟", "欧阳 建国", "欧阳\n修", "Smith, John", "买买提·艾力", "阿里木江 买买提", "John Smith", "张伟（女）"],
)
def test_one_person_is_one(name):
    assert len(lines(xlsx([HEAD, [name, "1", "一支部"]]))) == 1


@pytest.mark.parametrize("number", ["10023、10024", "10023 10024", "10023\n10024", "10023;10024"])
def test_two_numbers_in_a_cell_are_told(number):
    assert (2, "B", Mistake.TWO_PEOPLE) in [fault[:3] for fault in faults(xlsx([HEAD, ["李伟", number, "一支部"]]))]


TITLE = "江北精工机械有限公司党员名册（2026年11月，共2人）"


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "；", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_separator_is_found_beside_others_in_quotes(separator, encoding):
    heading = ["姓名", "工号", '"职务（书记,副书记;委员，其他；无|空\t）"', "支部"]
    rows = [
        ["李伟", "00017", '"委员,书记;、|，；\t"', "集团党委/第一党支部"],
        ["王海燕", "00018", "", "集团党委/第一党支部"],
    ]
    data = csv(TITLE, "", *(separator.join(row) for row in (heading, *rows)), encoding=encoding)
    assert [(line.row, line.number) for line in lines(data)] == [(4, "00017"), (5, "00018")]


def test_signs_in_the_cells_do_not_part_what_the_heading_does_not():
    data = csv("姓名\t工号\t支部\t特长", *(f"李伟\t{number}\t一支部\t唱歌,跳舞,书法,摄影" for number in range(1, 9)))
    assert len(lines(data)) == 8
    data = csv("姓名,工号,支部", *(f"李伟,{number},集团党委|一总支|一支部" for number in range(1, 9)))
    assert lines(data)[0].branch == ("集团党委", "一总支", "一支部")


def test_a_separator_that_excel_names_and_blanks_before_quotes_are_no_matter():
    (line,) = lines(csv("sep=;", '姓名; "工号"; "支部"', '李伟; "00017"; "一支部"'))
    assert (line.row, line.number) == (3, "00017")
