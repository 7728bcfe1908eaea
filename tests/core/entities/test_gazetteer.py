import pytest

from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import countries, inflect
from pipelines.core.entities.tables import named
from pipelines.core.entities.tagging.features import find_known


def test_every_country_of_the_arab_league_is_known_with_its_coordinates() -> None:
    league = (
        "AE",
        "BH",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TN",
        "YE",
    )
    for code in league:
        assert countries()[code].qid
        assert countries()[code].latitude is not None


def test_every_country_has_the_ids_of_both_registers() -> None:
    assert len(countries()) >= 249
    assert [country.name for country in countries().values() if not (country.qid and country.geonames_id)] == []


@pytest.mark.parametrize(
    ("name", "qid", "geonames"),
    [
        ("براغ", "Q1085", 3067696),
        ("واشنطن", "Q61", 4140963),
        ("كينغستون", "Q34692", 3489854),
        ("سانتياغو", "Q2887", 3871336),
        ("فاليتا", "Q23800", 2562305),
        ("أبوظبي", "Q1519", 292968),
        ("أبو ظبي", "Q1519", 292968),
        ("البصرة", "Q48195", 99532),
    ],
)
def test_a_capital_is_not_its_namesake_elsewhere(name: str, qid: str, geonames: int) -> None:
    entity = names()[name_key(name)]["LOC"][0].entity
    assert (entity.qid, entity.geonames_id) == (qid, geonames)


def test_no_id_of_a_town_is_also_that_of_a_town_far_away_or_of_another_name() -> None:
    assert names()[name_key("الفروانية")]["LOC"][0].entity.qid is None  # dr5hn gives it the id of Ahmadi
    assert names()[name_key("أوريغون")]["LOC"][0].entity.geonames_id is None  # a state, and no suburb in Ohio


@pytest.mark.parametrize(
    ("name", "qid"),
    [("القاهرة", "Q85"), ("لندن", "Q84"), ("واشنطن", "Q61"), ("طهران", "Q3616"), ("بيروت", "Q3820"), ("أمريكا", "Q30")],
)
def test_capitals_and_exonyms_have_their_wikidata_ids(name: str, qid: str) -> None:
    assert names()[name_key(name)]["LOC"][0].entity.qid == qid


def test_no_name_of_a_person_or_a_body_is_given_twice_with_two_ids() -> None:
    qids = [known.entity.qid for known in {known.entity.entity_id: known for known in named().values()}.values()]
    held = [qid for qid in qids if qid]
    assert len(held) == len(set(held))


@pytest.mark.parametrize("word", ["وليد", "بوتين", "فيصل", "كندا", "لبنان", "وزاره", "بلجيكا", "وادي", "لجنه", "كليه"])
def test_the_first_letter_of_a_name_is_not_a_proclitic(word: str) -> None:
    assert proclitics(word) == 0


@pytest.mark.parametrize(
    ("word", "size"), [("ولبنان", 1), ("للعراق", 1), ("وبالقاهره", 2), ("ببيروت", 1), ("وليبيا", 1), ("كفرنسا", 1)]
)
def test_proclitics_before_a_known_name_are_counted(word: str, size: int) -> None:
    assert proclitics(word) == size


def test_spaces_inside_a_name_do_not_matter_but_two_words_are_not_a_town() -> None:
    assert [hit.kind for hit in find_known(["حسن", "نصرالله"])] == ["PER"]
    assert [hit.kind for hit in find_known(["حسن", "نصر", "الله"])] == ["PER"]
    assert find_known(["ان", "تم"]) == []


def test_adjectives_of_two_words_inflect_together() -> None:
    assert "الكوريين الشماليين" in inflect("كوري شمالي")
