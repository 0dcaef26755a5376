"""Names as people write them, matched against a group's people; no store is needed for that."""

import pytest

from domain.ids import BranchId, MemberId, PersonId
from domain.people.branch import Branch, BranchKind
from domain.people.member import Member
from domain.people.naming import Chosen, Directory, Kind, Part, Somebody
from domain.people.person import Person

HERE = BranchId(1)


def account(number: int, name: str, username: str | None = None) -> Member:
    return Member(MemberId(number), number, name, username, None)


def person(number: int, name: str, member: int | None = None) -> Person:
    return Person(PersonId(number), f"{number:05}", name, HERE, member=None if member is None else MemberId(member))


def guest(number: int, name: str, username: str | None = None) -> Somebody:
    return Somebody(account(number, name, username), None)


def parts(*names: str) -> list[Part]:
    return [Part(Branch(BranchId(9 + n), HERE, BranchKind.GROUP, name), ("支部", name)) for n, name in enumerate(names)]


def test_the_longest_name_comes_first() -> None:
    known = Directory([guest(1, "李伟"), guest(2, "李伟明")], [])
    assert known.find("给李伟明天交", 1) == [("李伟明", 4), ("李伟", 3)]


@pytest.mark.parametrize("written", ["买买提·吐尔逊", "买买提吐尔逊", "买买提 · 吐尔逊", "买买提•吐尔逊"])
def test_points_and_blanks_do_not_matter(written: str) -> None:
    known = Directory([guest(1, "买买提·吐尔逊")], [])
    assert known.find(written, 0) == [(written, len(written))]


@pytest.mark.parametrize("name", ["3", "12", "李", "···", ""])
def test_one_sign_or_a_number_is_no_name(name: str) -> None:
    assert Directory([guest(1, name)], []).find(f"{name} 周五", 0) == []


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("第一党小组", "一组"),
        ("第一党小组", "第1党小组"),
        ("第一党小组", "第一小组"),
        ("党小组", "党小组"),
        ("第十二党小组", "12组"),
        ("第二十党小组", "第20党小组"),
        ("第3组", "三组"),
        ("甲班", "甲班"),
    ],
)
def test_a_party_group_has_several_names(named: str, written: str) -> None:
    known = Directory([], parts(named, "第九党小组"))
    assert [part.branch.name for part in known.part(written)] == [named]
    assert known.find(f"{written} 周五", 0)[0] == (written, len(written))


def test_who_has_a_name_on_the_roster_goes_before_who_shows_it() -> None:
    real = Somebody(account(1, "阿伟"), person(7, "李伟", 1))
    assert Directory([real, guest(2, "李伟")], []).called("李伟") == [real]


def test_one_account_with_the_name_of_one_unknown_person_is_taken_for_theirs() -> None:
    shown = guest(2, "李伟")
    assert Directory([Somebody(None, person(7, "李伟")), shown], []).called("李伟") == [shown]


def test_of_two_people_and_one_account_nobody_is_guessed() -> None:
    two = [Somebody(None, person(7, "李伟")), Somebody(None, person(8, "李伟")), guest(2, "李伟")]
    assert Directory(two, []).called("李伟") == two


def test_likely_owners_of_a_user_name_have_one_like_it() -> None:
    near, far = guest(1, "李伟", "li_wei"), guest(2, "王海燕", "haiyan")
    assert Directory([near, far], []).likely("liwei") == [near]
    assert Directory([near, far], []).likely("ghost") == []


@pytest.mark.parametrize("kept", ["m7", "p12", "b3", "e0"])
def test_a_choice_is_read_as_it_is_kept(kept: str) -> None:
    assert str(Chosen.read(kept)) == kept


@pytest.mark.parametrize("kept", ["", "m", "x7", "7", "m-1", "m１", "m" + "9" * 17, "?张伟"])
def test_anything_else_is_no_choice(kept: str) -> None:
    assert Chosen.read(kept) is None


def test_a_choice_of_a_person_means_them_once_their_account_is_known() -> None:
    known = Somebody(account(1, "李伟"), person(7, "李伟", 1))
    assert known.keys == [Chosen(Kind.MEMBER, 1), Chosen(Kind.PERSON, 7)]
