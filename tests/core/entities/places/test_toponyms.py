import pytest

from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.tables import places, rows
from pipelines.core.text.document import read_document
from tests.bench.places import answer, measure_own


def place(text: str, name: str, country: str | None = None) -> Entity:
    found = find_mentions([read_document("body", text)], country)
    return next(mention.entity for mention in found if mention.span.text == name)


def test_the_sample_of_ambiguous_places_is_read_no_worse_than_before() -> None:
    asked, right, wrong = measure_own()["dev"]
    assert asked >= 80
    assert right >= 81, wrong


def test_a_word_beside_the_name_wins_over_the_outlet() -> None:
    assert answer("تظاهر تجار [طرابلس] اللبنانية", "طرابلس", "LY").country == "LB"
    assert answer("عاد الوفد من العاصمة الليبية [طرابلس]", "طرابلس", "LB").country == "LY"
    assert answer("قصف على [صور] جنوبي لبنان", "صور", "OM").country == "LB"


def test_the_kind_before_the_name_tells_the_division_from_its_seat() -> None:
    assert answer("تشهد محافظة [الحسكة] جفافا", "الحسكة", "SY").admin1 == "SY-HA"
    assert answer("تشهد محافظة [الحسكة] جفافا", "الحسكة", "SY").qid == "Q233914"
    assert answer("تشهد مدينة [الحسكة] جفافا", "الحسكة", "SY").qid == "Q311321"


@pytest.mark.parametrize(
    ("text", "qid"),
    [("أمطار على مدينة [تونس]", "Q3572"), ("أعلنت [تونس] الحداد", "Q948"), ("أمطار في [تونس] العاصمة", "Q3572")],
)
def test_the_capital_is_told_from_its_country_only_by_what_stands_beside_it(text: str, qid: str) -> None:
    assert answer(text, "تونس", "TN").qid == qid


def test_places_close_by_speak_for_a_small_town_against_a_great_city() -> None:
    assert answer("انتقل من [كامبريدج] إلى [بوسطن]", "كامبريدج", None).country == "US"
    assert answer("انتقل من [كامبريدج] إلى [لندن]", "كامبريدج", None).country == "GB"
    assert answer("احتجاج في [باريس] على قرار [الولايات المتحدة]", "باريس", None).country == "FR"


def test_the_words_of_a_sentence_reach_the_choice() -> None:
    assert place("وصل الوزير إلى مدينة طرابلس اللبنانية أمس.", "طرابلس", "LY").country == "LB"
    assert place("أعلنت محافظة البصرة عطلة رسمية.", "البصرة", "IQ").qid == "Q193551"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("حلب", "SY-HL"),
        ("الإسكندرية", "EG-ALX"),
        ("الموصل", "IQ-NI"),
        ("بنغازي", "LY-BA"),
        ("صيدا", "LB-JA"),
        ("وهران", "DZ-31"),
        ("الدار البيضاء", "MA-06"),
        ("جدة", "SA-02"),
        ("سوسة", "TN-51"),
        ("نيالا", "SD-DS"),
        ("المكلا", "YE-HD"),
        ("نابلس", "PS-NBS"),
    ],
)
def test_towns_of_the_arab_league_have_their_division(name: str, code: str) -> None:
    assert places()[fold_name(name)][0].entity.admin1 == code


def test_a_town_s_division_is_in_its_own_country() -> None:
    for bearers in places().values():
        for known in bearers:
            assert known.entity.admin1 is None or known.entity.admin1[:2] == known.entity.country


def test_an_own_place_stands_once_under_each_of_its_names() -> None:
    for row in rows("places.tsv"):
        for name in row["names"].split("|"):
            held = [known.entity.entity_id for known in places()[fold_name(name)]]
            assert len(held) == len(set(held)), name
