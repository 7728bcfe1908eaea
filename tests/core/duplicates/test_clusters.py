from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.article import Origin
from pipelines.core.duplicates.clusters import ClusterIndex, Copy, Linked
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.verdict import Match

HOUR = 60 * 60 * 1000
HORIZON = 72 * HOUR


def seen(name: str, hour: int) -> Sighting:
    return Sighting(hour * HOUR, name, Origin("t", 0, ord(name)), f"text {name}", "masdar")


A, B, C, D = (seen(name, hour) for hour, name in enumerate("abcd"))


def copy(sighting: Sighting, *originals: Sighting, similarity: float = 0.7, kind: str = "near") -> Copy:
    return Copy(sighting, 0, tuple(Match(one, kind, similarity, 0.9) for one in originals), is_dropped=True)


def link(index: ClusterIndex, *copies: Copy) -> list[Linked]:
    return [linked for _, linked in index.add(copies)[0]]


def test_a_copy_of_a_copy_is_of_the_first_ones_cluster_though_nothing_is_left_of_the_first() -> None:
    linked = link(ClusterIndex(HORIZON), copy(B, A), copy(C, B), copy(D, C))
    assert {one.root_id for one in linked} == {"a"}
    assert len({one.cluster_id for one in linked}) == 1
    assert [one.match.original for one in linked] == [A, B, C]


def test_an_original_is_named_rather_than_a_nearer_copy_of_it() -> None:
    matches = (Match(A, "near", 0.6, 0.9), Match(B, "near", 0.95, 1.0))
    [_, linked] = link(ClusterIndex(HORIZON), copy(B, A), Copy(C, 0, matches, is_dropped=True))
    assert linked.match.original == A


def test_the_cluster_is_that_of_the_most_similar_one_and_not_that_of_the_oldest() -> None:
    matches = (Match(A, "near", 0.5, 0.9), Match(B, "near", 0.9, 0.9))
    [linked] = link(ClusterIndex(HORIZON), Copy(C, 0, matches, is_dropped=True))
    assert (linked.match.original, linked.root_id) == (B, "b")


def test_a_near_copy_of_an_original_is_named_rather_than_one_within_another() -> None:
    matches = (Match(B, "contained", 0.7, 0.9), Match(C, "near", 0.7, 0.9))
    linked = link(ClusterIndex(HORIZON), copy(B, A), copy(C, A), Copy(D, 0, matches, is_dropped=True))[-1]
    assert (linked.match.original, linked.root_id) == (C, "a")


def test_an_article_seen_again_begins_no_cluster_but_its_own() -> None:
    index = ClusterIndex(HORIZON)
    outputs, kept = index.add([copy(A, A, kind="exact")])
    assert [(linked.root_id, at) for at, linked in outputs] == [("a", 0)]
    assert not kept
    assert [one.root_id for one in link(index, copy(B, A))] == ["a"]


@given(st.permutations([copy(B, A), copy(C, B), copy(D, B, C)]))
def test_in_one_batch_the_order_is_of_no_matter(order: list[Copy]) -> None:
    assert ClusterIndex(HORIZON).add(order) == ClusterIndex(HORIZON).add([copy(B, A), copy(C, B), copy(D, B, C)])


@given(st.integers(0, 3), st.booleans())
def test_an_index_read_back_links_like_the_one_that_never_stopped(cut: int, is_expired: bool) -> None:
    copies = [copy(B, A), copy(C, B), copy(D, C)]
    running, restarted = ClusterIndex(HORIZON), ClusterIndex(HORIZON)
    _, kept = running.add(copies[:cut])
    restarted.load(running.expire(3 * HOUR) if is_expired else kept)
    assert restarted.add(copies[cut:]) == running.add(copies[cut:])


def test_what_is_older_than_the_horizon_is_forgotten() -> None:
    index = ClusterIndex(HORIZON)
    index.add([copy(B, A), copy(C, B)])
    assert [one.article_id for one in index.expire(HORIZON + 2 * HOUR)] == ["c"]
    assert [one.root_id for one in link(index, copy(D, C))] == ["a"]
    assert index.expire(HORIZON + 4 * HOUR) == []
