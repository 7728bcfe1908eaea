"""Remember what was fetched and what was handed on, in one small file."""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from connectors.feeds.answer import NOTHING_KNOWN, Validators

_KEEP = 60 * 24 * 60 * 60
_TABLES = """
create table if not exists fetched (url text primary key, etag text, last_modified text, at real not null);
create table if not exists sent (
    key text primary key, url text not null, entry text not null, text text not null, whole integer not null,
    due real not null, at real not null
);
create index if not exists sent_url on sent (url);
"""


class MemoryUnusable(Exception):
    """The file of what was seen cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was handed on under a key: its address, digests of its entry and of its text, whether its page was read.

    `due` is when its page is to be looked at again, in seconds since 1970.
    """

    url: str
    entry: str
    text: str
    whole: bool
    due: float


class Memory:
    """A SQLite file, or `:memory:`; every note is on the disk when the call returns. Used from any thread."""

    def __init__(self, path: Path | None, now: float) -> None:
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path or ":memory:", timeout=30, isolation_level=None, check_same_thread=False)
            self._base.executescript(f"pragma journal_mode=wal; pragma synchronous=normal; {_TABLES}")
            for table in ("fetched", "sent"):
                self._base.execute(f"delete from {table} where at < ?", (now - _KEEP,))
        except (sqlite3.Error, OSError) as error:
            raise MemoryUnusable(
                f"{path}, which remembers what was fetched, cannot be used: {error}. Make room or delete it; "
                "articles that are known may then be sent once more."
            ) from error
        self._lock = threading.Lock()

    def validators(self, url: str) -> Validators:
        """Return what is known of a page."""
        with self._lock:
            row = self._base.execute("select etag, last_modified from fetched where url = ?", (url,)).fetchone()
        return Validators(*row) if row else NOTHING_KNOWN

    def keep_validators(self, url: str, validators: Validators, now: float) -> None:
        """Remember a page that was dealt with."""
        row = (url, validators.etag, validators.last_modified, now)
        with self._lock:
            self._base.execute("insert or replace into fetched values (?, ?, ?, ?)", row)

    def sent(self, key: str) -> Sent | None:
        """Return what was handed on under a key."""
        with self._lock:
            found = self._base.execute("select url, entry, text, whole, due from sent where key = ?", (key,)).fetchone()
        return Sent(found[0], found[1], found[2], bool(found[3]), found[4]) if found else None

    def keep_sent(self, key: str, sent: Sent, now: float) -> None:
        """Remember what was handed on."""
        row = (key, sent.url, sent.entry, sent.text, int(sent.whole), sent.due, now)
        with self._lock:
            self._base.execute("insert or replace into sent values (?, ?, ?, ?, ?, ?, ?)", row)

    def is_taken(self, url: str, key: str) -> bool:
        """Return whether another key has this address."""
        with self._lock:
            row = self._base.execute("select 1 from sent where url = ? and key <> ? limit 1", (url, key)).fetchone()
        return row is not None

    def close(self) -> None:
        """Close the file."""
        self._base.close()
