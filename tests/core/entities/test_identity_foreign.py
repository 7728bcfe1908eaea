import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    "names",
    [
        ("خواكين أوروسكو", "خواكين أوروثكو", "Joaquín Orozco"),
        ("فريتز هوفمان", "فريتس هوفمان"),
        ("ماتياس غرونفالد", "ماتياس غرونوالد", "Matthias Grunwald"),
        ("إيفان كراسنوغورسكي", "إيفان كراسنوكورسكي"),
        ("ميلان دجورجيفيتش", "ميلان جورجيفيتش"),
    ],
)
def test_a_foreign_name_is_one_however_its_consonants_are_heard(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [("راجيش كومار شارما", "راكيش كومار شارما"), ("إيمانويل ماكرون", "إيمانويل مورغان")],
)
def test_a_short_foreign_name_with_another_consonant_is_another(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
