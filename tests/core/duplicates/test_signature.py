import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Article
from pipelines.core.duplicates.hashing import hash_words
from pipelines.core.duplicates.signature import (
    FEWEST_SHINGLES,
    LARGEST_SKETCH,
    keys,
    pack,
    read_numbers,
    sign,
    sign_all,
    unpack,
)
from pipelines.core.ids import digest
from tests.core.duplicates.wire import BODY, OTHER_BODY, PARAGRAPHS, TITLE, write

MARKS = ["\u064e", "\u064f", "\u0650", "\u0651", "\u0652", "\u064b", "\u0670", "\u0640"]
VARIANTS = ["اأإآ", "يى", "ةه", "كک", "0٠۰", "4٤۴", "2٢۲", "1١۱"]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي 0123456789.,\n"), max_size=400)


def respell(text: str, chance: Random) -> str:
    """Give a text marks after letters, letters and digits in another form, and odd quotes, stops and spaces."""
    spelled = []
    for character in text:
        forms = next((forms for forms in VARIANTS if character in forms), character)
        spelled.append(chance.choice(forms) if chance.random() < 0.2 else character)
        if character.isalpha() and chance.random() < 0.1:
            spelled.append(chance.choice(MARKS))
        if character == " " and chance.random() < 0.1:
            spelled.append(chance.choice([" ", "\u00a0", "\u2009", "، ", '" ', "« "]))
    return "".join(spelled)


@given(st.integers())
def test_no_spelling_of_the_same_words_changes_a_signature(seed: int) -> None:
    chance = Random(seed)
    assert sign(write(respell(TITLE, chance), respell(BODY, chance))) == sign(write(TITLE, BODY))


def say(title: str, body: str) -> Article:
    """Return an article of any words, in no language at all."""
    return replace(write(TITLE, BODY), title=title, body=body, body_start=0, body_end=len(body))


@given(st.lists(st.tuples(ARABIC, ARABIC), max_size=6))
def test_an_article_is_signed_alike_alone_and_among_others(texts: list[tuple[str, str]]) -> None:
    articles = [say(title, body) for title, body in [*texts, (TITLE, BODY)]]
    assert sign_all(articles) == [sign(article) for article in articles]


@pytest.mark.parametrize("body", ["", "\0", " ", "و", " و ", "نعم", "0", "\0\0 و \0 12\u066c500 \0"])
def test_odd_texts_are_signed_and_do_not_touch_their_neighbours(body: str) -> None:
    odd, plain = say(TITLE, body), say(TITLE, BODY)
    assert sign_all([plain, odd, plain]) == [sign(plain), sign(odd), sign(plain)]


def test_the_script_of_digits_and_the_marks_of_thousands_make_no_difference() -> None:
    plain = sign(write(TITLE, BODY + "\nوبلغ الطول 12500 متر."))
    assert sign(write(TITLE, (BODY + "\nوبلغ الطول 12500 متر.").translate(EASTERN))) == plain
    assert sign(write(TITLE, BODY + "\nوبلغ الطول ١٢٬٥٠٠ متر.")) == plain
    assert sign(write(TITLE, BODY + "\nوبلغ الطول 12,500 متر.")).shingles == plain.shingles


def test_a_lone_waw_belongs_to_the_next_word() -> None:
    assert sign(write(TITLE, BODY.replace("وقال", "و قال"))) == sign(write(TITLE, BODY))


def test_another_text_has_another_signature_and_no_common_key() -> None:
    one, other = sign(write(TITLE, BODY)), sign(write("المتحف يفتح ليلا", OTHER_BODY))
    assert not set(keys(one)) & set(keys(other))


def test_every_paragraph_leads_to_the_whole() -> None:
    long = "\n".join((OTHER_BODY, BODY, " ".join(sorted(OTHER_BODY.split()))))
    short = "\n".join(PARAGRAPHS[:3])
    assert set(keys(sign(write("خبر", short)))) & set(keys(sign(write("تقرير اليوم", long))))


def test_a_text_that_says_too_little_has_no_key() -> None:
    signature = sign(write("كاريكاتير", ""))
    assert signature.shingles.size < FEWEST_SHINGLES
    assert keys(signature) == []


def test_a_title_without_any_word_has_an_empty_signature() -> None:
    signature = sign(write("؟!", BODY))
    assert signature.shingles.size == sign(write("", BODY)).shingles.size


@given(ARABIC)
def test_a_packed_signature_is_read_back_whole(body: str) -> None:
    signature = sign(say("خبر", body))
    assert unpack(pack(signature)) == signature


def test_a_signature_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 9"):
        unpack(b"\x09" + pack(sign(write(TITLE, BODY)))[1:])


def test_the_longest_text_keeps_a_bounded_signature() -> None:
    signature = sign(write(TITLE, " ".join(f"وفي البند {number} من الميزانية" for number in range(5_000))))
    assert len(read_numbers(signature.shingles.smallest)) == LARGEST_SKETCH
    assert len(pack(signature)) < 1100


def test_a_word_has_the_same_hash_wherever_it_stands() -> None:
    first, _, last = hash_words("بيروت تحتفل بيروت").tolist()
    assert first == last


def test_signatures_are_stable_over_versions_machines_and_hash_seeds() -> None:
    """The numbers are written down here: whoever changes them must raise VERSION."""
    assert digest(pack(sign(write(TITLE, BODY))).hex()) == "632f2394917115d81cab"
    code = (
        "from tests.core.duplicates.wire import *; from pipelines.core.duplicates.signature import *; "
        "print(pack(sign(write(TITLE, BODY))).hex())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert {run.stdout.decode().strip() for run in runs} == {pack(sign(write(TITLE, BODY))).hex()}
