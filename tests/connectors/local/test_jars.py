import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.flink.job_server import flink_jars
from connectors.kafka.local.broker import kafka_jars
from connectors.local import jars
from connectors.local.jars import Jar, JarsUnavailable, fetch_jars

WORDS = b"not really a jar"


ONE = Jar("org.example", "words", "1.0", len(WORDS), hashlib.sha256(WORDS).hexdigest())


def serve(monkeypatch: pytest.MonkeyPatch, answers: list[bytes | None]) -> None:
    """Let downloads give these answers in turn; None is a download that fails."""

    def resolve(jar: Jar, repository: Path, count: Callable[[int], None]) -> Path:
        answer = answers.pop(0)
        if answer is None:
            raise RuntimeError("not found")
        repository.mkdir()
        (repository / jar.file_name).write_bytes(answer)
        count(len(answer))
        return repository / jar.file_name

    monkeypatch.setattr(jars, "_resolve", resolve)


@pytest.mark.parametrize("locked", [kafka_jars(), flink_jars()], ids=["Kafka", "Flink"])
def test_a_locked_list_holds_each_jar_once_with_its_hash(locked: tuple[Jar, ...]) -> None:
    assert len({jar.file_name for jar in locked}) == len(locked) > 40
    assert all(len(jar.sha256) == 64 and jar.bytes > 0 for jar in locked)


def test_a_jar_is_fetched_once_and_then_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [WORDS])
    told: list[tuple[int, int]] = []
    [path] = fetch_jars([ONE], tmp_path, lambda done, total: told.append((done, total)))
    assert path.read_bytes() == WORDS
    assert told == [(len(WORDS), len(WORDS))]
    assert fetch_jars([ONE], tmp_path) == [path]
    assert list(tmp_path.iterdir()) == [tmp_path / "jars"]


def test_a_download_that_fails_or_is_altered_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [None, WORDS.upper(), WORDS])
    told: list[int] = []
    [path] = fetch_jars([ONE], tmp_path, lambda done, total: told.append(done))
    assert path.read_bytes() == WORDS
    assert told[-1] == len(WORDS)


def test_a_jar_that_is_not_the_locked_one_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [WORDS.upper()] * jars.ATTEMPTS)
    with pytest.raises(JarsUnavailable, match=r"org\.example:words:1\.0 cannot be fetched: its SHA-256"):
        fetch_jars([ONE], tmp_path)
    assert not (tmp_path / "jars" / ONE.file_name).exists()


def test_a_jar_altered_on_disk_is_fetched_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [WORDS, WORDS])
    [path] = fetch_jars([ONE], tmp_path)
    path.write_bytes(WORDS.upper())
    assert fetch_jars([ONE], tmp_path)[0].read_bytes() == WORDS
