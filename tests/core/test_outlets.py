from zoneinfo import ZoneInfo

import pytest

from pipelines.core.outlets import find_outlet, read_outlets
from pipelines.core.urls import host_of


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("alarabia", "alarabiya"),
        ("Al-Arabiya", "alarabiya"),
        ("العَربيّة", "alarabiya"),
        ("skynews", "skynewsarabia"),
        ("CNN", "cnnarabic"),
        ("BBC", "bbcarabic"),
        ("France24", "france24"),
        ("Jawhara FM", "jawharafm"),
        ("جوهرة أف أم", "jawharafm"),
        ("جريدة الرياض", "alriyadh"),
        ("صحيفه عكاظ", "okaz"),
        ("3alyoum", "3alyoum"),
        ("اليوم السابع", "youm7"),
        ("وكالة الأناضول", "anadolu"),
    ],
)
def test_finds_an_outlet_by_key_or_name_in_any_spelling(source: str, key: str) -> None:
    outlet = find_outlet(source, None)
    assert outlet is not None
    assert outlet.key == key


def test_falls_back_on_the_host_and_the_domains_above_it() -> None:
    outlet = find_outlet("feed-3", "http://gate.ahram.org.eg/News/1.aspx")
    assert outlet is not None
    assert (outlet.key, outlet.country, outlet.zone) == ("ahram", "EG", "Africa/Cairo")


def test_the_source_wins_over_the_host() -> None:
    outlet = find_outlet("hespress", "https://www.spa.gov.sa/1")
    assert outlet is not None
    assert outlet.country == "MA"


def test_tells_papers_of_one_name_apart_by_host() -> None:
    hosts = ["alwatan.com.sa", "alwatan.com", "alwatan.sy"]
    found = [find_outlet("feed", f"https://www.{host}/article/5") for host in hosts]
    assert [outlet and outlet.country for outlet in found] == ["SA", "OM", "SY"]


@pytest.mark.parametrize("url", [None, "", "https://example.net/1", "لا رابط"])
def test_knows_nothing_of_a_stranger(url: str | None) -> None:
    assert find_outlet("صحيفة لا وجود لها", url) is None


def test_every_line_of_the_table_is_sound() -> None:
    outlets = read_outlets()
    hosts = [host for outlet in outlets for host in outlet.hosts]
    assert len(outlets) >= 120
    assert len({outlet.key for outlet in outlets}) == len(outlets)
    assert len(set(hosts)) == len(hosts)
    assert all(host_of(f"https://{host}/") == host for host in hosts)
    assert all(ZoneInfo(outlet.zone).key and len(outlet.country) == 2 for outlet in outlets)
