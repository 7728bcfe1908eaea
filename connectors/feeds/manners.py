"""How we behave towards the servers of others: how often, how long, how much."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import InvalidHeader, MaxRetryError

from connectors.message import LARGEST

TOO_BUSY = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds, but for `most_bytes` of an answer, unpacked, and the numbers of `redirects` and `tries`.

    `between` is the least time between two requests to a host; a longer Crawl-delay of its robots.txt counts, up to
    `longest_between`. `silence` is how long it may say nothing, `whole` how long an answer may take, and `patience` the
    longest Retry-After that is waited for: who asks for more is left alone so long.
    """

    user_agent: str
    between: float = 1.0
    longest_between: float = 30.0
    silence: float = 20.0
    whole: float = 60.0
    patience: float = 60.0
    backoff: float = 2.0
    tries: int = 4
    redirects: int = 5
    most_bytes: int = LARGEST

    @property
    def retry(self) -> Retry:
        """Return when to try again: waits double, and Retry-After is obeyed."""
        return _PatientRetry(
            total=self.tries - 1,
            read=min(1, self.tries - 1),
            redirect=False,
            status_forcelist=TOO_BUSY,
            backoff_factor=self.backoff,
            backoff_jitter=self.backoff / 4,
            raise_on_status=False,
            retry_after_max=int(self.patience),
        )


class _PatientRetry(Retry):
    """Hands the answer over where it asks for a longer wait than `retry_after_max`: none is asked early."""

    def parse_retry_after(self, retry_after: str) -> float:
        try:
            return super().parse_retry_after(retry_after)
        except InvalidHeader:
            return 0.0

    def increment(  # type: ignore[override]
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        **more: object,
    ) -> Retry:
        if response is not None and seconds_asked(response.headers.get("Retry-After")) > self.retry_after_max:
            raise MaxRetryError(None, url, None)  # type: ignore[arg-type]
        return super().increment(method, url, response=response, **more)  # type: ignore[arg-type]


def seconds_asked(retry_after: str | None) -> float:
    """Return the seconds that a Retry-After header, of seconds or a date, asks for; 0 where it says nothing.

    >>> seconds_asked("120"), seconds_asked(None), seconds_asked("soon")
    (120.0, 0.0, 0.0)
    """
    try:  # a Retry without a limit, for urllib3's would cut the answer to its own
        return float(Retry(retry_after_max=10**9).parse_retry_after(retry_after)) if retry_after else 0.0
    except InvalidHeader:
        return 0.0


class Pace:
    """When a host may be asked again, for all threads; `clock` counts seconds, `sleep` waits so many."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    def wait(self, host: str, between: float) -> None:
        """Wait until a host may be asked, and keep the next one waiting."""
        with self._lock:
            now = self._clock()
            due = max(now, self._next.get(host, now))
            self._next[host] = due + between
        if due > now:
            self._sleep(due - now)

    def close(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        with self._lock:
            self._closed[host] = self._clock() + seconds

    def closed_for(self, host: str) -> float:
        """Return for how many seconds a host is still to be left alone."""
        return max(0.0, self._closed.get(host, 0.0) - self._clock())
