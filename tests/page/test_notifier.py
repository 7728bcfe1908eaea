"""Watches tell a webhook what they find: once, from where it was, and again where nobody took it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from connectors.webhook import Webhook
from pipelines.page.follower import Follower
from pipelines.page.notifier import LONGEST_WAIT_S, MOST_STORIES, WAIT_S, Notifier
from pipelines.page.sources import FolderSource
from pipelines.page.store import Store
from pipelines.page.watches import save_watch
from tests.connectors.receiving import Receiver, receiving
from tests.connectors.test_webhook import SECRET
from tests.page.conftest import Fields, add, story, story_article
from tests.page.test_following import wait_until
from tests.page.test_screens import shown, words


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("connectors.webhook._RETRY", 0)
    with receiving() as found:
        yield found


@pytest.fixture
def follower(store: Store, tmp_path: Path) -> Follower:
    save_watch(tmp_path / "watches.json", "احتجاج", "type=PROTEST")
    save_watch(tmp_path / "watches.json", "لقاء", "type=CONSULT")
    return Follower(store, lambda positions: FolderSource(tmp_path, dict(positions)), is_behind=False)


def notifier(follower: Follower, receiver: Receiver) -> Notifier:
    return Notifier(follower, Webhook(receiver.url, SECRET), follower.store.path.parent)


@pytest.fixture
def begun(follower: Follower, receiver: Receiver) -> Notifier:
    found = notifier(follower, receiver)
    found.look()
    return found


def told(receiver: Receiver) -> list[tuple[str, list[str]]]:
    """Return of each message the watch and the stories."""
    bodies: list[dict[str, Any]] = [json.loads(one.body) for one in receiver.came]
    return [(body["watch"], [one["_rasid"]["story_id"] for one in body["stories"]]) for body in bodies]


def protest(name: str, **more: Any) -> Fields:
    return story(name, [story_article("a1", "masdar", 0)], event_ids=["e1"], **more)


def test_what_was_there_before_the_first_start_is_not_told(begun: Notifier, receiver: Receiver) -> None:
    begun.look()
    assert told(receiver) == []


def test_each_watch_tells_what_it_finds_and_once(begun: Notifier, receiver: Receiver, store: Store) -> None:
    add(store, {"story": [protest("s6")]})
    begun.look()
    begun.look()
    assert told(receiver) == [("احتجاج", ["s6"])]
    body = json.loads(receiver.came[0].body)
    assert body["filter"] == {"type": "PROTEST"}
    assert (body["address"], body["stories"][0]["url"], body["more"]) == ("/?type=PROTEST", "/story/s6", 0)
    add(store, {"story": [protest("s6", version=2)]})
    begun.look()
    assert told(receiver) == [("احتجاج", ["s6"])] * 2
    assert receiver.came[0].headers["webhook-id"] != receiver.came[1].headers["webhook-id"]


def test_what_nobody_takes_is_sent_again_under_its_id_and_later_with_what_came(
    begun: Notifier, receiver: Receiver, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    add(store, {"story": [protest("s6")]})
    receiver.statuses = [503, 503]
    waits = []
    for _ in range(2):
        begun.look()
        waits.append(begun._wait)
    assert waits == [WAIT_S, 2 * WAIT_S]
    assert "sent again" in begun.failing
    assert caplog.text.count("sent again") == 1
    assert "in-the-address" not in caplog.text
    add(store, {"story": [protest("s7")]})
    begun.look()
    begun.look()
    assert told(receiver) == [("احتجاج", ["s6"])] * 3 + [("احتجاج", ["s7"])]
    assert len({one.headers["webhook-id"] for one in receiver.came}) == 2
    assert (begun.failing, begun.dropped) == ("", 0)


def test_it_waits_longer_each_time_but_not_for_ever(begun: Notifier, receiver: Receiver, store: Store) -> None:
    add(store, {"story": [protest("s6")]})
    receiver.statuses = [500] * 12
    for _ in range(12):
        begun.look()
    assert begun._wait == LONGEST_WAIT_S


def test_where_one_watch_was_taken_it_is_not_sent_again_for_the_other(
    begun: Notifier, receiver: Receiver, store: Store
) -> None:
    add(store, {"story": [protest("s6"), story("s7", [story_article("a2", "sada", 0)], event_ids=["e2"])]})
    receiver.statuses = [204, 500]
    begun.look()
    begun.look()
    assert told(receiver) == [("احتجاج", ["s6"]), ("لقاء", ["s7"]), ("لقاء", ["s7"])]


def test_what_is_refused_for_good_is_dropped_and_said(
    begun: Notifier, receiver: Receiver, store: Store, client: TestClient
) -> None:
    add(store, {"story": [protest("s6")]})
    receiver.statuses = [410]
    begun.look()
    begun.look()
    assert (len(receiver.came), begun.dropped) == (1, 1)
    client.app.state.notifier = begun  # type: ignore[attr-defined]
    html = shown(client, "/watches")
    assert "رسائل رفضها المستقبِل: 1" in words(html)
    assert "127.0.0.1" not in html
    assert SECRET.decode() not in html


def test_a_message_has_so_many_stories_and_says_how_many_more(
    begun: Notifier, receiver: Receiver, store: Store
) -> None:
    add(store, {"story": [protest(f"s{number}") for number in range(100, 140)]})
    begun.look()
    body = json.loads(receiver.came[0].body)
    assert (len(body["stories"]), body["more"]) == (MOST_STORIES, 10)


def test_a_restart_tells_what_came_meanwhile_when_that_is_read(
    begun: Notifier, follower: Follower, receiver: Receiver, store: Store
) -> None:
    follower.is_behind = True
    again = notifier(follower, receiver)
    add(store, {"story": [protest("s6")]})
    again.look()
    assert told(receiver) == []
    follower.is_behind = False
    again.look()
    assert told(receiver) == [("احتجاج", ["s6"])]


def test_records_that_are_read_anew_are_not_told_anew(
    begun: Notifier, follower: Follower, receiver: Receiver, store: Store
) -> None:
    follower.anew, follower.is_behind = 1, True
    store.forget()
    add(store, {"story": [protest("s6")]})
    begun.look()
    follower.is_behind = False
    begun.look()
    begun.look()
    assert told(receiver) == []


def test_a_broken_file_of_watches_waits_for_somebody_who_mends_it(
    begun: Notifier, receiver: Receiver, store: Store, tmp_path: Path
) -> None:
    add(store, {"story": [protest("s6")]})
    whole = (tmp_path / "watches.json").read_bytes()
    (tmp_path / "watches.json").write_bytes(b"{")
    begun.look()
    assert "watches.json" in begun.failing
    (tmp_path / "watches.json").write_bytes(whole)
    begun.look()
    assert told(receiver) == [("احتجاج", ["s6"])]


def test_the_thread_tells_and_ends_with_the_page(
    follower: Follower, receiver: Receiver, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = notifier(follower, receiver)
    running._wait = 0.02
    monkeypatch.setattr("pipelines.page.notifier.LOOK_EVERY_S", 0.02)
    running.start()
    add(store, {"story": [protest("s6")]})
    wait_until(lambda: told(receiver) == [("احتجاج", ["s6"])])
    running.close()
    assert not running._thread.is_alive()
    assert follower.failure is None
