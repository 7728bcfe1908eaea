"""Which articles have a key, in eight bytes each: so many keys lead to an article that none can be an object."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct

SLOTS = 1 << 16
"""Keys are listed in so many slots, half a megabyte, whatever their number: fourteen in each at 100,000 articles."""
_ENTRY = Struct("=II")


@dataclass
class Holders:
    """Articles by their keys, both of them numbers of 32 bits."""

    _slots: list[bytes] = field(default_factory=lambda: [b""] * SLOTS)

    def add(self, key: int, article: int) -> None:
        """List an article under a key."""
        self._slots[key % SLOTS] += _ENTRY.pack(key, article)

    def under(self, key: int) -> list[int]:
        """Return the articles that are listed under a key, in the order in which they came.

        >>> holders = Holders()
        >>> for article, key in enumerate((5, 5 + SLOTS, 5)):
        ...     holders.add(key, article)
        >>> holders.under(5), holders.under(6)
        ([0, 2], [])
        """
        slot = self._slots[key % SLOTS]
        return [article for other, article in _ENTRY.iter_unpack(slot) if other == key] if slot else []

    def clear(self) -> None:
        """Forget all."""
        self._slots = [b""] * SLOTS

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield each key with each article under it."""
        for slot in self._slots:
            yield from _ENTRY.iter_unpack(slot)
