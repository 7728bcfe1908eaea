import pytest

from pipelines.core.text.document import read_document


def split(text: str) -> list[str]:
    document = read_document("body", text)
    return [text[sentence.start : sentence.end] for sentence in document.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوزير. غادر السفير",
        "هل وصل الوزير؟ لم يصل بعد",
        "يا للفرح! عاد الغائبون",
        "هل عاد؟! نعم عاد",
        "عنوان فرعي\nنص الخبر هنا",
    ],
)
def test_ends_a_sentence_at_its_mark_or_at_a_newline(text: str) -> None:
    assert len(split(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "قال إنه... سيعود قريبا",
        "انتظر طويلا.. ثم غادر المكان",
        "تأمل… ثم مضى",
        "التقى د. سمير بالوفد",
        "التقى م. سمير أ. د. هدى في المعرض",
        "نقلت أ.ف.ب. الخبر عن مصادرها",
        "نقلت أ ف ب الخبر عن مصادرها",
        "عاش في القرن الثالث ق. م. في الشام",
        "زادت الأسعار 3.5 في المئة و٢.٥ في العام",
        "نشر الموقع example.org الخبر كاملا",
        "التقى Dr. Samir بالوفد",
        "1. تشكيل لجنة جديدة",
        "سأل: «هل وصلتم؟»، ثم سكت",
        "عاد بعد غياب (!) طويل (؟) إلى داره",
        "نقلت بي. بي. سي الخبر وأكدته سي.إن.إن بعدها",
        "زار إي.بي.جي سمير المدينة",
        "ذكر موقع العربية.نت الخبر كاملا",
        "باعت الشركة، وربحت، وتوسعت؛ ثم أغلقت",
    ],
)
def test_does_not_end_a_sentence_at(text: str) -> None:
    assert split(text) == [text]


def test_keeps_closing_quotes_and_brackets_with_their_sentence() -> None:
    text = 'قال: «نعم.» ثم خرج (مسرعا.) وعاد "غاضبا." ولم يتكلم. »'
    assert split(text) == ["قال: «نعم.»", "ثم خرج (مسرعا.)", 'وعاد "غاضبا."', "ولم يتكلم. »"]


def test_keeps_the_full_stop_after_a_closing_quote_with_its_sentence() -> None:
    text = 'سأل: «من معنا؟». أجابوا: "كلنا! ". ثم صاح: "هيا بنا..". ومضى'
    assert split(text) == ["سأل: «من معنا؟».", 'أجابوا: "كلنا! ".', 'ثم صاح: "هيا بنا..".', "ومضى"]


def test_ends_a_sentence_after_the_last_of_spelt_out_letters() -> None:
    assert len(split("نقلت الخبر بي بي سي. وقال المذيع إنه عاجل")) == 2
    assert len(split("انتهى اللقاء العربي. دي روسي سجل الهدف")) == 2
    assert len(split("لعب مع إف سي. إن الفوز كبير")) == 2


def test_ends_a_sentence_though_no_space_follows() -> None:
    assert split("انتهى الاجتماع.وقال المتحدث إنه ناجح") == ["انتهى الاجتماع.", "وقال المتحدث إنه ناجح"]


def test_ends_a_sentence_after_a_number_and_after_the_sign_of_its_calendar() -> None:
    assert len(split("حدث هذا في عام 2018. وقال إنه تكرر")) == 2
    assert len(split("صدر في سنة 1436 هـ. وأضاف أنه نفذ")) == 2
    assert len(split("صدر في سنة 2015م. وأضاف أنه نفذ")) == 2


def test_does_not_see_stops_outside_the_part_read() -> None:
    text = "أولا. ثانيا. ثالثا."
    assert len(read_document("body", text, 6, 12).sentences) == 1
