"""What differs decides: one template filled in twice is two reports, and a new lead over old background is no copy."""

import struct

import pytest

from pipelines.core.article import Article, RawArticle
from pipelines.core.duplicates.signature import VERSION, keys, pack, sign, unpack
from pipelines.core.duplicates.similarity import Similarity, compare
from pipelines.core.duplicates.verdict import Match, _holds_more
from pipelines.core.normalization import normalize_article
from tests.core.duplicates.wire import BODY, OTHER_BODY, PARAGRAPHS, write

TEMPLATES = {
    "shot": "عثر سكان بلدة {town} فجر اليوم على جثة {who} مصابا بطلقات في الرأس، وقال مصدر طبي إن الجثة نقلت إلى "
    "ثلاجة المستشفى العام، فيما باشرت الأجهزة الأمنية التحقيق لمعرفة الدوافع والجهة التي تقف وراء "
    "الحادث، ولم تتبن أي جهة العملية التي تأتي في سياق سلسلة من حوادث مماثلة شهدتها المنطقة في الأشهر "
    "الماضية.",
    "died": "نعت نقابة المهندسين ببالغ الحزن والأسى الزميل {who} الذي وافته المنية أمس بعد صراع طويل مع المرض، "
    "وتقام صلاة الجنازة ظهرا في مسجد {town} الكبير، ويقام العزاء لمدة ثلاثة أيام في قاعة النقابة للرجال "
    "والنساء، وتسأل النقابة الله أن يتغمد الفقيد بواسع رحمته وأن يلهم أسرته الصبر والسلوان.",
    "appointed": "صدر اليوم قرار وزاري يقضي بتكليف {who} بإدارة مستشفى {town} العام خلفا للمدير السابق الذي أحيل على "
    "التقاعد، ويبدأ العمل بالقرار من تاريخ نشره في الجريدة الرسمية، وثمن المدير الجديد ثقة الوزارة وتعهد "
    "بالعمل على رفع مستوى الخدمة المقدمة للمراجعين وتقليص قوائم الانتظار في العيادات كافة.",
    "sentenced": "أصدرت محكمة الجنايات حكما حضوريا بالسجن المؤبد على {who} بعد ثبوت اشتراكه في تهريب آثار من متحف "
    "{town}، وقال القاضي في منطوق الحكم إن الأدلة الفنية وأقوال الشهود جاءت متطابقة، وأمهلت المحكمة "
    "الدفاع ثلاثين يوما للطعن، في حين قررت مصادرة المضبوطات وإعادتها إلى هيئة الآثار.",
}
FILLED = [
    ({"who": "نزار كامل الحسيني", "town": "الحويجة"}, {"who": "مهند جاسم العاني", "town": "الطارمية"}),
    ({"who": "أيمن بن راشد", "town": "زوارة"}, {"who": "حمزة بن يوسف", "town": "مصراتة"}),
    ({"who": "سامر الخوري", "town": "طرطوس"}, {"who": "سامر النجار", "town": "القامشلي"}),
]
FLASH = "إصابة أربعة عمال في حريق بمصنع للنسيج شمال حلب"
LEAD = (
    "اندلع صباح اليوم حريق كبير في مستودع للوقود قرب الجسر الذي افتتح أمس، وأصيب أحد عشر عاملا بحروق نقلوا على إثرها "
    "إلى مستشفيين في المدينة، وقال الدفاع المدني إن النيران أخمدت بعد ثلاث ساعات من العمل المتواصل وإن التحقيق جار "
    "لمعرفة ما إذا كان تماس كهربائي سببها، فيما أغلقت السلطات الطريق المؤدي إلى الميناء حتى إشعار آخر."
)


def _compare(one: str, other: str) -> Similarity:
    return compare(sign(write("خبر اليوم", other)), sign(write("خبر اليوم", one)))


def flash(title: str) -> Article:
    return normalize_article(RawArticle("okaz", title, "", "2024-05-01")).article


def kind_of(one: Article, other: Article) -> str | None:
    signatures = sign(one), sign(other)
    shared = set(keys(signatures[0])) & set(keys(signatures[1]))
    return compare(*signatures).kind if shared else None


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("one_and_other", FILLED)
def test_a_template_filled_in_twice_is_two_reports(
    template: str, one_and_other: tuple[dict[str, str], dict[str, str]]
) -> None:
    one, other = (TEMPLATES[template].format(**filled) for filled in one_and_other)
    assert _compare(one, other).kind is None


@pytest.mark.parametrize(
    ("template", "one", "other"),
    [
        (
            "قررت وزارة {} تمديد الدوام ساعتين في دوائرها طوال الشهر، وقالت إن القرار يشمل المحافظات كافة.",
            "الزراعة",
            "الصحة",
        ),
        ("اشتعلت النيران في {} عند مدخل المدينة، وقال رجال الإطفاء إن أحدا لم يصب وإنهم أخمدوها.", "مصنع", "مدرسة"),
        ("سلم رجل نفسه إلى المخفر بعد أن طعن {} بسكين في شجار على ميراث، ونقل الجريح إلى العيادة.", "شقيقه", "والده"),
        (
            "عثر الخفر داخل قارب مهجور على {} كانت معدة للبيع، وسلموا ما وجدوه إلى النيابة في الميناء.",
            "مخدرات",
            "سجائر",
        ),
        ("حبست النيابة {} أشخاص أسبوعا بعد شجار في مقهى، وأمرت بإغلاق المكان إلى أن ينتهي التحقيق.", "أربعة", "سبعة"),
        (
            "تكون الرياح غدا {} نشيطة على السواحل، ويعلو الموج، ولا ينصح الصيادون بالخروج حتى المساء.",
            "شمالية",
            "جنوبية",
        ),
        ("فتحت جامعة {} باب التسجيل لطلبة الدراسات العليا، ويستمر حتى نهاية الشهر عبر الموقع وحده.", "تبوك", "حلوان"),
    ],
)
def test_one_telling_word_tells_two_short_reports_apart(template: str, one: str, other: str) -> None:
    assert _compare(template.format(one), template.format(other)).kind is None
    assert _compare(template.format(one), "صرح مصدر مطلع بما يلي: " + template.format(one)).kind == "near"


def test_a_number_written_in_words_tells_nothing_of_one_in_figures() -> None:
    one = "حبست النيابة أربعة أشخاص أسبوعا بعد شجار في مقهى، وأمرت بإغلاق المكان إلى أن ينتهي التحقيق معهم."
    assert _compare(one, one.replace("أربعة", "4")).kind == "near"


def test_telling_words_count_in_short_reports_alone() -> None:
    assert sign(write("خبر", BODY + "\nوقال وزير الصحة.")).telling.size == 0
    short = "افتتح وزير الصحة جسرا يصل المطار بالمدينة القديمة."
    assert _compare(BODY + "\n" + short, BODY + "\n" + short.replace("الصحة", "النقل")).kind == "near"


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_report_worked_over_is_a_copy(template: str) -> None:
    one = TEMPLATES[template].format(**FILLED[0][0])
    other = one.replace("اليوم", "صباح الثلاثاء").replace("أمس", "الليلة الماضية") + " ولم ترد تفاصيل أخرى."
    assert _compare(one, other).kind == "near"


def test_names_spelt_in_another_way_are_no_others() -> None:
    one = TEMPLATES["died"].format(**FILLED[0][0])
    assert _compare(one, one.replace("نزار كامل الحسيني", "نزار كامل حسيني")).kind == "near"


def test_a_new_lead_over_old_background_is_linked_and_read() -> None:
    found = _compare(BODY, LEAD + "\n" + "\n".join(PARAGRAPHS[1:]))
    assert found.kind is not None
    assert found.similarity < 0.8
    match = Match(None, found.kind, found.similarity, found.containment, found.direction, found.rest)  # type: ignore[arg-type]
    assert _holds_more(match)


def test_a_copy_with_little_of_its_own_is_not_read_again() -> None:
    found = _compare(BODY, BODY + "\nولم تصدر تفاصيل أخرى حتى ساعة متأخرة من الليل.")
    assert (found.kind, found.rest < 20) == ("near", True)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "إصابة أربعة عمال في حريق بمصنع للنسيج شمال حلب",
            "عاجل | إصابة أربعة عمال في حريق بمصنع للنسيج شمال حلب",
            "near",
        ),
        (
            "إصابة أربعة عمال في حريق بمصنع للنسيج شمال حلب",
            "إصابة أربعة عمال في حريق بمصنع للنسيج شمال حلب - صحيفة البلد",
            "near",
        ),
        (FLASH, "إصابة سبعة عمال في انهيار بمصنع للنسيج شمال حلب", None),
        ("الرئيس يستقبل وفدا", "عاجل: الرئيس يستقبل وفدا", None),  # under 7 words nothing can be told
    ],
)
def test_flashes_are_copies_where_they_are_the_same_words(one: str, other: str, kind: str | None) -> None:
    assert kind_of(flash(one), flash(other)) == kind


def test_of_texts_under_20_words_one_other_word_makes_no_other_text() -> None:
    one = "أعلنت الهيئة أن مباراة الكأس بين الفريقين ستقام في موعدها على ملعب المدينة دون حضور الجمهور."
    assert _compare(one, one.replace("ستقام", "ستجرى")).kind == "near"


def test_a_signature_of_version_1_is_read_without_the_words_that_people_are_called_by() -> None:
    signature = sign(write("خبر", BODY))
    parts = [sketch.smallest for sketch in signature.sketches[:3]]
    sizes = (*(sketch.size for sketch in signature.sketches[:3]), *map(len, parts))
    old = struct.pack("<BIIIHHH", 1, *sizes) + b"".join((*parts, signature.key_bytes))
    assert unpack(old).sketches[:3] == signature.sketches[:3]
    assert keys(unpack(old)) == keys(signature)
    assert compare(unpack(old), signature).similarity == 1.0
    assert pack(signature)[0] == VERSION == 3


def test_a_signature_of_version_2_is_read_without_other_telling_words() -> None:
    signature = sign(write("خبر", "عين وزير الصحة طبيبا مديرا لمستشفى المدينة خلفا لزميله الذي بلغ سن التقاعد."))
    parts = [sketch.smallest for sketch in signature.sketches[:4]]
    sizes = (*(sketch.size for sketch in signature.sketches[:4]), *map(len, parts))
    old = unpack(struct.pack("<BIIIIHHHH", 2, *sizes) + b"".join((*parts, signature.key_bytes)))
    assert (old.sketches[:4], old.telling.size) == (signature.sketches[:4], 0)
    assert compare(old, signature).kind == "near"


def test_texts_that_share_nothing_are_none() -> None:
    assert _compare(BODY, OTHER_BODY).kind is None
