import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("محمد بن ناصر الزهراني", "محمد ناصر الزهراني"),
        ("محمد بن ناصر الزهراني", "Mohammed bin Nasser Alzahrani"),
        ("أحمد بن نبيل الغامدي", "أحمد نبيل الغامدي"),
        ("سعيد بن نورس الكتبي", "سعيد نورس الكتبي"),
        ("محمد بن دغيثر العتيبي", "محمد دغيثر العتيبي"),
    ],
)
def test_a_father_is_the_same_with_bin_or_without_whatever_his_name(name: str, other: str) -> None:
    assert entity_id(name) == entity_id(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("محمد بن ناصر الزهراني", "محمد بن بسر الزهراني"),
        ("محمد بن دغيثر العتيبي", "محمد بن دغيم العتيبي"),
        ("علي بندر الدوسري", "علي در الدوسري"),
    ],
)
def test_another_father_is_somebody_else(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
