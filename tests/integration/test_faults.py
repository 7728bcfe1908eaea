"""What goes wrong over months: brokers, runs and disks stop in the middle. Nothing is lost, and nothing is twice."""

import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest
from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import NewPartitions

from connectors.kafka.admin import TopicSpec, recreate_topic
from connectors.kafka.local.broker import LocalBroker
from connectors.kafka.offsets import partition_bounds
from tests.integration.desk import Desk, article, rasid
from tests.integration.running import STOPPED_WITHIN_S, WITHIN_S, Start, await_that

pytestmark = pytest.mark.integration

SEED = 7
WORDS = "زلزال مطار وزير مدرسة جسر ميناء سوق مصنع حديقة متحف مستشفى ملعب قرية نهر جبل سد طريق قطار سفينة حقل"


def news(topic: str, first: int, last: int) -> list[bytes]:
    """Return different articles, each known by its number; a topic's are its own, for what they become is not."""
    made = []
    for number in range(first, last):
        chosen = random.Random(f"{topic} {number}").choices(WORDS.split(), k=12)
        made.append(
            article(
                url=f"https://www.mizan-najd.example/{topic}/{number}",
                title=f"خبر رقم {number} عن {chosen[0]} في المدينة",
                body=f"افتتح المحافظ اليوم {' و'.join(chosen)} في الحي رقم {number} بحضور الأهالي.",
            )
        )
    return made


def send(desk: Desk, first: int, last: int) -> None:
    desk.send(news(desk.topic, first, last))


def send_slowly(desk: Desk, first: int, last: int) -> None:
    for at in range(first, last, 20):
        send(desk, at, at + 20)


def pid_of(broker: LocalBroker) -> int:
    status = broker.status()
    assert status is not None
    return status.pid


def address_of(broker: LocalBroker) -> str:
    status = broker.status()
    assert status is not None
    return status.bootstrap


def assert_all_is_there(desk: Desk, count: int, *folders: Path) -> None:
    """Audit everything that was written; each message has its one line, each article its record, no file is left."""
    assert len(desk.lines()) == count
    for place in (f"kafka://{desk.bootstrap}", *(f"files:{folder}" for folder in folders)):
        audit = rasid("audit", "--from", f"kafka://{desk.bootstrap}/{desk.topic}", "--to", place)
        assert (audit.exit_code, f"clean: {count} messages" in audit.output) == (0, True), audit.output
    for folder in folders:
        assert list(folder.glob("**/*.writing")) == []


def test_a_broker_that_is_killed_and_comes_back_costs_nothing(broker: LocalBroker, start: Start) -> None:
    desk = Desk(address_of(broker), "killed")
    send(desk, 0, 20)
    run = start(desk)
    run.await_lines(20)
    send(desk, 20, 60)
    os.kill(pid_of(broker), signal.SIGKILL)
    run.await_said("does not answer")
    broker.start()
    send(desk, 60, 80)
    run.await_lines(80)
    assert run.log.count("\n") < 30, run.log
    run.stop()
    assert_all_is_there(desk, 80)


def test_a_broker_that_hangs_while_records_are_written_is_waited_for(broker: LocalBroker, start: Start) -> None:
    desk = Desk(address_of(broker), "frozen")
    send(desk, 0, 20)
    run = start(desk)
    run.await_lines(20)
    send(desk, 20, 320)
    time.sleep(1)  # into the middle of things
    os.kill(pid_of(broker), signal.SIGSTOP)
    time.sleep(15)
    assert run.process.poll() is None
    os.kill(pid_of(broker), signal.SIGCONT)
    run.await_lines(320)
    run.stop()
    assert_all_is_there(desk, 320)


def test_a_run_told_to_stop_while_the_broker_is_away_says_so_and_ends_with_a_code(
    broker: LocalBroker, start: Start
) -> None:
    desk = Desk(address_of(broker), "away")
    send(desk, 0, 5)
    run = start(desk)
    run.await_lines(5)
    send(desk, 5, 300)
    time.sleep(1)
    os.kill(pid_of(broker), signal.SIGKILL)
    time.sleep(10)
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(STOPPED_WITHIN_S) in (0, 3), run.log
    assert "Traceback" not in run.log
    broker.start()
    send(desk, 300, 320)
    run.start()
    run.await_lines(320)
    run.stop()
    assert_all_is_there(desk, 320)


def test_runs_that_are_killed_at_any_moment_lose_nothing_and_write_nothing_twice(
    broker: LocalBroker, start: Start, tmp_path: Path
) -> None:
    desk, out = Desk(address_of(broker), "murdered"), tmp_path / "out"
    chance, count = random.Random(SEED), 400
    send(desk, 0, 20)
    run = start(desk, "--to", f"files:{out}")
    run.await_lines(20)
    sender = threading.Thread(target=send_slowly, args=(desk, 20, count))
    sender.start()
    for _ in range(4):
        time.sleep(chance.uniform(0.5, 6))
        run.kill()
        if chance.random() < 0.5:
            shutil.rmtree(tmp_path / "state", ignore_errors=True)  # the machine is lost, the outputs are not
        run.start()
    sender.join()
    run.await_lines(count)
    run.stop()
    assert_all_is_there(desk, count, out)


def test_a_topic_made_anew_under_its_name_is_read_from_its_beginning(broker: LocalBroker, start: Start) -> None:
    desk = Desk(address_of(broker), "anew")
    send(desk, 0, 100)
    assert desk.drain().exit_code == 0
    recreate_topic(desk.connection, TopicSpec(desk.topic, 4))
    send(desk, 100, 200)
    assert desk.drain().exit_code == 0
    audit = desk.audit()
    assert (audit.exit_code, len(desk.written("ledger"))) == (0, 200), audit.output

    run = start(desk)
    await_that((run.folder / "state").exists, lambda: run.log)
    send(desk, 200, 210)
    await_that(lambda: len(desk.written("ledger")) == 210, lambda: run.log[-2000:])
    recreate_topic(desk.connection, TopicSpec(desk.topic, 4))
    send(desk, 300, 310)
    await_that(lambda: len(desk.written("ledger")) == 220, lambda: run.log[-2000:])
    run.stop()
    assert desk.audit().exit_code == 0


def test_a_partition_added_while_it_runs_is_read(broker: LocalBroker, start: Start) -> None:
    desk = Desk(address_of(broker), "wider")
    send(desk, 0, 10)
    run = start(desk)
    run.await_lines(10)
    with KafkaAdminClient(**desk.connection.client_settings()) as admin:
        admin.create_partitions({desk.topic: NewPartitions(8)})
    send(desk, 10, 60)
    run.await_lines(60)
    assert max(partition for partition, _ in desk.lines()) > 3
    run.stop()
    assert_all_is_there(desk, 60)


def test_offsets_that_expired_before_they_were_read_are_said_and_counted(broker: LocalBroker) -> None:
    desk = Desk(address_of(broker), "expired")
    send(desk, 0, 40)
    assert desk.drain().exit_code == 0
    send(desk, 40, 80)
    with KafkaAdminClient(**desk.connection.client_settings()) as admin:
        ends = {place: end - 1 for place, end in _ends(desk).items()}
        admin.delete_records({TopicPartition(desk.topic, place): end for place, end in ends.items()})
    gone = sum(end - 0 for end in ends.values()) - 40
    said = desk.drain()
    assert said.exit_code == 0
    assert "expired before they were read" in said.output
    assert f"{gone:,}" in said.output
    audit = desk.audit()
    assert (audit.exit_code, f"expired: {gone} offsets" in audit.output) == (1, True), audit.output


def _ends(desk: Desk) -> dict[int, int]:

    return {place: end for place, (_, end) in partition_bounds(desk.connection, desk.topic).items()}


def test_what_stands_in_a_topic_is_not_sent_again(broker: LocalBroker, tmp_path: Path) -> None:
    desk = Desk(address_of(broker), "standing")
    send(desk, 0, 30)
    assert desk.drain("--state", str(tmp_path / "one")).exit_code == 0
    sent = {record: len(desk.written(record)) for record in ("event", "trend")}
    for turn in range(3):
        send(desk, 30 + turn, 31 + turn)
        assert desk.drain("--state", str(tmp_path / ("one" if turn < 2 else "lost"))).exit_code == 0
    for record, before in sent.items():
        written = desk.written(record)
        assert len({(one.key, one.value) for one in written}) == len(written), f"{record}: the same bytes twice"
        assert len(written) < before + 60


def test_a_folder_that_is_written_to_later_gets_what_the_topics_have_already(
    broker: LocalBroker, tmp_path: Path
) -> None:
    desk, out = Desk(address_of(broker), "later"), tmp_path / "out"
    send(desk, 0, 30)
    assert desk.drain("--state", str(tmp_path / "state")).exit_code == 0
    send(desk, 30, 40)
    assert desk.drain("--to", f"files:{out}", "--state", str(tmp_path / "state")).exit_code == 0
    assert_all_is_there(desk, 40, out)


def test_a_full_disk_is_said_in_a_sentence_and_costs_one_batch(
    broker: LocalBroker, start: Start, tmp_path: Path
) -> None:
    desk, out = Desk(address_of(broker), "full"), tmp_path / "out"
    send(desk, 0, 20)
    run = start(desk, "--to", f"files:{out}")
    run.await_lines(20)
    psutil.Process(run.process.pid).rlimit(psutil.RLIMIT_FSIZE, (2000, 2000))
    send(desk, 20, 60)
    assert run.process.wait(WITHIN_S) == 2
    assert "cannot be written" in run.log
    assert "Traceback" not in run.log
    run.start()
    run.await_lines(60)
    run.stop()
    assert_all_is_there(desk, 60, out)


def test_a_folder_that_is_a_file_is_said_before_anything_is_read(broker: LocalBroker, tmp_path: Path) -> None:
    desk = Desk(address_of(broker), "file")
    (tmp_path / "out").write_text("mine")
    said = rasid("run", "--from", f"kafka://{desk.bootstrap}/file", "--to", f"files:{tmp_path}/out", "--drain")
    assert (said.exit_code, "cannot be written to" in said.stderr) == (2, True)
