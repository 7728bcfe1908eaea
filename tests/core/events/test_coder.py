"""Code tellings that are said by hand, in sentences whose names and dates are marked."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import process_time
from types import MappingProxyType
from typing import Any

import pytest

from pipelines.core.article import Article, Span
from pipelines.core.entities.mention import DateMention, Entity, Mention
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.entities.tagging.same import pairs_of_a_type
from pipelines.core.entities.tagging.tellings import Part, Telling
from pipelines.core.entities.tagging.voting import FLAGS
from pipelines.core.events.coder import code_events
from pipelines.core.events.consolidate import TOLD_TOGETHER
from pipelines.core.events.event import Event, EventDate
from pipelines.core.text.document import Document, read_document
from pipelines.core.text.fold import fold_text

PUBLISHED = datetime(2022, 7, 18, 12, tzinfo=UTC)
MARKED = re.compile(r"\[(PER|LOC|ORG|MISC) ([^]]+)\]|\{([\dW/X-]+) ([^}]+)\}")

Told = dict[str, Any]


def unmark(marked: str, field: str) -> tuple[str, list[Mention], list[DateMention]]:
    """Take the marks "[LOC مصر]" and "{2022-07-17 أمس}" out of a text."""
    text, mentions, dates, at = "", [], [], 0
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        kind, name, value, words = found.groups()
        span = Span(field, len(text), len(text) + len(name or words), name or words)
        text += name or words
        if kind:
            mentions.append(Mention(span, Entity("n" + fold_text(name), kind, name), 0.9, kind))
        else:
            dates.append(DateMention(span, value, "day" if value.count("-") == 2 else "year", "stated"))
    return text + marked[at:], mentions, dates


def place(document: Document, words: str, first: int, last: int) -> tuple[int, int]:
    """Find the tokens of words in a sentence."""
    wanted = fold_text(words).split()
    folded = [token.folded for token in document.tokens]
    return next(
        (at, at + len(wanted))
        for at in range(first, last)
        if [*folded[at : at + len(wanted)]] == wanted
        or (folded[at].endswith(wanted[0]) and folded[at + 1 : at + len(wanted)] == wanted[1:])
    )


def code(marked: str, *told: Told, article_id: str = "a", published: datetime = PUBLISHED) -> list[Event]:
    """Code a body; each of `told` has type, trigger, sentence, and words of its parts and flags."""
    text, mentions, dates = unmark(marked, "body")
    article = Article(article_id, "c", "s", "", text, published, "UTC", "ar", body_end=len(text))
    document = read_document("body", text)
    documents = [read_document("title", ""), document]
    tellings = unjoined([telling(document, **one) for one in told])
    return code_events(article, documents, mentions, dates, find_offices(documents, mentions, None), tellings)


def unjoined(tellings: Sequence[Telling]) -> list[Telling]:
    """Return tellings of which the nets would rather say that each is an event of its own."""
    later = Counter(second for _, second in pairs_of_a_type([one.type for one in tellings]))
    return [one._replace(same=(-0.5,) * later[number]) for number, one in enumerate(tellings)]


def telling(
    document: Document,
    type: str,
    trigger: str,
    sentence: int = 0,
    flags: Sequence[str] = (),
    chances: Mapping[str, float] = MappingProxyType({}),
    **parts: str | list[str],
) -> Telling:
    _, _, first, last = document.sentences[sentence]
    found = tuple(
        Part(role, *place(document, words, first, last), chances.get(role, 0.9))
        for role, named in parts.items()
        for words in ([named] if isinstance(named, str) else named)
    )
    sure = tuple(0.9 if flag in flags else 0.1 for flag in FLAGS)
    return Telling(sentence, *place(document, trigger, first, last), type, 0.9, sure, found)


STRIKE = {"type": "ASSAULT", "trigger": "قصفت", "actor": "روسيا", "recipient": "حلب", "place": "حلب", "date": "أمس"}


def test_says_who_did_what_to_whom_where_and_when() -> None:
    [event] = code("قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}.", STRIKE)
    assert (event.type, event.mode, event.date) == ("ASSAULT", "heavy-weapons", EventDate("2022-07-17", "day"))
    assert [one.entity.name for one in event.actors] == ["روسيا"]
    assert event.place is not None
    assert event.place.name == "حلب"
    assert event.trigger.text == "قصفت"


def test_who_is_named_with_his_office_is_himself_and_the_words_are_kept() -> None:
    told = {"type": "CONSULT", "trigger": "استقبل", "actor": "وزير الخارجية التونسي سامي الوردي"}
    [event] = code("استقبل وزير الخارجية [MISC التونسي] [PER سامي الوردي] وفدا.", told)
    [actor] = event.actors
    assert (actor.entity.name, actor.span.text) == ("سامي الوردي", "وزير الخارجية التونسي سامي الوردي")


@pytest.mark.parametrize(
    ("one", "two"),
    [("المسلحون المجهولون", "مسلحين مجهولين"), ("جنودا إسرائيليين", "جنود إسرائيليون"), ("للمحتجين", "محتجون")],
)
def test_a_group_has_one_id_whatever_its_case_and_article(one: str, two: str) -> None:
    ids = {
        code(f"هاجم {words} قرية.", {"type": "ASSAULT", "trigger": "هاجم", "actor": words})[0]
        .actors[0]
        .entity.entity_id
        for words in (one, two)
    }
    assert len(ids) == 1


def test_what_outlets_call_the_same_men_and_how_many_they_count_makes_no_other_event() -> None:
    def kidnapped(words: str, actor: str, recipient: str) -> str:
        text = f"{words} في [LOC كادونا] {{2022-07-17 أمس}}."
        told = {"type": "ASSAULT", "trigger": words.split(maxsplit=1)[0], "place": "كادونا", "date": "أمس"}
        [event] = code(text, told | {"actor": actor, "recipient": recipient}, article_id=text)
        return event.event_id

    one = kidnapped("خطف مسلحون مجهولون 32 طالبة", "مسلحون مجهولون", "32 طالبة")
    assert one == kidnapped("اختطف عدد من المسلحين الطالبات", "عدد من المسلحين", "الطالبات")


def test_a_party_does_not_keep_what_sticks_to_it() -> None:
    told = {"type": "AID", "trigger": "مساعدات", "recipient": "للنازحين"}
    [event] = code("قدمت مساعدات للنازحين.", told)
    assert event.recipients[0].span.text in ("لنازحين", "النازحين")
    assert event.recipients[0].entity.name == "النازحين"


def test_a_body_whose_first_letter_could_stick_keeps_it() -> None:
    [event] = code("نددت بلدية الميناء بالقرار.", {"type": "ACCUSE", "trigger": "نددت", "actor": "بلدية الميناء"})
    assert event.actors[0].span.text == "بلدية الميناء"


def test_nobody_is_on_both_sides() -> None:
    told = {"type": "ASSAULT", "trigger": "قتل", "actor": "سامر العلي", "recipient": "سامر العلي"}
    [event] = code("قتل [PER سامر العلي] في انفجار.", told)
    assert not (event.actors and event.recipients)


@pytest.mark.parametrize(("type", "trigger", "is_told"), [("ASSAULT", "قصف", True), ("ACCUSE", "ادان", False)])
def test_where_a_deed_was_done_need_not_be_as_likely_as_where_a_word_was_said(
    type: str, trigger: str, is_told: bool
) -> None:
    [event] = code(
        f"{trigger} الجيش في [LOC حلب].", {"type": type, "trigger": trigger, "place": "حلب", "chances": {"place": 0.3}}
    )
    assert (event.place is not None) == is_told


@pytest.mark.parametrize(("when", "is_past"), [("2022", True), ("2022-07-17", False), ("2023", False)])
def test_a_year_that_is_not_all_news_does_not_say_that_an_event_is(when: str, is_past: bool) -> None:
    [event] = code(f"قصفت [LOC روسيا] [LOC حلب] {{{when} أمس}}.", STRIKE | {"flags": ["historical"]})
    assert event.flags.historical == is_past


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("لم تقصف الطائرات البلدة.", True),
        ("ونفت الوزارة شن أي غارة على البلدة.", True),
        ("أكد المتحدث أنه لا صحة لقصف البلدة.", True),
        ("لم يمنع المطر الجيش، فقصف البلدة.", False),
        ("نفت الوزارة التقرير، وقصفت البلدة.", False),
        ("أنكرت وزارة الدفاع بشدة قصف البلدة.", True),
        ("نفت الحركة مسؤوليتها عن قصف البلدة.", False),
        ("نفى المتحدث الخبر بعد قصف البلدة.", False),
    ],
)
def test_what_the_words_before_it_deny_did_not_happen(words: str, denied: bool) -> None:
    trigger = next(word for word in ("تقصف", "غارة", "لقصف", "فقصف", "وقصفت", "قصف") if word in words)
    [event] = code(words, {"type": "ASSAULT", "trigger": trigger, "recipient": "البلدة"})
    assert event.flags.negated == denied


def test_an_accusation_that_is_denied_was_made_all_the_same() -> None:
    [event] = code("نفت موسكو الاتهامات.", {"type": "ACCUSE", "trigger": "الاتهامات", "recipient": "موسكو"})
    assert not event.flags.negated


def test_that_there_was_no_other_raid_does_not_deny_the_one_that_was() -> None:
    raid = {"type": "ASSAULT", "trigger": "غارة", "place": "البلدة"}
    told = [raid | {"sentence": number} for number in range(3)]
    events = code("وقعت غارة على [LOC البلدة]. أصابت غارة [LOC البلدة]. لم تسجل أي غارة أخرى على [LOC البلدة].", *told)
    assert not events[0].flags.negated


def test_a_part_is_as_sure_as_the_telling_that_is_surest_of_it() -> None:
    def told(*sure: float) -> tuple[float, float]:
        parts = {"actor": "الطائرات", "place": "حلب"}
        tellings = [
            {"type": "ASSAULT", "trigger": word, "sentence": number, "chances": dict.fromkeys(parts, chance), **parts}
            for number, (word, chance) in enumerate(zip(["قصفت", "وقصفت"], sure, strict=True))
        ]
        [event] = code("قصفت [ORG الطائرات] [LOC حلب] أمس. وقصفت [ORG الطائرات] [LOC حلب].", *tellings)
        assert event.place_confidence is not None
        return event.actors[0].confidence, event.place_confidence

    weak, strong = told(0.6, 0.55), told(0.9, 0.95)
    assert all(0 < low < high < 1 for low, high in zip(weak, strong, strict=True))
    assert told(0.6, 0.95) == told(0.95, 0.6) == strong


def test_an_event_whose_place_nobody_says_is_sure_of_none() -> None:
    [event] = code("زار [PER علي] البلد.", {"type": "CONSULT", "trigger": "زار", "actor": "علي"})
    assert (event.place, event.place_confidence) == (None, None)


def test_two_tellings_of_one_happening_are_one_event_with_the_parts_of_both() -> None:
    again = {"type": "ASSAULT", "trigger": "القصف", "sentence": 1, "date": "أمس"}
    [event] = code("قصفت [LOC روسيا] [LOC حلب]. ووقع القصف {2022-07-17 أمس}.", {**STRIKE, "date": []}, again)
    assert event.actors
    assert event.date == EventDate("2022-07-17", "day")
    assert event.trigger.text == "قصفت"


def test_an_old_crime_and_todays_are_two_events() -> None:
    old = {"type": "ASSAULT", "trigger": "قصفت", "sentence": 1, "actor": "روسيا", "recipient": "حمص", "date": "2011"}
    text = "قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}. وكانت قد قصفت [LOC روسيا] [LOC حمص] عام {2011 2011}."
    events = code(text, STRIKE, {**old, "flags": ["historical"]})
    assert [event.flags.historical for event in events] == [False, True]


def test_an_event_of_two_papers_has_one_id_and_a_vague_one_its_own() -> None:
    texts = ("قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}.", "{2022-07-17 أمس} قصفت [LOC روسيا] [LOC حلب].")
    one, two = (code(text, STRIKE, article_id=text)[0].event_id for text in texts)
    assert one == two
    vague = {"type": "PROTEST", "trigger": "تظاهر", "actor": "محتجون"}
    assert code("تظاهر محتجون.", vague)[0].event_id != code("تظاهر محتجون.", vague, article_id="b")[0].event_id


@pytest.mark.parametrize("when", ["2022-07-17", "2022"])
def test_an_event_that_is_told_again_when_its_first_tellings_are_forgotten_is_another_record(when: str) -> None:
    text = f"قصفت [LOC روسيا] [LOC حلب] {{{when} أمس}}."
    days = [PUBLISHED + timedelta(days=days) for days in range(-2, 30)]
    ids = [code(text, STRIKE, published=day)[0].event_id for day in days]
    told_on = {name: [number for number, one in enumerate(ids) if one == name] for name in ids}
    assert all(
        len(numbers) <= TOLD_TOGETHER and numbers[-1] - numbers[0] < TOLD_TOGETHER for numbers in told_on.values()
    )
    if when == "2022-07-17":
        assert ids[0] == ids[1] == ids[2], "the eve, the day and the day after"


def test_a_joined_conjunction_is_no_part_of_the_trigger() -> None:
    told = {"type": "ASSAULT", "trigger": "واقتحمت", "actor": "الشرطة"}
    assert code("واقتحمت الشرطة المبنى.", told)[0].trigger.text == "اقتحمت"


def test_evidence_of_a_long_sentence_holds_the_trigger_and_is_cut_between_words() -> None:
    text = "قال شاهد " * 60 + "إن الشرطة اعتقلت ناشطا " + "في المدينة " * 60
    [event] = code(text, {"type": "COERCE", "trigger": "اعتقلت", "recipient": "ناشطا"})
    assert "اعتقلت" in event.evidence.text
    assert len(event.evidence.text) <= 400
    assert event.evidence.text.split()[0] in text.split()


def test_time_grows_with_a_sentence_without_a_stop_and_no_faster() -> None:
    def measure(count: int) -> float:
        text = " ".join(["قصفت [LOC روسيا] [LOC حلب] {2022-07-17 أمس}"] * count)
        plain, mentions, dates = unmark(text, "body")
        document = read_document("body", plain)
        step = len(document.tokens) // count
        sentence_of = [number for number, one in enumerate(document.sentences) for _ in range(one.first, one.last)]
        told = unjoined([telling_at(at, sentence_of[at]) for at in range(0, len(document.tokens), step)])
        article = Article("a", "c", "s", "", plain, PUBLISHED, "UTC", "ar", body_end=len(plain))
        began = process_time()
        code_events(article, [read_document("title", ""), document], mentions, dates, [], told)
        return process_time() - began

    measure(50)
    assert min(measure(2_000) for _ in range(2)) < 12 * min(measure(500) for _ in range(3))


def telling_at(word: int, sentence: int) -> Telling:
    parts = tuple(
        Part(role, word + at, word + at + 1, 0.9) for role, at in (("actor", 1), ("recipient", 2), ("date", 3))
    )
    return Telling(sentence, word, word + 1, "ASSAULT", 0.9, (0.1,) * 4, parts)


@pytest.mark.parametrize("verb", ["اغتيل", "قُتل"])
def test_who_stands_right_behind_an_unmistakable_passive_is_the_victim(verb: str) -> None:
    told = {"type": "ASSAULT", "trigger": verb, "actor": "سامر العلي"}
    [event] = code(f"{verb} [PER سامر العلي] في انفجار.", told)
    assert not event.actors
    assert [one.entity.name for one in event.recipients] == ["سامر العلي"]
