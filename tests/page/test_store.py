"""The page's database keeps of each record the newest version, and how far the reading was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.page.pruning import prune
from pipelines.page.store import Place, Store, StoreUnusable
from tests.page.conftest import NOON, RECORDS, add, article, event, stored, story, story_article

FILE = Place("article/file.avro", "", 0)


def test_starts_where_it_was(tmp_path: Path) -> None:
    first = Store(tmp_path / "page.duckdb")
    add(first, RECORDS, at=77)
    first.close()
    again = Store(tmp_path / "page.duckdb")
    assert again.positions() == {FILE: 77}
    assert again.seq == 1
    assert [one["story_id"] for one in again.whole("story", ["s1"])] == ["s1"]
    again.close()


def test_a_newer_version_replaces_an_older_one_and_an_older_one_nothing(store: Store) -> None:
    newer = story("s1", [story_article("a1", "masdar", 0), story_article("a5", "dar", 200)], version=3)
    assert add(store, {"story": [newer]}) == 1
    assert add(store, {"story": [story("s1", [story_article("a1", "masdar", 0)], version=2)]}) == 0
    told = store.ask("SELECT article_id FROM story_articles WHERE story_id = 's1' ORDER BY position")
    assert [row["article_id"] for row in told] == ["a1", "a5"]
    assert store.ask("SELECT count(*) AS n FROM stories WHERE story_id = 's1'") == [{"n": 1}]


def test_of_several_versions_in_one_batch_the_newest_stays(store: Store) -> None:
    add(store, {"event": [event("e9", version=2, type="AID"), event("e9", version=1)]})
    assert store.ask("SELECT type FROM events WHERE event_id = 'e9'") == [{"type": "AID"}]


def test_what_is_read_again_is_there_once(store: Store) -> None:
    add(store, RECORDS)
    for table, number in (("rejections", 3), ("duplicates", 1), ("articles", 2), ("event_articles", 3)):
        assert store.ask(f"SELECT count(*) AS n FROM {table}") == [{"n": number}], table


def test_a_tombstone_takes_a_record_out(store: Store) -> None:
    store.add([stored("event", event("e1"))._replace(fields=None)], {FILE: 2})
    assert store.ask("SELECT count(*) AS n FROM events WHERE event_id = 'e1'") == [{"n": 0}]
    assert store.whole("event", ["e1"]) == []


def test_every_commit_has_a_number_and_reading_alone_none(store: Store) -> None:
    assert store.seq == 1
    store.add([], {FILE: 5})
    assert (store.seq, store.positions()) == (1, {FILE: 5})
    add(store, {"event": [event("e8")]})
    assert store.seq == 2


def test_another_page_over_the_same_state_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "page.duckdb"
    path.write_bytes(b"no database at all, but long enough to be read as one" * 100)
    with pytest.raises(StoreUnusable, match="delete it"):
        Store(path)


def test_a_file_of_another_layout_is_made_anew(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr("pipelines.page.store.LAYOUT", "of the future")
    again = Store(tmp_path / "page.duckdb")
    assert again.positions() == {}
    assert again.ask("SELECT count(*) AS n FROM stories") == [{"n": 0}]


def test_threads_may_ask_while_one_adds(store: Store) -> None:
    def ask(_: int) -> int:
        return len(store.ask("SELECT * FROM stories JOIN story_articles USING (story_id) WHERE story_id = 's1'"))

    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(ask, one) for one in range(100)]
        for version in range(2, 20):
            add(store, {"story": [story("s1", [story_article("a1", "masdar", 0)], version=version)]}, at=version)
        assert {one.result() for one in asked} <= {1, 2}


def test_what_is_older_than_a_season_is_taken_out_and_one_date_of_the_future_takes_nothing(store: Store) -> None:
    later = NOON + timedelta(days=95)
    add(store, {"article": [article(f"n{number}", "خبر.", published_at=later) for number in range(300)]})
    add(store, {"article": [article("2099", "خبر.", published_at=NOON + timedelta(days=9999))]})
    kept = article("edge", "خبر.", published_at=NOON + timedelta(days=10))
    add(store, {"article": [kept], "event": [event("late", last_published_at=later)]})
    prune(store)
    left = {row["article_id"] for row in store.ask("SELECT article_id FROM articles")}
    assert {"a1", "a2"} & left == set()
    assert {"edge", "n0", "2099"} <= left
    assert store.ask("SELECT event_id FROM events") == [{"event_id": "late"}]
    for table in ("stories", "story_articles", "story_events", "mentions", "duplicates", "trends", "ledger"):
        assert store.ask(f"SELECT count(*) AS n FROM {table}") == [{"n": 0}], table
    assert store.whole("story", ["s1"]) == []


def test_what_every_screen_asks_is_found_once_until_something_changes(store: Store) -> None:
    found = []

    def find(_: Store) -> int:
        found.append(1)
        return len(found)

    assert [store.remembered("x", find), store.remembered("x", find)] == [1, 1]
    add(store, {"event": [event("e8")]})
    assert [store.remembered("x", find), store.remembered("x", find)] == [2, 2]
    store.forget()
    assert store.remembered("x", find) == 3
