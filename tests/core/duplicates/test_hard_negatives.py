"""News from a mould with other names or figures is other news; a copy that a paper has worked on is a copy."""

import pytest

from pipelines.core.duplicates.signature import keys, sign
from pipelines.core.duplicates.similarity import Similarity, compare
from tests.core.duplicates.wire import BODY, OTHER_BODY, PARAGRAPHS, TITLE, write

CABLE = (
    "بعث رئيس الجمهورية برقية تهنئة إلى {who} بمناسبة ذكرى استقلال بلاده، عبر فيها باسمه وباسم الشعب والحكومة عن أصدق "
    "التهاني وأطيب التمنيات بموفور الصحة والسعادة له، ولشعب {where} الصديق باطراد التقدم والازدهار، مشيدا بما يربط "
    "البلدين من علاقات متميزة يحرص الجميع على تطويرها في المجالات كافة. كما بعث رئيس الوزراء برقية مماثلة ضمنها أطيب "
    "الأمنيات لحكومة {where} وشعبها بدوام الاستقرار والرخاء."
)
WEATHER = (
    "يتوقع خبراء الأرصاد أن يسود غدا طقس {sky} على معظم المناطق، وأن تنشط الرياح على السواحل مثيرة للغبار أحيانا. "
    "وتبلغ درجة الحرارة العظمى في العاصمة {a} درجة والصغرى {b}، وفي المدن الساحلية {c} درجة والصغرى {d}، وفي الجبال "
    "{e} درجة والصغرى {f}. وتنصح الهيئة بتجنب الخروج في ساعات الظهيرة وبشرب كميات كافية من الماء."
)
GOLD = (
    "سجلت أسعار الذهب اليوم في محال الصاغة تغيرا محدودا مقارنة بالأمس، إذ بلغ سعر الجرام من عيار 24 نحو {a} جنيها، ومن "
    "عيار 21 وهو الأكثر مبيعا نحو {b} جنيها، ومن عيار 18 نحو {c} جنيها، فيما وصل سعر الجنيه الذهب إلى {d} جنيها. وفي "
    "البورصة العالمية سجلت الأوقية {e} دولارا، وسط ترقب لقرار الفائدة."
)
TABLE = (
    "ترتيب الدوري بعد مباريات الجولة {round}: يتصدر {a} برصيد {p} نقطة، يليه {b} برصيد {q} نقطة، ثم {c} في المركز "
    "الثالث برصيد {r} نقطة، بينما يتذيل {d} الترتيب برصيد {s} نقاط. وتقام مباريات الجولة التالية نهاية الأسبوع المقبل "
    "على أن تعلن رابطة الأندية مواعيدها ويوزع الاتحاد الحكام عليها قبل ذلك بيومين."
)
MOULDS = {
    "cable": (
        CABLE.format(who="ملك الأردن", where="الأردن"),
        CABLE.format(who="رئيس النيجر", where="النيجر"),
    ),
    "weather": (
        WEATHER.format(sky="حار", a=38, b=24, c=33, d=26, e=29, f=18),
        WEATHER.format(sky="معتدل", a=31, b=19, c=28, d=21, e=22, f=12),
    ),
    "gold": (
        GOLD.format(a=3577, b=3130, c=2683, d=25040, e=2331),
        GOLD.format(a=3611, b=3160, c=2709, d=25280, e=2352),
    ),
    "table": (
        TABLE.format(round=11, a="الساحل", b="الواحة", c="الشاطئ", d="النخيل", p=27, q=25, r=22, s=4),
        TABLE.format(round=12, a="الواحة", b="الساحل", c="المرفأ", d="النخيل", p=28, q=27, r=24, s=5),
    ),
}
COPIES = {
    "another headline": ("السيارات تعبر الجسر الجديد", BODY),
    "a dateline": (TITLE, "بيروت (أ ف ب) - " + BODY),
    "a dateline in Hijri": (TITLE, "الرياض ٢٥ شوال ١٤٣٦ هـ الموافق ١٠ أغسطس ٢٠١٥ م واس - " + BODY),
    "an end mark": (TITLE, BODY + "\n// انتهى //"),
    "an agency at the end": (TITLE, BODY + " (رويترز)"),
    "the last paragraph cut": (TITLE, "\n".join(PARAGRAPHS[:3])),
    "the first paragraph cut": (TITLE, "\n".join(PARAGRAPHS[1:])),
    "a paragraph added": (TITLE, BODY + "\n" + OTHER_BODY),
    "paragraphs moved": (TITLE, "\n".join((PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1], PARAGRAPHS[3]))),
    "no paragraphs": ("جسر جديد", BODY.replace("\n", " ")),
}


def _compare(one: str, other: str) -> Similarity:
    return compare(sign(write("خبر اليوم", other)), sign(write("خبر اليوم", one)))


@pytest.mark.parametrize("mould", MOULDS)
def test_the_same_mould_with_other_names_or_figures_is_no_duplicate(mould: str) -> None:
    assert _compare(*MOULDS[mould]).kind is None


@pytest.mark.parametrize("mould", MOULDS)
def test_the_same_mould_with_the_same_names_and_figures_is_a_duplicate(mould: str) -> None:
    one, _ = MOULDS[mould]
    assert _compare(one, one + " ولم تصدر تفاصيل أخرى حتى ساعة متأخرة.").kind == "near"


@pytest.mark.parametrize("mould", ["cable", "gold"])
def test_names_and_figures_alone_tell_apart_what_the_words_do_not(mould: str) -> None:
    similarity = _compare(*MOULDS[mould])
    assert similarity.conflict


def test_a_cable_to_the_same_king_under_other_forms_of_his_countrys_name_is_a_copy() -> None:
    one = CABLE.format(who="ملك الأردن", where="الأردن")
    assert _compare(one, one.replace("لشعب الأردن الصديق", "للشعب الأردني الصديق")).kind == "near"


@pytest.mark.parametrize("change", COPIES)
def test_a_worked_over_copy_is_found_and_near(change: str) -> None:
    original, copy = sign(write(TITLE, BODY)), sign(write(*COPIES[change]))
    assert set(keys(original)) & set(keys(copy))
    assert compare(copy, original).kind == "near"


def test_a_short_item_inside_a_long_report_is_contained_in_it() -> None:
    item = sign(write("افتتاح جسر", "\n".join(PARAGRAPHS[:2])))
    report = sign(write("حصاد اليوم", "\n".join((OTHER_BODY, BODY))))
    assert set(keys(item)) & set(keys(report))
    assert (compare(item, report).kind, compare(item, report).direction) == ("contained", "copy_in_original")
    assert (compare(report, item).kind, compare(report, item).direction) == ("contained", "original_in_copy")


def test_two_reports_that_share_one_quotation_are_two() -> None:
    assert _compare(BODY, "\n".join((PARAGRAPHS[1], OTHER_BODY, " ".join(OTHER_BODY.split()[::-1])))).kind is None


def test_similarity_is_exact_for_texts_of_usual_length() -> None:
    half = _compare(BODY, PARAGRAPHS[0] + "\n" + PARAGRAPHS[1])
    assert half.containment == 1.0
    assert half.similarity == pytest.approx(half.shortest / sign(write("خبر اليوم", BODY)).shingles.size)
