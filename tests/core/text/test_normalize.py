import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.text.normalize import normalize_text

SOUP = st.text(
    st.sampled_from(
        "ابةهكلمَّٕٓ هـ1٢٬\u200d\u200c\u200b\u200f\ufeff\u00ad\u00a0\u2009"
        "\u2028\r\n\t<>&;/bp!-#']\"=amplt38\ufefb\ufdf2\ufdfa\ufe77👩🚀\ufe0f\x00"
    ),
    max_size=40,
)
WORDS = st.sampled_from(
    (
        "كتاب",
        "كتـــاب",
        "\ufedb\ufe98\ufe8e\ufe8f",
        "\ufefbجئ",
        "ا\u0655لى",
        "شدّ\u064eة",
        "ا\u200cب",
        "&laquo;قمة&raquo;",
        "&#1605;صر",
        "<b>خبر</b>",
        "الـ20",
        "1436هـ",
        "A&amp;B",
        "👩\u200d🚀",
        "محمد\ufdfa",
    )
)
GLUE = st.sampled_from((" ", "  ", "\u00a0", "&nbsp;", " \n ", "<br>", "</p>\n<p>", "\r\n", "\u200b", " \u200f"))


def text_of(raw: str) -> str:
    return normalize_text(raw).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("ا\u0655علام ا\u0653مال", "إعلام آمال"),
        ("\ufedb\ufe98\ufe8e\ufe8f \ufefbعب \ufef7ن", "كتاب لاعب لأن"),
        ("\ufdf2 \ufdfc", "الله ريال"),
        ("كتاب\ufe70 ك\ufe77تب", "كتاب\u064b ك\u064eتب"),
        ("محمد \ufdfa و\ufdfb", "محمد \ufdfa و\ufdfb"),
        ("\u202bقال\u202c \u200eعاد\u200f \u2067ثم\u2069 \u061cمضى", "قال عاد ثم مضى"),
        ("می\u200cشود ا\u200dب \ufeffخبر مو\u00adضوع", "میشود اب خبر موضوع"),
        ("👩\u200d🚀 و🏳\ufe0f\u200d🌈", "👩\u200d🚀 و🏳\ufe0f\u200d🌈"),
        ("خبر\u200bعاجل\u00a0من\u2009هنا\u202fالآن\tثم", "خبر عاجل من هنا الآن ثم"),
        ("خبر   عاجل", "خبر عاجل"),
        ("  أول \r\n  ثان\rثالث\u2028رابع\u2029خامس  ", "أول\nثان\nثالث\nرابع\nخامس"),
        ("أول\n\n \n\nثان", "أول\nثان"),
        ("خبر\x00 عاجل\x1f", "خبر عاجل"),
        ("<p>أول</p><p>ثان<br/>ثالث</p><div class='x'>رابع</div>", "أول\nثان\nثالث\nرابع"),
        ('<b>خبر</b> <a href="http://example.org/?a>b" title="x">عاجل</a>', "خبر عاجل"),
        ("<table><tr><td>أول</td><td>ثان</td></tr></table>", "أول ثان"),
        ("قبل<script type='text/javascript'>if (a<b) x();</script>بعد", "قبلبعد"),
        ("قبل<STYLE>p > b {}</STYLE> بعد<!-- ملاحظة <b> -->", "قبل بعد"),
        ("<![CDATA[خبر]]> عاجل", "خبر عاجل"),
        ("قال &laquo;نعم&raquo; &#1605;&#x635;ر &amp; R&amp;D", "قال «نعم» مصر & R&D"),
        ("&amp;amp;lt;br&amp;amp;gt;خبر&amp;nbsp;عاجل", "خبر عاجل"),
        ("&amp;#38;amp;quot;خبر&quot;", '"خبر"'),
        (
            "5 < 6 و7 > 3 و<name@example.org> و&foo; و?a=1&lang=2",
            "5 < 6 و7 > 3 و<name@example.org> و&foo; و?a=1&lang=2",
        ),
        ("كتـــاب جـديـد مُـحـَـمَّد", "كتاب جديد مُحَم\u064e\u0651د"),
        ("سنة 1436هـ و١٤٣٦ هـ الموافق", "سنة 1436هـ و١٤٣٦ هـ الموافق"),
        ("سنة 1436هـالموافق و1436 هـالموافق", "سنة 1436هـالموافق و1436 هـالموافق"),
        ("قمة الـ20 لـ«النهضة» ـ واس", "قمة الـ20 لـ«النهضة» ـ واس"),
        ("القاهرةـرويترز", "القاهرةـرويترز"),
        ("گفتگو پاريس ۱۲ ٣٫٥ أَعْلَنَ مدرسةً ى", "گفتگو پاريس ۱۲ ٣٫٥ أَعْلَنَ مدرسةً ى"),
        ("Ø§Ù„ \ufffd ????", "Ø§Ù„ \ufffd ????"),
        ("\ud83d خبر", "\ufffd خبر"),
        (" \u200f\n&nbsp;<p></p>", ""),
    ],
)
def test_repairs_one_kind_of_damage_and_keeps_the_rest(raw: str, text: str) -> None:
    assert text_of(raw) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "raw", ["", "أعلن الوزير، أمس.\nثم غادر.", "سنة 1436 هـ & 5 < 6", "خبر\u00a0عاجل", "\ufeb3لام"]
)
def test_gives_no_positions_where_nothing_moved(raw: str) -> None:
    assert normalize_text(raw).positions is None


@pytest.mark.parametrize(
    ("raw", "word", "source"),
    [
        ("<p>قال&nbsp;&laquo;نعم&raquo;</p>", "«نعم»", "&laquo;نعم&raquo;"),
        ("<p>قال&nbsp;نعم</p>", "قال نعم", "قال&nbsp;نعم"),
        ("من <b>كتـــاب</b> هنا", "كتاب", "كتـــاب"),
        ("قال \ufefbعب هنا", "لاعب", "\ufefbعب"),
        ("ذهب ا\u0655لى مصر", "إلى", "ا\u0655لى"),
        ("ذهب ا\u0655لى مصر", "إ", "ا\u0655"),
        ("أول  \r\n\r\n ثان", "أول\nثان", "أول  \r\n\r\n ثان"),
    ],
)
def test_leads_back_to_what_a_slice_was_made_from(raw: str, word: str, source: str) -> None:
    mapped = normalize_text(raw)
    start = mapped.text.index(word)
    first, last = mapped.source_span(start, start + len(word))
    assert raw[first:last] == source


def test_an_empty_slice_leads_back_to_an_empty_one() -> None:
    mapped = normalize_text("<p>نعم</p>")
    assert mapped.source_span(1, 1) == (4, 4)
    assert normalize_text("نعم").source_span(1, 1) == (1, 1)


@given(SOUP)
def test_repairing_twice_changes_nothing_more(raw: str) -> None:
    once = text_of(raw)
    again = normalize_text(once)
    assert (again.text, again.positions) == (once, None)


@given(SOUP)
def test_leaves_no_damage_behind(raw: str) -> None:
    text = text_of(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip(" \n")
    assert not any(pair in text for pair in ("  ", "\n\n", " \n", "\n "))
    assert not set(text) & set("\u200c\u200b\u200f\ufeff\u00ad\u00a0\u2009\u2028\r\t\ufefb\ufdf2\ufe77\x00")


@given(SOUP)
def test_positions_rise_and_end_at_the_end(raw: str) -> None:
    mapped = normalize_text(raw)
    positions = list(range(len(raw) + 1)) if mapped.positions is None else list(mapped.positions)
    assert len(positions) == len(mapped.text) + 1
    assert positions[-1] == len(raw)
    assert all(one <= other for one, other in pairwise(positions))
    for place in range(len(mapped.text)):
        start, end = mapped.source_span(place, place + 1)
        assert 0 <= start < end <= len(raw)


@given(st.lists(st.tuples(WORDS, GLUE), min_size=1, max_size=8))
def test_every_word_leads_back_to_a_slice_that_repairs_to_it(parts: list[tuple[str, str]]) -> None:
    raw = "".join(word + glue for word, glue in parts)
    mapped = normalize_text(raw)
    place = 0
    for word in mapped.text.split():
        start = mapped.text.index(word, place)
        place = start + len(word)
        first, last = mapped.source_span(start, place)
        assert text_of(raw[first:last]) == word
    whole = mapped.source_span(0, len(mapped.text))
    assert text_of(raw[slice(*whole)]) == mapped.text


@pytest.mark.parametrize(
    "bait", ["<", "<a ", "<script", "<!--", "&amp;", "&#38;", "<a '", '<a "', "&l<b>t;", " ", "هـ", "ا\u0655", "<<b>b>"]
)
def test_hostile_repetition_costs_linear_time(bait: str) -> None:
    raw = bait * (300_000 // len(bait))
    started = time.process_time()
    normalize_text(raw)
    assert time.process_time() - started < 5
