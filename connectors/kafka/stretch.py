"""Name a part of a topic: what to read, without the means to read it."""

from dataclasses import dataclass

ENDLESS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Offsets `start` to `stop` (exclusive; `ENDLESS` to follow the log) of one partition."""

    topic: str
    partition: int
    start: int
    stop: int = ENDLESS
