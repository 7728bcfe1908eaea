import pytest

from pipelines.core.analysis import analyze_article
from pipelines.core.annotation import annotate_article
from pipelines.core.article import Article, RawArticle
from pipelines.core.duplicates.signature import sign
from pipelines.core.duplicates.similarity import compare
from pipelines.core.normalization import normalize_article
from pipelines.core.text.furniture import find_furniture

NEWS = "دشّن وزير النقل الأردني جسرا جديدا في مدينة إربد أمس."
MORE = "وأوضح الوزير أن الجسر يربط حيين كبيرين ويخفف الازدحام في وسط المدينة."


def aside(body: str, title: str = "") -> list[tuple[str, str]]:
    texts = {"title": title, "body": body}
    return [(one.kind, texts[one.field][one.start : one.end]) for one in find_furniture(title, body)]


def article(body: str, title: str = "جسر جديد في إربد") -> Article:
    return normalize_article(RawArticle("okaz", title, body, "2024-05-01")).article


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("related", "اقرأ أيضاً: انفجار في مصنع للألعاب النارية"),
        ("related", "إقرأ ايضا انفجار في مصنع للألعاب النارية"),
        ("related", "- طالع أيضًا.. انفجار في مصنع"),
        ("related", "(شاهد أيضا: انفجار في مصنع)"),
        ("related", "للمزيد: انفجار في مصنع للألعاب النارية يودي بحياة سبعة"),
        ("related", "شاهد.. لحظة انفجار المصنع"),
        ("related", "قد يهمك: انفجار في مصنع"),
        ("related", "أخبار متعلقة"),
        ("related", "المزيد..."),
        ("share", "تابعونا على تلغرام وواتساب"),
        ("share", "شارك الخبر على فيسبوك"),
        ("share", "اشترك في نشرتنا البريدية ليصلك كل جديد"),
        ("share", "انضموا إلى قناتنا على واتساب"),
        ("share", "لمتابعة آخر الأخبار حمّل تطبيق الصحيفة"),
        ("share", "Facebook Twitter WhatsApp"),
        ("share", "طباعة"),
        ("credit", "(تصوير: رامي حداد)"),
        ("credit", "الصورة: أ ف ب"),
        ("credit", "مصدر الصورة Getty Images"),
        ("credit", "صورة أرشيفية"),
        ("notice", "5 تعليقات"),
        ("notice", "عدد المشاهدات: 1204"),
        ("notice", "وقت القراءة: 3 دقائق"),
        ("notice", "نستخدم ملفات تعريف الارتباط لنحسن خدمتنا"),
        ("notice", "جميع الحقوق محفوظة © 2024"),
        ("notice", "كلمات مفتاحية: جسور، نقل، الأردن"),
        ("repeated", NEWS),
        ("related", "👈 إقرأ أيضًا | انفجار في مصنع"),
        ("related", ">>> اقرأ التالي: انفجار في مصنع"),
        ("related", "وقد يهمك أيضا: انفجار في مصنع"),
        ("related", "الموضوعات المتعلقة"),
        ("related", "آخر الأخبار"),
        ("related", "المزيد من محليات"),
        ("related", "المزيد من أخبار الأردن"),
        ("related", "...المزيد"),
        ("related", "الأكثر تفاعلا:"),
        ("related", "À lire aussi : explosion dans une usine"),
        ("share", "لمزيد من التفاصيل اضغط هنا"),
        ("share", "تابعوا آخر أخبارنا عبر Google News"),
        ("share", "حمّل التطبيق الآن من غوغل بلاي"),
        ("share", "اشترك في القائمة البريدية"),
        ("share", "فيسبوك | تيليجرام | لينكدإن"),
        ("share", "تكبير الخط - تصغير الخط"),
        ("share", "استمع إلى الخبر"),
        ("share", "Abonnez-vous à notre newsletter"),
        ("credit", "صورة أرشيفية للجسر القديم"),
        ("credit", "التعليق على الصورة، الجسر عند افتتاحه"),
        ("notice", "5 دقائق قراءة"),
        ("notice", "1,204 مشاهدة"),
        ("notice", "3 min read"),
        ("notice", "نُشر في: 5 مايو 2024"),
        ("notice", "آخر تحديث الأحد 5 مايو 2024 - 12:30 م"),
        ("notice", "منذ 5 ساعات"),
        ("notice", "الوسوم"),
        ("notice", "الوسوم جسور النقل إربد"),
        ("notice", "#إربد #جسر_جديد | #وزارة_النقل"),
        ("notice", "الرئيسية > أخبار > محليات"),
        ("notice", "« السابق التالي »"),
        ("notice", "المقال يستمر بعد الإعلان"),
        ("notice", "ADVERTISEMENT"),
        ("notice", "هذا المحتوى متاح للمشتركين فقط"),
        ("notice", "متصفحك لا يدعم تشغيل الفيديو"),
        ("notice", "00:00 / 02:31"),
        ("notice", "https://balad.example/news/17"),
        ("notice", "لن يتم نشر عنوان بريدك الإلكتروني."),
    ],
)
def test_what_a_page_puts_between_paragraphs_is_set_aside(kind: str, line: str) -> None:
    assert aside(f"{NEWS}\n{line}\n{MORE}") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "شارك مئات المزارعين في معرض الزيتون بمدينة جرش.",
        "تابع الأمير حسن أعمال الترميم في البتراء.",
        "تابع: لا بد من حل يرضي الطرفين.",
        "شاهد عيان قال إن الحريق بدأ في الطابق الثاني.",
        "شاهدت عشرات العائلات العرض في ساحة المدينة.",
        "المزيد من المساعدات وصل إلى المخيم صباح الثلاثاء.",
        "صورة المدينة القديمة تتغير مع كل جسر جديد.",
        "نشر في صحيفة محلية أن الجسر كلف مليوني دينار.",
        "حقق الجسر رقما قياسيا في عدد المشاهدات على الموقع.",
        "انضم الأردن إلى الاتفاقية الدولية لحماية الأنهار.",
        "إعلان نتائج الانتخابات يتأخر أسبوعا.",
        "خاص الشعب الأردني معركة التنمية.",
        "آخر الأخبار الواردة من العقبة تتحدث عن عاصفة.",
        "المزيد من المعاناة",
        "هذا الموقع الأثري يستقبل الزوار منذ سنة.",
        "نشر الأحد تقريرا عن الجسور في المحافظة.",
        "تحديث الطريق الصحراوي يكلف مليوني دينار.",
        "قبل أيام.",
        "وزعت الصور على فيسبوك. ثم على يوتيوب.",
        "منذ 5 ساعات والسير متوقف عند الجسر.",
        "رفع المتظاهرون شعار #جسر_آمن أمام الوزارة.",
        "الرئيسية في هذه الخطة هي مرحلة الأنفاق.",
        "قراءة في موازنة النقل بقلم اقتصادي أردني",
    ],
)
def test_reports_that_begin_with_the_same_words_stay(line: str) -> None:
    assert aside(f"{NEWS}\n{line}\n{MORE}") == []


def test_headlines_below_a_heading_go_with_it_up_to_the_text_that_goes_on() -> None:
    links = ["مواضيع ذات صلة", "انفجار في مصنع بالزرقاء", "اعتقال مهرب عند الحدود"]
    assert aside("\n".join((NEWS, *links, MORE))) == [("related", line) for line in links]
    assert aside("\n".join((NEWS, MORE, *links))) == [("related", line) for line in links]


def test_furniture_within_a_line_ends_with_its_sentence() -> None:
    assert aside(f"{NEWS} اقرأ أيضا: انفجار في مصنع بالزرقاء. {MORE}") == [
        ("related", "اقرأ أيضا: انفجار في مصنع بالزرقاء.")
    ]


def test_flags_and_outlets_are_set_aside_in_titles() -> None:
    assert aside("", "عاجل | جسر جديد في إربد - صحيفة المدينة") == [
        ("notice", "عاجل | "),
        ("credit", " - صحيفة المدينة"),
    ]
    assert aside("", "جسر جديد في إربد | سكاي نيوز عربية") == [("credit", " | سكاي نيوز عربية")]
    assert aside("", "جسر جديد في إربد | عاجل") == [("notice", " | عاجل")]
    assert aside("", "صحيفة المدينة - جسر جديد") == []
    assert aside("", "قمة عمان - خطوة إلى الأمام") == []


@pytest.mark.parametrize(
    "title",
    [
        *(
            "(عاجل) {}",
            "🔴 عاجل: {}",
            "#عاجل {}",
            "[عاجل] {}",
            "عاجل | بالفيديو.. {}",
            "عاجل وخطير.. {}",
            "خبر عاجل: {}",
        ),
        *(
            "{} (فيديو)",
            "{}.. فيديو",
            "{} [صور]",
            "{} ( صور وفيديو )",
            "{}.. بالفيديو والصور",
            "{} (محدث)",
            "{}.. التفاصيل",
        ),
        *("{} | البلد نيوز", "{} - البلد نيوز | فيديو", "🔴 عاجل: {} - خبر برس (شاهد)"),
    ],
)
def test_however_a_title_is_flagged_it_is_the_title_that_is_read(title: str) -> None:
    assert article(NEWS, title.format("جسر جديد في إربد")).own_title.strip() == "جسر جديد في إربد"


@pytest.mark.parametrize(
    "title", ["صور الأقمار تكشف حرائق", "تفاصيل اتفاق غزة", "صحافي يروي: شاهد", "مقتل شاهد (تقرير)"]
)
def test_words_of_a_title_that_flags_are_made_of_stay(title: str) -> None:
    assert aside("", title) == []


def test_no_names_events_or_dates_are_looked_for_in_it() -> None:
    plain = article(f"{NEWS}\n{MORE}")
    page = article(f"{NEWS}\nاقرأ أيضا: مقتل سبعة جنود في هجوم لتنظيم داعش في الموصل أمس\n{MORE}\nقد يعجبك\nقصف صنعاء")
    assert [one.entity for one in analyze_article(page).mentions] == [
        one.entity for one in analyze_article(plain).mentions
    ]
    assert [one.type for one in analyze_article(page).events] == [one.type for one in analyze_article(plain).events]
    assert len(analyze_article(page).dates) == len(analyze_article(plain).dates)


def test_it_makes_no_difference_to_duplicates_and_the_text_stays() -> None:
    plain, page = article(f"{NEWS}\n{MORE}"), article(f"{NEWS}\nشاهد أيضا: مباراة\n{MORE}\nشارك الخبر على تويتر")
    assert compare(sign(page), sign(plain)).similarity == 1.0
    assert "شارك الخبر" in page.body


def test_the_agency_before_it_is_still_found() -> None:
    byline = article(f"{NEWS} {MORE} (رويترز)\nاقرأ أيضا: انفجار في مصنع").byline
    assert byline is not None
    assert byline.agency == "رويترز"


def test_annotations_say_what_was_set_aside_where_it_was_sent() -> None:
    body = f"<p>{NEWS}</p><p>شارك&nbsp;الخبر على تويتر</p>"
    (told,) = annotate_article(RawArticle("okaz", "جسر جديد", body, "2024-05-01"))["set_aside"]
    assert (told["kind"], told["text"]) == ("share", "شارك&nbsp;الخبر على تويتر")
    assert body[told["start"] : told["end"]] == told["text"]
