from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.text.document import read_document
from pipelines.core.text.fold import fold_text
from pipelines.core.text.normalize import normalize_text

PIECES = st.sampled_from(
    (
        "أَعْلَنَ",
        "الوزيرُ",
        "د.",
        "3.5",
        "١٢٬٥٠٠",
        "الـ20",
        "«نعم»",
        "،",
        ".",
        "...",
        "؟",
        "\n",
        "محمد\ufdfa",
        "G20",
        "ـ",
        "covid-19",
    )
)
TEXTS = st.lists(PIECES, max_size=20).map(lambda pieces: normalize_text(" ".join(pieces)).text)


def quoted(text: str, start: int = 0, end: int | None = None) -> list[str]:
    document = read_document("body", text, start, end)
    return [text[token.start : token.end] for token in document.tokens]


def test_keeps_a_vocalised_word_whole_with_its_last_haraka() -> None:
    assert quoted("أَعْلَنَ الوَزيرُ") == ["أَعْلَنَ", "الوَزيرُ"]


def test_gives_folded_words_numbers_and_punctuation() -> None:
    document = read_document("body", "بلغت ٣٫٥٪ و1,250 دولارًا (G20)")
    assert [token.folded for token in document.tokens] == ["بلغت", "3.5", "%", "و", "1,250", "دولارا", "(", "g20", ")"]


def test_parts_a_proclitic_from_its_number() -> None:
    assert quoted("قمة الـ20 و15 دولة") == ["قمة", "الـ", "20", "و", "15", "دولة"]


def test_keeps_the_tatweel_of_the_hijri_sign_and_drops_a_tatweel_dash() -> None:
    assert quoted("1436هـ ـ واس") == ["1436", "هـ", "واس"]


def test_leaves_an_honorific_sign_out_of_the_name_before_it() -> None:
    assert quoted("مولد محمد\ufdfa ومحمد \ufdfa") == ["مولد", "محمد", "ومحمد"]


def test_reads_only_the_part_asked_for_with_positions_in_the_whole() -> None:
    text = "بيروت (وكالة) - قُتِلَ شخصان. انتهى"
    start, end = text.index("قُ"), text.index(" انتهى")
    document = read_document("body", text, start, end)
    assert quoted(text, start, end) == ["قُتِلَ", "شخصان", "."]
    assert [document.span(s.start, s.end).text for s in document.sentences] == ["قُتِلَ شخصان."]
    assert document.folded == "قتل شخصان."


def test_reads_a_part_without_diacritics_too() -> None:
    assert quoted("بيروت - قتل شخصان", 8) == ["قتل", "شخصان"]


def test_reads_nothing_from_an_empty_text() -> None:
    document = read_document("title", "")
    assert (document.tokens, document.sentences, document.folded) == ([], [], "")


def test_locates_folded_text_in_the_text() -> None:
    document = read_document("body", "وصَلَ الأميرُ أمسِ إلى تونسَ")
    start = document.folded.index("الامير")
    assert document.span(*document.locate(start, start + len("الامير امس"))).text == "الأميرُ أمسِ"


def test_spans_name_their_field_and_quote_it() -> None:
    span = read_document("title", "قمة عربية").span(4, 9)
    assert (span.field, span.start, span.end, span.text) == ("title", 4, 9, "عربية")


@given(TEXTS)
def test_tokens_quote_what_they_fold(text: str) -> None:
    for token in read_document("body", text).tokens:
        assert fold_text(text[token.start : token.end]) == token.folded


@given(TEXTS)
def test_tokens_cover_the_folded_text_in_order(text: str) -> None:
    document = read_document("body", text)
    assert "".join(token.folded for token in document.tokens) == document.folded.replace(" ", "")
    ends = [0, *(token.end for token in document.tokens)]
    assert all(end <= token.start < token.end for end, token in zip(ends, document.tokens, strict=False))


@given(TEXTS)
def test_sentences_share_out_all_tokens(text: str) -> None:
    document = read_document("body", text)
    assert [i for s in document.sentences for i in range(s.first, s.last)] == list(range(len(document.tokens)))
    for sentence in document.sentences:
        assert sentence.start == document.tokens[sentence.first].start
        assert sentence.end == document.tokens[sentence.last - 1].end
        assert "\n" not in text[sentence.start : sentence.end]


@given(TEXTS)
def test_a_haraka_on_every_letter_changes_no_token(text: str) -> None:
    marked = "".join(letter + "\u064e" if "ء" <= letter <= "ي" and letter != "ـ" else letter for letter in text)
    plain, vocalised = read_document("body", text), read_document("body", marked)
    assert [token.folded for token in vocalised.tokens] == [token.folded for token in plain.tokens]
