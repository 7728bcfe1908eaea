import pytest

from pipelines.core.entities.tables import rows
from pipelines.core.entities.variants import find_variant
from pipelines.training.build_keys import key_rows


@pytest.mark.parametrize(
    ("kind", "spelling", "name"),
    [
        ("PER", "روبيرت موجابي", "روبرت موغابي"),
        ("PER", "العثماني سعد الدين", "سعد الدين العثماني"),
        ("PER", "إيمانويل ماركون", "إيمانويل ماكرون"),
        ("ORG", "مانشستر يونيتد", "مانشستر يونايتد"),
        ("LOC", "بنجلاديش", "بنغلاديش"),
    ],
)
def test_a_spelling_in_no_table_leads_to_the_one_it_means(kind: str, spelling: str, name: str) -> None:
    found = find_variant(kind, spelling)
    assert found
    assert found.known.entity.name == name
    assert 0.5 < found.confidence < 0.95


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("PER", "حسين روحاني"),
        ("PER", "محمد بن سليمان"),
        ("PER", "بشارة الأسد"),
        ("PER", "مارتينيز"),
        ("PER", "ميلاني"),
        ("PER", "كيم جونغ"),
        ("ORG", "بنوك مصر"),
        ("LOC", "البرانس"),
        ("LOC", "المدينة"),
    ],
)
def test_a_name_of_somebody_else_leads_nowhere(kind: str, name: str) -> None:
    assert find_variant(kind, name) is None


def test_the_keys_of_known_people_are_as_their_names_are_reduced_today() -> None:
    stale = [row["name"] for row, fresh in zip(rows("people_keys.tsv.gz"), key_rows(), strict=True) if row != fresh]
    assert not stale, "run `python -m pipelines.training.build_keys`"
