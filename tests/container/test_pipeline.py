import pytest

from tests.integration.desk import SAMPLE_FILES, Desk, decode_all, rasid

pytestmark = pytest.mark.container


def test_the_whole_road_leads_through_a_kafka_in_a_container(container_kafka: str) -> None:
    created = rasid("topics", "create", "--bootstrap", container_kafka)
    assert created.exit_code == 0
    assert "created rasid.ledger" in created.output
    desk = Desk(container_kafka, "contained")
    sent = rasid("produce", "--bootstrap", container_kafka, "--topic", desk.topic, *SAMPLE_FILES)
    assert "122 messages sent" in sent.output
    assert desk.drain().exit_code == 0
    assert decode_all(desk)["ledger"] == 122
    audit = desk.audit()
    assert (audit.exit_code, audit.output) == (0, "clean: 122 messages, each with its one line\n")
