import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.urls import canonical_url, host_of, names_article

ARTICLE = "https://example.net/news/1042?id=7"
AWKWARD = st.text(alphabet="aZ/%25.?&=#+: ;@[]ampwindex.htmlأé\u0301\udcff\x00C7E1", max_size=40)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.net/news/1042?id=7",
        "HTTPS://WWW.Example.NET:443/news/1042?id=7",
        "http://m.example.net:80/news/1042/?id=7",
        "https://amp.example.net/news/1042/amp/?id=7",
        "https://example.net/amp/news/1042?amp=1&id=7",
        "https://example.net//news/./x/../1042?id=7#comments",
        "https://example.net/news/1042?utm_source=rss&id=7&utm_medium=feed&fbclid=Iw123",
        "https://example.net/news/1042/index.html?id=7",
        "https://reader@example.net/news/1042;jsessionid=AB12?id=7&",
        "  https://example.net/news/1042?&id=7 \n",
    ],
)
def test_takes_every_spelling_of_one_address_for_the_same(url: str) -> None:
    assert canonical_url(url) == ARTICLE


@pytest.mark.parametrize(
    "url",
    [
        "https://example.net/news/1043?id=7",
        "https://example.net/news/1042?id=8",
        "https://example.org/news/1042?id=7",
        "https://example.net:8443/news/1042?id=7",
        "https://example.net/News/1042?id=7",
        "https://example.net/news/1042?id=7&page=2",
    ],
)
def test_keeps_apart_what_names_another_article(url: str) -> None:
    assert canonical_url(url) != ARTICLE


def test_takes_encoded_decoded_and_decomposed_arabic_paths_for_the_same() -> None:
    encoded = "https://example.net/%d8%a3%D8%AE%D8%A8%D8%A7%D8%B1/1"
    assert canonical_url("https://example.net/أخبار/1") == canonical_url(encoded)
    assert canonical_url("https://example.net/\u0627\u0654خبار/1") == canonical_url(encoded)


def test_takes_the_order_of_parameters_for_no_difference() -> None:
    assert canonical_url("https://example.net/?b=2&a=1") == canonical_url("https://example.net/?a=1&b=2")


def test_keeps_bytes_of_old_encodings_apart() -> None:
    assert canonical_url("https://example.net/%C7%E1") != canonical_url("https://example.net/%C7%E2")


@pytest.mark.parametrize(
    "url", ["", "خبر", "/news/1", "ftp://example.net/1", "http://", "https://[::1/x", "http://a:b/c"]
)
def test_answers_none_for_what_is_no_web_address(url: str) -> None:
    assert canonical_url(url) is None
    assert host_of(url) is None


def test_a_short_host_is_not_taken_for_a_prefix() -> None:
    assert canonical_url("https://m.com/1") == "https://m.com/1"


def test_a_home_page_names_no_article() -> None:
    assert [names_article(str(canonical_url(url))) for url in ("https://example.net/index.php", ARTICLE)] == [
        False,
        True,
    ]


def test_a_host_stands_without_its_port() -> None:
    assert host_of("http://www.example.net:8080?x=1") == "example.net"


@given(st.sampled_from(["", "http://www.example.net/", "https://m.example.net", "http://"]), st.text() | AWKWARD)
def test_never_raises_and_a_canonical_url_is_its_own(start: str, rest: str) -> None:
    canonical = canonical_url(start + rest)
    assert canonical is None or canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "//example.net/news/1042",
        "www.example.net/news/1042",
        "https://example.net/news/1042/print",
        "https://example.net/print/news/1042",
        "https://example.net/news/1042?view=print&tmpl=component",
        "https://example.net/m/news/1042",
        "https://touch.example.net/news/1042?m=1",
        "https://example-net.cdn.ampproject.org/c/s/example.net/news/1042?amp_js_v=0.1",
        "https://www.google.com/amp/s/www.example.net/news/1042",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.net%2Fnews%2F1042&ved=2a",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.net%2Fnews%2F1042%3Ffbclid%3Dx&h=AT",
        "https://web.archive.org/web/20240501103000/https://example.net/news/1042",
        "https://example.net/news/1042&amp;utm_source=rss&amp;utm_medium=feed",
        "https://example.net/(S(abcdefghijklmnopqrstuvwx))/news/1042",
        "https://example.net/news/1042?sid=0123456789abcdef0123456789abcdef",
        "https://example.net/news/1042#comment-7",
        "https://example.net/news/1042#gallery/3",
        "https://example.net/news/1042#:~:text=%D8%AE%D8%A8%D8%B1",
        "https://example.net/news/1042#.YxZ12",
        "https://example.net/news/1042\u200f",
        "\u202ahttps://example.net/news/1042#utm_source=rss\n",
    ],
)
def test_twins_of_a_page_have_its_address(url: str) -> None:
    assert canonical_url(url) == "https://example.net/news/1042"


@pytest.mark.parametrize(
    "behind",
    [
        "?gad_source=1&gclid=x",
        "?srsltid=A&mibextid=Z&_rdr",
        "?_x_tr_sl=ar&_x_tr_tl=en",
        "?sf123456789=1",
        "?from=telegram",
        "?utm_source=rss&#038;utm_medium=feed",
        "?utm_source=rss&amp;amp;utm_medium=feed",
        "?print",
        "?print=pdf",
        "?isAmp=1",
        "?_=1709834709123",
        "?doing_wp_cron=1709834709.5",
        "?fullsite=true",
        "#/comments",
        "#!/gallery/3",
        "#/?_k=abc",
        "/embed/",
        "/trackback/",
        "/comment-page-2/#comments",
        "/index.shtml",
        "/amphtml",
        "/print/index.html",
        "/%20",
        "%20",
        "%E2%80%8F",
        ";phpsessid=0123456789abcdef0123456789abcdef",
    ],
)
def test_what_stands_behind_an_address_and_tells_nothing_is_left_out(behind: str) -> None:
    assert canonical_url(f"https://example.net/news/1042{behind}") == "https://example.net/news/1042"


@pytest.mark.parametrize(
    "url",
    [
        "http:/example.net/news/1042",
        "https:example.net/news/1042",
        "https:\\\\example.net\\news\\1042",
        "<https://example.net/news/1042>",
        '"https://example.net/news/1042"',
        "URL:https://example.net/news/1042",
        "feed://example.net/news/1042",
        "view-source:https://example.net/news/1042",
        "https://exa%6Dple.net/news/1042",
        "https://lite.example.net/news/1042",
        "https://example.net/(X(1)S(abcdefghijklmnopqrstuvwx))/news/1042",
        "https://www.bing.com/amp/s/example.net/news/1042",
        "https://example-net.bing-amp.com/c/s/example.net/news/1042",
        "https://cdn.ampproject.org/c/s/example.net/news/1042",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.net%2Fnews%2F1042",
        "https://x.com/intent/post?text=x&url=https%3A%2F%2Fexample.net%2Fnews%2F1042",
        "https://t.me/iv?url=https%3A%2F%2Fexample.net%2Fnews%2F1042&rhash=1",
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.net%2Fnews%2F1042&data=05",
        "https://www.google.com/imgres?imgrefurl=https%3A%2F%2Fexample.net%2Fnews%2F1042",
        "https://news.google.com/rss/articles/CBMiHWh0dHBzOi8vZXhhbXBsZS5uZXQvbmV3cy8xMDQy0gEA?oc=5",
        "https://www.bing.com/ck/a?!&&p=x&u=a1aHR0cHM6Ly9leGFtcGxlLm5ldC9uZXdzLzEwNDI&ntb=1",
        "https://r.search.yahoo.com/_ylt=A/RO=10/RU=https%3a%2f%2fexample.net%2fnews%2f1042/RK=2/RS=x",
        "https://webcache.googleusercontent.com/search?q=cache:AbC:https://example.net/news/1042+&cd=1",
        "https://example-net.translate.goog/news/1042?_x_tr_sl=ar",
        "http://archive.today/2024.03.07-180509/https://example.net/news/1042",
        "https://web.archive.org/web/2024*/https://example.net/news/1042",
        "https://urldefense.com/v3/__https://example.net/news/1042__;!!x",
        "https://href.li/?https://example.net/news/1042",
    ],
)
def test_an_address_is_found_in_whatever_holds_or_decorates_it(url: str) -> None:
    assert canonical_url(url) == "https://example.net/news/1042"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.net/%u0645%u0635%u0631", "https://example.net/مصر"),
        ("https://example.net/x?id=7&#038;cat=2", "https://example.net/x?cat=2&id=7"),
        ("https://ar.m.example.net/1", "https://ar.example.net/1"),
        ("https://akhbar.blogspot.com.eg/2024/03/x.html?m=1", "https://akhbar.blogspot.com/2024/03/x.html"),
    ],
)
def test_two_spellings_of_one_address_are_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize("path", ["ar", "arabic/", "ar/index.html", "?lang=ar", "rss.xml", "feed/", "m/index.html"])
def test_a_front_page_and_a_feed_name_no_article(path: str) -> None:
    assert not names_article(str(canonical_url(f"https://example.net/{path}")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.net/story.php?ref=1042", "https://example.net/story.php?ref=1043"),
        ("https://example.net/details.aspx?at_id=7", "https://example.net/details.aspx?at_id=8"),
        ("https://example.net/n?t=7", "https://example.net/n?t=8"),
        ("https://example.net/#/gallery/7", "https://example.net/#/gallery/8"),
        ("https://example.net/app#news_id=7", "https://example.net/app#news_id=8"),
        ("https://www.google.com/search?q=7", "https://www.google.com/search?q=8"),
        ("https://example.net/app/#/story/7", "https://example.net/app/#/story/8"),
        ("https://example.net/#!/story/7", "https://example.net/#!/story/8"),
        ("https://example.net/app#news/7", "https://example.net/app#news/8"),
        ("https://example.net/index.html#!id=7", "https://example.net/index.html#!id=8"),
        ("https://example.net/app#id=7", "https://example.net/app#id=8"),
        ("https://example.net/app#/story?id=7", "https://example.net/app#/story?id=8"),
        ("https://example.net/print.php?id=7", "https://example.net/print.php?id=8"),
        ("https://example.net/n/1?m=202401", "https://example.net/n/1?m=202402"),
        ("https://example.net/s?sid=7", "https://example.net/s?sid=8"),
        ("https://example.net/mobile", "https://example.net/print"),
    ],
)
def test_other_pages_have_other_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)
    assert names_article(canonical_url(one) or "")


def test_a_route_is_the_same_however_it_is_decorated() -> None:
    routes = ("#!/story/7?id=2", "#/story/7/?id=2", "#/story//7?utm_source=rss&id=2")
    assert {canonical_url(f"https://example.net/app{route}") for route in routes} == {
        "https://example.net/app#story/7?id=2"
    }


def test_an_address_encoded_twice_is_decoded_twice_and_a_percent_sign_once() -> None:
    assert canonical_url("https://example.net/%25d8%25b9") == canonical_url("https://example.net/ع")
    assert canonical_url("https://example.net/a%2525b") != canonical_url("https://example.net/a%25b")


def test_an_address_too_long_to_be_one_is_none() -> None:
    assert canonical_url("https://example.net/" + "x" * 9000) is None
