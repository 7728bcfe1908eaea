import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("spelt", "other"),
    [
        ("بدرو ألميدا", "بيدرو ألميدا"),
        ("بنوا لوفيفر", "بينوا لوفيفر"),
        ("لبدرو ألميدا", "بيدرو ألميدا"),
    ],
)
def test_a_foreign_name_keeps_its_first_letter_with_a_vowel_less(spelt: str, other: str) -> None:
    assert entity_id(spelt) == entity_id(other)


@pytest.mark.parametrize(("stuck", "name"), [("بمارك دونوفان", "مارك دونوفان"), ("وستيفن دوران", "ستيفن دوران")])
def test_a_letter_sticks_to_a_better_known_foreign_name(stuck: str, name: str) -> None:
    assert entity_id(stuck) == entity_id(name)
