import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from pipelines.transforms import memory as kept_in
from pipelines.transforms.memory import GIVEN_BACK_EVERY, Heap, Memory


@dataclass
class Heard:
    """Remembers numbers, and each time they were loaded."""

    numbers: list[int] = field(default_factory=list)
    loads: list[list[int]] = field(default_factory=list)

    def add(self, batch: Sequence[int]) -> tuple[list[tuple[int, int]], list[int]]:
        self.numbers += batch
        return [], list(batch)

    def load(self, entries: Iterable[int]) -> None:
        self.loads.append(list(entries))
        self.numbers += self.loads[-1]

    def expire(self, before: int) -> list[int]:
        self.numbers = [one for one in self.numbers if one >= before]
        return list(self.numbers)


def add(memory: Memory, name: str, *numbers: int) -> None:
    memory.keep(name, memory.index(name, Heard).add(numbers)[1])


def test_an_index_lives_from_one_batch_to_the_next() -> None:
    memory = Memory()
    add(memory, "one", 1)
    add(memory, "one", 2)
    assert memory.index("one", Heard).numbers == [1, 2]
    assert memory.index("two", Heard).numbers == []


def test_what_was_kept_makes_the_same_again_batch_by_batch() -> None:
    memory, again = Memory(), Memory()
    for number in range(3):
        add(memory, "one", number)
        add(memory, "two", 10 * number)
        again.load(memory.take_kept())
    assert again.index("one", Heard).loads == [[0], [1], [2]]
    assert again.index("two", Heard).numbers == [0, 10, 20]
    assert again.take_kept() == [], "what was loaded is kept already"


def test_no_garbage_is_looked_for_while_what_was_kept_is_loaded() -> None:
    collects: list[bool] = []

    class Looking(Heard):
        def load(self, entries: Iterable[int]) -> None:
            collects.append(gc.isenabled())

    memory = Memory()
    memory.load([("one", [1])])
    memory.index("one", Looking)
    assert collects == [False]
    assert gc.isenabled()


def test_what_was_kept_is_taken_once() -> None:
    memory = Memory()
    add(memory, "one", 1)
    add(memory, "one")
    assert memory.take_kept() == [("one", [1])]
    assert memory.take_kept() == []


def test_what_stays_when_the_rest_is_forgotten_is_all_that_is_needed() -> None:
    memory, again = Memory(), Memory()
    add(memory, "one", 1, 5)
    add(memory, "two", 2, 6)
    again.load(memory.expire(5))
    assert (again.index("one", Heard).numbers, again.index("two", Heard).numbers) == ([5], [6])


def test_what_was_loaded_for_an_index_that_nobody_asked_for_yet_stays() -> None:
    memory, again = Memory(), Memory()
    memory.load([("one", [1]), ("two", [2]), ("two", [3])])
    add(memory, "one", 5)
    again.load(memory.expire(1))
    assert again.index("one", Heard).numbers == [1, 5]
    assert again.index("two", Heard).numbers == [2, 3]


def test_it_knows_how_many_entries_there_are() -> None:
    memory = Memory()
    memory.load([("one", [1, 2]), ("two", [3])])
    add(memory, "one", 4, 5)
    assert memory.entries == {"one": 4, "two": 1}
    memory.expire(4)
    assert memory.entries == {"one": 2, "two": 1}
    memory.clear()
    assert memory.entries == {}


def test_cleared_it_knows_nothing() -> None:
    memory = Memory()
    memory.load([("one", [1])])
    add(memory, "two", 2)
    memory.now = None
    memory.clear()
    assert memory.now == 0
    assert memory.take_kept() == []
    assert memory.expire(0) == []
    assert memory.index("one", Heard).numbers == []


def test_freed_memory_is_given_back_once_in_so_many_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(kept_in, "_C", SimpleNamespace(malloc_trim=kept.append))
    heap = Heap()
    for articles in (GIVEN_BACK_EVERY - 1, 1, 2 * GIVEN_BACK_EVERY, 1):
        heap.note(articles)
    assert kept == [0, 0]


def test_another_c_library_keeps_what_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_in, "_C", SimpleNamespace())
    heap = Heap()
    heap.note(GIVEN_BACK_EVERY)
    assert heap == Heap(), "it begins to count again"
