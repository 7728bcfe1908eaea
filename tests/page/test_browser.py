"""The page in a real browser: every screen at every width, live, with keys, for those who do not see it."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from connectors.local.ports import free_port
from pipelines.page.follower import Follower
from pipelines.page.sources import FolderSource
from pipelines.page.store import Store
from tests.page.browsing import CHROMIUM, browser
from tests.page.conftest import PROTEST, RECORDS, TOKEN, add, article, event, mention, story, story_article
from tests.page.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium: apt-get install chromium"),
]
SCREENS = ("/", "/?type=PROTEST", "/?disputed=1", "/story/s1", "/article/a1", "/article/a3", "/latest",
           "/latest?country=LB&reality=happened", "/map", "/names", "/entity/n-نقابة التعليم",
           "/entity/n-نقابة التعليم?week=2026-03-09", "/health", "/watches", "/nothing")  # fmt: skip
WIDTHS = (360, 380, 1400, 2560)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture
def follower(store: Store, tmp_path: Path) -> Follower:
    return Follower(store, lambda positions: FolderSource(tmp_path, dict(positions)))


@pytest.fixture
def home(follower: Follower) -> Iterator[str]:
    with served(follower, free_port()) as home:
        yield home


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="ar", timezone_id="Africa/Cairo", viewport={"width": 1400, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a page; what its console complains of fails the test."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [one for one in said if not re.search("404|ERR_CONNECTION|ERR_INCOMPLETE", one)] == []


def bring(follower: Follower, store: Store, **records: list[dict[str, object]]) -> None:
    add(store, records)
    follower.tell()


def every_screen(page: Page, home: str, language: str) -> Iterator[tuple[int, str]]:
    """Show every screen at every width, one after the other; yield the width and the screen's path."""
    page.goto(f"{home}/voice?language={language}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for path in SCREENS:
            page.goto(home + path)
            yield width, path


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_screen_is_wider_than_its_window(page: Page, home: str, language: str) -> None:
    for width, path in every_screen(page, home, language):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


BROKEN = """() => {
  const broken = [], range = document.createRange();
  for (const one of document.querySelectorAll("button, summary, nav a, legend, .chips span, th[scope=col]")) {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 8)));
        if (lines.size > 1) broken.push(word[0]);
      }
  }
  return broken; }"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_control_breaks_within_a_word(page: Page, home: str, language: str) -> None:
    for width, path in every_screen(page, home, language):
        assert page.evaluate(BROKEN) == [], (path, width)


def test_on_a_phone_what_was_found_comes_before_the_filter_that_found_it(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{home}/?type=PROTEST")
    expect(page.locator("[data-story=s1] h2")).to_be_in_viewport()
    page.click(".more-filters summary")
    page.get_by_label("منفيّ").check(force=True)
    expect(page.locator("#results .chosen")).to_contain_text("منفيّ")
    page.get_by_role("link", name="أظهر ما وُجد").click()
    expect(page.locator("#results h1")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(chromium: Browser, home: str, scheme: str) -> None:
    context = chromium.new_context(locale="ar", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{home}/?token={TOKEN}")
    for width in (380, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        for path in SCREENS:
            page.goto(home + path)
            expect(page.locator("#live.on")).to_be_visible()
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} at {width}, {scheme}: {found.generate_report()}"
    context.close()


def test_a_filter_changes_the_list_and_the_address_without_a_reload(page: Page, home: str) -> None:
    page.goto(home)
    page.evaluate("window.untouched = true")
    page.select_option("select[name=type]", "PROTEST")
    expect(page.locator("[data-story]")).to_have_count(1)
    expect(page).to_have_url(f"{home}/?type=PROTEST")
    page.fill("#q", "تونس")
    expect(page.locator(".empty")).to_be_visible()
    assert page.evaluate("window.untouched") is True
    page.go_back()
    expect(page.locator("[data-story]")).to_have_count(1)


def test_what_is_new_is_offered_and_shown_and_marked(page: Page, home: str, follower: Follower, store: Store) -> None:
    page.goto(home)
    expect(page.locator("#live.on")).to_be_visible()
    expect(page.locator(".fresh:visible")).to_have_count(0)
    grown = [*RECORDS["story"][0]["articles"], story_article("a7", "dar", 70)]
    bring(follower, store, story=[story("s1", grown, version=2), story("s9", [story_article("a8", "dar", 200)])])
    pill = page.locator("#newer .pill")
    expect(pill).to_contain_text("قصتان")
    expect(page).to_have_title(re.compile(r"^\(2\) "))
    pill.click()
    expect(page.locator("[data-story]").first).to_have_attribute("data-story", "s9")
    expect(page.locator("[data-story=s9] .fresh")).to_have_text("جديدة")
    expect(page.locator("[data-story=s1] .fresh")).to_have_text("زادت 1")
    expect(page.locator("[data-story=s2] .fresh")).to_be_hidden()
    page.click("#seen")
    page.reload()
    expect(page.locator(".fresh:visible")).to_have_count(0)


def test_the_page_says_when_it_is_cut_off_and_connects_again(page: Page, follower: Follower, store: Store) -> None:
    port = free_port()
    with ExitStack() as first:
        home = first.enter_context(served(follower, port))
        page.goto(home)
        expect(page.locator("#live.on")).to_be_visible()
    expect(page.locator("#live.off")).to_be_visible(timeout=60_000)
    with served(follower, port):
        expect(page.locator("#live.on")).to_be_visible(timeout=60_000)
        bring(follower, store, story=[story("s9", [story_article("a8", "dar", 200)])])
        expect(page.locator("#newer .pill")).to_be_visible()


def test_keys_move_between_stories_on_an_arabic_keyboard_too(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    expect(page.locator(".story.current")).to_have_attribute("data-story", "s1")
    page.keyboard.press("KeyK")
    expect(page.locator(".story.current")).to_have_attribute("data-story", "s2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{home}/story/s2")
    page.goto(home)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_the_first_tab_skips_to_the_content_and_focus_is_seen(page: Page, home: str) -> None:
    page.goto(home)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.locator(".skip").evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_mark_inside_a_word_leaves_its_letters_joined(page: Page, home: str, store: Store) -> None:
    text = "وقالت والبيروتيون كلمتهم."
    marked = mention(text, "بيروت", "LOC")
    add(store, {"article": [article("j1", text, mentions=[marked]), article("j2", text)]})
    width = """() => { const range = document.createRange();
                       range.selectNodeContents(document.querySelector('.text p'));
                       return range.getBoundingClientRect().width }"""
    page.goto(f"{home}/article/j1")
    page.evaluate("document.fonts.ready")
    with_mark = page.evaluate(width)
    assert page.locator(".text p mark").inner_text() == "بيروت"
    page.goto(f"{home}/article/j2")
    page.evaluate("document.fonts.ready")
    assert abs(page.evaluate(width) - with_mark) < 0.5


def test_arabic_is_copied_out_as_it_was_written(page: Page, home: str) -> None:
    page.goto(f"{home}/article/a1")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text p'))")
    assert page.evaluate("getSelection().toString()") == PROTEST


def test_hostile_text_does_nothing_and_stretches_nothing(page: Page, home: str, store: Store) -> None:
    bad = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>\u202e" + "ا" * 10_000
    articles = [story_article("h1", bad[:200], 300, title=bad, agency=bad), story_article("h2", "dar", 301)]
    told = story("h1", articles, agencies=[bad])
    add(store, {"story": [told], "article": [article("h1", bad, title=bad, mentions=[mention(bad, "window")])]})
    for width in (380, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/", "/story/h1", "/article/h1", "/latest"):
            page.goto(home + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate("window.hit") is None


def test_a_verdict_is_given_without_a_reload(page: Page, home: str, store: Store) -> None:
    page.goto(f"{home}/article/a1?token={TOKEN}")
    expect(page).to_have_url(f"{home}/article/a1")
    page.evaluate("window.untouched = true")
    page.get_by_role("button", name="خطأ").first.click()
    expect(page.locator(".judge [role=status]")).to_be_visible()
    assert page.evaluate("window.untouched") is True
    assert '"wrong"' in (store.path.parent / "labels.jsonl").read_text("utf-8")


def test_a_verdict_that_failed_says_so(context: BrowserContext, home: str, store: Store) -> None:
    page = context.new_page()
    page.goto(f"{home}/article/a1?token={TOKEN}")
    expect(page.locator("#failed")).to_be_hidden()
    labels = store.path.parent / "labels.jsonl"
    labels.mkdir()
    page.get_by_role("button", name="خطأ").first.click()
    expect(page.locator("#failed")).to_contain_text("لم يُحفظ")
    labels.rmdir()
    page.get_by_role("button", name="خطأ").first.click()
    expect(page.locator(".judge [role=status]")).to_be_visible()
    expect(page.locator("#failed")).to_be_hidden()


def test_the_page_says_when_what_it_reads_is_gone(page: Page, home: str, follower: Follower) -> None:
    page.goto(home)
    expect(page.locator("#live.on")).to_be_visible()
    follower.is_missing = True
    follower.tell()
    expect(page.locator("#live.off")).to_contain_text("غير موجود")
    follower.is_missing = False
    follower.tell()
    expect(page.locator("#live.on")).to_be_visible()


def test_times_are_in_the_readers_zone(page: Page, home: str) -> None:
    page.goto(home)
    expect(page.locator("[data-story=s2] time").first).to_contain_text("15:35")
    assert ("rasid-zone", "Africa/Cairo") in {(one["name"], one["value"]) for one in page.context.cookies()}


def test_english_runs_the_other_way(page: Page, home: str) -> None:
    page.goto(home)
    page.click(".menu summary")
    page.select_option("select[name=language]", "en")
    page.click(".menu button")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert re.search("2 stories", page.locator("h1").inner_text())
    brand = page.locator(".brand").bounding_box()
    assert brand is not None
    assert brand["x"] < 200


def test_it_prints_without_its_controls(page: Page, home: str, store: Store) -> None:
    add(store, {"event": [event("e1", version=2)]})
    page.goto(f"{home}/story/s1")
    page.emulate_media(media="print")
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
