import pytest

from connectors.files.layout import file_name
from connectors.message import Message
from pipelines.core.rejection import Undecodable
from pipelines.transforms.deliver_records import deliver_rejection
from pipelines.transforms.refused import Refused


@pytest.mark.parametrize("timestamp", [-1, 1_773_136_800_000_000, 2**63 - 1])
def test_a_refused_message_whose_producer_gave_no_time_that_is_one_is_undated(timestamp: int) -> None:
    message = Message(b"{", "t", 0, 7, timestamp=timestamp, origin_id="id")
    delivery = deliver_rejection(Refused(message, "decode", Undecodable("It is cut short.")))
    assert delivery.line is not None
    assert (delivery.timestamp, delivery.line.timestamp) == (None, None)
    assert file_name("rejection", delivery.timestamp, "") == "rejection/date=undated/hour=00/rejection-undated"


def test_a_refused_message_is_filed_by_the_time_its_producer_gave() -> None:
    message = Message(b"{", "t", 0, 7, timestamp=1_773_136_800_000, origin_id="id")
    delivery = deliver_rejection(Refused(message, "decode", Undecodable("It is cut short.")))
    assert delivery.line is not None
    assert (delivery.timestamp, delivery.line.timestamp) == (1_773_136_800_000, 1_773_136_800_000)
    assert delivery.place == ("t", 0, 7, "id")
    assert delivery.outcome == "rejection"
