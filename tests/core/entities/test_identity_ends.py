import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("سامر خوجا", "سامر خوجة"),
        ("نادر شحادا", "نادر شحادة"),
        ("Hichem Ben Chikha", "هشام بن شيخة"),
        ("كريم بن حمودا", "كريم بن حمودة"),
    ],
)
def test_a_family_in_alef_is_the_known_one_in_ta_marbuta(name: str, other: str) -> None:
    assert entity_id(name) == entity_id(other)


@pytest.mark.parametrize(("name", "other"), [("رضا كريم", "رضه كريم"), ("سامر حمودا", "سامر حمود")])
def test_another_end_is_another_name(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
