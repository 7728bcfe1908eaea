import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("told", "person"),
    [
        ("Turkish President Recep Tayyip Erdogan", "رجب طيب أردوغان"),
        ("German Chancellor Angela Merkel", "أنغيلا ميركل"),
        ("UN Secretary-General António Guterres", "أنطونيو غوتيريش"),
        ("Iran's Supreme Leader Ayatollah Ali Khamenei", "علي خامنئي"),
        ("former French president Nicolas Sarkozy", "نيكولا ساركوزي"),
        ("l'ex-président américain Barack Obama", "باراك أوباما"),
        ("la chancelière allemande Angela Merkel", "أنغيلا ميركل"),
        ("le Premier ministre libanais, Saad Hariri", "سعد الحريري"),
        ("Saad Hariri, Lebanon's prime minister", "سعد الحريري"),
        ("Vladimir Putin, le président russe", "فلاديمير بوتين"),
        ("el presidente ruso Vladimir Putin", "فلاديمير بوتين"),
        ("Moroccan King Mohammed VI", "محمد السادس"),
        ("Chancellor Merkel", "أنغيلا ميركل"),
        ("Jordanian Foreign Minister Tarek Zerouali", "Tarek Zerouali"),
    ],
)
def test_who_holds_an_office_is_himself_with_it_before_or_behind_his_name(told: str, person: str) -> None:
    assert entity_id(told) == entity_id(person)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sultan Al Kaabi", "Al Kaabi"),
        ("Billie Jean King", "Billie Jean"),
        ("President Obama administration", "باراك أوباما"),
        ("Foreign Minister of Egypt", "مصر"),
    ],
)
def test_a_word_for_an_office_may_be_part_of_a_name(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)


@pytest.mark.parametrize(
    ("told", "office"),
    [
        ("His Excellency the President of Lebanon", "الرئيس اللبناني"),
        ("Son Excellence le président tunisien", "الرئيس التونسي"),
        ("HH the Emir of Qatar", "أمير قطر"),
    ],
)
def test_an_honour_in_latin_letters_is_no_part_of_an_office(told: str, office: str) -> None:
    assert entity_id(told) == entity_id(office)


@pytest.mark.parametrize(
    ("told", "person"),
    [
        ("Libyan strongman Khalifa Haftar", "خليفة حفتر"),
        ("militant algérien Tarek Zerouali", "Tarek Zerouali"),
        ("Field Marshal Khalifa Haftar", "خليفة حفتر"),
        ("Mahmoud Abbas (Abu Mazen)", "محمود عباس"),
        ("Trump (US president)", "دونالد ترامب"),
        ("Trump", "دونالد ترامب"),
        ("ZEROUALI Tarek", "Tarek Zerouali"),
        ("Abdelhak Zerouali", "عبد الحق الزروالي"),
    ],
)
def test_a_person_is_one_with_what_stands_around_his_name(told: str, person: str) -> None:
    assert entity_id(told) == entity_id(person)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Vladimir Putin's spokesman", "Vladimir Putin"), ("NATO Summit", "NATO"), ("Trump's son", "Trump")],
)
def test_what_somebody_has_is_not_himself(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)
