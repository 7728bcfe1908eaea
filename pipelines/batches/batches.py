"""What a run asks of where its messages come from."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from connectors.message import Message


class Batches(Protocol):
    """Messages to be read, batch by batch."""

    total: int | None

    def read(self, wait_s: float) -> list[Message]:
        """Return the next batch; nothing where nothing came within `wait_s` seconds."""

    @property
    def is_at_end(self) -> bool:
        """Return whether all is read that was to be read."""

    @property
    def position(self) -> Mapping[str, Any]:
        """Return how far each topic, by its id, or each file was read, to go on from."""

    @property
    def expired(self) -> int:
        """Return how many messages are gone that were never read."""

    @property
    def is_behind(self) -> bool:
        """Return whether messages that have their line already are still to be read, as far as that is known."""

    @property
    def waiting_s(self) -> float:
        """Return for how many seconds nobody has answered."""

    @property
    def lag(self) -> Mapping[int, int]:
        """Return by partition how many offsets there are that were not read yet, as far as that is known."""

    @property
    def behind(self) -> Collection[int]:
        """Return the partitions that have more to be read."""

    def close(self) -> None:
        """Let go of what is open."""
