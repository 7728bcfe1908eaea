import pytest

from pipelines.core.duplicates.index import DuplicateIndex
from tests.bench.week import DAY, live

A_DAY = 350  # a two-hundredth of what the pipeline is built for
HORIZON = 3 * DAY


def test_an_index_remembers_no_more_on_the_eighth_day_than_on_the_fourth() -> None:
    index = DuplicateIndex(HORIZON)
    entries, keys = list[int](), list[int]()
    for day in range(8):
        live(index, day, A_DAY)
        stay = index.expire((day + 1) * DAY)
        entries.append(len(stay))
        keys.append(sum(len(one.keys) for one in stay))
    assert entries[0] == pytest.approx(entries[2] / 3, rel=0.1)
    for sizes in (entries, keys):
        assert sizes[3:] == pytest.approx([sizes[3]] * 5, rel=0.1)
