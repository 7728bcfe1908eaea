import pytest
from kafka import TopicPartition
from kafka.errors import KafkaConnectionError, MetadataEmptyBrokerList, RetriableError, TopicAuthorizationFailedError

from connectors.kafka import consume
from connectors.kafka.consume import NoSuchTopic, places_of


class Waking:
    """A consumer whose broker fails as given, one failure a question, before it answers."""

    def __init__(self, *failures: Exception, partitions: set[int] | None = None) -> None:
        self.failures = list(failures)
        self.partitions = partitions

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        if self.failures:
            raise self.failures.pop(0)
        return self.partitions


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consume, "ASKED_EVERY_S", 0.0)


def test_a_broker_that_is_just_waking_is_asked_again() -> None:
    waking = Waking(MetadataEmptyBrokerList(), KafkaConnectionError("closed"), partitions={1, 0})
    assert places_of(waking, "news") == [TopicPartition("news", 0), TopicPartition("news", 1)]


def test_it_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consume, "ASKED_FOR_S", -1.0)
    with pytest.raises(RetriableError):
        places_of(Waking(KafkaConnectionError("closed"), partitions={0}), "news")


def test_what_will_not_get_better_is_said_at_once() -> None:
    refusing = Waking(TopicAuthorizationFailedError("no"), KafkaConnectionError("not asked again"))
    with pytest.raises(TopicAuthorizationFailedError):
        places_of(refusing, "news")
    assert len(refusing.failures) == 1
    with pytest.raises(NoSuchTopic):
        places_of(Waking(), "news")
