"""Rosters as offices keep them: what is read, and what is said of what cannot be."""

import io
import zipfile
from datetime import date

import pytest

from sheets import Mistake, Reason, WrongFile, read_roster
from sheets.roster import split
from tests.sheets.making import Formula, csv, xlsx

HEAD = ["姓名", "工号", "所在党组织"]


def people(data):
    """Number, name and branch of everybody, of a file without faults."""
    reading = read_roster(data)
    assert list(reading.faults) == []
    return [(line.number, line.name, "/".join(line.branch)) for line in reading.lines]


def one(data):
    (line,) = read_roster(data).lines
    return line


def faults(data):
    return [(fault.row, fault.column, fault.mistake) for fault in read_roster(data).faults]


def refused(data):
    with pytest.raises(WrongFile) as caught:
        read_roster(data)
    return caught.value.reason


LI = ("00017", "李伟", "集团党委/第一党支部")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding):
    assert people(csv("姓名,工号,所在党组织", "李伟,00017,集团党委/第一党支部", encoding=encoding)) == [LI]


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "；", "|"])
def test_a_csv_is_read_with_any_separator(separator):
    lines = [["姓名", "工号", "支部", "职务"], ["李伟", "00017", "集团党委/第一党支部", "书记"]]
    assert people(csv(*(separator.join(line) for line in lines))) == [LI]


@pytest.mark.parametrize(
    "heading",
    [
        ["工号", "支部", "姓名"],
        ["*员工编号（必填）", "所在党支部", "姓  名："],
        ["Employee No.", "Branch path", "Full name"],
        ["人员编号", "党组织 名称", "党员姓名"],
        ["STAFF ID", "party branch", "NAME"],
    ],
    ids=" ".join,
)
def test_columns_are_known_by_their_headings_wherever_they_stand(heading):
    assert people(xlsx([heading, ["00017", "集团党委/第一党支部", "李伟"]])) == [LI]


def test_what_stands_above_the_heading_and_beside_it_is_no_matter():
    rows = [
        ["江北精工机械有限公司党员名册"],
        ["制表日期：", date(2026, 11, 25)],
        [],
        ["序号", "姓名", "性别", "工号", "所在党组织", "备注"],
        [1, "李伟", "男", "00017", "集团党委/第一党支部", "老党员"],
    ]
    reading = read_roster(xlsx(rows, merged=["A1:F1"]))
    assert (reading.lines[0].row, reading.lines[0].name) == (5, "李伟")
    assert [one.heading for one in reading.unused] == ["序号", "性别", "备注"]
    assert not any(one.like or one.instead for one in reading.unused)
    assert reading.told == {"name", "number", "party"}


def test_merged_cells_hold_for_each_of_their_rows():
    rows = [HEAD, ["李伟", "1", "一支部"], ["王海燕", "2", ""], ["赵敏", "3", ""], ["周杰", "4", "二支部"]]
    assert [line[2] for line in people(xlsx(rows, merged=["C2:C4"]))] == ["一支部"] * 3 + ["二支部"]
    assert faults(xlsx(rows)) == [(3, "C", Mistake.NO_BRANCH), (4, "C", Mistake.NO_BRANCH)]


def test_a_heading_may_have_two_storeys():
    rows = [
        ["姓名", "工号", "党组织", "", "请假", ""],
        ["", "", "党总支", "党支部", "开始", "结束"],
        ["李伟", "1", "一总支", "一支部", "2026-11-02", "2026-11-13"],
        ["王海燕", "2", "机关党支部", "", "", ""],
    ]
    li, wang = read_roster(xlsx(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "C4:D4"])).lines
    assert (li.name, li.branch, li.leave_to) == ("李伟", ("一总支", "一支部"), date(2026, 11, 13))
    assert wang.branch == ("机关党支部",)


def test_several_columns_make_one_path_and_units_count_where_the_party_has_none():
    rows = [
        ["姓名", "工号", "党委", "党总支", "党支部", "部门", "班组"],
        ["李伟", "1", "集团党委", "一总支", "一支部", "机加", "甲班"],
        ["王海燕", "2", "集团党委", "", "机关支部", "", ""],
        ["赵敏", "3", "", "", "", "机加", "甲班"],
    ]
    found = [branch for _, _, branch in people(xlsx(rows))]
    assert found == ["集团党委/一总支/一支部", "集团党委/机关支部", "机加/甲班"]
    kinds = read_roster(xlsx(rows)).kinds
    assert kinds["集团党委"], kinds["一总支"] == ("committee", "general_branch")
    assert (kinds["一支部"], kinds["甲班"]) == ("branch", "unit")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("集团党委/一总支/一支部", ["集团党委", "一总支", "一支部"]),
        (" 集团党委 > 一支部 ", ["集团党委", "一支部"]),
        ("集团党委→一支部→甲小组", ["集团党委", "一支部", "甲小组"]),
        ("集团党委、一总支、一支部", ["集团党委", "一总支", "一支部"]),
        ("机关、后勤党支部", ["机关、后勤党支部"]),
        ("生产部、安全部联合党支部", ["生产部、安全部联合党支部"]),
        ("/一支部//", ["一支部"]),
        ("", []),
    ],
)
def test_a_path_is_parted_where_it_means_to_be(written, path):
    assert split(written) == path


@pytest.mark.parametrize(
    ("cell", "number", "bare"),
    [
        ("00123", "00123", False),
        (123, "123", True),
        (123.0, "123", True),
        (" A-17 ", "A-17", False),
        ("１２３", "123", False),
    ],
)
def test_a_number_is_kept_as_it_stands(cell, number, bare):
    line = one(xlsx([HEAD, ["李伟", cell, "一支部"]]))
    assert (line.number, line.bare_number) == (number, bare)


@pytest.mark.parametrize("cell", [12.5, 2**53 + 2, -3, True, date(2026, 1, 1), "1" * 33])
def test_what_is_no_number_is_told(cell):
    assert {place[:2] for place in faults(xlsx([HEAD, ["李伟", cell, "一支部"]]))} == {(2, "B")}


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 5, 1),
        45047,
        20230501,
        "2023年5月1日",
        "2023.5.1",
        "2023-05-01",
        "2023/5/1",
        "2023-05",
        "2023年5月",
        "20230501",
        "2023-05-01 00:00:00",
    ],
    ids=str,
)
def test_a_day_is_read_however_it_is_written(cell):
    assert one(xlsx([[*HEAD, "入党日期"], ["李伟", "1", "一支部", cell]])).joined_on == date(2023, 5, 1)


@pytest.mark.parametrize("cell", [2023.1, "2023-13-01", "2023-02-30", "上个月", "1-5-2023", 12, "0023-05-01", True])
def test_what_is_no_day_is_told(cell):
    assert faults(xlsx([[*HEAD, "入党日期"], ["李伟", "1", "一支部", cell]])) == [(2, "D", Mistake.NOT_A_DAY)]


def test_leave_needs_whole_days_in_their_order():
    heading = [*HEAD, "请假开始", "请假结束"]

    def leave(since, until):
        return xlsx([heading, ["李伟", "1", "一支部", since, until]])

    line = one(leave("2026-11-02", "2026-11-13"))
    assert (line.leave_from, line.leave_to) == (date(2026, 11, 2), date(2026, 11, 13))
    assert one(leave("2026-11-02", "")).leave_to is None
    assert faults(leave("2026-11", "")) == [(2, "D", Mistake.NOT_A_DAY)]
    assert faults(leave("", "2026-11-13")) == [(2, "E", Mistake.NO_BEGINNING)]
    assert faults(leave("2026-11-13", "2026-11-02")) == [(2, "E", Mistake.ENDS_BEFORE)]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (13800000000, "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 13800000000", "+8613800000000"),
        ("(0931)8888888", "09318888888"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_kept_without_what_is_between(cell, phone):
    assert one(xlsx([[*HEAD, "手机"], ["李伟", "1", "一支部", cell]])).phone == phone


@pytest.mark.parametrize("cell", ["没有", "123", "微信", "1" * 40])
def test_what_is_no_telephone_number_is_told(cell):
    assert faults(xlsx([[*HEAD, "手机"], ["李伟", "1", "一支部", cell]])) == [(2, "D", Mistake.NOT_A_PHONE)]


def test_a_formula_counts_by_its_result_and_one_without_is_told():
    computed, lazy = Formula('="0"&"17"'), Formula("=A1")
    rows = [
        HEAD,
        ["李伟", computed.giving("017"), "一支部"],
        ["王海燕", lazy, "一支部"],
        [Formula("=A9").giving("#REF!"), "3", "一支部"],
    ]
    assert one(xlsx(rows[:2])).number == "017"
    assert faults(xlsx(rows)) == [(3, "B", Mistake.NOT_COMPUTED), (4, "A", Mistake.NOT_COMPUTED)]
    assert faults(csv("姓名,工号,支部", "#N/A,1,一支部")) == [(2, "A", Mistake.NOT_COMPUTED)]


def test_a_number_twice_is_told_with_both_rows():
    reading = read_roster(xlsx([HEAD, ["李伟", "1", "一支部"], ["王海燕", "2", "一支部"], ["赵敏", "1", "一支部"]]))
    (fault,) = reading.faults
    assert (fault.row, fault.column, fault.value) == (4, "B", "1 (2)")


def test_two_of_one_name_and_a_row_without_number_are_no_faults():
    rows = [HEAD, ["李伟", "1", "一支部"], ["李伟", "2", "二支部"], ["李伟", "", "三支部"]]
    assert [number for number, _, _ in people(xlsx(rows))] == ["1", "2", ""]


def test_totals_examples_blank_rows_and_repeated_headings_are_nobody():
    rows = [
        HEAD,
        ["李伟", "1", "一支部"],
        [],
        HEAD,
        ["张三", "示例", "一支部"],
        ["", " ", "\u200b"],
        ["合计", Formula("=1"), ""],
    ]
    assert people(xlsx(rows)) == [("1", "李伟", "一支部")]


def test_names_lose_the_blanks_that_set_them_in_line():
    rows = [
        HEAD,
        ["李　伟", "1", "一支部"],
        ["John  Smith", "2", "一支部"],
        ["买买提·艾力", "3", "一支部"],
        ["王\u200b芳\x00", "4", "一支部"],
    ]
    assert [name for _, name, _ in people(xlsx(rows[:4]))] == ["李伟", "John Smith", "买买提·艾力"]
    assert one(csv("姓名,工号,支部", "王\u200b芳,4,一支部")).name == "王芳"


def test_a_row_without_a_name_and_too_much_of_anything_are_told():
    rows = [HEAD, ["", "1", "一支部"], ["李" * 61, "2", "一支部"], ["李伟", "3", "/".join("一二三四五六七八九十百")]]
    assert faults(xlsx(rows)) == [(2, "A", Mistake.NO_NAME), (3, "A", Mistake.TOO_LONG), (4, "C", Mistake.TOO_DEEP)]


def test_a_column_twice_is_told():
    assert faults(xlsx([[*HEAD, "员工编号"], ["李伟", "1", "一支部", "2"]])) == [(1, "D", Mistake.COLUMN_TWICE)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"  \r\n", Reason.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, Reason.OLD_OR_PROTECTED),
        (b"%PDF-1.7 \x00\x01\x02", Reason.WRONG_KIND),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Reason.WRONG_KIND),
        (b"\xff\xff name,number", Reason.ENCODING),
        (b"PK\x03\x04 torn off", Reason.BROKEN),
        (b"x" * (20 * 1024 * 1024 + 1), Reason.TOO_LARGE),
        (csv("谁,哪里", "李伟,一支部"), Reason.NO_HEADER),
        (csv("姓名", "李伟"), Reason.NO_HEADER),
        (xlsx([]), Reason.NO_HEADER),
        (xlsx([HEAD], more={"第二张": [HEAD, ["李伟", "1", "一支部"]]}), Reason.SEVERAL_SHEETS),
        (csv("姓名,工号,支部", '"' + "x" * 200_000), Reason.BROKEN),
    ],
    ids=[
        "nothing",
        "blank",
        "xls",
        "pdf",
        "png",
        "letters",
        "torn",
        "large",
        "no name",
        "name only",
        "empty sheet",
        "two",
        "quote",
    ],
)
def test_a_file_that_is_no_roster_is_refused_by_its_reason(data, reason):
    assert refused(data) is reason


def test_a_word_document_is_not_a_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(file.getvalue()) is Reason.WRONG_KIND


def with_sheet(xml):
    """A workbook whose only sheet is this XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([HEAD]))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return file.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def test_a_stray_word_at_the_end_of_the_sheet_asks_for_no_memory():
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refused(with_sheet(SHEET.format(far))) is Reason.TOO_MANY_ROWS


def test_what_unpacks_to_much_more_is_not_unpacked():
    assert refused(with_sheet(SHEET.format(" " * 210 * 1024 * 1024))) is Reason.TOO_MUCH_INSIDE


def test_xml_that_does_not_end_is_a_broken_file():
    assert refused(with_sheet(SHEET.format("<row>")[:-30])) is Reason.BROKEN


def test_a_hidden_sheet_is_not_looked_at():
    data = xlsx([HEAD, ["李伟", "1", "一支部"]], more={"旧": [HEAD, ["王海燕", "2", "一支部"]]})
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b'<sheet name="\xe6\x97\xa7"', b'<sheet state="hidden" name="\xe6\x97\xa7"')
            )
    assert people(file.getvalue()) == [("1", "李伟", "一支部")]


def test_progress_is_told_from_nothing_to_everything():
    told = []
    rows = [HEAD, *(["李伟", str(number), "一支部"] for number in range(1200))]
    read_roster(xlsx(rows), lambda done, of: told.append((done, of)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


def test_after_very_many_faults_it_is_another_file_that_is_needed():
    reading = read_roster(xlsx([HEAD, *(["李伟", "1", "一支部"] for _ in range(5000))]))
    assert len(reading.faults) == 200
