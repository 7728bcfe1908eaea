"""Every finding of an audit, produced."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.files.folder import Folder
from connectors.files.manifest import Manifest
from connectors.message import Delivery
from pipelines.audits import Findings, audit_outputs
from pipelines.batches import loop, sources
from pipelines.batches.loop import BatchRun
from pipelines.batches.outputs import avro_files
from pipelines.core.article import Origin
from pipelines.core.records.ledger import ledger_record
from pipelines.ledgers import file_rows
from pipelines.options import FileSource, KafkaSource, Settings
from schemas.codec import decode, encode
from schemas.topics import topic_of
from tests.batches.cluster import CONNECTION, INPUT, Cluster
from tests.batches.plain_job import PlainJob, news
from tests.batches.test_sources import source

LINES = [news(1, 1), news(2, 1, 1), "{", news(1, 2, 2), news(4, 4)]
LEDGER = topic_of("ledger").name


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "Job", PlainJob)
    monkeypatch.setattr(sources, "MOST_MESSAGES", 3)
    monkeypatch.setattr(loop, "WAIT_S", 0.0)


@pytest.fixture
def files(tmp_path: Path) -> FileSource:
    """Return files that a run has read, into a folder `out` beside them."""
    files = source(tmp_path, a=LINES)
    BatchRun(Settings(files, to_files=str(tmp_path / "out"), state=tmp_path / "state"), lambda _: None).go()
    return files


def audit(tmp_path: Path, files: FileSource) -> Findings:
    return audit_outputs(files, None, str(tmp_path / "out"))


def line(outcome: str, record_id: str, origin: Origin, revision: int | None = None) -> Delivery:
    value = encode("ledger", ledger_record(origin, outcome, record_id, revision=revision))
    return Delivery("ledger", str(origin).encode(), value, 0)


def add(tmp_path: Path, *deliveries: Delivery) -> None:
    folder = Folder(tmp_path / "out", avro_files()).open()
    folder.add(deliveries)
    folder.close()


def test_what_a_run_wrote_is_clean(tmp_path: Path, files: FileSource) -> None:
    assert audit(tmp_path, files) == Findings(lines=5)
    assert audit(tmp_path, files).is_clean


def test_a_message_without_a_line_is_missing(tmp_path: Path, files: FileSource) -> None:
    more = source(tmp_path, a=[*LINES[:4], news(4, 4), news(5, 5)], b=["{"])
    found = audit(tmp_path, more)
    assert [str(origin) for origin in found.missing] == ["a/0@5", "b/0@0"]
    assert not found.is_clean


def test_a_message_that_changed_since_it_was_read_is_missing(tmp_path: Path, files: FileSource) -> None:
    found = audit(tmp_path, source(tmp_path, a=[*LINES[:4], news(5, 5)]))
    assert [str(origin) for origin in found.missing] == ["a/0@4"]


def test_two_lines_that_contradict_each_other_are_double(tmp_path: Path, files: FileSource) -> None:
    [origin] = audit(tmp_path, source(tmp_path, a=[*LINES[:2], "}"])).missing
    add(tmp_path, line("rejection", "00", origin))
    assert audit(tmp_path, files).double == []
    add(tmp_path, line("rejection", "01", origin))
    found = audit(tmp_path, files)
    assert [str(one) for one in found.double] == ["a/0@2"]
    assert not found.is_clean


def test_a_line_without_its_record_is_found(tmp_path: Path, files: FileSource) -> None:
    add(tmp_path, line("article", "0123456789abcdef0123", Origin("a", 0, 77, "id")))
    found = audit(tmp_path, files)
    assert [str(origin) for origin in found.without_record] == ["a/0@77"]
    assert (found.missing, found.files) == ([], [])
    assert not found.is_clean


def test_a_revision_that_is_lost_is_found_though_an_earlier_one_is_there(tmp_path: Path, files: FileSource) -> None:
    [article_id] = {row["article_id"] for row in file_rows(str(tmp_path / "out"), "article") if row["revision"] == 1}
    for offset, revision in ((77, 0), (78, 1), (79, 2)):
        add(tmp_path, line("revision", article_id, Origin("a", 0, offset, "id"), revision=revision))
    assert [str(origin) for origin in audit(tmp_path, files).without_record] == ["a/0@79"]


def test_lines_about_other_files_are_none_of_its_business(tmp_path: Path, files: FileSource) -> None:
    add(tmp_path, line("article", "0123456789abcdef0123", Origin("elsewhere", 0, 77, "id")))
    assert audit(tmp_path, files) == Findings(lines=5)


def article_file(tmp_path: Path) -> Path:
    [path] = (tmp_path / "out/article/date=2026-03-10/hour=08").iterdir()
    return path


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (Path.unlink, "is not there"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "is not what the manifest says"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"X"), "is not what the manifest says"),
        (lambda path: path.with_name("copy.avro").write_bytes(path.read_bytes()), "is in no manifest"),
    ],
)
def test_files_that_are_not_as_the_manifest_says_are_found(
    tmp_path: Path, files: FileSource, damage: Damage, told: str
) -> None:
    path = article_file(tmp_path)
    damage(path)
    findings = audit(tmp_path, files)
    assert [one.rpartition("/")[2].partition(" ")[2] for one in findings.files] == [told]
    assert not findings.is_clean


def test_a_file_that_is_gone_takes_its_records_with_it(tmp_path: Path, files: FileSource) -> None:
    article_file(tmp_path).unlink()
    found = audit(tmp_path, files).without_record
    assert [str(origin) for origin in found] == ["a/0@4"], "of the other article there is a newer revision"


def test_a_ledger_that_cannot_be_read_leaves_its_messages_missing(tmp_path: Path, files: FileSource) -> None:
    for path in (tmp_path / "out/ledger").rglob("*.avro"):
        path.write_bytes(b"X" * path.stat().st_size)
    found = audit(tmp_path, files)
    assert len(found.missing) == 5
    assert {one.partition("/")[0] for one in found.files} == {"ledger"}


def test_what_a_run_is_writing_or_a_crash_left_behind_the_last_commit_is_not_there_yet(
    tmp_path: Path, files: FileSource
) -> None:
    for path in (tmp_path / "out").rglob("*.avro"):
        with path.open("ab") as file:
            file.write(b"half a block")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert audit(tmp_path, files) == Findings(lines=5)
    assert {path: path.read_bytes() for path in before} == before, "an audit changes nothing"


def test_a_file_that_is_begun_and_not_committed_is_no_finding(tmp_path: Path, files: FileSource) -> None:
    class Killed(BaseException):
        pass

    folder = Folder(tmp_path / "out", avro_files()).open()
    commit, commits = folder.manifest.commit, iter([True, False])

    def commit_or_die(changed: object) -> None:
        if not next(commits):
            raise Killed
        commit(changed)  # type: ignore[arg-type]

    folder.manifest.commit = commit_or_die  # type: ignore[method-assign]
    with pytest.raises(Killed):
        folder.add([line("article", "0123456789abcdef0123", Origin("a", 0, 77, "id"))])
    folder.close()
    assert len(Manifest.read(tmp_path / "out").entries) > 0
    assert audit(tmp_path, files) == Findings(lines=5)


# Topics.


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """Return a cluster where a run has drained a topic."""
    cluster = Cluster()
    cluster.patches(monkeypatch)
    cluster.send(*LINES)
    cluster.send(news(7, 7), partition=1)
    settings = Settings(KafkaSource(CONNECTION, INPUT), to_kafka=CONNECTION, drain=True, state=tmp_path / "state")
    BatchRun(settings, lambda _: None).go()
    return cluster


def audit_topics() -> Findings:
    return audit_outputs(KafkaSource(CONNECTION, INPUT), CONNECTION, None)


def test_topics_that_a_run_wrote_are_clean(cluster: Cluster) -> None:
    assert audit_topics() == Findings(lines=6)


def test_a_message_of_a_topic_without_a_line_is_missing(cluster: Cluster) -> None:
    cluster.send(news(9, 9), partition=1)
    cluster.send("{", partition=2)
    lost = decode(cluster.written[LEDGER].pop(2).value).fields["origin"]["offset"]
    found = audit_topics()
    assert sorted(str(origin) for origin in found.missing) == [f"news/0@{lost}", "news/1@1", "news/2@0"]


def test_an_offset_that_holds_no_message_is_not_missing(cluster: Cluster) -> None:
    cluster.logs[1].end += 5
    assert audit_topics().is_clean


def test_what_expired_before_it_had_its_line_is_counted(cluster: Cluster) -> None:
    cluster.send(*[news(9, 9)] * 6)
    log = cluster.logs[0]
    log.first, log.offsets = 8, [8, 9, 10]
    found = audit_topics()
    assert found.expired == 3
    assert [origin.offset for origin in found.missing] == [8, 9, 10]
    assert not found.is_clean


def test_what_expired_after_it_had_its_line_is_no_finding(cluster: Cluster) -> None:
    log = cluster.logs[0]
    log.first, log.offsets = 3, [3, 4]
    assert audit_topics() == Findings(lines=6)


def test_a_line_written_twice_with_the_same_bytes_does_no_harm_and_is_said(cluster: Cluster) -> None:
    cluster.written[LEDGER].append(cluster.written[LEDGER][0])
    found = audit_topics()
    assert len(found.repeated) == 1
    assert found.is_clean
    assert found.lines == 7


def test_a_record_that_is_not_in_its_topic_is_found(cluster: Cluster) -> None:
    del cluster.written[topic_of("rejection").name][:]
    found = audit_topics()
    assert [str(origin) for origin in found.without_record] == ["news/0@2"]
    assert not found.is_clean


def test_of_an_articles_revisions_a_topic_must_have_the_newest(cluster: Cluster) -> None:
    written = cluster.written[topic_of("article").name]
    first, second = (one for one in written if one.key == decode(written[0].value).fields["article_id"].encode())
    written.remove(first)
    assert audit_topics().is_clean, "compaction removes earlier ones"
    written[written.index(second)] = first
    assert [str(origin) for origin in audit_topics().without_record] == ["news/0@3"]


def test_lines_of_the_topic_that_had_the_name_before_are_of_no_use(cluster: Cluster) -> None:
    cluster.make_anew("second")
    cluster.send(*LINES)
    assert len(audit_topics().missing) == 5
