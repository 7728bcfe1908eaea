import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.text.bylines import find_byline

COPY = "افتتح الوزير معرض الكتاب، وزاره آلاف القراء في يومه الأول."
DATELINES = [
    ("بيروت (أ ف ب) - ", "أ ف ب", "بيروت"),
    ("بيروت (ا.ف.ب) — ", "أ ف ب", "بيروت"),
    ("باريس - (فرانس برس): ", "أ ف ب", "باريس"),
    ("القاهرة - أ ش أ: ", "أ ش أ", "القاهرة"),
    ("القاهرة في ٣ مايو /أ ش أ/ ", "أ ش أ", "القاهرة"),
    ("القاهرة (رويترز) ", "رويترز", "القاهرة"),
    ("من سامي علي\nعدن (رويترز) - ", "رويترز", "عدن"),
    ("تالة (رويترز) - ", "رويترز", "تالة"),
    ("الرياض ٢٥ شوال ١٤٣٦ هـ الموافق ١٠ أغسطس ٢٠١٥ م واس - ", "واس", "الرياض"),
    ("جدة 3 رجب 1437 هـ الموافق 10 أبريل 2016 م واس\n", "واس", "جدة"),
    ("واس- جدة: ", "واس", "جدة"),
    ("المدينة المنوّرة (واس) - ", "واس", "المدينة المنورة"),
    ("أبوظبي في 3 مايو / وام / ", "وام", "أبوظبي"),
    ("الكويت - 3 - 5 (كونا) -- ", "كونا", "الكويت"),
    ("الدوحة في 03 مايو /قنا/ ", "قنا", "الدوحة"),
    ("رام الله 3-5-2015 وفا- ", "وفا", "رام الله"),
    ("دمشق-سانا\n", "سانا", "دمشق"),
    ("وطنية - ", "الوطنية للإعلام", None),
    ("أنقرة/ سامي علي/ الأناضول\n", "الأناضول", "أنقرة"),
    ("الرباط/ومع/ ", "ومع", "الرباط"),
    ("الرباط - لاماب - ", "ومع", "الرباط"),
    ("موسكو، 3 مايو - سبوتنيك. ", "سبوتنيك", "موسكو"),
    ("بكين 3 مايو 2016 (شينخوا) -- ", "شينخوا", "بكين"),
    ("واشنطن - أ ف ب، رويترز - ", "أ ف ب", "واشنطن"),
    ("غزة - معا - ", "معا", "غزة"),
    ("واشنطن - وكالات: ", "وكالات", "واشنطن"),
    ("رويترز: ", "رويترز", None),
]
OWN_DATELINES = [
    "دبي، الإمارات العربية المتحدة (CNN)-- ",
    "(CNN)-- ",
    "دبي – العربية.نت\n",
    "القاهرة - «الشرق الأوسط»\n",
    "سامي علي- سبق- الطائف: ",
    "سامي علي- سبق- هدادة: ",
    "سامي علي – عين اليوم\n",
    "أبها - سامي علي\n",
    "كتب - سامي علي:\n",
    "متابعات - سامي علي\n",
    "بغداد - ",
    "جدة: ",
]
CLOSINGS = [
    ("\n// انتهى //", None),
    ("\n// انتهى //\n15:32 ت م\nwww.spa.gov.sa/12345", None),
    ("\nانتهى", None),
    (" (انتهى)", None),
    (" يتبع", None),
    (" (النهاية) س م ع / ا ب ج", None),
    ("\nالمصدر: سكاي نيوز", None),
    (" (إعداد سامي علي للنشرة العربية - تحرير منى علي)", None),
    (" (رويترز)", "رويترز"),
    (" «أ. ف. ب»", "أ ف ب"),
    (" أ.ف.ب", "أ ف ب"),
    ("\nرويترز", "رويترز"),
    ("\nفرانس24/ أ ف ب", "أ ف ب"),
    (" (واج - وكالات)", "واج"),
    (" -وات-", "وات"),
    (" المصدر: وكالات", "وكالات"),
    ("\n* بالاتفاق مع «بلومبيرغ»", "بلومبيرغ"),
]
PROSE = [
    "القاهرة تستعد لاستقبال زوار المعرض - كما أعلنت الوزارة أمس.",
    "بيروت شهدت أمس افتتاح المعرض (رويترز نشرت صوره).",
    "ذكرت وكالة الأنباء السعودية (واس)، أمس، أن المعرض افتتح.",
    "نقلت وكالة (رويترز) عن الوزير قوله: المعرض مفتوح.",
    "أمير الرياض: المعرض مفتوح للجميع.",
    "الرياض - الدمام.. طريق يطول.",
    "الهلال - الاتحاد: مباراة الموسم في دورينا.",
    "معا - كما يقال - نبني.",
    "وزير الثقافة\nافتتح المعرض أمس في المدينة.",
    "تأجل الافتتاح، بحسب ما ذكرت وكالة رويترز.",
    'تأجل الافتتاح، وفق ما نقلت "رويترز".',
    "تأجل الافتتاح، وفقا لوكالة الأنباء السعودية (واس).",
    "قال الوزير إن كل شيء انتهى",
    "كانت أندية جدة حاضرة (الاتحاد - الأهلي) في الحفل.",
]


@pytest.mark.parametrize(("dateline", "agency", "city"), DATELINES)
def test_cuts_an_agencys_dateline_and_names_the_agency(dateline: str, agency: str, city: str | None) -> None:
    body = dateline + COPY
    byline, start, end = find_byline("عنوان", body)
    assert body[start:end] == COPY
    assert byline is not None
    assert byline.agency == agency
    assert (byline.city and byline.city.text.replace("ّ", "")) == city
    for span in filter(None, (byline.agency_span, byline.city)):
        assert body[span.start : span.end] == span.text


@pytest.mark.parametrize("dateline", OWN_DATELINES)
def test_cuts_a_papers_own_dateline_and_names_no_agency(dateline: str) -> None:
    body = dateline + COPY
    byline, start, end = find_byline("عنوان", body)
    assert body[start:end] == COPY
    assert byline is None or byline.agency is None


@pytest.mark.parametrize(("closing", "agency"), CLOSINGS)
def test_cuts_credits_and_end_marks_off_the_end(closing: str, agency: str | None) -> None:
    byline, start, end = find_byline("عنوان", COPY + closing)
    assert (COPY + closing)[start:end] == COPY
    assert (byline and byline.agency) == agency


@pytest.mark.parametrize("body", PROSE)
def test_leaves_a_body_whole_that_only_looks_like_a_dateline(body: str) -> None:
    assert find_byline("عنوان", body) == (None, 0, len(body))


@pytest.mark.parametrize("dateline", [row[0] for row in DATELINES] + OWN_DATELINES)
@pytest.mark.parametrize("closing", [row[0] for row in CLOSINGS[:4]])
def test_the_same_copy_in_any_frame_is_the_same_text(dateline: str, closing: str) -> None:
    body = dateline + COPY + closing
    _, start, end = find_byline("عنوان", body)
    assert body[start:end] == COPY


def test_keeps_the_quotation_that_follows_the_dateline() -> None:
    body = 'جدة (واس) - "المعرض مفتوح" قال الوزير.'
    assert body[find_byline("", body)[1] :] == '"المعرض مفتوح" قال الوزير.'


def test_skips_a_title_that_the_body_repeats() -> None:
    body = f"معرض الكتاب يفتح أبوابه\nجدة (واس) - {COPY}"
    byline, start, _ = find_byline("معرض الكتاب يفتح أبوابه", body)
    assert body[start:] == COPY
    assert byline is not None
    assert byline.agency == "واس"


def test_reads_the_agency_in_the_title_where_the_body_names_none() -> None:
    title = "المعرض يفتح أبوابه (رويترز)"
    byline, _, _ = find_byline(title, COPY)
    assert byline is not None
    assert byline.agency_span is not None
    assert (byline.agency, byline.agency_span.field) == ("رويترز", "title")


def test_a_named_agency_wins_over_agencies_unnamed() -> None:
    byline, _, _ = find_byline("", f"عدن - وكالات: {COPY} (رويترز)")
    assert byline is not None
    assert byline.agency == "رويترز"


@pytest.mark.parametrize("body", ["", "بيروت", "بيروت (أ ف ب) -", "(رويترز)", "// انتهى //", " - ", "("])
def test_a_body_of_nothing_but_frame_makes_no_trouble(body: str) -> None:
    _, start, end = find_byline("", body)
    assert 0 <= start <= end <= len(body)


@given(st.text(), st.text(alphabet=" \n-–:/().«»،أفبواسرويترز3انتهى", max_size=200))
def test_never_raises_and_stays_within_the_body(title: str, body: str) -> None:
    _, start, end = find_byline(title, body)
    assert 0 <= start <= end <= len(body)
