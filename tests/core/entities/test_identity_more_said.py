import pytest

from pipelines.core.entities.courtesies import without_courtesies, without_each, without_rank
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    "names",
    [
        ("سامسونغ", "سامسونج للإلكترونيات", "شركة سامسونغ للإلكترونيات", "Samsung Electronics"),
        ("سنجار", "قضاء سنجار", "مدينة سنجار"),
        ("سوتشي", "مدينة سوتشي", "سوتشي الروسية"),
        ("مضيق هرمز", "مضيق هورمز"),
        ("الجيش الوطني الليبي", "قوات الجيش الوطني الليبي"),
    ],
)
def test_a_name_is_one_with_what_it_is_said_besides(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    "name",
    [
        "الفنان فارس الحمداني",
        "رجل الأعمال اللبناني فارس الحمداني",
        "المحلل السياسي فارس الحمداني",
        "الخبير العسكري والاستراتيجي فارس الحمداني",
        "القيادي في حركة حماس فارس الحمداني",
        "المتحدثة باسم وزارة الخارجية فارس الحمداني",
        "النائب السابق فارس الحمداني",
    ],
)
def test_what_somebody_does_is_no_part_of_the_name(name: str) -> None:
    assert entity_id(name) == entity_id("فارس الحمداني")


@pytest.mark.parametrize(
    "names",
    [
        ("زينب كيخيا", "زيينب كيخيا"),
        ("عبد القادر بوشارب", "عبد القادر بوارب"),
        ("ميار السركال", "السركال ميار"),
        ("تركي اللومي", "اللومي تركي"),
    ],
)
def test_a_slip_or_another_order_makes_nobody_else(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("قضاء سنجار", "جبل سنجار"),
        ("بنك مصر", "مصر"),
        ("الدكتور الزهراوي سعد الدين", "سعد الدين"),
        ("قائد الجيش", "قوات الجيش"),
    ],
)
def test_what_is_said_besides_makes_no_other_the_same(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)


def test_a_name_of_which_no_word_is_left_has_no_courtesies() -> None:
    assert without_courtesies([]) == []
    assert list(without_each([])) == [[]]
    assert without_rank([]) == []
