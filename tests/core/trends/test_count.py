from dataclasses import replace
from datetime import UTC, datetime

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article, Span
from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.nations import countries
from pipelines.core.events.event import Event, Flags, Participant
from pipelines.core.trends.count import count_article

SPAN = Span("body", 0, 4, "قصفت")
ARTICLE = Article("a1", "c", "masdar", "", "قصفت", datetime(2026, 3, 10, tzinfo=UTC), "UTC", "ar", body_end=4)
KNOWN, OTHER = Entity("Q2", "LOC", "بلد", qid="Q2"), Entity("Q1", "ORG", "هيئة", qid="Q1")
UNKNOWN, TOWN = Entity("n7", "PER", "مسلحون"), Entity("Q9", "LOC", "مدينة", qid="Q9", country="LY")


def event(actors: list[Entity], recipients: list[Entity], **told: object) -> Event:
    who, whom = (tuple(Participant(one, SPAN) for one in side) for side in (actors, recipients))
    plain = Event("e", "ASSAULT", None, who, whom, TOWN, None, Flags(), 0.9, SPAN, SPAN, SPAN, 0.8)
    return replace(plain, **told)  # type: ignore[arg-type]


def counted(*events: Event) -> set[tuple[str, str]]:
    return {key for key, _ in count_article(ARTICLE, Analysis(events=events))}


def test_an_event_counts_for_its_type_and_for_that_in_its_country() -> None:
    assert counted(event([], [])) == {("event_type", "ASSAULT"), ("event_type_in", "ASSAULT LY")}
    assert counted(event([], [], place=None)) == {("event_type", "ASSAULT")}
    assert counted(event([KNOWN], [OTHER], flags=Flags(historical=True))) == set()


def test_two_that_a_register_knows_are_a_pair_whoever_did_it() -> None:
    there, back = counted(event([KNOWN], [OTHER])), counted(event([OTHER], [KNOWN]))
    assert ("pair", "Q1 Q2") in there
    assert there == back
    assert not any(kind == "pair" for kind, _ in counted(event([KNOWN], [UNKNOWN])))


def test_a_capital_acts_for_its_country_which_is_no_pair_with_itself() -> None:
    [tunis], [algiers] = (names()[name]["LOC"][:1] for name in ("تونس", "الجزاير"))
    town = Entity("g1", "LOC", "بلدة", country="TN")
    assert counted(event([town], [algiers.entity])) == counted(event([tunis.entity], [algiers.entity]))
    assert not any(kind == "pair" for kind, _ in counted(event([town], [countries()["TN"]])))
