"""An event and an article's word for it, much as all are: what others have in common with them is not kept again."""

from datetime import UTC, datetime

from pipelines.core.article import Span
from pipelines.core.entities.mention import Entity
from pipelines.core.events.event import Event, EventDate, Flags, Participant

_SENTENCE = (
    "وقال وزير الخارجية في بيان إن الحكومة والرئيس ومجلس النواب أعلنوا أمس الثلاثاء خلال اجتماع مع رئيس الوزراء "
    "الاتفاق على التعاون بين البلدين في مجال الأمن الذي أكدت عليه الأمم المتحدة في العاصمة، بعد مقتل عدد من قوات "
    "الجيش والشرطة في هجوم على مدينة، مشيرا إلى أن هذه الدولة لم تكن على علم بما حدث من قبل."
)
_MINISTER = Entity("n0123456789abcdefabcd", "PER", "وزير الخارجية", None, None, "EG", None, None, None)
_GOVERNMENT = Entity("Q79", "ORG", "الحكومة", "Q79", None, "SA", None, None, None)
_CITY = Entity("g360630", "LOC", "القاهرة", "Q85", 360630, "EG", "11", 30.06263, 31.24967)
_EVIDENCE = Span("body", 100, 421, _SENTENCE)
_TRIGGER = Span("body", 164, 169, "أعلنوا")

EVENT = Event(
    event_id="0123456789abcdef0123",
    type="CONSULT",
    mode=None,
    actors=(Participant(_MINISTER, Span("body", 105, 118, "وزير الخارجية")),),
    recipients=(Participant(_GOVERNMENT, Span("body", 129, 136, "الحكومة")),),
    place=_CITY,
    date=EventDate("2026-03-10", "day"),
    flags=Flags(),
    confidence=0.512,
    trigger=_TRIGGER,
    evidence=_EVIDENCE,
    place_span=Span("body", 230, 237, "القاهرة"),
)
EVIDENCE = {
    "article_id": "abcdef0123456789abcd",
    "revision": 0,
    "copy_of": None,
    "source": "masdar",
    "country": "EG",
    "url": "https://www.masdar.example/news/2026/3/10/",
    "published_at": datetime(2026, 3, 10, 8, 0, tzinfo=UTC),
    "trigger": {"field": "body", "start": 164, "end": 169, "text": _TRIGGER.text},
    "quote": {"field": "body", "start": 100, "end": 421, "text": _EVIDENCE.text},
    "origin": {"topic": "rasid.raw-articles", "partition": 1, "offset": 70_000},
}
