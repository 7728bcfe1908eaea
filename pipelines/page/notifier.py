"""Tell a webhook which stories of the watches came or grew, by a thread that asks the database and has no queue."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from pipelines.core.ids import digest
from pipelines.page.directions import all_without_turns
from pipelines.page.follower import Follower
from pipelines.page.now import find_changed
from pipelines.page.syndication import story_item
from pipelines.page.watches import Watch, WatchesUnreadable, read_watches
from pipelines.page.words import Voice

LOG = logging.getLogger("rasid")
NAME = "webhook.json"
LOOK_EVERY_S = 2.0
WAIT_S, LONGEST_WAIT_S = 5.0, 300.0
"""So long it waits after nobody took a message: twice as long each time."""
MOST_STORIES = 30
"""A message has so many stories of a watch, the newest; it says how many more there are."""


class Receiver(Protocol):
    """Where messages go, and how they fail: a lost one is dropped, of others the sending is tried again."""

    later: ClassVar[type[Exception]]
    lost: ClassVar[type[Exception]]

    def send(self, name: str, body: bytes) -> None:
        """Send a message under an id; raises `later` or `lost`."""


@dataclass
class Notifier:
    """Tells what the watches in the page's folder find, and remembers there up to which change all was told.

    While nobody takes messages what is to be told stays where it is, in the database: each story once, as it is then.
    """

    follower: Follower
    receiver: Receiver
    folder: Path
    delivered: datetime | None = None
    failing: str = ""
    dropped: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    _wait: float = LOOK_EVERY_S
    _until: int | None = None
    _told: set[str] = field(default_factory=set)
    _anew: int = 0
    _is_beginning: bool = False
    _has_caught_up: bool = False

    def start(self) -> None:
        """Tell in a thread of its own; call it before the page reads."""
        self._begins(self._since())
        self._thread = threading.Thread(target=self._run, daemon=True, name="rasid-page-notifier")
        self._thread.start()

    def close(self) -> None:
        """End the thread; a message that is on its way is not waited for long, and sent again at the next start."""
        self.stop.set()
        self._thread.join(1.0)

    def look(self) -> None:
        """Tell what came or grew since all was told, watch by watch; where nobody takes it, the rest waits."""
        since = self._since()
        if self._begins(since):
            return
        self._until = self._until or self.follower.store.seq
        try:
            for watch in read_watches(self.folder / "watches.json") if self._until > since else ():
                if watch.name not in self._told:
                    self._tell(watch, since, self._until)
                    self._told.add(watch.name)
            if self._until > since:
                self._remember(self._until)
        except (WatchesUnreadable, OSError) as error:
            self._fail(str(error))
        except self.receiver.later as error:
            self._fail(f"Nobody takes what the watches find: {error}. It is sent again.")
        else:
            self._told.clear()
            self.failing, self._wait, self._until = "", LOOK_EVERY_S, None

    def _begins(self, since: int) -> bool:
        """Return whether the page has not yet read what there was before; of that nothing is told where all is new."""
        if since > self.follower.store.seq or self._anew != self.follower.anew:
            self._is_beginning, self._has_caught_up, self._anew = True, False, self.follower.anew
        if self._has_caught_up or self.follower.is_behind:
            return not self._has_caught_up
        self._has_caught_up = True
        if self._is_beginning:
            self._remember(self.follower.store.seq)
        was, self._is_beginning = self._is_beginning, False
        return was

    def _tell(self, watch: Watch, since: int, now: int) -> None:
        for name, body in messages(self.follower.store, watch, since, now):
            if self.stop.is_set():
                raise self.receiver.later("the page ends")
            try:
                self.receiver.send(name, body)
                self.delivered = datetime.now(UTC)
            except self.receiver.lost as error:
                self.dropped += 1
                LOG.warning(f"What the watch {watch.name!r} found was refused, and is dropped: {error}.")

    def _fail(self, why: str) -> None:
        if why != self.failing:
            LOG.warning(why)
        self.failing = why
        self._wait = min(max(WAIT_S, 2 * self._wait), LONGEST_WAIT_S)

    def _since(self) -> int:
        """Return up to which change all was told; one that never comes where that is not known."""
        try:
            return int(json.loads((self.folder / NAME).read_text("utf-8"))["seq"])
        except (OSError, ValueError, LookupError, TypeError):
            return sys.maxsize

    def _remember(self, seq: int) -> None:
        new = self.folder / f"{NAME}.writing"
        new.write_text(json.dumps({"seq": seq}) + "\n", "utf-8")
        new.replace(self.folder / NAME)

    def _run(self) -> None:
        try:
            while not self.stop.wait(self._wait):
                self.look()
        except BaseException as error:  # noqa: BLE001 - handed to whoever started us, who ends with it
            if not self.stop.is_set():
                self.follower.fail(error)


def messages(store: Any, watch: Watch, since: int, now: int) -> Iterator[tuple[str, bytes]]:
    """Yield the message of a watch for the changes of the database after `since` up to `now`, with its id; or none."""
    found = find_changed(store, watch.choice, since, now, MOST_STORIES)
    if found.rows:
        told = {
            "type": "rasid.stories",
            "watch": watch.name,
            "filter": watch.choice.parts,
            "address": watch.choice.address("/"),
            "stories": [story_item(story, Voice(), "") for story in found.rows],
            "more": found.total - len(found.rows),
        }
        body = json.dumps(all_without_turns(told), ensure_ascii=False, separators=(",", ":")).encode()
        yield digest("webhook", watch.name, str(since), str(now)), body
