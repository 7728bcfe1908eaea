import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from connectors.feeds.fetcher import Fetcher
from connectors.feeds.manners import Manners, Pace
from connectors.feeds.memory import Memory
from pipelines.cli import app
from pipelines.commands import feed_round, fetch
from tests.connectors.feeds.site import Reply, Site, opened

QUICK = Manners("rasid/test", between=0, silence=0.2, whole=0.5, backoff=0, tries=2, most_bytes=2**20)
WORDS = "أعلنت بلدية المدينة افتتاح جسر جديد فوق النهر بعد عامين من العمل، وقال رئيسها إن المرور يبدأ صباح الأحد. "
RSS = "application/rss+xml"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(fetch, "MANNERS", QUICK)
    with opened() as site:
        yield site


def feed(*items: tuple[str, str], date: str = "Sun, 03 May 2026 10:00:00 +0300") -> bytes:
    told = (
        f"<item><title>{title}</title><link>{link}</link><description>موجز الخبر</description>"
        f"<pubDate>{date}</pubDate></item>"
        for title, link in items
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{"".join(told)}</channel></rss>'.encode()


def page(words: str = WORDS, head: str = "") -> bytes:
    body = f"<article><h1>جسر جديد</h1><p>{words * 4}</p><p>{words * 3}</p></article>"
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


class Desk:
    """Fetches into one file, remembering in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "articles.jsonl"

    def fetch(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["fetch", *arguments, "--to", str(self.file), "--state", str(self.folder)])

    @property
    def articles(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_bytes().splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_article_comes_once_with_the_text_of_its_page(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1?utm_source=rss")), kind=RSS))
    site.put("/n/1?utm_source=rss", Reply(page(head='<link rel="canonical" href="/n/1">')))
    first, again = desk.fetch(url), desk.fetch(url)
    (article,) = desk.articles
    assert (article["source"], article["url"]) == ("127.0.0.1", f"{site.home}/n/1")
    assert (article["title"], article["published_at"]) == ("جسر", "Sun, 03 May 2026 10:00:00 +0300")
    assert WORDS.strip() in article["body"]
    assert f"{url}: 1 new." in first.stderr
    assert "1 articles sent, from 1 of 1 feeds; 0 failed." in first.stderr
    assert f"{url}: 1 known." in again.stderr
    assert (first.exit_code, again.exit_code, site.asked["/n/1?utm_source=rss"]) == (0, 0, 1)


def test_a_feed_that_is_unchanged_is_not_read_again(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS, etag='"1"'))
    site.put("/n/1", Reply(page()))
    desk.fetch(url)
    again = desk.fetch(url)
    assert "unchanged since it was last read" in again.stderr
    assert len(desk.articles) == 1


def test_an_article_comes_again_when_its_feed_says_something_else(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS), Reply(feed(("جسر ثان", "/n/1")), kind=RSS))
    site.put("/n/1", Reply(page(), etag='"1"'))
    desk.fetch(url)
    assert "1 changed" in desk.fetch(url).stderr
    assert [article["title"] for article in desk.articles] == ["جسر", "جسر ثان"]
    assert WORDS.strip() in desk.articles[1]["body"]


def test_an_article_comes_again_when_its_page_changed_and_not_when_it_did_not(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1"), ("نهر", "/n/2")), kind=RSS))
    site.put("/n/1", Reply(page(), etag='"1"'), Reply(page("تصحيح: " + WORDS), etag='"2"'))
    site.put("/n/2", Reply(page(), etag='"1"'))
    monkeypatch.setattr(feed_round, "REVISIT", 0)
    desk.fetch(url)
    said = desk.fetch(url).stderr
    assert "1 changed, 1 known" in said
    assert [article["title"] for article in desk.articles] == ["جسر", "نهر", "جسر"]
    assert "تصحيح" in desk.articles[2]["body"]


def test_a_page_that_does_not_come_leaves_what_the_feed_says_and_its_text_follows(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS, etag='"1"'))
    site.put("/n/1", Reply(status=500), Reply(status=500), Reply(page()))
    first, second = desk.fetch(url), desk.fetch(url)
    assert "1 new; 1 without their page, the first because" in first.stderr
    assert "1 changed" in second.stderr
    assert [article["body"] == "موجز الخبر" for article in desk.articles] == [True, False]


def test_a_text_once_had_is_not_replaced_by_a_summary(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS))
    site.put("/n/1", Reply(page()), Reply(status=404))
    monkeypatch.setattr(feed_round, "REVISIT", 0)
    desk.fetch(url)
    assert "1 known; 1 without their page" in desk.fetch(url).stderr
    assert len(desk.articles) == 1


def test_a_page_that_robots_forbids_leaves_what_the_feed_says(site: Site, desk: Desk) -> None:
    site.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /n/\n", kind="text/plain"))
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS))
    done = desk.fetch(url)
    assert (done.exit_code, site.asked["/n/1"]) == (0, 0)
    assert "forbids" in done.stderr
    assert desk.articles[0]["body"] == "موجز الخبر"


def test_after_three_pages_that_fail_the_rest_wait_for_the_next_round(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(*((f"خبر {n}", f"/n/{n}") for n in range(6))), kind=RSS, etag='"1"'))
    for number in range(6):
        site.put(f"/n/{number}", Reply(status=503), Reply(status=503), Reply(page()))
    desk.fetch(url)
    assert sum(count for path, count in site.asked.items() if path.startswith("/n/")) == 6
    assert len(desk.articles) == 6
    desk.fetch(url)
    desk.fetch(url)
    assert len([article for article in desk.articles if WORDS.strip() in article["body"]]) == 6


def test_pages_that_all_call_one_address_their_own_stay_apart(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1"), ("نهر", "/n/2")), kind=RSS))
    for number in (1, 2):
        site.put(f"/n/{number}", Reply(page(head='<link rel="canonical" href="/login">')))
    desk.fetch(url)
    assert len({article["url"] for article in desk.articles}) == 2


def test_one_failing_feed_stops_no_other_and_each_says_what_to_do(site: Site, desk: Desk) -> None:
    def hang(_: Any) -> None:
        site.is_over.wait()

    def pour(file: Any) -> None:
        while not site.is_over.is_set():
            file.write(b"a" * 65536)

    bad = {
        "/hangs": (Reply(flow=hang), "said nothing for"),
        "/endless": (Reply(flow=pour), "is over 1 MiB: that is no feed or article; take it out"),
        "/gone": (Reply(status=410), "is gone (410): correct the address or take it out"),
        "/home": (Reply(page()), "is no feed (a page in HTML): give the address of its RSS"),
        "/empty": (Reply(b""), "is no feed (it is empty)"),
        "/busy": (Reply(status=503), "too busy or broken (503): it is asked again in the next round"),
        "/index": (
            Reply(b"<sitemapindex><loc>https://a.example/n</loc></sitemapindex>"),
            "is a list of sitemaps: give",
        ),
        "/ring": (Reply(status=302, headers={"Location": "/ring"}), "more than 5 redirects"),
    }
    addresses = [site.put(path, reply) for path, (reply, _) in bad.items()]
    good = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS))
    site.put("/n/1", Reply(page()))
    opml = desk.folder / "feeds.opml"
    outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in [*addresses, "ftp://a.example/rss", good])
    opml.write_text(f"<opml><body>{outlines}</body></opml>")
    done = desk.fetch(str(opml))
    assert done.exit_code == 1
    said = done.stderr.splitlines()
    for path, (_, words) in bad.items():
        assert [line for line in said if f"{path}: failed: " in line and words in line], (path, done.stderr)
    assert "1 articles sent, from 1 of 10 feeds; 9 failed." in done.stderr
    assert len(desk.articles) == 1


def test_an_answer_that_makes_a_library_fail_stops_no_other_feed(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise AssertionError("expected name token")

    monkeypatch.setattr(feed_round, "read_entries", fail)
    done = desk.fetch(site.put("/a", Reply(b"a")), site.put("/b", Reply(b"b")))
    assert done.exit_code == 1
    assert "2 failed" in done.stderr
    assert "please report it" in done.stderr


def test_nothing_is_forgotten_that_was_not_taken(site: Site, desk: Desk) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS, etag='"1"'))
    site.put("/n/1", Reply(page()))
    desk.file.symlink_to("/dev/full")
    failed = desk.fetch(url)
    assert failed.exit_code == 1
    assert "no more can be written" in failed.stderr
    desk.file.unlink()
    assert "1 new" in desk.fetch(url).stderr


def test_standard_output_can_be_looked_at_again_and_again(site: Site, tmp_path: Path) -> None:
    url = site.put("/rss", Reply(feed(("جسر", "/n/1")), kind=RSS))
    site.put("/n/1", Reply(page()))
    for _ in range(2):
        done = CliRunner().invoke(app, ["fetch", url, "--to", "-", "--state", str(tmp_path)])
        assert json.loads(done.stdout)["title"] == "جسر"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ftp://a.example/rss", "--to", "-"], "give an address that begins with http://"),
        (["nothing.opml", "--to", "-"], "nothing.opml cannot be read"),
        (["https://a.example/rss", "--to", "files:out"], "write kafka://HOST:PORT"),
        (["https://a.example/rss", "--to", "-", "--every", "10"], "write a number and m, h or d"),
        ([__file__, "--to", "-"], "lists no feeds: it must be OPML"),
    ],
)
def test_a_wrong_word_is_told_with_what_would_do(arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(app, ["fetch", *arguments])
    assert (done.exit_code, words in done.stderr) == (2, True), done.stderr


def test_what_is_left_when_it_is_stopped_or_has_enough_comes_in_the_next_round(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/rss", Reply(feed(*((f"خبر {n}", f"/n/{n}") for n in range(5))), kind=RSS, etag='"1"'))
    for number in range(5):
        site.put(f"/n/{number}", Reply(page()))
    monkeypatch.setattr(feed_round, "MOST_PAGES", 3)
    assert "2 left for the next round, 3 new." in desk.fetch(url).stderr
    assert "3 known, 2 new." in desk.fetch(url).stderr
    assert "unchanged" in desk.fetch(url).stderr


def test_a_feed_that_is_told_to_stop_says_what_is_left(site: Site) -> None:
    url = site.put("/rss", Reply(feed(*((f"خبر {n}", f"/n/{n}") for n in range(5))), kind=RSS, etag='"1"'))
    site.put("/n/0", Reply(page()))
    stop, memory, sent = threading.Event(), Memory(None, 0.0), list[bytes]()

    def send(value: bytes) -> None:
        sent.append(value)
        stop.set()

    with closing(Fetcher(QUICK, Pace())) as fetcher, closing(memory):
        report = feed_round.FeedReader(fetcher, memory, send, stop).read(url)
    assert str(report) == f"{url}: 4 left for the next round, 1 new."
    assert len(sent) == 1


def test_it_goes_round_until_it_is_told_to_stop() -> None:
    stop, rounds = threading.Event(), list[int]()

    def once() -> int:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        return 0

    fetch.go_round(once, 0.001, stop)
    assert len(rounds) == 3
