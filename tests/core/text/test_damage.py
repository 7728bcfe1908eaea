from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

import pytest

from pipelines.core.article import RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Garbled, NotArabic
from pipelines.core.text.damage import find_damage

TEXT = (
    "افتتحت وزارة التعليم مدرسة ثانوية في حي المنصورة، وقال مدير المنطقة إن عدد الطلاب سيزيد على ألف طالب في العام "
    "المقبل، وأضاف أن المعلمين وصلوا منذ أسبوع. وتضم المدرسة مكتبة كبيرة وملاعب."
)
LONG = (
    f"{TEXT} وقالت إحدى الطالبات إن الطريق إلى المدرسة القديمة كان طويلا، وإن كل الصفوف كانت مزدحمة، لكن الدراسة لم "
    "تنقطع، فيما قد يفتح مبنى آخر في بعض القرى المجاورة، كما أن مجلس الأهالي طلب ساحة أوسع، حيث يلعب الأطفال بعد "
    "الدروس. وذكر المهندس أن العمل لا يزال جاريا في منطقة الملاعب، وقد وعدت وزارة الأشغال بأن تنتهي منه قبل الشتاء، "
    "وأنه لم يبق سوى الطلاء، حيث تأخرت الشاحنات عند مدينة العبور."
)
TITLE = "مدرسة ثانوية جديدة في حي المنصورة"


def refused(body: str, title: str = TITLE) -> str:
    with pytest.raises(Garbled) as refusal:
        normalize_article(RawArticle("okaz", title, body, "2024-05-01"))
    return refusal.value.message


def words_reversed(text: str) -> str:
    return " ".join(word[::-1] for word in text.split())


@pytest.mark.parametrize(
    "body",
    [TEXT[::-1], words_reversed(TEXT), " ".join(TEXT.split()[::-1])[::-1], f"{TEXT}\n{TEXT[::-1]}\n{TEXT}"],
    ids=["lines", "words", "words, in order", "one paragraph of three"],
)
def test_refuses_letters_in_visual_order(body: str) -> None:
    assert "visual order" in refused(body)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("iso8859-6", "cp1256"),
        ("cp1256", "iso8859-6"),
        ("cp1256", "mac_arabic"),
        ("utf-8", "mac_arabic"),
        ("utf-8", "iso8859-6"),
        ("utf-8", "cp720"),
        ("cp1256", "cp437"),
        ("cp1256", "cp850"),
        ("utf-16-le", "latin-1"),
        ("utf-16-be", "cp1252"),
    ],
)
def test_refuses_a_body_in_the_wrong_character_set_under_a_good_title(written: str, read: str) -> None:
    assert "body" in refused(TEXT.encode(written, "replace").decode(read, "replace"))


def test_refuses_a_title_that_cannot_be_read_over_a_good_body() -> None:
    assert "title" in refused(TEXT, TITLE.encode().decode("latin-1"))


def test_refuses_letters_that_stand_apart_and_words_that_stand_together() -> None:
    assert "apart" in refused(" ".join(TEXT.replace(" ", "")))
    assert "together" in refused(TEXT.replace(" ", "").replace("،", "").replace(".", ""))


def test_refuses_letters_of_a_font_of_its_own() -> None:
    assert "replacement" in refused("".join(chr(0xF000 + ord(c) % 256) if c != " " else c for c in TEXT))


def scan(text: str) -> str:
    """Take every third letter for another of its shape, as a bad scan does."""
    shapes = str.maketrans("بتجحخدذرزسشصضطظعغفقنة", "تبحخجذدزرشسضصظطغعقفته")
    return "".join(letter.translate(shapes) if at % 3 else letter for at, letter in enumerate(text))


def test_refuses_a_body_of_which_a_quarter_stands_in_visual_order_without_line_breaks() -> None:
    assert "visual order" in refused(f"{LONG} {TEXT[::-1]}")


@pytest.mark.parametrize("title", [TITLE[::-1], words_reversed(TITLE), "ةنيدملا طسو يف ريبك قيرح"])
def test_refuses_titles_in_visual_order(title: str) -> None:
    assert "title" in refused(TEXT, title)


def test_refuses_whole_words_that_stand_last_first() -> None:
    assert "visual order" in refused(" ".join(LONG.split()[::-1]))


def test_refuses_ligatures_that_a_pdf_turned_round() -> None:
    assert "ligatures" in refused(TEXT.replace("الم", "االم", 3).replace("العام", "األعوام"))


def test_refuses_a_text_that_lost_one_letter() -> None:
    assert "missing" in refused(LONG.replace("ا", ""))


@pytest.mark.parametrize(
    "body",
    [
        scan(LONG),
        LONG.translate(str.maketrans("بتثنيجخذزشضظغفقة", "ٮٮٮںىححدرسصطعڡٯه")),
        f"{LONG} {scan(LONG)}",
        " ".join(word[:2] + " " + word[2:4] + " " + word[4:] for word in LONG.split()),
        "".join(word + " " * (at % 4 == 0) for at, word in enumerate(LONG.split())),
    ],
    ids=["scanned", "without dots", "half scanned", "words in pieces", "words run together"],
)
def test_refuses_letters_that_make_no_words(body: str) -> None:
    assert "body" in refused(body)


def test_refuses_single_letters_that_became_question_marks() -> None:
    assert "question marks" in refused(LONG.replace("ع", "?"))


@pytest.mark.parametrize(
    "write",
    [
        lambda text: "".join(f"u{ord(c):04x}" if c > "\x7f" else c for c in text),
        lambda text: "".join(f"#{ord(c)};" if c > "\x7f" else c for c in text),
        quote,
        lambda text: text.encode("utf-7").decode(),
        lambda text: f"=?UTF-8?B?{b64encode(text.encode()).decode()}?=",
    ],
    ids=["code points", "references without their sign", "bytes in an address", "UTF-7", "mail"],
)
def test_refuses_codes_that_stand_for_letters(write: Callable[[str], str]) -> None:
    assert "codes" in refused(write(TEXT))
    assert "codes" in refused(TEXT, write(TITLE))


@pytest.mark.parametrize("read", ["cp1251", "cp1253", "koi8-r", "gbk", "mac_roman", "cp1250"])
def test_refuses_a_title_in_the_letters_of_another_character_set(read: str) -> None:
    assert "title" in refused(TEXT, TITLE.encode("cp1256").decode(read, "replace"))


def test_refuses_a_title_that_was_misread_twice_in_two_ways() -> None:
    once = TITLE.encode().decode("cp1252", "replace")
    assert "title" in refused(TEXT, once.encode().decode("cp1256", "replace"))


def test_character_references_without_their_semicolon_are_read() -> None:
    sent = "".join(f"&#{ord(c)}" if c > "\x7f" else c for c in TITLE)
    assert normalize_article(RawArticle("okaz", sent, TEXT, "2024-05-01")).article.title == TITLE


def test_a_sister_language_keeps_its_own_reason() -> None:
    with pytest.raises(NotArabic):
        normalize_article(
            RawArticle("okaz", "", "وزیر خارجه ایران با همتای خود گفتگو کرد و از کشور او " * 6, "2024-05-01")
        )


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        LONG,
        "ساكاموتو، هيراياما، كوروكاوا، موريموتو، تشيبا، ناغاي، كيتامورا، أوهاشي، سوغياما، ميزونو، إيغاراشي، تاكادا، "
        "ساكوراي، يوكوياما، ماروياما، أوغاوا، شيباتا، هيغاشي، تسوجي، أوكوبو، كاواساكي، ناغاسيه، إيشيكاوا، هوندا، "
        "نيشياما، كاميا، مايدا، فوروكاوا",
        "واش هاد الناس ما عندهم حتى فكرة على شنو كاين فهاد البلاد، وعلاش ما كيسولوش الدراري اللي خدامين تما كل نهار "
        "وما لقاو والو، غير الهضرة الخاوية ديال الانتخابات.",
        "الفائزون: " + "، ".join(["سامي بن علي", "هدى حسن", "ليلى عمر", "كريم فهد", "ماجد سعد", "نورة زيد"] * 4),
        "طرحت شركة Citroën سيارة Été الجديدة في معرض Genève، وحضر رئيس شركة Nestlé ومدير L'Oréal في المغرب.",
        "#انتخابات_البرلمان #مجلس_النواب #الدائرة_الثانية [صور] قائمة {الوفاق}",
        "كِتابٌ جديدٌ في مكتبةٍ عامّةٍ، وقلمٌ ودفترٌ لكلِّ طالبٍ في المدرسةِ.",
        "لا، لا، مثلا وفعلا وقليلا وطويلا وأولا وأصلا ومحمولا وجميلا وحلولا.",
        "قال: «أ ب ت ث ج ح خ د ذ ر ز س» هي حروف الهجاء التي يتعلمها الأطفال في المدرسة.",
    ],
)
def test_lets_readable_text_pass(text: str) -> None:
    assert find_damage(text) is None
