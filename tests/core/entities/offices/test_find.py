"""Find the offices of offices.tsv, whose names are marked in them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Span
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.mention import Entity, Mention, Office
from pipelines.core.entities.names import name_key
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.text.document import read_document

MARKED = re.compile(r"\[(PER|LOC|ORG) ([^]]+)\]")
TABLE = [line.split("\t") for line in (Path(__file__).parent / "offices.tsv").read_text("utf-8").splitlines()[1:]]
WORDS = [
    "وزير",
    "الخارجية",
    "الرئيس",
    "نائب",
    "التونسي",
    "والليبي",
    "رئيس",
    "باسم",
    "المتحدث",
    "لوزراء",
    "،",
    ".",
    "الى",
    "نظيره",
]
SAME = st.sampled_from(("َ", "ُ", "ّ", "ـ", ""))


def entity(kind: str, name: str) -> Entity:
    key = name_key("ا" + name if name.startswith("لأ") else name)
    known = names().get(key, {}).get(kind)
    return known[0].entity if known else Entity("n" + key, kind, name)


def find(*marked: str, country: str | None = None) -> list[Office]:
    """Find the offices of texts whose names are marked "[LOC مصر]"; the first of several is the title."""
    documents, mentions = [], []
    for field, source in zip(("title", "body")[-len(marked) :], marked, strict=True):
        text, at = "", 0
        for found in MARKED.finditer(source):
            text += source[at : found.start()]
            at = found.end()
            kind, name = found.groups()
            mentions.append(Mention(Span(field, len(text), len(text) + len(name), name), entity(kind, name), 0.9, kind))
            text += name
        documents.append(read_document(field, text + source[at:]))
    offices = find_offices(documents, mentions, country)
    texts = {document.field: document.text for document in documents}
    assert all(texts[o.span.field][o.span.start : o.span.end] == o.span.text for o in offices)
    return offices


def describe(offices: Sequence[Office]) -> str:
    holders = (one.entity.name if one.role not in one.entity.name else "-" for one in offices)
    told = (
        f"{one.span.text}={one.role}/{one.country or '-'}/{holder}"
        for one, holder in zip(offices, holders, strict=True)
    )
    return " ; ".join(told) or "-"


def dress(text: str, marks: Sequence[str]) -> str:
    """Write a text with diacritics and tatweel, and other alefs."""
    dressed = [letter + mark if letter.isalpha() else letter for letter, mark in zip(text, marks, strict=True)]
    return "".join(dressed).replace("أ", "ا").replace("إ", "أ")


@pytest.mark.parametrize(("marked", "expected"), TABLE)
def test_finds_the_offices_of_a_sentence(marked: str, expected: str) -> None:
    assert describe(find(marked)) == expected


def test_forms_of_a_nation_do_not_change_the_actor() -> None:
    forms = (
        "وزير الخارجية السوري",
        "وزيرة الخارجية السورية",
        "وزير خارجية [LOC سوريا]",
        "وزير الخارجية والمغتربين السوري",
        "وزيرا الخارجية السوريان",
        "وزيري الخارجية السوريين",
    )
    assert len({find(f"قال {form} كلمة.")[0].entity.entity_id for form in forms}) == 1


@pytest.mark.parametrize(
    "other",
    [
        "نائب وزير الخارجية السوري",
        "وزير الخارجية السوري السابق",
        "مساعد وزير الخارجية السوري",
        "وزير الخارجية الأردني",
    ],
)
def test_deputies_former_holders_and_other_countries_are_other_actors(other: str) -> None:
    assert find(f"قال {other} كلمة.")[0].entity != find("قال وزير الخارجية السوري كلمة.")[0].entity


def test_a_holder_named_once_holds_the_office_in_the_whole_article() -> None:
    offices = find(
        "وزير الخارجية التونسي في [LOC روما]", "قال [PER خميس الجهيناوي] وزير الخارجية التونسي. وعاد الوزير."
    )
    assert [one.span.field for one in offices] == ["title", "body", "body"]
    assert {one.entity.name for one in offices} == {"خميس الجهيناوي"}


def test_two_holders_of_one_office_keep_their_own_and_no_other() -> None:
    text = (
        "خلف وزير النقل المصري [PER سامي الوردي] وزير النقل المصري [PER نعمان الفاضل]. وشكر وزير النقل المصري الجميع."
    )
    assert [one.entity.name for one in find(text)] == ["سامي الوردي", "نعمان الفاضل", "وزير النقل (مصر)"]


def test_nobody_of_another_country_holds_an_office() -> None:
    [office] = find("استقبل الرئيس التونسي [PER محمد بن سلمان].")
    assert office.entity.name == "رئيس تونس"


def test_an_office_without_country_is_the_outlets_where_no_other_country_is_named() -> None:
    assert [one.country for one in find("قال وزير الداخلية ذلك في [LOC البصرة].", country="IQ")] == ["IQ"]
    assert find("قال وزير الداخلية ذلك في [LOC دمشق].", country="IQ") == []
    assert find("قال رئيس الجمعية ذلك.", country="IQ") == []


def test_an_office_without_country_is_the_only_one_of_its_name_in_the_article() -> None:
    offices = find("وزير الداخلية يحذر", "حذر وزير الداخلية الكويتي من السيول في [LOC دمشق].", country="IQ")
    assert [one.country for one in offices] == ["KW", "KW"]


def test_an_organisation_is_told_where_the_office_names_one() -> None:
    [chief] = find("زار رئيس أركان [ORG الجيش اللبناني] الحدود.")
    [secretary] = find("دعا الأمين العام ل[ORG لأمم المتحدة] إلى الهدوء.")
    assert chief.organisation
    assert (secretary.organisation and secretary.organisation.qid) == "Q1065"
    assert secretary.entity.name == "أمين عام (الأمم المتحدة)"


def test_no_office_begins_inside_a_name() -> None:
    assert find("افتتحت [ORG جامعة الملك سعود] المعهد.") == []
    assert find("فاز [PER أمين الرئيس] بالجائزة.") == []


@given(st.data())
def test_diacritics_tatweel_and_alefs_change_no_office(data: st.DataObject) -> None:
    text = "بعث أمين عام الجامعة وللرئيس الإيراني ووزير الأوقاف المصري ونائب رئيس الوزراء الأردني السابق رسائل"
    dressed = dress(text, data.draw(st.lists(SAME, min_size=len(text), max_size=len(text))))
    plain, same = find(text), find(dressed)
    assert len(plain) == 3
    assert [(one.role, one.country, one.entity) for one in same] == [
        (one.role, one.country, one.entity) for one in plain
    ]


@given(st.lists(st.sampled_from(WORDS)))
def test_never_fails_and_offices_never_overlap(words: list[str]) -> None:
    offices = find(" ".join(words))
    assert all(one.span.end <= two.span.start for one, two in pairwise(offices))


def test_who_is_named_behind_a_spokesman_of_somebody_is_that_somebody() -> None:
    told = "قال المتحدث باسم رئيس الوزراء اللبناني [PER سليم الحايك] إن الجلسة أجلت."
    assert [office.entity.name for office in find(told)] == ["متحدث باسم رئيس الوزراء (لبنان)"]


def test_several_leaders_of_a_body_are_not_its_head() -> None:
    [several], [one] = find("اجتمع قادة [ORG الناتو] أمس."), find("قال رئيس [ORG الناتو] ذلك.")
    assert (several.role, one.role) == ("قائد", "أمين عام")
