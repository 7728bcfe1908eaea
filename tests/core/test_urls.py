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
    "url", ["", "خبر", "/news/1", "//example.net/1", "ftp://example.net/1", "http://", "https://[::1/x", "http://a:b/c"]
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
