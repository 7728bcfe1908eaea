import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Mahmoud Abbasi", "محمود عباس"),
        ("Mustafa Kazem", "مصطفى الكاظمي"),
        ("Ismail Hani", "إسماعيل هنية"),
        ("Mohamed Saleh", "محمد صلاح"),
        ("Haider al-Obaidi", "حيدر العبادي"),
        ("Adel Jaber", "عادل الجبير"),
        ("Abdel Fattah Issa", "عبد الفتاح السيسي"),
        ("Vladimir Potanin", "فلاديمير بوتين"),
        ("Antonia Costa", "أنطونيو كوستا"),
        ("Federico Mogherini", "فيديريكا موغيريني"),
        ("فيديريكو موغيريني", "فيديريكا موغيريني"),
        ("Emmanuel Macon", "إيمانويل ماكرون"),
    ],
)
def test_a_name_that_sounds_near_a_known_one_is_somebody_elses(name: str, known: str) -> None:
    assert entity_id(name) != entity_id(known)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Hafiz al-Asad", "حافظ الأسد"),
        ("Ismaïl Haniyeh", "إسماعيل هنية"),
        ("Mohammed Salah", "محمد صلاح"),
        ("Antonio Costa", "أنطونيو كوستا"),
        ("Michael Pompeo", "مايك بومبيو"),
        ("Moustafa Al Kazimi", "مصطفى الكاظمي"),
    ],
)
def test_a_known_name_may_still_be_spelt_otherwise(name: str, known: str) -> None:
    assert entity_id(name) == entity_id(known)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("محمد بن راشد آل خليفة", "محمد بن راشد آل مكتوم"),
        ("عبد الله بن زايد القحطاني", "عبد الله بن زايد آل نهيان"),
        ("محمد بن سلمان آل خليفة", "محمد بن سلمان"),
        ("خالد بن سلمان آل خليفة", "خالد بن سلمان"),
        ("قيس سعيد الشمري", "قيس سعيد"),
        ("صدام حسين الغامدي", "صدام حسين"),
        ("عبد السلام محمد", "محمد عبد السلام"),
        ("عبدالله بن زياد", "عبد الله بن زايد"),
        ("حيدر العابدي", "حيدر العبادي"),
    ],
)
def test_another_family_father_or_order_is_somebody_else(name: str, known: str) -> None:
    assert entity_id(name) != entity_id(known)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("محمد بن راشد بن سعيد آل مكتوم", "محمد بن راشد"),
        ("خالد بن سلمان بن عبد العزيز آل سعود", "خالد بن سلمان"),
        ("السلطان هيثم بن طارق المعظم", "هيثم بن طارق"),
        ("صدام حسين المجيد", "صدام حسين"),
        ("نيكولاس مادورو موروس", "نيكولاس مادورو"),
    ],
)
def test_a_fuller_name_is_still_the_same_persons(name: str, known: str) -> None:
    assert entity_id(name) == entity_id(known)


@pytest.mark.parametrize(
    ("office", "other"),
    [
        ("ملكة الأردن", "ملك الأردن"),
        ("ملكة إسبانيا", "ملك إسبانيا"),
        ("Queen of Jordan", "King of Jordan"),
        ("إمبراطورة اليابان", "إمبراطور اليابان"),
    ],
)
def test_a_kings_wife_holds_another_office(office: str, other: str) -> None:
    assert entity_id(office) != entity_id(other)


def test_a_queen_who_reigned_held_the_kings() -> None:
    assert entity_id("ملكة بريطانيا") == entity_id("ملك بريطانيا") == entity_id("British Queen")
    assert entity_id("ملكة الدنمارك") == entity_id("ملك الدنمارك")
