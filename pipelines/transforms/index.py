"""What an index must be able to do for a pipeline to ask it, whoever keeps it."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
U = TypeVar("U")
E = TypeVar("E")


class Index(Protocol[T_contra, U, E]):
    """A pure, bounded memory of what came before (`core`); times are in milliseconds."""

    def add(self, batch: Sequence[T_contra]) -> tuple[list[tuple[int, U]], list[E]]:
        """Take in a batch; return outputs with their event times, and the entries to keep."""

    def load(self, entries: Iterable[E]) -> None:
        """Take back entries that `add` gave to keep."""

    def expire(self, before: int) -> list[E]:
        """Forget what no element after `before` can need; return the entries that stay."""
