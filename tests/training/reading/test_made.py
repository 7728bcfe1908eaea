from collections import Counter
from itertools import chain

from pipelines.core.events.event import TYPES
from pipelines.training.reading.labels import label_articles
from pipelines.training.reading.made.write import read_fillers, write_articles

FLAGS = {"negated", "future", "hypothetical", "historical"}


def test_every_made_text_is_read_with_all_its_names_and_events() -> None:
    made = list(write_articles(2))
    articles = list(label_articles(made))
    assert [article.id for article in articles] == [record["id"] for _, record in made]
    for article, (raw, record) in zip(articles, made, strict=True):
        assert len(article.tellings) == len(record["events"]), raw["body"]
        assert sum(tag.startswith("B-") for tag in article.tags) == len(record["mentions"]), raw["body"]


def test_made_texts_use_the_types_and_flags_of_the_guide() -> None:
    events = list(chain.from_iterable(record["events"] for _, record in write_articles(1)))
    assert {event["type"] for event in events} <= set(TYPES)
    flags = Counter(chain.from_iterable(event["flags"] for event in events))
    assert set(flags) == FLAGS
    assert min(flags.values()) >= 8


def test_made_texts_are_the_same_each_time_and_others_with_another_seed() -> None:
    assert list(write_articles(1)) == list(write_articles(1))
    assert list(write_articles(1)) != list(write_articles(1, seed=2))


def test_fillers_have_choices_and_a_type_that_labels_know() -> None:
    for name, filler in read_fillers().items():
        assert filler.type in ("", "PER", "LOC", "ORG", "MISC", "DAY"), name
        assert len(set(filler.words)) == len(filler.words) >= 5, name
