"""Code the sentences of events.tsv, whose names and dates are marked in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Article, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.events.coder import code_events
from pipelines.core.events.event import TYPES, Event, EventDate
from pipelines.core.text.document import read_document
from pipelines.core.text.fold import fold_text

PUBLISHED = datetime(2022, 7, 18, 12, tzinfo=UTC)
MARKED = re.compile(r"\[(PER|LOC|ORG|MISC) ([^]]+)\]|\{([\dW/X-]+) ([^}]+)\}")
CITIES = (
    "أنقرة|عمّان|قرطاج|سوتشي|القاهرة|جنيف|بعبدا|القدس|الخليل|حلب|إدلب|دمشق|جنين|نابلس|كابول|مقديشو|سرت|طهران|الخرطوم"
)


@dataclass(frozen=True)
class Read:
    """What one marked sentence should and does yield."""

    text: str
    expected: set[str]
    events: list[Event]

    @property
    def got(self) -> set[str]:
        return {describe(event) for event in self.events}


def describe(event: Event) -> str:
    flags = [name for name in ("negated", "future", "hypothetical", "historical") if getattr(event.flags, name)]
    sides = (" + ".join(one.span.text for one in side) or "-" for side in (event.actors, event.recipients))
    place = event.place.name if event.place else "-"
    return "/".join((event.type, event.mode or "-", *sides, place, "+".join(flags) or "-"))


def code(marked: str, field: str = "body", article_id: str = "a") -> list[Event]:
    """Code a sentence whose names are marked "[LOC مصر]" and dates "{2022-07-17 أمس}"."""
    text, mentions, dates, at = "", [], [], 0
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        kind, name, value, words = found.groups()
        span = Span(field, len(text), len(text) + len(name or words), name or words)
        text += name or words
        if kind:
            admin = "1" if kind == "LOC" and name in CITIES.split("|") else None
            mentions.append(Mention(span, Entity("n" + fold_text(name), kind, name, admin1=admin), 0.9, kind))
        else:
            dates.append(DateMention(span, value, "day" if value.count("-") == 2 else "year", "stated"))
    text += marked[at:]
    article = Article(article_id, "c", "s", "", text, PUBLISHED, "UTC", "ar", body_end=len(text))
    documents = [read_document(field, text)]
    return code_events(article, documents, mentions, dates, find_offices(documents, mentions, None))


def read_table() -> Iterator[Read]:
    for line in (Path(__file__).parent / "events.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        marked, expected = line.split("\t")
        yield Read(marked, set() if expected == "-" else set(expected.split(" ; ")), code(marked))


def test_finds_nearly_every_event_of_the_table_and_little_else() -> None:
    reads = list(read_table())
    right = sum(read.got == read.expected for read in reads)
    assert len(reads) >= 120
    assert right / len(reads) >= 0.97, [(read.text, read.got) for read in reads if read.got != read.expected]


def test_covers_all_sixteen_types() -> None:
    assert {event.type for read in read_table() for event in read.events} == set(TYPES)


def test_quotes_trigger_and_evidence_exactly() -> None:
    for read in read_table():
        text = re.sub(MARKED, lambda found: found[2] or found[4], read.text)
        for event in read.events:
            for span in (event.trigger, event.evidence, *(one.span for one in (*event.actors, *event.recipients))):
                assert text[span.start : span.end] == span.text
            assert event.trigger.text in event.evidence.text
            assert len(event.evidence.text) <= 400


def test_reads_a_sentence_the_same_with_diacritics_and_hamzas() -> None:
    plain = code("اعتقلت الشرطة [LOC المصرية] ناشطا في [LOC الاسكندرية].")
    dressed = code("إعتقلَت الشرطَة [LOC المصرية] ناشطًا في [LOC الإسكندرية].")
    assert plain
    assert [e.event_id for e in plain] == [e.event_id for e in dressed]


def test_tells_a_passive_by_its_vowel() -> None:
    active, passive = code("خطف جندي في [LOC حلب] طفلا."), code("خُطف جندي في [LOC حلب].")
    assert [one.span.text for one in active[0].actors] == ["جندي"]
    assert [one.span.text for one in passive[0].recipients] == ["جندي"]
    assert not passive[0].actors


def test_gives_an_event_of_two_papers_one_id_and_a_vague_one_its_own() -> None:
    told = "قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}."
    again = "وفي {2022-07-17 يوم الأحد} قصفت [LOC روسيا] [LOC حلب]."
    assert code(told)[0].event_id == code(again, article_id="b")[0].event_id
    vague = "تظاهر محتجون."
    assert code(vague)[0].event_id != code(vague, article_id="b")[0].event_id


def test_joins_title_and_lead_into_one_event_with_the_fuller_roles() -> None:
    events = code("قصف [LOC حلب]\n قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}.")
    assert len(events) == 1
    assert events[0].actors
    assert events[0].confidence > code("قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}.")[0].confidence


def test_leaves_the_date_open_where_the_text_gives_none() -> None:
    assert code("قصفت [LOC روسيا] [LOC حلب].")[0].date is None
    assert code("قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}.")[0].date == EventDate("2022-07-17", "day")


def test_reports_each_event_of_an_article_once() -> None:
    events = code("قتل خمسة جنود في [LOC حلب]. أدانت [LOC مصر] [LOC إيران]. قتل جنود في [LOC حلب].")
    assert sorted(event.type for event in events) == ["ACCUSE", "ASSAULT"]


def test_an_office_is_one_actor_however_it_is_written_and_its_holder_where_the_article_names_him() -> None:
    forms = ("وزير الخارجية التونسي", "وزير الشؤون الخارجية التونسي", "وزيري الخارجية التونسيين")
    actors = [code(f"[LOC أنقرة] تستقبل {form}.")[0].recipients[0].entity for form in forms]
    assert len({actor.entity_id for actor in actors}) == 1
    assert (actors[0].name, actors[0].country) == ("وزير الخارجية (تونس)", "TN")
    told = "[LOC أنقرة] تستقبل وزير الخارجية التونسي. وكان [PER سامي الوردي]، وزير الخارجية التونسي، في الطريق."
    assert code(told)[0].recipients[0].entity.name == "سامي الوردي"


@given(st.text(alphabet="ابتلمنيوه قصفحدر،.ةأ", max_size=80))
def test_never_fails_and_always_quotes_what_is_there(text: str) -> None:
    for event in code(text):
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text
