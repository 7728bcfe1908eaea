import pytest

from pipelines.core.text.credits import fold_in_place, may_end_credit, read_credits


def read(text: str) -> list[tuple[str, str]]:
    folded = fold_in_place(text)
    return [(part.kind, part.name) for part in read_credits(folded, 0, len(folded))]


@pytest.mark.parametrize(
    "spelling", ["أ ف ب", "ا.ف.ب", "أف ب", "ا ف ب", "أَ ف ب", "AFP", "وكالة فرانس برس", "وفرانس برس"]
)
def test_reads_an_agency_in_every_spelling(spelling: str) -> None:
    assert read(spelling) == [("agency", "أ ف ب")]


def test_takes_the_longest_phrase() -> None:
    assert read("وكالة أنباء الشرق الأوسط") == [("agency", "أ ش أ")]
    assert read("الشرق الأوسط") == [("outlet", "الشرق الأوسط")]


def test_a_city_wins_over_a_paper_of_its_name() -> None:
    assert read("الرياض") == [("city", "الرياض")]


def test_counts_the_words_it_does_not_know() -> None:
    (part,) = read_credits("سامي علي حسن", 0, 12)
    assert (part.kind, part.words, part.start, part.end) == ("other", 3, 0, 12)


def test_folding_in_place_moves_nothing() -> None:
    text = "إِلى القاهرةِ ٣ مارس ﷺ هـ"
    assert len(fold_in_place(text)) == len(text)


@pytest.mark.parametrize(("text", "answer"), [("قال ذلك. رويترز.", True), ("افتتح المعرض.", False), ("", False)])
def test_knows_at_a_glance_whether_a_credit_may_end_a_text(text: str, answer: bool) -> None:
    assert may_end_credit(fold_in_place(text)) is answer
