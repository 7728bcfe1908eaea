import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    "names",
    [
        ("طيارون حربيون", "طيار حربي", "طيارا حربيا", "طياران حربيان"),
        ("عمال مناجم", "عامل منجم", "عاملا منجم", "miners"),
        ("تجار سلاح", "تاجر سلاح", "arms dealers", "trafiquants d'armes"),
        ("مهربو مخدرات", "مهربي مخدرات", "مهرب مخدرات"),
        ("حرفيون مغاربة", "حرفي مغربي", "حرفيين مغاربة", "الحرفيون المغاربة", "artisans marocains"),
        ("مثالون مصريون", "مثالين مصريين", "المثالون المصريون"),
        ("نساء سودانيات", "امرأة سودانية", "Sudanese women"),
        ("مواطنون أمريكيون", "مواطنين أميركيين", "American citizens", "citoyens américains"),
        ("رواد فضاء", "رائد فضاء", "رواد الفضاء", "astronauts"),
        ("باعة متجولون", "بائع متجول", "الباعة المتجولون", "street vendors"),
        ("صيادلة لبنانيون", "Lebanese pharmacists", "pharmaciens libanais"),
    ],
)
def test_a_group_is_one_whatever_its_number_case_or_letters(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("names", "more"),
    [
        (("مستشارون عسكريون", "military advisers"), "conseillers militaires"),
        (("مراقبون دوليون", "international observers"), "observateurs internationaux"),
        (("عمال النفط", "oil workers"), "travailleurs du pétrole"),
    ],
)
def test_common_words_say_of_what_sort_a_group_in_latin_letters_is(names: tuple[str, ...], more: str) -> None:
    assert {entity_id(name) for name in names} == {entity_id(more)}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ياسين مصري", "مصريون"),
        ("عامل منجم", "منجم"),
        ("Egyptian divers", "Kenyan divers"),
        ("طيارون حربيون", "طيارون مدنيون"),
        ("طالب الرفاعي", "طلاب الرفاعي"),
    ],
)
def test_a_group_is_no_other_and_no_person(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
