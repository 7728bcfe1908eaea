import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("البرلمان العربي", "الاتحاد البرلماني العربي"),
        ("Arab Parliament", "Arab Inter-Parliamentary Union"),
        ("البرلمان الجزائري", "المجلس الشعبي الوطني الجزائري"),
        ("جامعة الصحفيين المغاربة", "النقابة الوطنية للصحافة المغربية"),
        ("قناة وفا", "وكالة وفا"),
        ("صحيفة الأناضول", "وكالة الأناضول"),
        ("صحيفة الجزيرة", "قناة الجزيرة"),
        ("بنك الدوما", "مجلس الدوما"),
        ("حزب البيشمركة", "قوات البيشمركة"),
        ("منظمة البوليساريو", "بنك البوليساريو"),
        ("حركة الخارجية الأمريكية", "وزارة الخارجية الأمريكية"),
        ("قناة قطر الخيرية", "جمعية قطر الخيرية"),
    ],
)
def test_two_bodies_of_other_kinds_are_two(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("منظمة إيكواس", "مجموعة إيكواس"),
        ("حزب التيار الوطني الحر", "التيار الوطني الحر"),
        ("منظمة الكومنولث", "رابطة الكومنولث"),
        ("شركة فولكسفاغن", "مجموعة فولكسفاغن"),
        ("جماعة حماس", "حركة حماس"),
    ],
)
def test_a_body_may_be_called_what_it_is(name: str, other: str) -> None:
    assert entity_id(name) == entity_id(other)
