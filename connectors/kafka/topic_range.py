"""Name a part of a topic: what to read, without the means to read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ENDLESS = 2**63 - 1

Start = Literal["resume", "earliest", "latest"] | datetime
"""Where reading a topic begins."""


@dataclass(frozen=True, slots=True)
class TopicRange:
    """Offsets `start` to `stop` (exclusive; `ENDLESS` to follow the log) of one partition."""

    topic: str
    partition: int
    start: int
    stop: int = ENDLESS
