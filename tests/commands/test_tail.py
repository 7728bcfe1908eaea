from pathlib import Path

import pytest

from connectors.message import Message
from pipelines.commands.tail import full_name, show
from schemas.catalog import folder
from schemas.codec import encode
from schemas.plain_json import from_json, to_json

MEETING = from_json("event", (Path(str(folder())) / "examples/event/1/meeting.json").read_bytes())


def test_a_topic_of_ours_may_be_named_short() -> None:
    assert (full_name("rejections"), full_name("news")) == ("rasid.rejections", "news")


def test_shows_avro_and_json_and_says_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    raw = '{"source": "marfa", "title": "أمطار على الساحل"}'.encode()
    values = [encode("event", MEETING), b"\xc3\x01garbled!", raw]
    show([Message(value, "news", 0, offset) for offset, value in enumerate(values)], as_json=False)
    shown = capsys.readouterr()
    assert "CONSULT visit" in shown.out
    assert "أمطار على الساحل" in shown.out
    assert shown.err.startswith("news/0@1: The message names an Avro schema")


def test_json_is_the_whole_record_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    show([Message(encode("event", MEETING), "rasid.events", 0, 0)] * 2, as_json=True)
    assert capsys.readouterr().out.encode() == (to_json(MEETING) + b"\n") * 2
