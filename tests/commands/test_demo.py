from pathlib import Path

import pytest

from connectors.message import Message
from pipelines.commands.demo import show_messages
from schemas.catalog import folder
from schemas.codec import encode
from schemas.plain_json import from_json

MEETING = from_json("event", (Path(str(folder())) / "examples/event/1/meeting.json").read_bytes())


def test_events_are_shown_as_their_messages_come(capsys: pytest.CaptureFixture[str]) -> None:
    show_messages(iter([Message(encode("event", MEETING), "rasid.events", 0, 0)]))
    assert MEETING["type"] in capsys.readouterr().out
