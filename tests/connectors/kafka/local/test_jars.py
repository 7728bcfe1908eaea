import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.kafka.local import jars
from connectors.kafka.local.jars import Jar, JarsUnavailable, fetch_jars

WORDS = b"not really a jar"


@pytest.fixture
def one_jar(monkeypatch: pytest.MonkeyPatch) -> Jar:
    jar = Jar("org.example", "words", "1.0", len(WORDS), hashlib.sha256(WORDS).hexdigest())
    monkeypatch.setattr(jars, "locked_jars", lambda: (jar,))
    return jar


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


def test_the_locked_list_holds_each_jar_once_with_its_hash() -> None:
    locked = jars.locked_jars()
    assert len({jar.file_name for jar in locked}) == len(locked) > 40
    assert all(len(jar.sha256) == 64 and jar.bytes > 0 for jar in locked)


def test_a_jar_is_fetched_once_and_then_found(tmp_path: Path, one_jar: Jar, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [WORDS])
    told: list[tuple[int, int]] = []
    [path] = fetch_jars(tmp_path, lambda done, total: told.append((done, total)))
    assert path.read_bytes() == WORDS
    assert told == [(len(WORDS), len(WORDS))]
    assert fetch_jars(tmp_path) == [path]
    assert list(tmp_path.iterdir()) == [tmp_path / "jars"]


def test_a_download_that_fails_or_is_altered_is_tried_again(
    tmp_path: Path, one_jar: Jar, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, [None, WORDS.upper(), WORDS])
    told: list[int] = []
    [path] = fetch_jars(tmp_path, lambda done, total: told.append(done))
    assert path.read_bytes() == WORDS
    assert told[-1] == len(WORDS)


def test_a_jar_that_is_not_the_locked_one_is_never_used(
    tmp_path: Path, one_jar: Jar, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, [WORDS.upper()] * jars.ATTEMPTS)
    with pytest.raises(JarsUnavailable, match=r"org\.example:words:1\.0 cannot be fetched: its SHA-256"):
        fetch_jars(tmp_path)
    assert not (tmp_path / "jars" / one_jar.file_name).exists()


def test_a_jar_altered_on_disk_is_fetched_anew(tmp_path: Path, one_jar: Jar, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, [WORDS, WORDS])
    [path] = fetch_jars(tmp_path)
    path.write_bytes(WORDS.upper())
    assert fetch_jars(tmp_path)[0].read_bytes() == WORDS
