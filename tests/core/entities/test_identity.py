import pytest

from pipelines.core.entities.identity import identify
from pipelines.core.entities.tables import places
from tests.bench.identity import read_spellings, score


def entity_id(name: str) -> str:
    found = identify(name)
    assert found
    return found.entity.entity_id


def test_spellings_come_together_and_others_do_not() -> None:
    for name, least in (("dev", 0.98), ("blind", 0.96)):
        found = score(read_spellings(name))
        assert found.f1 >= least
        assert found.false_merges <= 0.01


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("أنجيلا ميركل (Angela Merkel)", "Q567"),
        ("شركة غوغل", "Q95"),
        ("يوفنتوس الإيطالي", "Q1422"),
        ("مدينة طهران", "Q3616"),
        ("جوتيـــريـــش", entity_id("أنطونيو غوتيريش")),
        ("لندن", "Q84"),
    ],
)
def test_what_stands_around_a_name_makes_no_difference(name: str, known: str) -> None:
    assert entity_id(name) == known


def test_a_nation_tells_clubs_of_one_name_apart() -> None:
    clubs = ["الأهلي المصري", "الأهلي السعودي", "الأهلي القطري", "الأهلي الأردني"]
    assert len(set(map(entity_id, clubs))) == len(clubs)


def test_an_unknown_name_is_told_with_little_confidence() -> None:
    found = identify("وائل البوشناقي")
    assert found
    assert found.entity.qid is None
    assert (found.entity.type, found.confidence < 0.5) == ("PER", True)


@pytest.mark.parametrize("nothing", ["", "   ", "؟!", "ـ"])
def test_nothing_is_nobody(nothing: str) -> None:
    assert identify(nothing) is None


@pytest.mark.parametrize(
    ("joined", "apart"),
    [
        ("عبدالمجيد", "عبد المجيد"),
        ("فتحالله", "فتح الله"),
        ("أبوحمزة", "أبو حمزة"),
        ("شمسالدين", "شمس الدين"),
        ("عطاالله عطاالله", "عطا الله عطا الله"),
        ("كوردستان", "كردستان"),
    ],
)
def test_a_compound_name_is_one_entity_written_as_one_word_or_two(joined: str, apart: str) -> None:
    one, other = identify(joined), identify(apart)
    assert one is not None
    assert other is not None
    assert one.entity.entity_id == other.entity.entity_id


def test_no_known_place_has_a_slip_of_the_key_in_its_name() -> None:
    names = {bearer.entity.name for bearers in places().values() for bearer in bearers}
    assert not [name for name in names if "ااا" in name or "  " in name]
