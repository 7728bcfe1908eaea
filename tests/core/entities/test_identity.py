from time import process_time

import pytest

from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.identity import identify
from pipelines.core.entities.tables import places
from pipelines.core.text.document import read_document
from tests.bench.identity import read_groups, total
from tests.core.entities.entity_ids import entity_id


def test_spellings_come_together_and_others_do_not() -> None:
    fresh = (
        ("fresh", 0.91),
        ("fresh_2026-11-29a", 0.89),
        ("fresh_2026-11-29b", 0.87),
        ("fresh_2026-11-29c", 0.78),
    )
    for name, least in (("dev", 0.94), ("blind", 0.9), *fresh):
        found = total(read_groups(name))
        assert found.joined / found.pairs >= least
        assert found.merged <= max(0.005 * found.others, 2)


@pytest.mark.parametrize(
    "names",
    [
        ("يوسف بلمهدي", "يوسف بن المهدي", "يوسف بالمهدي", "Youcef Belmehdi"),
        ("ليلى المنصوري", "ليلى لمنصوري"),
        ("واغادوغو", "واقادوقو"),
        ("تسفاي غبرماريام", "لتسفاي غبرماريام"),
        ("وزير النفط العراقي", "وزير النفط بالعراق", "Iraq's oil minister"),
        ("ولي عهد أبوظبي", "Crown Prince of Abu Dhabi"),
        ("نائب وزير الخارجية الروسي", "Russian Deputy Foreign Minister"),
        ("المبعوث الأممي إلى سوريا", "UN Special Envoy for Syria"),
        ("وزير الداخلية التشادي", "ministre tchadien de l'Intérieur", "ministre de l'Intérieur du Tchad"),
        ("وزير العدل البلجيكي السابق", "former Belgian justice minister", "ancien ministre belge de la Justice"),
        ("وزير النقل السوداني", "وزير النقل والبنى التحتية السوداني", "وزيرة النقل والطرق السودانية"),
        ("وزير الشؤون الاجتماعية التونسي", "وزير التضامن التونسي"),
        ("رئيس بلدية روما", "عمدة روما", "mayor of Rome", "maire de Rome"),
        ("نقيب المحامين الأردنيين", "نقيب المحامين في الأردن"),
        ("مندوب مصر لدى الأمم المتحدة", "السفير المصري لدى الأمم المتحدة", "Egyptian ambassador to the UN"),
        ("رئيس برلمان غانا", "speaker of Ghana's parliament"),
        ("الموساد", "Israeli Mossad", "the Mossad"),
        ("محافظة المثنى", "Muthanna governorate", "gouvernorat d'al-Muthanna"),
        ("شرق دارفور", "East Darfur", "Darfour-Est"),
        ("مخيم الزعتري", "Zaatari refugee camp", "camp de Zaatari"),
        ("جهاد أزعور", "Djihad Azour"),
        ("حضرموت", "Hadramawt", "Hadhramaut"),
        ("مارين لوبان", "Le Pen"),
        ("الجامعة الأمريكية ببيروت", "الجامعة الأمريكية في بيروت"),
        ("فهد بن عبد الرحمن السبيعي", "فهد عبد الرحمان السبيعي", "Fahd bin Abdulrahman Al-Subaie"),
        ("غابرييل روسي", "جابرييل روسي", "غابريال روسي"),
        ("رئيس الناتو", "الأمين العام لحلف شمال الأطلسي", "NATO chief", "patron de l'Otan"),
        ("مدير الموساد", "رئيس جهاز الموساد", "head of Mossad"),
        ("قائد قسد", "القائد العام لقوات سوريا الديمقراطية", "SDF commander"),
        ("وزير الصحة الجزائري", "وزير الصحة والسكان وإصلاح المستشفيات الجزائري"),
        ("وزير العدل الجزائري", "وزير العدل حافظ الأختام الجزائري", "وزير الدولة وزير العدل الجزائري"),
        ("وزير الداخلية المغربي", "وزير الداخلية في الحكومة المغربية"),
        ("المتحدث باسم وزارة الدفاع الأمريكية", "المتحدث باسم البنتاغون", "Pentagon spokesman"),
        ("والي كسلا", "Kassala governor", "governor of Kassala"),
        ("أمير منطقة عسير", "أمير عسير", "governor of Asir"),
        ("البطريرك الماروني", "بطريرك الموارنة", "patriarche maronite"),
        ("رئيس الكنيست", "Knesset speaker"),
        ("وزارة الصحة السودانية", "وزارة الصحة والسكان السودانية", "Sudanese health ministry"),
        ("مطار نيالا", "مطار نيالا الدولي", "Nyala airport"),
        ("سفارة إيطاليا في الخرطوم", "السفارة الإيطالية بالخرطوم", "Italian embassy in Khartoum"),
        ("خفر السواحل التونسي", "حرس السواحل التونسي", "خفر السواحل التونسية"),
        ("معبر دبوسية", "معبر دبوسية الحدودي", "منفذ دبوسية البري"),
        ("مخيم السلام", "مخيم السلام للنازحين"),
        ("حقل الدرة", "حقل آرش", "Durra gas field"),
        ("مدرب ليفربول", "المدير الفني لليفربول", "Liverpool FC coach"),
        ("رئيس حزب الليكود", "زعيم الليكود", "Likud leader"),
        ("المبعوث الأممي إلى قبرص", "UN Cyprus envoy", "UN envoy to Cyprus"),
        ("وزير الزراعة الإسرائيلي", "وزير زراعة الاحتلال"),
        ("وزير العمل السوري", "وزير العمل السوري في الحكومة الانتقالية"),
        ("القوات المسلحة العمانية", "الجيش العماني"),
    ],
)
def test_each_country_writes_a_name_its_own_way(names: tuple[str, ...]) -> None:
    assert len(set(map(entity_id, names))) == 1


def test_numbers_and_abbreviations_are_not_heard() -> None:
    names = ("March 21 forces", "March 9 forces", "QXB", "QXP")
    assert len(set(map(entity_id, names))) == len(names)


def test_who_leads_a_body_is_not_who_leads_another() -> None:
    names = (
        "رئيس الاتحاد المصري لكرة القدم",
        "رئيس الجامعة الملكية المغربية لكرة القدم",
        "رئيس الفيفا",
        "رئيس حزب الوفد",
    )
    assert len(set(map(entity_id, names))) == len(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مدغشقر", "مدغشقري"),
        ("مارين لوبان", "ماريون لوبان"),
        ("حيدر عبد الأمير الخفاجي", "حيدر عبد الحسين الخفاجي"),
        ("فاطمة الزهراء المنصوري", "فاطمة الزهراء المسناوي"),
        ("عبد الله الثني", "عبد الله الثاني"),
        ("وزير الصناعة المصري", "وزير التجارة المصري"),
        ("مخيم جنين", "جنين"),
        ("رئيس بلدية روما", "رئيس بلدية ميلانو"),
        ("السفير المصري لدى الأمم المتحدة", "السفير المصري لدى ليبيا"),
    ],
)
def test_others_stay_apart(one: str, other: str) -> None:
    assert entity_id(one) != entity_id(other)


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


def test_a_municipality_is_a_body_with_all_its_letters() -> None:
    found = identify("لبلدية النبطية")
    assert found
    assert (found.entity.type, found.entity.name) == ("ORG", "بلدية النبطية")
    document = read_document("body", "دانت بلدية النبطية القرار.")
    [mention] = [one for one in find_mentions([document], None) if "النبطية" in one.span.text]
    assert (mention.span.text, mention.entity.entity_id) == ("بلدية النبطية", found.entity.entity_id)


@pytest.mark.parametrize("word", ["والصحة", "libanais", "الدولة"])
def test_time_does_not_grow_faster_than_a_name(word: str) -> None:
    def measure(count: int) -> float:
        began = process_time()
        identify("وزير " + f"{word} " * count + "المصري")
        return process_time() - began

    measure(29)
    assert measure(3_000) < 40 * max(measure(300), 0.001)
