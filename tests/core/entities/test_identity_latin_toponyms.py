import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("spelt", "place"),
    [
        ("Tel Afar", "تلعفر"),
        ("Ras el-Ayn", "رأس العين"),
        ("Marsa Matrouh", "مرسى مطروح"),
        ("Oued Souf", "وادي سوف"),
        ("Oum Qasr", "أم قصر"),
        ("Kfar Zita", "كفر زيتا"),
        ("Borj Bou Arreridj", "برج بوعريريج"),
        ("Deir Ezzor", "دير الزور"),
    ],
)
def test_an_arab_place_of_two_words_is_read_behind_its_first(spelt: str, place: str) -> None:
    assert entity_id(spelt) == entity_id(place)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ras Tafari", "رأس التفاحة"),
        ("Port Talbot", "بور سعيد"),
        ("Tal Afar Brigade", "تلعفر"),
    ],
)
def test_a_word_for_a_place_does_not_make_a_name_one(name: str, place: str) -> None:
    assert entity_id(name) != entity_id(place)
