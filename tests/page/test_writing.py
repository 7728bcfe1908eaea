"""Whoever has the token may judge and save; nobody else, and nobody from another site."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from pipelines.page.answers import HEADERS
from pipelines.page.guard import Guard, keep_token
from pipelines.page.store import Store
from tests.page.conftest import TOKEN, add, story, story_article
from tests.page.test_screens import shown

VERDICT = {"article": "a1", "event": "e1", "verdict": "wrong"}
WRITES = [("/judge", VERDICT), ("/watches", {"name": "x", "choice": "type=AID"}), ("/watches/delete", {"name": "x"})]


@pytest.fixture
def writer(client: TestClient) -> TestClient:
    client.get(f"/?token={TOKEN}")
    return client


@pytest.mark.parametrize(("path", "form"), WRITES)
def test_without_the_token_nothing_is_written(
    client: TestClient, tmp_path: Path, path: str, form: dict[str, str]
) -> None:
    assert client.post(path, data=form).status_code == 403
    client.cookies.set("rasid-token", "guessed")
    assert client.post(path, data=form).status_code == 403
    assert not list(tmp_path.glob("*.json*"))


@pytest.mark.parametrize(("path", "form"), WRITES)
@pytest.mark.parametrize("header", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_write_in_the_readers_name(
    writer: TestClient, tmp_path: Path, path: str, form: dict[str, str], header: dict[str, str]
) -> None:
    assert writer.post(path, data=form, headers=header).status_code == 403
    assert not list(tmp_path.glob("*.json*"))


def test_a_token_that_a_crash_left_empty_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "token").touch(mode=0o600)
    token = keep_token(tmp_path)
    assert len(token) > 20
    assert keep_token(tmp_path) == token
    assert not Guard(token).knows("")


def test_the_token_leaves_the_address_and_no_script_can_read_it(client: TestClient) -> None:
    answer = client.get(f"/story/s1?token={TOKEN}&x=1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/story/s1?x=1")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()


def test_a_token_that_is_not_ours_is_said_to_be_none(client: TestClient) -> None:
    answer = client.get("/?token=guessed", follow_redirects=False)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert "ليس رمز هذه الصفحة" in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "خبران" not in answer.text, "it says nothing of what is kept"


@pytest.mark.parametrize(
    "text", ["{", "{}", "[1]", '[{"name": 1, "choice": {}}]', '[{"name": "x", "choice": []}]', "\xff"]
)
def test_a_broken_file_of_watches_is_said_and_left_as_it_is(writer: TestClient, tmp_path: Path, text: str) -> None:
    (tmp_path / "watches.json").write_bytes(text.encode("latin-1"))
    assert "watches.json" in shown(writer, "/watches")
    answer = writer.post("/watches", data={"name": "x", "choice": "type=AID"})
    assert (answer.status_code, "لم يُحفظ شيء" in answer.text) == (409, True)
    assert writer.post("/watches/delete", data={"name": "x"}).status_code == 409
    assert (tmp_path / "watches.json").read_bytes() == text.encode("latin-1")


def test_a_verdict_is_a_line_as_the_hand_labelled_articles_have(writer: TestClient, tmp_path: Path) -> None:
    assert writer.post("/judge", data=VERDICT).status_code == 200
    [line] = [json.loads(one) for one in (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()]
    assert (line["id"], line["verdict"], line["source"]) == ("a1", "wrong", "masdar")
    [told] = line["events"]
    assert told["trigger"] == {"field": "body", "start": 0, "end": 5, "text": "تظاهر"}
    assert (told["type"], told["actors"], told["place"]) == ("PROTEST", [{"name": "نقابة التعليم"}], {"name": "بيروت"})


def test_the_last_verdict_is_shown(writer: TestClient) -> None:
    writer.post("/judge", data=VERDICT)
    answer = writer.post("/judge", data=VERDICT | {"verdict": "right"}, headers={"HX-Request": "true"})
    assert 'value="right" aria-pressed="true"' in answer.text
    assert 'value="right" aria-pressed="true"' in shown(writer, "/article/a1")


def test_a_line_that_a_crash_cut_short_costs_no_article_and_no_verdict(writer: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_bytes('{"id": "a1", "source": "م'.encode()[:-1])
    assert writer.get("/article/a1").status_code == 200
    assert writer.post("/judge", data=VERDICT).status_code == 200
    assert json.loads(path.read_bytes().splitlines()[1])["verdict"] == "wrong"
    assert 'value="wrong" aria-pressed="true"' in shown(writer, "/article/a1")


@pytest.mark.parametrize("form", [VERDICT | {"event": "e2"}, VERDICT | {"article": "none"}])
def test_what_is_not_there_cannot_be_judged(writer: TestClient, tmp_path: Path, form: dict[str, str]) -> None:
    assert writer.post("/judge", data=form).status_code == 404
    assert writer.post("/judge", data=VERDICT | {"verdict": "perhaps"}).status_code == 400
    assert writer.post("/judge", content=b"a" * 20_000).status_code == 413
    assert not (tmp_path / "labels.jsonl").exists()


def test_readers_without_the_token_see_no_buttons(client: TestClient) -> None:
    assert '<form class="judge"' not in shown(client, "/article/a1")
    client.get(f"/?token={TOKEN}")
    assert '<form class="judge"' in shown(client, "/article/a1")


def test_a_watch_is_saved_shown_and_deleted(writer: TestClient) -> None:
    writer.post("/watches", data={"name": "بيروت <b>", "choice": "type=PROTEST&country=LB&evil=1"})
    html = shown(writer, "/watches")
    assert 'href="/?country=LB&amp;type=PROTEST"' in html
    assert "بيروت &lt;b&gt;" in html
    writer.post("/watches", data={"name": "بيروت <b>", "choice": "type=AID"})
    assert "type=AID" in shown(writer, "/watches")
    writer.post("/watches/delete", data={"name": "بيروت <b>"})
    assert "لا متابعات بعد" in shown(writer, "/watches")


def test_a_filter_is_an_atom_feed(client: TestClient, store: Store) -> None:
    add(store, {"story": [story("s8", [story_article("a1", "masdar", 0, title="عنوان\x0b <b>")], event_ids=["e1"])]})
    answer = client.get("/feed.atom?type=PROTEST")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert {one.text for one in feed.findall("a:entry/a:title", names)} == {"معلمون يتظاهرون في بيروت", "عنوان <b>"}
    assert all(feed.find(f"a:{name}", names) is not None for name in ("id", "title", "updated"))
    assert all(entry.find("a:author/a:name", names) is not None for entry in feed.findall("a:entry", names))


def test_no_feed_turns_the_direction_of_what_follows(client: TestClient, store: Store) -> None:
    turned = story("s8", [story_article("a1", "\u2067masdar", 0, title="خبر \u202eعاجل")], places=[])
    add(store, {"story": [turned]})
    for name in ("atom", "json"):
        answer = client.get(f"/feed.{name}")
        assert "خبر عاجل" in answer.text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text)


def test_a_filter_is_a_json_feed(client: TestClient) -> None:
    told = client.get("/feed.json?type=CONSULT").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    [item] = told["items"]
    assert item["url"] == "http://testserver/story/s2"
    assert item["_rasid"]["outlets"] == ["sada", "dar"]
