"""Where there is nothing to see, the page says so in its own layout and in the reader's language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipelines.page import health
from pipelines.page.answers import HEADERS
from pipelines.page.store import Store

ARABIC = {404: "ليس هنا شيء", 403: "لا يُسمح به", 405: "لا يُفعل هذا هنا", 400: "لا يُفهم هذا الطلب", 500: "خطأ عندنا"}
ENGLISH = {404: "nothing here", 403: "not allowed", 405: "not done here", 400: "makes no sense", 500: "went wrong"}

Ask = Callable[[TestClient], tuple[int, str, dict[str, str]]]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/static/none.js", 404), ("POST", "/judge", 403), ("POST", "/map", 405)],
)
@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("en", ENGLISH)])
def test_what_cannot_be_answered_is_said_in_the_readers_language(
    client: TestClient, method: str, path: str, status: int, language: str, words: dict[int, str]
) -> None:
    client.get(f"/voice?language={language}")
    answer = client.request(method, path)
    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.text
    assert words[status] in answer.text


def test_a_request_for_another_host_is_told_nothing_of_the_records(client: TestClient) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert ARABIC[400] in answer.text
    assert "خبران" not in answer.text
    assert "files:out" not in answer.text


def test_a_bug_is_said_without_the_database_and_not_shown(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of ours")

    monkeypatch.setattr(health, "find_rejections", broken)
    monkeypatch.setattr(Store, "remembered", broken)
    quiet = TestClient(client.app, raise_server_exceptions=False)
    answer = quiet.get("/health")
    assert answer.status_code == 500
    assert ARABIC[500] in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_every_page_says_when_what_it_is_read_from_is_gone(client: TestClient, tmp_path: Path) -> None:
    assert "غير موجود الآن" not in client.get("/health").text.partition("<main")[2]
    client.app.state.follower.is_missing = True  # type: ignore[attr-defined]
    assert "غير موجود الآن" in client.get("/health").text.partition("<main")[2]
