import uuid

import pytest

from connectors.kafka.admin import TopicSpec, cluster_id, create_topics, id_of_topic, recreate_topic, topic_ids
from connectors.kafka.connection import KafkaConnection
from connectors.kafka.consume import NoSuchTopic

pytestmark = pytest.mark.integration


def test_a_topic_made_anew_has_another_id_and_its_neighbour_keeps_its_own(kafka: str) -> None:
    connection, names = KafkaConnection(kafka), ["known.a", "known.b"]
    create_topics(kafka, [TopicSpec(name) for name in names])
    first = topic_ids(connection, names)
    assert set(first) == set(names)
    assert len({uuid.UUID(one) for one in first.values()} - {uuid.UUID(int=0)}) == 2
    assert {name: id_of_topic(connection, name) for name in names} == first
    recreate_topic(kafka, TopicSpec("known.a"))
    second = topic_ids(connection, names)
    assert second["known.a"] != first["known.a"]
    assert second["known.b"] == first["known.b"]


def test_the_id_of_a_topic_that_is_not_there_is_not_made_up_and_the_topic_not_made(kafka: str) -> None:
    connection = KafkaConnection(kafka)
    create_topics(kafka, [TopicSpec("known.c")])
    for _ in range(2):
        with pytest.raises(NoSuchTopic, match=r"known\.absent"):
            topic_ids(connection, ["known.c", "known.absent"])


def test_a_cluster_has_one_id(kafka: str) -> None:
    assert cluster_id(KafkaConnection(kafka)) == cluster_id(KafkaConnection(kafka)) != "None"
