import pytest

from pipelines.core.article import RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Garbled
from pipelines.core.text.damage import find_damage

TEXT = (
    "افتتحت وزارة التعليم مدرسة ثانوية في حي المنصورة، وقال مدير المنطقة إن عدد الطلاب سيزيد على ألف طالب في العام "
    "المقبل، وأضاف أن المعلمين وصلوا منذ أسبوع. وتضم المدرسة مكتبة كبيرة وملاعب."
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


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
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
