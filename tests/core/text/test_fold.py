import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.text.fold import fold, fold_text

WORDS = (
    "أعلن",
    "إلى",
    "آمال",
    "مستشفى",
    "القاهرة",
    "مسؤول",
    "رئيس",
    "ڤيينا",
    "پاريس",
    "2015",
    "٣٫٥",
    "«قمة»",
    "،",
    "G20",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ARABIC = st.text(st.sampled_from("أإآٱاىيةهؤئوءكگکیپچژڤلمن ًُّٰۖـ٠۹5٬٫،؛؟«»“”.ABé\n\t\u00a0\ufdfa"), max_size=40)
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u06d6\u0640\u0615\u08f0"
VARIANTS = {"ا": "اأإآٱ", "أ": "اأإآٱ", "إ": "اأإآٱ", "آ": "اأإآٱ"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أإآٱ", "اااا"),
        ("مستشفى", "مستشفي"),
        ("جامعة", "جامعه"),
        ("مسؤول وئام", "مسوول ويام"),
        ("کتاب گلستان", "كتاب كلستان"),
        ("ایران تې", "ايران تي"),
        ("ھنا ہناك ناوەند", "هنا هناك ناوهند"),
        ("ڤيينا پوتين چلبي ژاپون", "فيينا بوتين جلبي زابون"),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
        ("٣٫٥ و١٢٬٥٠٠", "3.5 و12500"),
        ("«قمة» “عمّان”", '"قمه" "عمان"'),
        ("من؟ نعم، لا؛ ٥٪ ۔", "من? نعم, لا; 5% ."),
        ("BBC École", "bbc école"),
        ("سطر\nوسطر\tوثالث", "سطر وسطر وثالث"),
        ("كَتَبَ هٰذا ٱلرَّحْمٰنِ", "كتب هذا الرحمن"),
        ("الـ20 وكتـــاب هـ", "ال20 وكتاب ه"),
        ("قال النبي \ufdfa لهم", "قال النبي لهم"),
        ("شيء", "شيء"),
    ],
)
def test_folds_one_kind_of_variant(text: str, folded: str) -> None:
    assert fold(text).text == fold_text(text) == folded


def test_keeps_a_thousands_sign_that_is_not_between_digits_as_a_comma() -> None:
    assert fold_text("كتب ٬ ثم") == "كتب , ثم"


def test_gives_no_positions_where_nothing_was_dropped() -> None:
    assert fold("أعلن الوزير في ٢٠١٥، أمس").positions is None


def test_maps_across_dropped_diacritics_spaces_and_thousands_signs() -> None:
    text = "قُبِلَ \ufdfa ١٢٬٥٠٠ طالبٍ"
    folded = fold(text)
    assert folded.text == "قبل 12500 طالب"
    first, last = folded.source_span(*_find(folded.text, "12500"))
    assert text[first:last] == "١٢٬٥٠٠"
    assert text[slice(*folded.source_span(*_find(folded.text, "طالب")))] == "طالب"


def _find(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


@given(ARABIC)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


@given(st.text(max_size=30))
def test_folds_any_text_once_for_all(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once
    assert fold(text).text == once


@given(ARABIC)
def test_every_folded_character_maps_to_one_that_folds_to_it(text: str) -> None:
    folded = fold(text)
    if folded.positions is None:
        assert len(folded.text) == len(text)
        return
    assert len(folded.positions) == len(folded.text) + 1
    assert folded.positions[-1] == len(text)
    assert list(folded.positions) == sorted(folded.positions)
    for character, position in zip(folded.text, folded.positions, strict=False):
        assert fold_text(f"ب{text[position]}ب") == f"ب{character}ب"


@given(SENTENCES, st.data())
def test_inserted_marks_and_tatweel_never_show(text: str, data: st.DataObject) -> None:
    marked = text
    for mark in data.draw(st.lists(st.sampled_from(MARKS), max_size=6)):
        place = data.draw(st.integers(0, len(marked)))
        marked = marked[:place] + mark + marked[place:]
    assert fold_text(marked) == fold_text(text)
    assert fold(marked).text == fold_text(text)


@given(SENTENCES, st.data())
def test_alef_variants_never_show(text: str, data: st.DataObject) -> None:
    varied = "".join(data.draw(st.sampled_from(VARIANTS.get(letter, letter))) for letter in text)
    assert fold_text(varied) == fold_text(text)
