import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.entities.find import find_mentions
from pipelines.core.entities.mention import Mention
from pipelines.core.text.document import read_document


def find(body: str, title: str = "", country: str | None = None) -> list[Mention]:
    return find_mentions([read_document("title", title), read_document("body", body)], country)


def named(body: str, **options: str) -> dict[str, str]:
    return {mention.span.text: mention.entity.entity_id for mention in find(body, **options)}


def test_reads_a_report_as_a_person_would() -> None:
    found = named("استقبل الرئيس التونسي قيس سعيد في قصر قرطاج وزير الخارجية الفرنسي جان إيف لودريان.")
    assert found["التونسي"] == "Q948"
    assert found["الفرنسي"] == "Q142"
    assert {"قيس سعيد", "جان إيف لودريان"} <= set(found)


@pytest.mark.parametrize(
    ("body", "name", "qid"),
    [
        ("سافر الوفد للعراق أمس.", "لعراق", "Q796"),
        ("وصل الوزير إلى دمشق وبالقاهرة عقد لقاء.", "القاهرة", "Q85"),
        ("اجتمعت لجنة مشتركة بين مصر وليبيا.", "ليبيا", "Q1016"),
        ("التقى المبعوث بوتين في موسكو.", "بوتين", "Q7747"),
        ("زار الوفد مصر وفرنسا ولبنان.", "لبنان", "Q822"),
        ("قال متحدث لبي بي سي إن الاجتماع تأجل.", "بي بي سي", "Q9531"),
    ],
)
def test_leaves_proclitics_outside_the_span(body: str, name: str, qid: str) -> None:
    assert named(body).get(name) == qid


def test_keeps_the_marks_of_a_vowelled_name_inside_its_span() -> None:
    body = "وصل الوفد إلى بِبَيْرُوتَ صباحا."
    assert "بَيْرُوتَ" in named(body)


def test_quotes_the_text_exactly_and_in_order_without_overlaps() -> None:
    title, body = "ماكرون في بيروت", "قال إيمانويل ماكرون إنّ فرنسا تدعم لبنان. وغادر ماكرون بيروت."
    found = find(body, title)
    for mention in found:
        text = title if mention.span.field == "title" else body
        assert text[mention.span.start : mention.span.end] == mention.span.text
    places = [(mention.span.field != "title", mention.span.start, mention.span.end) for mention in found]
    assert places == sorted(places)
    assert all(one[2] <= other[1] for one, other in itertools.pairwise(places) if one[0] == other[0])


def test_names_one_leader_with_one_id_however_he_is_spelt() -> None:
    spellings = ("أنطونيو غوتيريش", "أنطونيو غوتيريس", "انطونيو جوتيريش")
    ids = {named(f"دعا الأمين العام للأمم المتحدة {name} إلى التهدئة.").get(name) for name in spellings}
    assert len(ids) == 1
    assert None not in ids


def test_gives_an_adjective_of_nation_its_country_in_every_inflection() -> None:
    forms = ("التونسيون", "التونسيين", "تونسية", "الأميركية", "الأمريكية")
    countries = [named(f"قال مواطنون إن {form} يرفضون القرار في باريس.").get(form) for form in forms]
    assert countries == ["Q948", "Q948", "Q948", "Q30", "Q30"]


def test_finds_nothing_where_nothing_is_named() -> None:
    assert find("هطلت أمطار غزيرة صباح اليوم وامتلأت الشوارع بالمياه.") == []
    assert find("") == []
    assert find_mentions([], None) == []


@given(st.text(alphabet="ابتثجحخدرسشعفقكلمنهوي ـًَُّْ.،«»()0123٤aB\n", max_size=120))
def test_every_span_quotes_its_text_whatever_the_text(body: str) -> None:
    for mention in find(body):
        assert body[mention.span.start : mention.span.end] == mention.span.text != ""
        assert 0.0 <= mention.confidence <= 1.0


@given(st.sampled_from("\u064e\u0650\u0651\u0640"), st.integers(1, 3))
def test_diacritics_and_tatweel_do_not_change_who_is_named(mark: str, place: int) -> None:
    plain, name = "وصل إيمانويل ماكرون إلى بيروت أمس.", "ماكرون"
    marked = plain.replace(name, name[:place] + mark + name[place:])
    assert [mention.entity for mention in find(marked)] == [mention.entity for mention in find(plain)]
