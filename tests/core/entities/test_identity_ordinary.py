import pytest

from pipelines.core.entities.identity import identify
from tests.core.entities.entity_ids import entity_id

_TEXT = """
some could part around little thing music later black five story news local court room girl matter friend light reason
minutes chance song across board cost town price wife club test gold policy church medical press role sound stuff blood
born table truth dark gives growth cold create track moved text focus kept speed drop train centre leader floor cancer
worst beach effort color dream machine camera coast meaning slow bottom square fourth photos fashion metal village copy
the are one has had get she day got lot name let top bad tell far yes area ask buy act art
boy eat led dog add die sea sir sun pre bar pop fat lie bus mid bag los map aid mad arm ill leg sub max
"""


@pytest.mark.parametrize("name", ["Ali", "Robert", "Khan", "Tom", "Ben", "Kim", "Karin", "ستيوارت", "أليس", "حاتم"])
def test_a_name_that_many_are_called_by_is_no_small_town(name: str) -> None:
    found = identify(name)
    assert found
    assert (found.entity.type, found.entity.qid, found.entity.geonames_id) == ("PER", None, None)


@pytest.mark.parametrize("name", ["March", "Music", "La Ministre", "A minister", "Der Minister", "كورونا", "Mo Salem"])
def test_a_word_that_sounds_like_a_place_is_none(name: str) -> None:
    found = identify(name)
    assert found
    assert found.entity.type != "LOC"


def test_hardly_an_ordinary_word_in_latin_letters_is_taken_for_a_place() -> None:
    taken = [word for word in _TEXT.split() if (found := identify(word)) and found.entity.type == "LOC"]
    assert not taken


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Marrakesh", "مراكش"),
        ("Fallujah", "الفلوجة"),
        ("Nassiriya", "الناصرية"),
        ("Shalatin", "الشلاتين"),
        ("Sotchi", "سوتشي"),
        ("Halep", "حلب"),
        ("Damas", "دمشق"),
        ("Kiew", "كييف"),
        ("Ad Durayhimi", "الدرهيمي"),
        ("Al-Zabadani", "الزبداني"),
        ("Grombalia", "قرمبالية"),
        ("Tadjenanet", "تاجنانت"),
        ("Ksar El Kebir", "القصر الكبير"),
    ],
)
def test_a_place_is_one_however_its_name_is_spelt(name: str, place: str) -> None:
    assert entity_id(name) == entity_id(place)
