import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("told", "office"),
    [
        ("adviser to the Iraqi president", "مستشار الرئيس العراقي"),
        ("advisor to the president of Iraq", "مستشار الرئيس العراقي"),
        ("Iraqi president's adviser", "مستشار الرئيس العراقي"),
        ("Iraqi presidential adviser", "مستشار الرئيس العراقي"),
        ("conseiller du président irakien", "مستشار الرئيس العراقي"),
        ("adviser to the Lebanese prime minister", "مستشار رئيس الوزراء اللبناني"),
        ("porte-parole du Premier ministre libanais", "المتحدث باسم رئيس الوزراء اللبناني"),
        ("chief of staff of the Algerian army", "رئيس أركان الجيش الجزائري"),
    ],
)
def test_who_attends_a_leader_is_his_office_in_arabic(told: str, office: str) -> None:
    assert entity_id(told) == entity_id(office)


@pytest.mark.parametrize(
    ("told", "office"),
    [
        ("adviser to the Iraqi president", "الرئيس العراقي"),
        ("adviser to the Iraqi president", "مستشار رئيس الوزراء العراقي"),
        ("Iraqi presidential adviser", "مستشار الرئيس السوري"),
        ("spokesman for the Lebanese army", "المتحدث باسم الرئيس اللبناني"),
    ],
)
def test_an_attendant_is_not_another_leaders_nor_the_leader(told: str, office: str) -> None:
    assert entity_id(told) != entity_id(office)
