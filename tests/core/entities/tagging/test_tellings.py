import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.reading import Reading
from pipelines.core.entities.tagging.stretches import cut_stretches
from pipelines.core.entities.tagging.tagger import load_tagger
from pipelines.core.entities.tagging.tellings import find_triggers
from pipelines.core.events.event import TYPES

_TITLE = "مقتل ثلاثه جنود في هجوم شمال حلب"
_LEAD = "قتل ثلاثه جنود امس الاحد في هجوم شنه مسلحون مجهولون شمال مدينه حلب , بحسب مصدر امني ."
ARTICLE = [_TITLE.split(" "), _LEAD.split(" ")]
_WORDS = st.lists(st.lists(st.sampled_from(ARTICLE[1]), max_size=30), max_size=6)


def read(sentences: list[list[str]]) -> Reading:
    return load_tagger().read(sentences, [find_known(sentence) for sentence in sentences])


def test_finds_who_did_what_to_whom_and_where() -> None:
    words = [word for sentence in ARTICLE for word in sentence]
    told = [one for one in read(ARTICLE).tellings if one.sentence == 1]
    assert {one.type for one in told} == {"ASSAULT"}
    named = {(part.role, " ".join(words[part.first : part.last])) for one in told for part in one.parts}
    assert {("actor", "مسلحون مجهولون"), ("recipient", "ثلاثه جنود")} <= named


@settings(deadline=None)
@given(_WORDS)
def test_tellings_stand_in_their_sentence_and_their_parts_in_the_article(sentences: list[list[str]]) -> None:
    ends = np.cumsum([0, *map(len, sentences)])
    for telling in read(sentences).tellings:
        assert ends[telling.sentence] <= telling.first < telling.last <= ends[telling.sentence + 1]
        assert all(0 <= part.first < part.last <= ends[-1] for part in telling.parts)
        assert 0 < telling.confidence <= 1


def test_words_of_one_type_side_by_side_name_one_event_and_never_across_sentences() -> None:
    chances = np.full((4, 1 + len(TYPES)), 0.01)
    chances[1:, 3] = 0.9
    chances[:, 0] = 1 - chances[:, 1:].sum(axis=1)
    found = find_triggers(chances, [3, 1], 0.5)
    assert [(one.sentence, one.first, one.last, one.kind) for one in found] == [(0, 1, 3, 2), (1, 3, 4, 2)]


@pytest.mark.parametrize("lengths", [[], [0], [500], [3, 0, 200, 130, 1]])
def test_stretches_hold_every_word_once_but_for_the_title_that_each_begins_with(lengths: list[int]) -> None:
    stretches = list(cut_stretches(lengths))
    own = [word for stretch in stretches for word in stretch.words[stretch.context :]]
    assert own == list(range(sum(lengths)))
    assert all(len(stretch.words) <= 150 for stretch in stretches)
