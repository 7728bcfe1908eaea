import pytest

from pipelines.core.entities.identity import identify
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    "names",
    [
        ("وكالة الفضاء الأوروبية", "European Space Agency", "Agence spatiale européenne"),
        ("منظمة حظر الأسلحة الكيميائية", "Organisation for the Prohibition of Chemical Weapons"),
        ("الحزب الشيوعي السوداني", "Sudanese Communist Party", "Parti communiste soudanais"),
        ("المجلس الوطني لحقوق الإنسان", "National Human Rights Council"),
        ("نقابة المحامين في بيروت", "Beirut Bar Association"),
        ("وكالة الأدوية العربية", "Arab Medicines Agency", "Agence arabe des médicaments"),
        ("رابطة المعلمين اللبنانية", "رابطة المعلمين في لبنان", "Lebanese Teachers League"),
        ("المعهد الوطني للإحصاء التونسي", "Institut national de la statistique de Tunisie"),
    ],
)
def test_a_body_is_one_where_its_name_in_latin_letters_is_put_together_of_common_words(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("وزير التجارة والصناعة القطري", "Qatar's minister of commerce and industry"),
        ("نائب رئيس مجلس السيادة السوداني", "deputy head of Sudan's Sovereignty Council"),
        ("رئيس محكمة النقض", "president of the Court of Cassation"),
        ("مدير مستشفى الكندي", "director of Al-Kindi Hospital", "Al-Kindi hospital director"),
        ("وكيل وزارة الخارجية الكويتية", "undersecretary of Kuwait's foreign ministry"),
        ("رئيس حكومة إقليم كردستان", "رئيس وزراء إقليم كردستان", "Kurdish prime minister"),
    ],
)
def test_who_leads_a_body_is_one_where_it_is_put_together_of_common_words(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sudanese Communist Party", "الحزب الشيوعي العراقي"),
        ("European Medicines Agency", "European Space Agency"),
        ("head of the National Election Authority", "National Election Authority"),
        ("Rachid Bank", "بنك الرشيد"),
    ],
)
def test_a_body_of_common_words_is_not_another(name: str, other: str) -> None:
    assert entity_id(name) != entity_id(other)


@pytest.mark.parametrize(
    "names",
    [
        ("الوكالة الأوروبية للأدوية", "EMA"),
        ("المحكمة الدولية ليوغوسلافيا السابقة", "ICTY", "TPIY"),
        ("مجموعة السبع", "G7", "G-7", "الدول السبع الكبرى"),
        ("صندوق الأمم المتحدة للسكان", "UNFPA", "UN Population Fund"),
    ],
)
def test_international_bodies_are_known_by_their_letters(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize("name", ["X-9", "G-9", "ب", "C 3", "1 2", "ل ه", "l fundacion", "minister commander", "ex"])
def test_what_names_nothing_never_fails(name: str) -> None:
    identify(name)


@pytest.mark.parametrize("name", ["The President", "The Mayor", "The Parliament", "Le Président"])
def test_an_article_is_no_place_whose_office_it_is(name: str) -> None:
    read = identify(name)
    assert read is None or read.entity.country is None
    assert read is None or not any(place in read.entity.name for place in ("تيريسينا", "اتصالات"))


def test_an_article_before_an_office_of_a_country_changes_nothing() -> None:
    assert entity_id("The President of Egypt") == entity_id("President of Egypt")
