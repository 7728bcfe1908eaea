import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("told", "office"),
    [
        ("سيادة الرئيس الجزائري", "الرئيس الجزائري"),
        ("ولفخامة الرئيس التونسي", "الرئيس التونسي"),
        ("دولة الرئيس العراقي", "الرئيس العراقي"),
        ("سعادة السفير القطري لدى تونس", "السفير القطري لدى تونس"),
        ("جلالة الملك البحريني", "ملك البحرين"),
        ("سمو الأمير القطري", "أمير قطر"),
        ("سماحة المفتي العام السعودي", "المفتي العام السعودي"),
        ("سيادة النائب العام الليبي", "النائب العام الليبي"),
        ("قداسة البابا", "البابا"),
        ("قداسة البابا تواضروس الثاني", "البابا تواضروس الثاني"),
        ("غبطة بطريرك الموارنة", "البطريرك الماروني"),
        ("نيافة المطران عطا الله حنا", "المطران عطا الله حنا"),
    ],
)
def test_an_honour_before_an_office_or_title_is_no_part_of_it(told: str, office: str) -> None:
    assert entity_id(told) == entity_id(office)


@pytest.mark.parametrize(
    ("name", "other"),
    [("دولة القانون", "القانون"), ("سيادة القانون", "القانون"), ("دولة الإمارات", "الرئيس الإماراتي")],
)
def test_a_word_of_honour_that_means_itself_stays(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)


@pytest.mark.parametrize(
    ("told", "person"),
    [
        ("إيمانويل ماكرون رئيس فرنسا", "إيمانويل ماكرون"),
        ("دونالد ترامب، الرئيس الأمريكي", "دونالد ترامب"),
        ("حسن نصر الله الأمين العام لحزب الله", "حسن نصر الله"),
        ("طارق الزروالي وزير الخارجية المغربي", "طارق الزروالي"),
    ],
)
def test_an_office_behind_a_name_is_no_part_of_it(told: str, person: str) -> None:
    assert entity_id(told) == entity_id(person)
