from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.rejection import Garbled, NotArabic
from pipelines.core.text.language import check_language
from pipelines.core.text.normalize import normalize_text

ARABIC = (
    "أعلنت وزارة الزراعة أن موسم الحصاد بدأ في المحافظات الشرقية، وقال الوزير إن الإنتاج سيزيد هذا العام بفضل الأمطار. "
    "وأضاف أن الحكومة ستشتري القمح من المزارعين بسعر أعلى من السعر العالمي."
)
PERSIAN = (
    "وزیر کشاورزی گفت که برداشت گندم در استان‌های شرقی کشور از هفته آینده آغاز می‌شود و دولت باید "
    "گندم را با قیمت بهتر بخرد. او گفت این کار برای کشاورزان خوب است."
)
URDU = "وزیر زراعت نے کہا ہے کہ مشرقی اضلاع میں گندم کی کٹائی شروع ہو گئی ہے اور حکومت کسانوں سے گندم خریدے گی۔"
KURDISH = (
    "وەزیری کشتوکاڵ ڕایگەیاند کە دروێنەی گەنم لە پارێزگاکانی ڕۆژهەڵات دەستی پێ کرد و حکومەت گەنم لە جوتیاران دەکڕێت."
)
PASHTO = (
    "د کرنې وزیر وویل چې په ختیځو ولایتونو کې د غنمو راټولول پیل شوي او حکومت به له بزګرانو څخه غنم په ښه بیه واخلي."
)


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "قتل شخص",
        "ڤيروس كورونا يضرب پاريس وڤيينا",
        "زار پوتين وگورباتشوف وچافيز مدينة ڤيينا ثم وصلوا إلى پاريس وگرونوبل",
        "بكين تحذر واشنطن من بيع تايوان أسلحة",
        "الرئیس الایرانی یستقبل وزیر الخارجیة فی طهران",
        "أَعْلَنَتِ الوِزارَةُ أَنَّ المَوْسِمَ بَدَأَ",
        "مشجعو الـ PSG يهتفون Paris est magique بعد الفوز",
        "موعد وحدث",
        "هل وصلوا؟؟؟؟ نعم!!!!",
        ARABIC + "\nLe ministre a déclaré que la récolte serait bonne cette année, grâce aux pluies.",
        ARABIC + "\n" + PERSIAN[:40],
    ],
)
def test_accepts_real_arabic(text: str) -> None:
    assert check_language(text) == "ar"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PERSIAN, "Persian"),
        (normalize_text(PERSIAN).text, "Persian"),
        (PERSIAN.replace("ی", "ي").replace("ک", "ك"), "Persian"),
        ("رئیس جمهور ایران با وزیر خارجه چین دیدار کرد", "Persian"),
        (URDU, "Urdu"),
        ("وزیر اعظم کی صدر سے ملاقات", "Urdu"),
        (KURDISH, "Kurdish"),
        ("سەرۆکی هەرێم پێشوازی لە وەزیر کرد", "Kurdish"),
        (PASHTO, "Pashto"),
        ("د بهرنیو چارو وزیر کابل ته ورسېد", "Pashto"),
        ("The minister said that the harvest had begun in the eastern provinces.", "Latin"),
        ("Le ministre a déclaré que la récolte a été bonne. وزير", "Latin"),
        ("Министр сообщил, что уборка началась", "Cyrillic"),
        ("השר אמר", "Hebrew"),
    ],
)
def test_rejects_other_languages_by_name(text: str, language: str) -> None:
    with pytest.raises(NotArabic, match=language):
        check_language(text)


@pytest.mark.parametrize("text", ["", "2015 - 3.5 !", "👩\u200d🚀 ..."])
def test_rejects_a_text_without_letters(text: str) -> None:
    with pytest.raises(NotArabic, match="no letters"):
        check_language(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "cp1256"),
        ("utf-8", "cp1251"),
        ("cp1256", "latin-1"),
        ("cp1256", "cp1252"),
        ("utf-8", "mac_roman"),
        ("utf-8", "ascii"),
        ("cp1256", "utf-8"),
    ],
)
@pytest.mark.parametrize("text", [ARABIC, "وزارة الزراعة تعلن بدء موسم الحصاد"])
def test_rejects_arabic_decoded_with_the_wrong_character_set(written: str, read: str, text: str) -> None:
    garbled = text.encode(written).decode(read, errors="replace")
    for damaged in (garbled, normalize_text(garbled).text):
        with pytest.raises(Garbled):
            check_language(damaged)


def test_rejects_arabic_turned_into_question_marks() -> None:
    with pytest.raises(Garbled, match="question marks"):
        check_language(ARABIC.encode("ascii", "replace").decode())
    with pytest.raises(Garbled, match="question marks"):
        check_language("???? ?????? ??? BBC")


def test_rejects_a_text_with_many_replacement_characters() -> None:
    with pytest.raises(Garbled, match="U\\+FFFD"):
        check_language(ARABIC.replace("ا", "\ufffd"))


def test_lets_a_stray_bad_character_pass() -> None:
    assert check_language(ARABIC + " \ufffd") == "ar"
    assert check_language(ARABIC + " وقال «الوسط» ??") == "ar"


@pytest.mark.parametrize("text", [URDU, "", "Ø§Ù„Ù‚Ø§Ù‡Ø±Ø© ØªØ³ØªØ¹Ø¯"])
def test_says_in_one_sentence_what_to_do(text: str) -> None:
    with pytest.raises((NotArabic, Garbled)) as refusal:
        check_language(text)
    assert refusal.value.message.startswith("The text ")
    assert "; " in refusal.value.message
    assert refusal.value.message.endswith(".")


@given(st.text(max_size=60))
def test_answers_or_refuses_any_text(text: str) -> None:
    with suppress(NotArabic, Garbled):
        assert check_language(text) == "ar"
