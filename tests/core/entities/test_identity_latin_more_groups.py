import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("told", "group"),
    [
        ("Saudi soldiers", "جنود سعوديون"),
        ("جنود من المملكة العربية السعودية", "جنود سعوديون"),
        ("hommes d'affaires marocains", "رجال أعمال مغاربة"),
        ("militants des droits de l'homme", "نشطاء حقوقيون"),
        ("university students", "طلاب جامعيون"),
        ("contract doctors", "أطباء متعاقدون"),
        ("ouvriers contractuels", "عمال متعاقدون"),
        ("anti-government fighters", "مقاتلون مناهضون للحكومة"),
        ("illegal workers", "عمال غير شرعيين"),
    ],
)
def test_groups_of_two_words_are_read_in_other_languages(told: str, group: str) -> None:
    assert entity_id(told) == entity_id(group)


@pytest.mark.parametrize(
    ("told", "group"),
    [("contract doctors", "أطباء"), ("Saudi soldiers", "جنود"), ("hommes d'affaires marocains", "رجال أعمال")],
)
def test_what_is_said_of_a_group_tells_it_from_others(told: str, group: str) -> None:
    assert entity_id(told) != entity_id(group)
