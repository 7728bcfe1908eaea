import gzip

import pytest

from pipelines.feeds.entries import Entry, NotAFeed, read_entries
from pipelines.feeds.opml import read_opml

URL = "https://press.example/rss"


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>صحيفة</title>{"".join(items)}</channel></rss>'


def one(body: str | bytes, kind: str = "application/rss+xml") -> Entry:
    (entry,) = read_entries(body.encode() if isinstance(body, str) else body, kind, URL)
    return entry


ITEM = "<item><title>افتتاح جسر</title><link>/n/1</link><pubDate>الأحد ٣ مايو ٢٠٢٦</pubDate></item>"


def test_a_date_stays_as_the_outlet_wrote_it_and_a_link_is_made_whole() -> None:
    entry = one(rss(ITEM))
    assert entry == Entry("https://press.example/n/1", "افتتاح جسر", published_at="الأحد ٣ مايو ٢٠٢٦")


@pytest.mark.parametrize("kind", ["text/xml", "application/xml; charset=windows-1256", "", "text/html"])
def test_windows_1256_is_read_as_it_is_declared(kind: str) -> None:
    told = rss(ITEM, head='<?xml version="1.0" encoding="windows-1256"?>').replace("٣", "3").replace("٢٠٢٦", "2026")
    assert one(told.encode("cp1256"), kind).title == "افتتاح جسر"


def test_a_wrong_charset_in_the_header_is_seen_through_where_the_document_says_its_own() -> None:
    told = rss(ITEM, head='<?xml version="1.0" encoding="windows-1256"?>').replace("٣", "3").replace("٢٠٢٦", "2026")
    assert one(told.encode("cp1256"), "text/xml; charset=utf-8").title == "افتتاح جسر"


def test_html_escaped_twice_keeps_its_words() -> None:
    escaped = (
        "<item><title>قال &amp;amp;quot;نعم&amp;amp;quot;</title><description>&amp;lt;p&amp;gt;نص&amp;lt;/p&amp;gt;"
    )
    entry = one(rss(f"{escaped}</description></item>"))
    assert "نعم" in entry.title
    assert "نص" in entry.summary


def test_the_whole_text_of_a_feed_is_its_content() -> None:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    text = "<description>موجز</description><content:encoded><![CDATA[<p>النص كله</p>]]></content:encoded>"
    entry = one(rss(f"<item {space}><title>خبر</title>{text}</item>"))
    assert (entry.summary, entry.content) == ("موجز", "<p>النص كله</p>")


def test_invalid_xml_is_read_as_far_as_it_goes() -> None:
    broken = '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>أول & ثان</title><link>https://press.example/1</link></item>'
    assert one(broken).url == "https://press.example/1"


def test_atom_is_read() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>ص</title><entry><title>خبر</title>
        <link rel="alternate" href="https://press.example/2"/><updated>2026-05-03T10:00:00Z</updated>
        <author><name>سلمى</name></author><summary>موجز</summary><category term="سياسة"/></entry></feed>"""
    expected = Entry("https://press.example/2", "خبر", "موجز", "", "2026-05-03T10:00:00Z", "سلمى", "سياسة")
    assert one(atom, "application/atom+xml") == expected


def test_a_news_sitemap_is_read_packed_or_not() -> None:
    sitemap = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> https://press.example/3 </loc><image:image><image:loc>https://press.example/3.jpg</image:loc></image:image>
        <lastmod>2026-05-04</lastmod><news:news><news:publication_date>2026-05-03T09:00:00+03:00</news:publication_date>
        <news:title>خبر &amp; آخر</news:title></news:news></url></urlset>""".encode()
    expected = Entry("https://press.example/3", "خبر & آخر", published_at="2026-05-03T09:00:00+03:00")
    assert one(sitemap) == one(gzip.compress(sitemap)) == expected


def test_a_list_of_sitemaps_names_the_one_to_give() -> None:
    index = "<sitemapindex><sitemap><loc>https://press.example/old.xml</loc></sitemap><sitemap><loc>https://press.example/news.xml</loc></sitemap></sitemapindex>"
    with pytest.raises(NotAFeed, match=r"such as https://press\.example/news\.xml"):
        read_entries(index.encode(), "text/xml", URL)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "it is empty"),
        (b"<html><body>x</body></html>", "a page in HTML"),
        (b"\x00\xff{", "neither"),
        (b"\x1f\x8b", "n"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, words: str) -> None:
    with pytest.raises(NotAFeed, match=words):
        read_entries(body, "text/html", URL)


def test_an_entity_of_the_feeds_own_opens_no_file() -> None:
    feed = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss("<item><title>&x;</title></item>", head="")
    sitemap = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    for text in (feed, sitemap):
        assert "root:" not in repr(read_entries(text.encode(), "text/xml", URL))


def test_a_link_that_leads_nowhere_costs_no_other_entry() -> None:
    feed = rss("<item><title>أ</title><link>http://[</link></item>", "<item><title>ب</title><link>/2</link></item>")
    assert [entry.title for entry in read_entries(feed.encode(), "text/xml", URL)] == ["أ", "ب"]


def test_an_empty_feed_has_no_entries() -> None:
    assert read_entries(rss().encode(), "text/xml", URL) == ()


def test_a_list_of_feeds_is_read_in_its_folders_each_once() -> None:
    feed = '<outline type="rss" xmlUrl="https://a.example/rss"/>'
    opml = f'<opml version="2.0"><body><outline text="مصر">{feed}{feed}</outline><outline text="x"/></body></opml>'
    assert read_opml(opml.encode()) == ("https://a.example/rss",)
    assert read_opml(b"") == read_opml(b"nothing") == ()
