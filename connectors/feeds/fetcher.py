"""Fetch pages over HTTP, politely and within bounds: bytes in; it knows no article."""

import time
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from connectors.feeds.answer import NOTHING_KNOWN, Answer, FetchFailed, Validators
from connectors.feeds.manners import TOO_BUSY, Manners, Pace, seconds_asked
from connectors.feeds.network import leads_inside
from connectors.feeds.robots import Robots

_PIECE = 64 * 1024
_GONE = {404: "is not there (404)", 410: "is gone (410)", 401: "asks for a login (401)", 403: "is refused to us (403)"}


class Fetcher:
    """Asks servers, from any thread; keeps no cookies."""

    def __init__(self, manners: Manners, pace: Pace) -> None:
        self._manners, self._pace = manners, pace
        self._robots = Robots(manners.user_agent.partition("/")[0], self._read_rules)
        self._session = _Session()
        self._session.headers["User-Agent"] = manners.user_agent
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=32, max_retries=manners.retry))

    def get(self, url: str, known: Validators = NOTHING_KNOWN, linked_from: str | None = None) -> Answer:
        """Return what stands at an address, or that it is as `known`; raises FetchFailed.

        Who names an address may name any; what is linked from another leads into no private network but its own host.
        """
        return self._follow(url, known, linked_from or url, heeds_robots=True)

    def close(self) -> None:
        """Give the connections up."""
        self._session.close()

    def _follow(self, url: str, known: Validators, home: str, heeds_robots: bool) -> Answer:
        for _ in range(self._manners.redirects + 1):
            self._check(url, home)
            delay = self._robots.admit(url) if heeds_robots else 0.0
            between = min(max(delay, self._manners.between), self._manners.longest_between)
            self._pace.wait(urlsplit(url).netloc, between)
            answer = self._ask(url, known)
            if isinstance(answer, Answer):
                return answer
            url = _join(url, answer)
        raise FetchFailed(
            f"more than {self._manners.redirects} redirects, at last to {url}: look where it leads.", False
        )

    def _check(self, url: str, home: str) -> None:
        try:
            parts = urlsplit(url)
            is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 80) > 0
        except ValueError:
            is_web = False
        if not is_web:
            raise FetchFailed(f"{url!r} is no web address: give one that begins with http:// or https://.", False)
        if leads_inside(url, home):
            raise FetchFailed(f"{url} leads into a private network, from {home}: it is not followed.", False)
        if (left := self._pace.closed_for(parts.netloc)) > 0:
            raise FetchFailed(f"{parts.netloc} asked to be left alone for {left:.0f} s more: it is asked again then.")

    def _ask(self, url: str, known: Validators) -> Answer | str:
        """Return the answer, or where it redirects to."""
        until = time.monotonic() + self._manners.whole
        try:
            with self._session.get(
                url, headers=known.headers, stream=True, timeout=self._manners.silence, allow_redirects=False
            ) as response:
                if response.status_code != 304 and (target := self._session.target_of(response)):
                    return target
                self._check_status(url, response)
                body = b"" if response.status_code == 304 else self._read(url, response, until)
                return _answer(url, response, body)
        except (requests.RequestException, HTTPError, ValueError, OSError) as error:
            raise FetchFailed(self._said(url, _innermost(error))) from error

    def _said(self, url: str, reason: BaseException) -> str:
        if isinstance(reason, TimeoutError):
            return f"{url} said nothing for {self._manners.silence:.0f} s: it is asked again in the next round."
        why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        return f"{url} does not answer ({why}): check the address; it is asked again in the next round."

    def _check_status(self, url: str, response: requests.Response) -> None:
        status = response.status_code
        if status in TOO_BUSY:
            asked = seconds_asked(response.headers.get("Retry-After"))
            if asked > self._manners.patience:
                self._pace.close(urlsplit(url).netloc, asked)
            wait = f"in {asked:.0f} s, as it asks" if asked else "in the next round"
            raise FetchFailed(f"{url} is too busy or broken ({status}): it is asked again {wait}.")
        if status != 304 and not 200 <= status < 300:
            why = _GONE.get(status, f"answers {status}")
            raise FetchFailed(f"{url} {why}: correct the address or take it out.", is_passing=status >= 500)

    def _read(self, url: str, response: requests.Response, until: float) -> bytes:
        pieces, size = list[bytes](), 0
        while piece := response.raw.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > self._manners.most_bytes:
                most = self._manners.most_bytes / 2**20
                raise FetchFailed(f"{url} is over {most:.0f} MiB: that is no feed or article; take it out.", False)
            if time.monotonic() > until:
                raise FetchFailed(f"{url} takes longer than {self._manners.whole:.0f} s: it is asked again.")
        return b"".join(pieces)

    def _read_rules(self, url: str) -> bytes:
        return self._follow(url, NOTHING_KNOWN, url, heeds_robots=False).body


class _Session(requests.Session):
    """Follows no redirect and reads none: requests would take its whole body in, however long."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None

    def target_of(self, response: requests.Response) -> str | None:
        return super().get_redirect_target(response)


def _join(url: str, target: str) -> str:
    """Return where a link leads; one that leads nowhere stays as it is.

    >>> _join("https://a.example/rss", "/1"), _join("https://a.example/rss", "http://[")
    ('https://a.example/1', 'http://[')
    """
    try:
        return urljoin(url, target)
    except ValueError:
        return target


def _answer(url: str, response: requests.Response, body: bytes) -> Answer:
    told = response.headers
    validators = Validators(told.get("ETag"), told.get("Last-Modified"))
    return Answer(url, body, told.get("Content-Type", ""), validators, response.status_code == 304)


def _innermost(error: BaseException) -> BaseException:
    while error.__cause__ is not None or error.__context__ is not None:
        error = error.__cause__ or error.__context__ or error
    return error
