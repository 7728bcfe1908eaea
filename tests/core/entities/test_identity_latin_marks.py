import pytest

from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    "names",
    [
        ("كمال تشتينكايا", "Kemal Çetinkaya"),
        ("أحمد تشيليك", "Ahmet Çelik"),
        ("ميلوش جورجيفيتش", "Miloš Đorđević"),
        ("يورغن فولف", "Jürgen Wolff"),
        ("شو ويمينغ", "Xu Weiming"),
        ("لوكا كوفاتشيفيتش", "Luka Kovačević"),
    ],
)
def test_marked_letters_sound_as_their_language_has_them(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("زين العابدين بن حداد", "Zine El Abidine Benhaddad", "Zine el-Abidin Ben Haddad"),
        ("عز الدين الزروالي", "Izz al-Din al-Zerouali", "Ezzeddine Zerouali"),
        ("حذيفة العنزي", "Hudhaifa al-Onazi"),
    ],
)
def test_compounds_and_sons_are_read_in_latin_letters(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("حسن شيخ محمود", "Xasan Sheekh Maxamuud", "Hassan Sheikh Mohamud"),
        ("عبد الرشيد نور فارح", "عبدي رشيد نور فارح", "عبدرشيد نور فارح"),
        ("ألكسندر بيريجني", "Olexandre Berejny", "Oleksandr Berezhnyi"),
        ("كريستين لاغارد", "كريستين لاڠارد"),
    ],
)
def test_names_of_somalis_and_ukrainians_are_read_in_their_spelling(names: tuple[str, ...]) -> None:
    assert len({entity_id(name) for name in names}) == 1


@pytest.mark.parametrize("name", ["فريبا سلطاني نجاد", "كغان دانيلز", "كينان كرم"])
def test_a_name_keeps_the_letter_that_seldom_sticks(name: str) -> None:
    assert entity_id(name) == entity_id(f"السيد {name}") == entity_id(f"ل{name}")
