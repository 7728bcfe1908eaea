from datetime import datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import MOST_HOLDERS
from pipelines.core.duplicates.near import NearIndex, Placed
from pipelines.core.duplicates.repeats import Repeats
from pipelines.core.duplicates.sighting import Sighting, see
from pipelines.core.duplicates.signature import Signature, sign
from pipelines.core.units import milliseconds
from tests.core.duplicates.wire import BODY, OTHER_BODY, PARAGRAPHS, START, TITLE, write

DAY = 24 * 3_600_000
HORIZON = 3 * DAY
LONGER = BODY + "\nوحضر الافتتاح سفراء وممثلون عن شركات المقاولات التي نفذت المشروع على مراحل."
SHORTER = "\n".join(PARAGRAPHS[:3])


def seen(name: str, title: str, body: str, at: datetime = START) -> tuple[Sighting, Signature]:
    article = write(title, body, name, at=at)
    return see(article, Origin("t", 0, ord(name[0]))), sign(article)


COPIES = [
    seen("a", TITLE, BODY),
    seen("b", "الجسر الجديد", LONGER, START + timedelta(hours=1)),
    seen("c", "جسر فوق النهر", SHORTER, START + timedelta(hours=2)),
]
OTHER = seen("d", "المتحف ليلا", OTHER_BODY, START + timedelta(hours=3))


def place(pairs: list[tuple[Sighting, Signature]]) -> dict[str, Placed]:
    return {sighting.article_id: placed for sighting, placed in NearIndex(HORIZON).add(pairs)}


def test_copies_are_one_cluster_and_name_its_first_as_the_original() -> None:
    placed = place([*COPIES, OTHER])
    clusters = {placed[sighting.article_id].cluster_id for sighting, _ in COPIES}
    originals = [match.original if match else None for match in (one.match for one in placed.values())]
    assert len(clusters) == 1
    assert originals == [None, COPIES[0][0], COPIES[0][0], None]
    assert placed[OTHER[0].article_id].cluster_id not in clusters


def test_what_comes_together_is_judged_alike_in_every_order() -> None:
    verdicts = [place(list(order)) for order in permutations([*COPIES, OTHER])]
    assert all(verdict == verdicts[0] for verdict in verdicts)


@given(st.permutations([*COPIES, OTHER]))
@settings(deadline=None)
def test_one_at_a_time_in_any_order_a_cluster_keeps_one_original(order: list[tuple[Sighting, Signature]]) -> None:
    index = NearIndex(HORIZON)
    placed = [one for pair in order for _, one in index.add([pair])]
    assert sum(one.match is None for one in placed) == 2
    assert len({one.cluster_id for one in placed}) == 2


@given(st.lists(st.sampled_from([*COPIES, OTHER]), unique_by=id), st.integers(0, 4))
@settings(deadline=None)
def test_batches_of_any_size_are_judged_alike(pairs: list[tuple[Sighting, Signature]], cut: int) -> None:
    pairs.sort(key=lambda pair: pair[0].order)
    index = NearIndex(HORIZON)
    assert index.add(pairs[:cut]) + index.add(pairs[cut:]) == NearIndex(HORIZON).add(pairs)


def test_nothing_is_found_beyond_the_horizon() -> None:
    late = seen("z", "الجسر", LONGER, START + timedelta(days=3, hours=1))
    soon = seen("y", "الجسر", LONGER, START + timedelta(days=2, hours=23))
    assert place([COPIES[0], late])[late[0].article_id].match is None
    assert place([COPIES[0], soon])[soon[0].article_id].match is not None


def test_a_correction_of_the_same_article_is_not_its_own_copy() -> None:
    corrected = seen("a", TITLE, LONGER, START + timedelta(hours=1))
    assert corrected[0].article_id == COPIES[0][0].article_id
    index = NearIndex(HORIZON)
    assert [placed.match for _, placed in index.add([COPIES[0], corrected])] == [None, None]


def test_memory_is_flat_at_a_constant_rate() -> None:
    index, sizes = NearIndex(HORIZON), []
    signatures = [sign(write(f"خبر {number}", f"{PARAGRAPHS[number % 4]} {number}")) for number in range(8)]
    for hour in range(24 * 14):
        at = START + timedelta(hours=hour)
        sighting = Sighting(milliseconds(at), f"{hour:020x}", Origin("t", 0, hour), f"{hour}", "masdar")
        index.add([(sighting, signatures[hour % 8])])
        index.expire(sighting.published)
        sizes.append((len(index), len(index._holders)))
    assert max(sizes[100:]) == sizes[100]


def test_a_key_that_everyone_has_is_listed_only_so_often() -> None:
    index = NearIndex(HORIZON)
    for number in range(MOST_HOLDERS + 20):
        sighting = Sighting(0, f"{number:020x}", Origin("t", 0, number), f"{number}", "masdar")
        index.add([(sighting, COPIES[0][1])])
    assert max(map(len, index._holders.values())) == MOST_HOLDERS
    index.expire(10 * DAY)
    assert (len(index), index._holders) == (0, {})


def test_repeats_tell_exact_near_and_contained_apart() -> None:
    item = seen("e", "افتتاح", "\n".join(PARAGRAPHS[:2]), START + timedelta(hours=4))
    again = seen("f", TITLE, BODY, START + timedelta(hours=5))
    report = seen(
        "g",
        "حصاد",
        "\n".join(
            (OTHER_BODY, " ".join(sorted(OTHER_BODY.split())), " ".join(sorted(OTHER_BODY.split(), key=len)), BODY)
        ),
        START + timedelta(hours=6),
    )
    repeats = Repeats(HORIZON)
    found = [one for _, one in repeats.add([*COPIES, item, again, report])]
    assert [one.kind for one in found] == ["near", "near", "contained", "exact", "contained"]
    assert {one.original.article_id for one in found} == {COPIES[0][0].article_id}
    assert len({one.cluster_id for one in found}) == 1


def test_a_bare_title_that_comes_every_day_repeats_nothing() -> None:
    repeats = Repeats(HORIZON)
    assert repeats.add([seen(name, "كاريكاتير", "") for name in "pq"]) == []
