import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("رضا صالحي نجاد", "رضا صالحينجاد"),
        ("رضا صالحي نجاد", "Reza Salehinejad"),
        ("رضا صالحي نجاد", "رضا صالحي نژاد"),
        ("Mehdi Karimzade", "مهدي كريم زاده"),
        ("Jan van Rijn", "يان فان راين"),
        ("Kees Dijkgraaf", "Kees Deikgraaf"),
    ],
)
def test_a_family_is_one_however_its_end_is_written(name: str, other: str) -> None:
    assert entity_id(name) == entity_id(other)


def test_a_man_called_nejad_is_not_part_of_the_name_before() -> None:
    assert entity_id("سالم نجاد الحمداني") != entity_id("سالمنجاد الحمداني")
