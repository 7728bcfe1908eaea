"""One round through the feeds: ask each, hand on what is new or changed, remember it."""

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Literal

from connectors.feeds.answer import NOTHING_KNOWN, FetchFailed, Validators
from connectors.feeds.fetcher import Fetcher
from connectors.feeds.memory import Memory, Sent
from pipelines.commands.feed_outlets import CannotSend, Send
from pipelines.feeds.articles import article_of, entry_digest, key_of, own_address, text_digest, write_article
from pipelines.feeds.entries import Entry, NotAFeed, read_entries
from pipelines.feeds.pages import Page, read_page

LOG = logging.getLogger("rasid")
HOSTS_AT_ONCE = 8
REVISIT = 6 * 60 * 60
"""In seconds: how long a page that was read, or that will not come, is left alone while its entry stays the same."""
STRIKES = 3
"""After so many pages in a row that did not come, those of a feed are left for the next round."""
MOST_PAGES = 1000
"""Of one feed in one round; a news sitemap has no more."""

Outcome = Literal["new", "changed", "known", "left"]
_SAID: dict[Outcome, str] = {"new": "new", "changed": "changed", "known": "known", "left": "left for the next round"}


@dataclass
class Report:
    """What came of a feed: how many articles of each outcome, why pages did not come, or why the feed did not."""

    feed: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)
    failure: str | None = None
    is_unchanged: bool = False
    pages: int = 0
    strikes: int = 0
    is_complete: bool = True

    def __str__(self) -> str:
        """Say it in a sentence."""
        if self.failure is not None:
            return f"{self.feed}: failed: {self.failure}"
        if self.is_unchanged:
            return f"{self.feed}: unchanged since it was last read."
        said = ", ".join(f"{count} {_SAID[outcome]}" for outcome, count in sorted(self.outcomes.items()))
        said = said or "no articles"
        pages = f"; {len(self.unread)} without their page, the first because {self.unread[0]}" if self.unread else "."
        return f"{self.feed}: {said}{pages}"


@dataclass(frozen=True, slots=True)
class _Look:
    """What a page showed, None where it is unchanged or did not come, and when it is due to be looked at again."""

    due: float
    page: Page | None = None
    validators: Validators | None = None

    @property
    def has_text(self) -> bool:
        return self.page is not None and bool(self.page.text)


@dataclass(frozen=True)
class FeedReader:
    """Reads feeds, from several threads; `clock` gives seconds since 1970."""

    fetcher: Fetcher
    memory: Memory
    send: Send
    stop: threading.Event = field(default_factory=threading.Event)
    clock: Callable[[], float] = time.time

    def read_all(self, feeds: Iterable[str]) -> Iterator[Report]:
        """Read each feed once, those of a host in turn; yield a report of each, as they are done."""
        hosts: dict[str, list[str]] = defaultdict(list)
        for feed in feeds:
            hosts["/".join(feed.split("/")[:3]).lower()].append(feed)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            waiting = [pool.submit(self._read_host, mine) for mine in hosts.values()]
            for one in waiting:
                yield from one.result()

    def read(self, feed: str) -> Report:
        """Read a feed; whatever goes wrong stands in the report."""
        report = Report(feed)
        try:
            self._read(feed, report)
        except (FetchFailed, NotAFeed, CannotSend) as error:
            report.failure = str(error)
        except Exception as error:
            LOG.exception(f"{feed}: reading it failed in a way that rasid does not know; please report this.")
            report.failure = f"{type(error).__name__}, a mistake in rasid or in what it reads with: please report it."
        return report

    def _read_host(self, feeds: list[str]) -> list[Report]:
        return [self.read(feed) for feed in feeds if not self.stop.is_set()]

    def _read(self, feed: str, report: Report) -> None:
        known = self.memory.validators(feed)
        answer = self.fetcher.get(feed, known)
        report.is_unchanged = answer.is_unchanged
        entries = () if answer.is_unchanged else read_entries(answer.body, answer.content_type, answer.url)
        for number, entry in enumerate(entries):
            if self.stop.is_set():
                report.is_complete, report.outcomes["left"] = False, len(entries) - number
                break
            report.outcomes[self._take(entry, report)] += 1
        if report.is_complete:  # else all of it is asked for again
            self.memory.keep_validators(feed, known if answer.is_unchanged else answer.validators, self.clock())

    def _take(self, entry: Entry, report: Report) -> Outcome:
        """Hand an article on, if it is new or has other words than before."""
        key, told, now = key_of(entry, report.feed), entry_digest(entry), self.clock()
        before = self.memory.sent(key)
        if before is not None and before.entry == told and now < before.due:
            self.memory.keep_sent(key, before, now)
            return "known"
        if report.pages >= MOST_PAGES:
            report.is_complete = False
            return "left"
        look = self._look(entry, before if before and before.entry == told else None, report)
        after = self._hand_on(key, before, entry, look, report.feed)
        self.memory.keep_sent(key, replace(after, entry=told, due=look.due), now)
        if look.validators is not None:
            self.memory.keep_validators(entry.url, look.validators, now)
        return "new" if before is None else "known" if before.text == after.text else "changed"

    def _hand_on(self, key: str, before: Sent | None, entry: Entry, look: _Look, feed: str) -> Sent:
        """Send an article that is new or has other words; return what is now known of it."""
        if before is not None and before.whole and not look.has_text:
            return before  # what the feed alone says of it would replace the whole text
        url = before.url if before else own_address(entry, look.page)
        url = entry.url if self.memory.is_taken(url, key) else url
        fields = article_of(entry, look.page, url, feed)
        words = text_digest(fields)
        if before is None or before.text != words:
            self.send(write_article(fields))
        return Sent(url, "", words, look.has_text, 0.0)

    def _look(self, entry: Entry, same: Sent | None, report: Report) -> _Look:
        """Look at the page of an article, of which the feed says the `same` as before; where it fails, say so."""
        now = self.clock()
        if not entry.url or report.strikes >= STRIKES:
            report.is_complete &= not entry.url
            return _Look(now)
        report.pages += 1
        known = self.memory.validators(entry.url) if same and same.whole else NOTHING_KNOWN
        try:
            answer = self.fetcher.get(entry.url, known, linked_from=report.feed)
        except FetchFailed as failed:
            report.unread.append(str(failed))
            report.strikes += failed.is_passing
            report.is_complete &= not failed.is_passing
            return _Look(now if failed.is_passing else now + REVISIT)
        report.strikes = 0
        if answer.is_unchanged:
            return _Look(now + REVISIT)
        page = read_page(answer.body, answer.content_type, answer.url)
        return _Look(now + REVISIT, page, answer.validators)
