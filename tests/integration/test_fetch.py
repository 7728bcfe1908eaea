"""From feeds through a real Kafka to records: each once, and what cannot be used with its reason."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.feeds.manners import Manners
from connectors.kafka.offsets import partition_bounds
from pipelines.commands import fetch
from schemas.codec import decode
from tests.connectors.feeds.site import Reply, Site, opened
from tests.integration.desk import Desk, rasid

pytestmark = pytest.mark.integration

WORDS = "أعلنت بلدية المدينة افتتاح جسر جديد فوق النهر بعد عامين من العمل، وقال رئيسها إن المرور يبدأ صباح الأحد. "
ITEMS = {
    "a": "<title>افتتاح جسر جديد</title><link>/a</link><pubDate>الأحد 3 مايو 2026 - 10:30 ص</pubDate>",
    "b": "<title>إغلاق طريق الساحل للصيانة أسبوعا</title><link>/b</link><pubDate>2026-05-03 11:00</pubDate>",
    "c": "<title>خبر بلا وقت يعرف</title><link>/c</link><pubDate>قريبا</pubDate>",
    "d": "<title>Bridge opens after two years of work</title><link>/d</link><pubDate>2026-05-03 12:00</pubDate>",
}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(fetch, "MANNERS", Manners("rasid/test", between=0, backoff=0))
    with opened() as site:
        items = "".join(f"<item>{item}</item>" for item in ITEMS.values())
        head = '<?xml version="1.0" encoding="windows-1256"?>'
        feed = f'{head}<rss version="2.0"><channel>{items}</channel></rss>'
        site.put("/rss", Reply(feed.encode("cp1256"), kind="text/xml", etag='"1"'))
        text = (
            f"<html><head><meta charset='windows-1256'></head><body><article><p>{WORDS * 5}</p></article></body></html>"
        )
        site.put("/a", Reply(text.encode("cp1256"), kind="text/html"))
        yield site


def count_sent(desk: Desk) -> int:
    return sum(end - start for start, end in partition_bounds(desk.connection, desk.topic).values())


def test_what_feeds_bring_becomes_records_and_is_brought_once(site: Site, kafka: str, tmp_path: Path) -> None:
    desk = Desk(kafka, "fetched")
    to = ("--to", f"kafka://{kafka}/{desk.topic}", "--state", str(tmp_path))
    first = rasid("fetch", f"{site.home}/rss", *to)
    assert "4 new; 3 without their page" in first.output + first.stderr
    rasid("fetch", f"{site.home}/rss", *to)
    assert (first.exit_code, count_sent(desk)) == (0, 4)
    assert desk.drain().exit_code == 0
    outcomes = Counter((row["outcome"], row["reason"]) for row in desk.lines().values())
    assert outcomes == {("article", None): 2, ("rejection", "no_usable_date"): 1, ("rejection", "not_arabic"): 1}
    articles = [decode(message.value).fields for message in desk.written("article")]
    assert {article["title"] for article in articles} == {"افتتاح جسر جديد", "إغلاق طريق الساحل للصيانة أسبوعا"}
    assert any(WORDS.strip() in article["body"] for article in articles)
    assert desk.audit().exit_code == 0


def test_a_topic_that_is_not_there_is_told_before_anything_is_fetched(site: Site, kafka: str, tmp_path: Path) -> None:
    done = rasid("fetch", f"{site.home}/rss", "--to", f"kafka://{kafka}/not-there", "--state", str(tmp_path))
    assert done.exit_code == 2
    assert "There is no topic 'not-there'" in done.stderr
    assert site.asked == {}
