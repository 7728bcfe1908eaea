"""A leader's kin by his own name is himself, never the leader; an office of more words is read behind its holder."""

import pytest

from pipelines.core.entities.identity import identify
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("شقيق الرئيس ماهر الأسد", "ماهر الأسد"),
        ("شقيق الرئيس السوري ماهر الأسد", "ماهر الأسد"),
        ("نجل الرئيس السابق جمال مبارك", "جمال مبارك"),
        ("شقيق الملك الأمير حمزة بن الحسين", "حمزة بن الحسين"),
        ("نجل الملك الأمير محمد بن سلمان", "محمد بن سلمان"),
    ],
)
def test_a_leaders_kin_by_his_own_name_is_himself(name: str, known: str) -> None:
    found = identify(known)
    assert found
    assert found.confidence > 0.2
    assert entity_id(name) == found.entity.entity_id


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("زوجة الرئيس السوري بشار الأسد", "بشار الأسد"),
        ("نجل الرئيس الأمريكي جو بايدن", "جو بايدن"),
        ("شقيق الملك عبد الله الثاني", "عبد الله الثاني"),
        ("شقيق الأمير محمد بن سلمان", "محمد بن سلمان"),
        ("نجل الشيخ يوسف القرضاوي", "يوسف القرضاوي"),
        ("نجل الرئيس الشيشاني رمضان قديروف", "رمضان قديروف"),
    ],
)
def test_the_leader_is_never_his_kin(name: str, known: str) -> None:
    assert entity_id(name) != entity_id(known)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("حسين أمير عبد اللهيان وزير الخارجية", "Q17991320"),
        ("أحمد قايد صالح رئيس أركان الجيش", "Q2827559"),
    ],
)
def test_a_name_may_have_an_offices_word_before_its_office(name: str, known: str) -> None:
    assert entity_id(name) == known


def test_somebody_and_the_holder_of_an_office_are_two() -> None:
    name = "دونالد ترامب والزعيم الكوري الشمالي"
    found = identify(name)
    assert found
    assert (found.entity.name, found.entity.type, found.confidence) == (name, "PER", 0.2)
    assert found.entity.entity_id != entity_id("دونالد ترامب")
