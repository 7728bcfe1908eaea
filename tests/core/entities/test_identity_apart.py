import pytest

from pipelines.core.entities.identity import identify


def entity_id(name: str) -> str:
    found = identify(name)
    assert found
    return found.entity.entity_id


@pytest.mark.parametrize(
    ("name", "other"),
    [("غرفة تجارة عمّان", "عمّان"), ("جامعة عمّان الأهلية", "عمّان"), ("بورصة عمّان", "عُمان")],
)
def test_a_body_is_not_the_place_that_it_is_named_after(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
