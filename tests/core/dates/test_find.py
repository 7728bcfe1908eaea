import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.dates.find import find_dates
from pipelines.core.entities.mention import DateMention
from pipelines.core.text.document import read_document

_TABLE = Path(__file__).with_name("dates.tsv")
_ROWS = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[2:] if line and not line.startswith("#")]
_FAR_EAST = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_EAST = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WORDS = sorted({word for row in _ROWS for word in row[0].split(" ")})


def read(text: str, published: str) -> list[DateMention]:
    return find_dates(read_document("body", text), datetime.fromisoformat(published))


def values(text: str, published: str) -> list[str]:
    return [found.value for found in read(text, published)]


@pytest.mark.parametrize(("text", "published", "expected"), _ROWS)
def test_resolves_the_dates_of_a_sentence(text: str, published: str, expected: str) -> None:
    assert values(text, published) == ([] if expected == "-" else expected.split(" "))


@pytest.mark.parametrize(
    ("text", "span", "granularity", "resolution"),
    [
        ("ووقع الزلزال مساء أمس الاثنين قرب الساحل.", "مساء أمس الاثنين", "day", "relative"),
        ("صدر البيان في 18 تموز/يوليو 2022 بعمان.", "18 تموز/يوليو 2022", "day", "stated"),
        ("الدوحة 25 شوال 1436هـ الموافق 10 أغسطس 2015م.", "25 شوال 1436هـ الموافق 10 أغسطس 2015م", "day", "stated"),
        ("عاد المنتخب في الـ20 من يونيو إلى بلاده.", "الـ20 من يونيو", "day", "publication"),
        ("وَبِالأمسِ أعلنت النتائج.", "الأمسِ", "day", "relative"),
        ("اختفى القارب منذ ثلاثة أسابيع.", "منذ ثلاثة أسابيع", "week", "relative"),
        ("افتتح المسرح في منتصف يوليو 2022.", "منتصف يوليو 2022", "month", "stated"),
        ("ازدهر الفن في تسعينيات القرن الماضي.", "تسعينيات القرن الماضي", "decade", "stated"),
        ("استقر هناك للعام 2013 ثم رحل.", "لعام 2013", "year", "stated"),
        ("انتهى شهر شعبان 1443هـ.", "شهر شعبان 1443هـ", "span", "stated"),
        ("أقيم الحفل يوم الأربعاء (20 تموز).", "يوم الأربعاء (20 تموز)", "day", "publication"),
        ("وصل الوفد بعد ظهر اليوم.", "بعد ظهر اليوم", "day", "relative"),
    ],
)
def test_quotes_the_whole_expression(text: str, span: str, granularity: str, resolution: str) -> None:
    found = read(text, "2022-07-19")
    assert [(date.span.text, date.granularity, date.resolution) for date in found] == [(span, granularity, resolution)]
    assert text[found[0].span.start : found[0].span.end] == span


@pytest.mark.parametrize("digits", [_EAST, _FAR_EAST])
def test_reads_the_digits_of_every_script(digits: dict[int, int]) -> None:
    for text, published, _ in _ROWS:
        assert values(text.translate(digits), published) == values(text, published)


def test_a_weekday_beside_yesterday_corrects_a_late_publication() -> None:
    assert values("وصل الوفد أمس الاثنين.", "2022-07-20") == ["2022-07-18"]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert values("انعقد المجلس في 31 فبراير 2020.", "2020-03-02") == []


def test_reads_only_the_part_of_the_text_that_the_document_holds() -> None:
    text = "عمان 3 مايو 2020 - وصل الوفد أمس."
    document = read_document("body", text, 19)
    assert [found.span.start for found in find_dates(document, datetime(2020, 5, 4))] == [text.index("أمس")]


@given(st.sampled_from(_ROWS), st.integers(0, 60), st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652"))
def test_diacritics_change_no_date(row: list[str], at: int, mark: str) -> None:
    text, published, _ = row
    letters = [at for at, letter in enumerate(text) if unicodedata.category(letter) == "Lo"]
    after = letters[at % len(letters)] + 1
    assert values(text[:after] + mark + text[after:], published) == values(text, published)


@given(st.lists(st.sampled_from([*_WORDS, "2018", "3", "/", "-", "(", ")", "و", "هـ"]), max_size=25))
def test_any_words_give_dates_in_order_that_do_not_overlap(chosen: list[str]) -> None:
    text = " ".join(chosen)
    end = 0
    for found in read(text, "2018-04-15"):
        assert end <= found.span.start < found.span.end
        assert text[found.span.start : found.span.end] == found.span.text
        assert found.granularity in {"day", "week", "month", "year", "decade", "span"}
        assert found.resolution in {"stated", "relative", "publication"}
        end = found.span.end
