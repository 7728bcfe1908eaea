import pytest

from pipelines.core.entities.places.by_slip import find_place_by_slip


@pytest.mark.parametrize(
    ("slip", "town"),
    [
        ("زاغوان", "زغوان"),
        ("الحصاححيصا", "الحصاحيصا"),
        ("سفاجه", "سفاجا"),
        ("الخابروة", "الخابورة"),
        ("خابورة", "الخابورة"),
    ],
)
def test_a_slip_in_the_name_of_a_small_arab_town_is_the_town(slip: str, town: str) -> None:
    found = find_place_by_slip(slip)
    assert found
    assert found.entity.name.replace("ة", "ه") == town.replace("ة", "ه")


@pytest.mark.parametrize("name", ["القروي", "سالمة", "حمدان", "الزروالي"])
def test_what_people_are_called_is_no_slip_of_a_town(name: str) -> None:
    assert find_place_by_slip(name) is None
