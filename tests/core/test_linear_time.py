"""Whatever a text holds, reading twice as much of it takes twice as long, and of one too long a part is read."""

import gc
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import log
from time import thread_time

import pytest

from pipelines.core.analysis import analyze_article, read_article
from pipelines.core.article import Article, RawArticle
from pipelines.core.dates.find import find_dates
from pipelines.core.dates.lexicon import read_table
from pipelines.core.duplicates.signature import sign
from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.normalization import normalize_article
from pipelines.core.rejection import Rejected
from pipelines.core.text.bylines import find_byline
from pipelines.core.text.document import LONGEST_SENTENCE, MOST_TOKENS, TOKENS_A_SENTENCE, Document, read_document
from pipelines.core.text.normalize import normalize_text

SMALL, FACTOR = 3_000, 4
STEEPEST = 1.5
"""A linear stage measures 0.7 to 1.2, a quadratic one 1.7 and more."""
TOO_SHORT_S = 0.04
WHEN = datetime(2024, 5, 1, tzinfo=UTC)
EVERYTHING = 10**9
LEAD = "اجتمع مجلس البلدية في المدينة القديمة. "

BAITS = {
    "tatweel at the end": "ـ",
    "tatweel and marks": "\u0640\u064e",
    "marks in order": "\u064e",
    "marks in disorder": "\u0651\u064b\u0655\u0301\u0327",
    "bidi controls": "\u200f\u202a",
    "every space": "\t \u00a0\u2009\n",
    "open tags": "<a href='",
    "scripts that never end": "<script ",
    "escapes of escapes": "&am&amp;p;",
    "ligatures": "ﷺﷲﻻ",
    "letters apart": "ن ه ا ي ة ",
    "end marks": "انتهى ع م ",
    "agencies": "(واس) رويترز/ ",
    "datelines": "عدن/ صنعاء - ",
    "credits": "المصدر: وكالات - ",
    "dots": ". ",
    "pauses": "... ",
    "quotation marks": '"«',
    "brackets": "(نص ",
    "digits": "٧",
    "numbers": "1.2,3/",
    "days without a month": "7 و",
    "weekdays": "الأحد الاثنين ",
    "numeric dates": "7/6/2023 ",
    "two calendars": "5 شوال 1444 هـ الموافق ",
    "ago": "قبل أربعة أسابيع ",
    "from and to": "من آذار إلى نيسان ",
    "tomorrow": "غدا ",
    "will": "سيزور ",
    "offices": "رئيس الوزراء ",
    "the president": "الرئيس ",
    "heads": "مدير ",
    "holders": "وزير الصحة سامي الكيلاني، ",
    "countries": "تشاد ",
    "towns": "في طرابلس ",
    "people": "سامي الكيلاني وهاني الكيلاني ",
    "fathers": "أبو بن عبد ",
    "conjunctions": "و ",
    "one word": "مستشفى",
    "killings": "قتل مسلحون مجهولون ثلاثة جنود في هجوم قرب الموصل أمس ",
    "visits": "زار وزير الخارجية تونس والتقى الرئيس، ",
    "denials": "نفى المتحدث مقتل القائد ",
}


def lexicon_words(seed: int) -> str:
    """Return many words of our own tables, drawn by chance: what reads them must not depend on their order."""
    chance = random.Random(seed)
    known = sorted(name for name in names() if name.isalpha())
    dated = [row[0] for table in ("words.tsv", "months.tsv", "names.tsv", "tense.tsv") for row in read_table(table)]
    pools = (known, sorted(triggers()), dated, ["و", "في", "من", "إن", "،", ":", "12"])
    return " ".join(chance.choice(chance.choice(pools)) for _ in range(SMALL))


def people(seed: int) -> str:
    """Return people of one family, no two of one name."""
    chance = random.Random(seed)
    letters = "بتجحدرسعفقكلمن"
    return "، ".join("محمد " + "".join(chance.choices(letters, k=5)) + " الدوري" for _ in range(SMALL))


@pytest.fixture(autouse=True)
def without_garbage_collection() -> Iterator[None]:
    """Collecting costs more the more there is, whoever made it."""
    gc.disable()
    yield
    gc.enable()


def stretch(unit: str, length: int) -> str:
    """Return an ordinary sentence, then `unit` again and again, up to a length."""
    return (LEAD + unit * (length // len(unit) + 1))[:length]


def article(body: str) -> Article | None:
    try:
        return normalize_article(RawArticle("okaz", "اجتماع مجلس البلدية", LEAD * 20 + body, "2024-05-01")).article
    except Rejected:
        return None


def read(text: str) -> list[Document]:
    return [read_document("body", text, most=EVERYTHING)]


def normalize(text: str) -> None:
    normalize_text(text)


def frame(text: str) -> None:
    find_byline(text, text)


def deduplicate(text: str) -> None:
    if (made := article(text)) is not None:
        sign(made)


def name(text: str) -> None:
    found = find_mentions(documents := read(text), "SA")
    find_offices(documents, found, "SA")


def date(text: str) -> None:
    for document in read(text):
        find_dates(document, WHEN)


def code(text: str) -> None:
    if (made := article(text)) is not None:
        analyze_article(made)


def cpu_time(work: Callable[[str], object], text: str) -> float:
    begun = thread_time()
    work(text)
    return thread_time() - begun


def steepness(work: Callable[[str], object], make: Callable[[int], str]) -> float:
    """Return the exponent of growth: the lowest of three tries, for a machine may be busy."""
    best = 9.0
    for _ in range(3):
        small, large = cpu_time(work, make(SMALL)), cpu_time(work, make(SMALL * FACTOR))
        best = min(best, log(large / max(small, 1e-4)) / log(FACTOR) if large > TOO_SHORT_S else 0.0)
        if best < STEEPEST:
            break
    return best


@pytest.mark.parametrize("work", [normalize, frame, deduplicate, name, date, code], ids=lambda work: work.__name__)
def test_time_grows_with_the_length_whatever_is_repeated(work: Callable[[str], object]) -> None:
    work(LEAD)  # loads the tables
    steep = {bait: steepness(work, lambda size, unit=unit: stretch(unit, size)) for bait, unit in BAITS.items()}  # type: ignore[misc]
    assert {bait: round(found, 2) for bait, found in steep.items() if found > STEEPEST} == {}


@pytest.mark.parametrize("make", [lexicon_words, people])
@pytest.mark.parametrize("work", [name, date, code], ids=lambda work: work.__name__)
def test_time_grows_with_the_length_of_a_mixture_of_known_words(
    work: Callable[[str], object], make: Callable[[int], str]
) -> None:
    work(LEAD)
    for seed in range(2):
        text = make(seed)
        assert steepness(work, lambda size, text=text: text[:size]) < STEEPEST, seed  # type: ignore[misc]


def test_one_odd_sign_does_not_slow_the_reading_of_a_long_text() -> None:
    plain, signs = LEAD * 1_500, [*BAITS.values(), "ا\u0655", "e\u0301", "\U0001f600", "\U0001d15e", "ﷺ"]
    normalize(plain + signs[0] + plain)
    usual = min(cpu_time(normalize, plain + plain) for _ in range(3))
    costs = {sign: min(cpu_time(normalize, plain + sign + plain) for _ in range(2)) / usual for sign in signs}
    assert {sign: round(cost, 1) for sign, cost in costs.items() if cost > 8} == {}  # a lone hamza above: 40 and more


def test_spaced_letters_behind_an_end_mark_are_read_in_one_way() -> None:
    tail = "انتهى" + " ع" * 60 + " نص"
    assert cpu_time(frame, LEAD + tail) < 0.5  # was a factor of two for each pair of letters


def test_a_sentence_without_stops_is_read_in_stretches_cut_at_commas() -> None:
    text = " ".join(["كلمة"] * 99 + ["،"]) + " " + " ".join(["أخرى"] * 300)
    sentences = read_document("body", text).sentences
    assert [one.last - one.first for one in sentences] == [100, 128, 128, 44]
    assert all(one.last - one.first <= LONGEST_SENTENCE for one in sentences)
    assert text[sentences[0].start : sentences[0].end].endswith("،")


def test_a_word_too_long_to_be_one_is_cut() -> None:
    assert max(len(token.folded) for token in read_document("body", "س" * 1000 + "7" * 1000).tokens) == 64


def test_an_article_too_long_to_read_is_read_as_far_as_articles_are_and_says_so() -> None:
    made = article("\n".join(["هبطت طائرة في مطار صنعاء."] * 3000))
    assert made is not None
    found = analyze_article(made)
    (left,) = found.unread
    assert (left.field, left.end, left.kind) == ("body", made.body_end, "too_long")
    assert len(read_document("body", made.body[: left.start]).tokens) + 3 == MOST_TOKENS  # three in the title
    assert max(one.span.end for one in found.mentions) <= left.start
    assert analyze_article(made) == found


def test_of_more_sentences_than_an_article_has_the_first_are_read_and_the_rest_is_said() -> None:
    made = article("نعم. " * 3000)
    assert made is not None
    (left,) = analyze_article(made).unread
    read_of_it = read_article(made)[1]
    assert len(read_of_it.sentences) == (MOST_TOKENS - 3) // TOKENS_A_SENTENCE
    assert (left.start, left.end, left.kind) == (read_of_it.sentences[-1].end, made.body_end, "too_long")
    assert read_of_it.tokens[-1].end == left.start


def test_an_article_of_usual_length_is_read_to_its_end() -> None:
    made = article("هبطت طائرة في مطار صنعاء. " * 100)
    assert made is not None
    assert analyze_article(made).unread == ()
