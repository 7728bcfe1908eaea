import pytest

from pipelines.core.entities.variants import find_variant


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
