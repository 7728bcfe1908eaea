"""Places by their country, honours, women's names, signs and words that no name has."""

from time import process_time

import pytest
import rasid
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.core.entities.identity import identify
from pipelines.core.entities.identity_context import identify_together
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Tripoli, Lebanon", "LB"),
        ("Tripoli, Libya", "LY"),
        ("طرابلس، لبنان", "LB"),
        ("Valencia, Spain", "ES"),
        ("Valencia, Venezuela", "VE"),
        ("فالنسيا، إسبانيا", "ES"),
        ("Nice, France", "FR"),
        ("Birmingham, Alabama", "US"),
        ("Birmingham, UK", "GB"),
    ],
)
def test_a_country_behind_a_comma_chooses_among_the_places_of_a_name(name: str, country: str) -> None:
    found = identify(name)
    assert found
    assert (found.entity.type, found.entity.country, found.confidence) == ("LOC", country, 0.95)


def test_a_place_where_none_is_known_is_one_of_its_own() -> None:
    found = identify("قرطبة، المغرب")
    assert found
    assert (found.entity.type, found.entity.qid, found.confidence) == ("LOC", None, 0.2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gabriel Moreau", "Gabrielle Moreau"),
        ("André Lefort", "Andrée Lefort"),
        ("Fabien Rousselet", "Fabienne Rousselet"),
        ("Tripoli, Lebanon", "Tripoli, Libya"),
        ("جون كيربي", "جاك كيربي"),
        ("دونالد ابن ترامب", "دونالد ترامب"),
    ],
)
def test_they_stay_apart(one: str, other: str) -> None:
    assert entity_id(one) != entity_id(other)


@pytest.mark.parametrize(
    "names",
    [
        ("His Excellency the Prime Minister", "The Prime Minister"),
        ("Her Majesty the Queen", "the Queen"),
        ("الأمير تشارلز", "Prince Charles", "King Charles"),
        ("EU foreign policy chief", "مسؤول السياسة الخارجية في الاتحاد الأوروبي", "EU High Representative"),
        (
            "EU High Representative Josep Borrell",
            "جوزيب بوريل",
            "منسق السياسة الخارجية في الاتحاد الأوروبي جوزيب بوريل",
        ),
        ("إيفانكا ابنة ترامب", "إيفانكا ترامب"),
        ("سمير محيي الدين", "سمير محي الدين", "Samir Mohieddin", "Samir Mohieddine"),
        ("رئيس المجلس البلدي في صفاقس", "رئيس بلدية صفاقس", "mayor of Sfax"),
        ("وزير الثقافة اللبناني غسان سلامة", "المبعوث الأممي إلى ليبيا غسان سلامة"),
    ],
)
def test_they_are_one(names: tuple[str, ...]) -> None:
    assert len(set(map(entity_id, names))) == 1


@pytest.mark.parametrize(
    ("name", "told"), [("سالم )", "سالم"), ("- سالم الحمداني -", "سالم الحمداني"), ("* ليلى *", "ليلى")]
)
def test_a_name_with_words_is_never_only_signs(name: str, told: str) -> None:
    found = identify(name)
    assert found
    assert found.entity.name == told


@pytest.mark.parametrize("nothing", ["#", "# #", "& &", "&", "a & b", "، ،", ", Spain", "Spain,"])
def test_signs_between_nothing_never_fail(nothing: str) -> None:
    identify(nothing)


@pytest.mark.parametrize("nothing", ["'s", "’s", "'", "l'", "the", "#", "،", "ـ", "ء", "()"])
@pytest.mark.parametrize(
    "around", ["{}", "President {}", "{}, wife of President {}", "وزير {}", "نجل {}", "{} وزير الخارجية", "Tell {}"]
)
def test_no_entry_point_fails_at_signs(nothing: str, around: str) -> None:
    name = around.replace("{}", nothing)
    identify(name)
    rasid.identify(name)
    identify_together([name, nothing])
    for given in ([name], ["--", name, nothing]):
        assert CliRunner().invoke(app, ["identify", *given]).exit_code == 0
    assert CliRunner().invoke(app, ["identify", "-"], input=f"{name}\n{nothing}\n").exit_code == 0


@pytest.mark.parametrize(
    "word",
    [
        "ظ" * 20_000,
        "President " * 20,
        "Minister Director " * 10,
        "وزير " * 20,
        "نجل الرئيس " * 15,
        "q" * 20_000,
        "وزير " + "ظ" * 20_000,
        "#" + "Xy" * 10_000,
        "a,b" * 9_000,
    ],
)
def test_a_name_of_many_letters_or_one_word_many_times_takes_no_time(word: str) -> None:
    identify("q")
    began = process_time()
    found = identify(word)
    assert process_time() - began < 5
    assert found is None or found.confidence == 0.2
