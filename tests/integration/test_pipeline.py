"""From Kafka to Kafka: what is sent is answered once, whatever happens in between."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer

from connectors.kafka.record_writer import RecordWriter
from connectors.message import LARGEST, Delivery
from pipelines.core.version import PIPELINE_VERSION
from schemas.codec import decode, encode
from schemas.topics import topic_of
from tests.integration.desk import SAMPLE_FILES, Desk, article, decode_all, rasid, sample

pytestmark = pytest.mark.integration

OURS = "https://www.mizan-najd.example/9901"

Desks = Callable[[str], Desk]


@pytest.fixture
def desks(kafka: str) -> Desks:
    """Return a maker of desks, each with an input topic of its own."""
    return lambda topic: Desk(kafka, topic)


def verdicts(desk: Desk) -> dict[tuple[int, int], Any]:
    """Return what became of each message, but for what names the input topic."""
    return {
        place: (row["outcome"], row["article_id"], row["revision"], row["original_id"], row["reason"])
        for place, row in desk.lines().items()
    }


def test_all_that_is_sent_is_answered_once_and_a_second_run_has_nothing_to_do(desks: Desks) -> None:
    desk = desks("whole")
    sent = rasid("produce", "--bootstrap", desk.bootstrap, "--topic", desk.topic, *SAMPLE_FILES)
    assert "122 messages sent to whole" in sent.output
    assert desk.drain().exit_code == 0
    counted = decode_all(desk)
    assert (counted["ledger"], counted["rejection"]) == (122, 21)
    assert counted["article"] + counted["duplicate"] == 101
    assert counted["event"] > 50
    assert counted["trend"] > 0
    audit = desk.audit()
    assert (audit.exit_code, audit.output) == (0, "clean: 122 messages, each with its one line\n")

    ends = desk.ends()
    again = desk.drain()
    assert (again.exit_code, again.output) == (
        0,
        "Nothing new: every message up to the ends seen now has its line in the ledger.\n",
    )
    assert desk.ends() == ends


def test_a_run_that_was_interrupted_goes_on_as_if_it_had_not_been(desks: Desks) -> None:
    messages = [
        article(url=OURS, published_at="2026-03-10T01:00:00+03:00"),
        *sample(),
        article(url=OURS, title="تصحيح: افتتاح مدرستين في حي النخيل"),
        article(url="https://www.sada.example/1", source="sada", published_at="2026-03-11T19:00:00+03:00"),
    ]
    whole, parts = desks("uninterrupted"), desks("interrupted")
    whole.send(messages)
    assert whole.drain().exit_code == 0
    for some in (messages[:92], messages[92:]):
        parts.send(some)
        assert parts.drain().exit_code == 0

    assert verdicts(parts) == verdicts(whole)
    ours = [row for row in parts.lines().values() if row["url"] == OURS]
    assert sorted(row["outcome"] for row in ours) == ["article", "revision"]
    assert [row["outcome"] for row in parts.lines().values() if row["source"] == "sada"] == ["duplicate"]
    assert parts.audit().exit_code == 0
    for record in ("article", "event", "trend"):
        assert parts.newest(record) == whole.newest(record), record


def test_a_crash_in_the_middle_of_writing_is_mended_by_the_next_run(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks("crash")
    desk.send(sample())
    send, left = RecordWriter._send, [60]

    def break_down(writer: RecordWriter, delivery: Delivery) -> Any:
        left[0] -= delivery.record == "ledger"
        if left[0] < 0:
            writer._made().flush(30)
            raise OSError("power cut")
        return send(writer, delivery)

    with monkeypatch.context() as crash:
        crash.setattr(RecordWriter, "_send", break_down)
        with pytest.raises(OSError, match="power cut"):
            desk.drain()
    assert 0 < len(desk.lines()) < 101
    assert desk.audit().exit_code == 1

    assert desk.drain().exit_code == 0
    assert len(desk.lines()) == 101
    assert desk.audit().output == "clean: 101 messages, each with its one line\n"


def test_the_audit_names_what_is_missing_and_what_is_double(desks: Desks) -> None:
    desk = desks("audited")
    desk.send([article(url=f"https://www.mizan-najd.example/{n}", title=f"خبر رقم {n} من المدينة") for n in range(3)])
    assert desk.drain().exit_code == 0
    desk.send([article(url="https://www.mizan-najd.example/new", title="خبر لم يقرأ بعد من المدينة")])
    missing = desk.audit()
    assert missing.exit_code == 1
    assert missing.output.count("missing: audited/") == 1
    assert "1 missing, 0 double, 3 lines. `rasid run --drain` does the missing ones." in missing.output

    assert desk.drain().exit_code == 0
    line = next(one for one in desk.written("ledger") if b"audited" in one.value)
    with KafkaProducer(**desk.connection.client_settings()) as producer:
        producer.send(topic_of("ledger").name, line.value, key=line.key)
    repeated = desk.audit()
    assert (repeated.exit_code, "repeated: 1 lines were written twice" in repeated.output) == (0, True)
    with KafkaProducer(**desk.connection.client_settings()) as producer:
        told = decode(line.value).fields | {"outcome": "rejection", "reason": "empty"}
        producer.send(topic_of("ledger").name, encode("ledger", told), key=line.key)
    double = desk.audit()
    assert double.exit_code == 1
    assert f"double: {(line.key or b'').decode()} has lines in the ledger that contradict each other" in double.output


def test_from_kafka_to_files_is_audited_and_resumed_too(desks: Desks, tmp_path: Path) -> None:
    desk = desks("to-files")
    places = ["--from", f"kafka://{desk.bootstrap}/{desk.topic}", "--to", f"files:{tmp_path}"]
    ends = desk.ends()
    for first in (0, 60):
        desk.send(sample()[first : first + 60])
        assert rasid("run", *places, "--drain").exit_code == 0
    assert rasid("audit", *places).output == "clean: 101 messages, each with its one line\n"
    assert "Nothing new" in rasid("run", *places, "--drain").output
    assert desk.ends() == ends, "nothing goes to topics"


def test_a_flood_of_bad_messages_is_refused_message_by_message(desks: Desks) -> None:
    desk = desks("flood")
    desk.send(b"\xff not an article %d" % number for number in range(2000))
    assert desk.drain().exit_code == 0
    rejections = [decode(message.value).fields for message in desk.written("rejection")]
    assert len(rejections) == 2000
    assert {(row["reason"], row["stage"], row["pipeline_version"]) for row in rejections} == {
        ("undecodable", "decode", PIPELINE_VERSION)
    }
    assert len({row["payload"] for row in rejections}) == 2000
    assert desk.audit().exit_code == 0


def test_the_largest_message_that_a_topic_takes_is_refused_and_what_follows_is_read(desks: Desks) -> None:
    desk = desks("largest")
    desk.send([b"x" * (LARGEST - 200), article()])
    assert desk.drain().exit_code == 0
    (refused,) = (decode(message.value).fields for message in desk.written("rejection"))
    assert (refused["reason"], refused["payload"]) == ("too_long", None)
    assert "largest/" in refused["message"]
    assert desk.audit().exit_code == 0


def test_a_run_may_begin_at_a_moment(desks: Desks) -> None:
    desk = desks("moment")
    desk.send([article(url="https://www.mizan-najd.example/old", title="خبر قديم من المدينة")])
    moment = datetime.now(UTC).isoformat()
    desk.send([article(url="https://www.mizan-najd.example/young", title="خبر جديد من المدينة")])
    assert desk.drain("--start", moment).exit_code == 0
    assert [row["url"] for row in desk.lines().values()] == ["https://www.mizan-najd.example/young"]
