from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.count import Counted
from pipelines.core.trends.echo import Echoed, EchoIndex, Spoken, Word, speak

HORIZON = 1000


def spoken(article: int, at: int, *things: str) -> Spoken:
    name = f"a{article}"
    return speak(
        at, name, tuple((("entity", thing), Counted(name, f"paper {article}", thing, "LOC")) for thing in things)
    )


def echoed(article: int, at: int, root: int) -> Echoed:
    return Echoed(at, f"a{article}", f"paper {article}", f"a{root}")


WORDS = st.lists(
    st.one_of(
        st.builds(
            lambda n, at, things: spoken(n, at, *things),
            st.integers(0, 3),
            st.integers(0, 500),
            st.sets(st.sampled_from("xyz")),
        ),
        st.builds(echoed, st.integers(4, 9), st.integers(0, 500), st.integers(0, 3)),
    ),
    max_size=12,
)


def tell(batches: Sequence[Sequence[Word]]) -> set[tuple[int, str, str]]:
    index = EchoIndex(HORIZON)
    told = [pair for batch in batches for pair in index.add(batch)[0]]
    return {(at, key[1], counted.article_id) for at, (key, counted) in told}


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(words: list[Word], random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tell([words]) == tell([[word] for word in shuffled])


def test_a_copy_says_what_its_original_says_in_its_own_name_and_time() -> None:
    assert tell([[spoken(1, 10, "x", "y"), echoed(5, 20, 1), echoed(6, 30, 2)]]) == {
        (10, "x", "a1"),
        (10, "y", "a1"),
        (20, "x", "a5"),
        (20, "y", "a5"),
    }


def test_what_is_older_than_the_horizon_is_forgotten() -> None:
    index = EchoIndex(HORIZON)
    index.add([spoken(1, 10, "x"), spoken(2, 900, "x")])
    stay = index.expire(1500)
    assert [word.article_id for word in stay] == ["a2"]
    assert index.add([echoed(5, 1500, 1)])[0] == []
    again = EchoIndex(HORIZON)
    again.load(stay)
    assert [at for at, _ in again.add([echoed(6, 1600, 2)])[0]] == [1600]
