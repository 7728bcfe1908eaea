import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.entities.tagging.stretches import cut_stretches
from pipelines.training.device.course.stretches import WIDE, cut, lay_out

LENGTHS = st.lists(st.one_of(st.integers(0, 40), st.integers(0, 400)), max_size=12)


@given(LENGTHS)
def test_the_course_cuts_articles_as_the_product_does(lengths: list[int]) -> None:
    wanted = [(stretch.words, stretch.sentences, stretch.context) for stretch in cut_stretches(lengths)]
    found = [
        (
            [place + at for place, size, _ in segments for at in range(size)],
            [sentence for _, size, sentence in segments for _ in range(size)],
            context,
        )
        for segments, context in cut(lengths)
    ]
    assert found == wanted


@given(LENGTHS)
def test_without_a_title_no_word_is_read_twice(lengths: list[int]) -> None:
    layout = lay_out([lengths], titled=False)
    assert layout.words[layout.words >= 0].tolist() == list(range(sum(lengths)))
    assert not layout.contexts.any()


@given(st.lists(LENGTHS, min_size=1, max_size=4))
def test_a_layout_holds_each_word_once_as_its_stretch_s_own(articles: list[list[int]]) -> None:
    layout = lay_out(articles)
    own = [
        (words >= 0) & (np.arange(WIDE) >= context) for words, context in zip(layout[0], layout.contexts, strict=True)
    ]
    for number, lengths in enumerate(articles):
        rows = np.flatnonzero(layout.articles == number)
        assert [word for row in rows for word in layout.words[row][own[row]]] == list(range(sum(lengths)))
    assert (layout.ends.sum(1) >= 1).all()
    assert not layout.ends[layout.words < 0].any()
