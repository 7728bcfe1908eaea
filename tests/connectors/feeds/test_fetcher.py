import gzip
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from connectors.feeds.answer import FetchFailed, Validators
from connectors.feeds.fetcher import Fetcher
from connectors.feeds.manners import Manners, Pace
from tests.connectors.feeds.site import Reply, Site

QUICK = Manners("rasid/test", between=0, silence=0.2, whole=0.5, backoff=0, tries=2, most_bytes=2**20)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with closing(Fetcher(QUICK, Pace())) as fetcher:
        yield fetcher


def test_a_page_comes_as_bytes_with_its_charset_and_who_asks_is_said(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", Reply("خبر".encode("cp1256"), kind="text/html; charset=windows-1256"))
    answer = fetcher.get(url)
    assert (answer.url, answer.body.decode("cp1256")) == (url, "خبر")
    assert answer.content_type == "text/html; charset=windows-1256"
    assert site.headers[-1]["User-Agent"] == "rasid/test"


def test_what_is_known_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", Reply(b"a", etag='"7"'))
    first = fetcher.get(url)
    again = fetcher.get(url, first.validators)
    assert first.validators == Validators('"7"', None)
    assert (first.is_unchanged, again.is_unchanged, again.body) == (False, True, b"")


def test_a_redirect_is_followed_to_where_it_leads(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/old", Reply(status=301, headers={"Location": "/new"}))
    site.put("/new", Reply(b"new"))
    assert fetcher.get(url).url == f"{site.home}/new"


def test_a_ring_of_redirects_ends(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/ring", Reply(status=302, headers={"Location": "/ring"}))
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        fetcher.get(url)


@pytest.mark.parametrize("host", ["localhost", "127.1.2.3", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_a_link_leads_into_no_private_network(host: str, site: Site, fetcher: Fetcher) -> None:
    inside = f"http://{host}:1/secret"
    with pytest.raises(FetchFailed, match="leads into a private network"):
        fetcher.get(inside, linked_from="https://press.example/rss")
    with pytest.raises(FetchFailed, match="leads into a private network"):
        fetcher.get(site.put("/a", Reply(status=302, headers={"Location": inside})))


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://news.example/a", "http://", "http://[", "gopher:x"])
def test_only_the_web_is_asked(address: str, site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match="is no web address"):
        fetcher.get(address)
    url = site.put("/away", Reply(status=302, headers={"Location": address}))
    with pytest.raises(FetchFailed):
        fetcher.get(url)


def test_a_busy_server_is_asked_again(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", Reply(status=429, headers={"Retry-After": "0"}), Reply(b"now"))
    assert fetcher.get(url).body == b"now"
    assert site.asked["/a"] == 2


@pytest.mark.parametrize("asked", ["soon", "", "-1"])
def test_a_wait_that_cannot_be_read_is_none(asked: str, site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", Reply(status=503, headers={"Retry-After": asked}), Reply(b"now"))
    assert fetcher.get(url).body == b"now"


def test_who_asks_for_an_hour_is_left_alone_so_long(site: Site) -> None:
    moments = [100.0]
    pace = Pace(clock=lambda: moments[0], sleep=lambda _: None)
    with closing(Fetcher(QUICK, pace)) as fetcher:
        url = site.put("/a", Reply(status=429, headers={"Retry-After": "3600"}), Reply(b"now"))
        with pytest.raises(FetchFailed, match=r"too busy or broken \(429\): it is asked again in 3600 s, as it asks"):
            fetcher.get(url)
        assert site.asked["/a"] == 1
        with pytest.raises(FetchFailed, match="asked to be left alone for 3600 s more"):
            fetcher.get(url)
        assert site.asked["/a"] == 1
        moments[0] += 3601
        assert fetcher.get(url).body == b"now"


def test_a_server_that_stays_broken_is_told(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", Reply(status=500))
    with pytest.raises(FetchFailed, match=r"\(500\): it is asked again in the next round") as told:
        fetcher.get(url)
    assert (told.value.is_passing, site.asked["/a"]) == (True, 2)


@pytest.mark.parametrize(("status", "words"), [(404, "is not there"), (410, "is gone"), (403, "is refused to us")])
def test_what_is_not_there_is_told(status: int, words: str, site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match=f"{words}.*correct the address or take it out") as told:
        fetcher.get(site.put("/a", Reply(status=status)))
    assert not told.value.is_passing


def test_what_robots_forbids_is_not_asked(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /\nAllow: /rss\n", kind="text/plain"))
    site.put("/rss", Reply(b"feed"))
    assert fetcher.get(f"{site.home}/rss").body == b"feed"
    with pytest.raises(FetchFailed, match=r"robots\.txt of 127\.0\.0\.1:\d+ forbids"):
        fetcher.get(site.put("/a", Reply(b"a")))
    assert site.asked == {"/robots.txt": 1, "/rss": 1}


def test_what_robots_forbids_is_not_reached_by_a_redirect_either(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", Reply(b"User-agent: rasid\nDisallow: /private\n", kind="text/plain"))
    with pytest.raises(FetchFailed, match="forbids"):
        fetcher.get(site.put("/a", Reply(status=302, headers={"Location": "/private/b"})))
    assert site.asked["/private/b"] == 0


def test_where_robots_cannot_be_read_nothing_is_asked(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", Reply(status=503))
    with pytest.raises(FetchFailed, match=r"its robots\.txt cannot be read") as told:
        fetcher.get(site.put("/a", Reply(b"a")))
    assert told.value.is_passing
    assert site.asked["/a"] == 0


def test_a_host_is_asked_no_faster_than_it_wants(site: Site) -> None:
    waits: list[float] = []
    site.put("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 7\n", kind="text/plain"))
    with closing(Fetcher(QUICK, Pace(clock=lambda: 0.0, sleep=waits.append))) as fetcher:
        for _ in range(3):
            fetcher.get(site.put("/a", Reply(b"a")))
    assert waits == [7.0, 14.0]


def test_a_server_that_hangs_is_given_up(site: Site, fetcher: Fetcher) -> None:
    def hang(_: Any) -> None:
        site.is_over.wait()

    with pytest.raises(FetchFailed, match="said nothing for 0 s"):
        fetcher.get(site.put("/a", Reply(b"<rss>", flow=hang)))


def test_an_answer_in_drops_is_given_up(site: Site, fetcher: Fetcher) -> None:
    def drip(file: Any) -> None:
        while not site.is_over.wait(0.02):
            file.write(b"a")

    with pytest.raises(FetchFailed, match="takes longer than"):
        fetcher.get(site.put("/a", Reply(flow=drip)))


def test_an_endless_answer_is_given_up(site: Site, fetcher: Fetcher) -> None:
    def pour(file: Any) -> None:
        while not site.is_over.is_set():
            file.write(b"a" * 65536)

    with pytest.raises(FetchFailed, match="is over 1 MiB"):
        fetcher.get(site.put("/a", Reply(flow=pour)))


def test_an_endless_redirect_is_followed_without_reading_it(site: Site, fetcher: Fetcher) -> None:
    def pour(file: Any) -> None:
        while not site.is_over.is_set():
            file.write(b"a" * 65536)

    site.put("/new", Reply(b"new"))
    assert fetcher.get(site.put("/a", Reply(status=301, headers={"Location": "/new"}, flow=pour))).body == b"new"


def test_what_is_small_only_while_it_is_packed_is_given_up(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"a" * (50 * 2**20))
    with pytest.raises(FetchFailed, match="is over 1 MiB"):
        fetcher.get(site.put("/a", Reply(packed, headers={"Content-Encoding": "gzip"})))


def test_a_server_that_is_away_is_told(fetcher: Fetcher) -> None:
    from connectors.local.ports import free_port

    with pytest.raises(FetchFailed, match=r"cannot be read, so nothing is: .*does not answer.*refused"):
        fetcher.get(f"http://127.0.0.1:{free_port()}/a")
