import json

import pytest
from typer.testing import CliRunner

from connectors.message import Message
from pipelines.cli import app
from pipelines.field_names import read_names, rename, rename_message
from pipelines.options import WrongOption

THEIRS = {"headline": "زيارة", "content": {"text": "وصل الوزير إلى بغداد اليوم."}, "date": "2026-03-10"}
MAPPED = ["title=headline", "body=content.text", "published_at=date", 'source="ahram"']


def test_a_path_leads_into_what_is_nested_and_a_quoted_word_is_said_of_all() -> None:
    told = json.loads(rename(json.dumps(THEIRS).encode(), read_names(MAPPED)))
    assert (told["title"], told["body"], told["source"]) == (THEIRS["headline"], "وصل الوزير إلى بغداد اليوم.", "ahram")


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b"\xff"])
def test_what_is_no_object_stays_as_it_is(value: bytes) -> None:
    assert rename(value, {"body": "text"}) == value


def test_a_message_keeps_its_place() -> None:
    message = Message(b'{"text":1}', "t", 0, 7)
    assert rename_message(message, {"body": "text"}) == Message(b'{"text":1,"body":1}', "t", 0, 7)
    assert rename_message(message, {}) is message


@pytest.mark.parametrize(("text", "told"), [("body", "write OURS=THEIRS"), ("bdy=text", "no field 'bdy'")])
def test_what_is_no_field_of_ours_is_told(text: str, told: str) -> None:
    with pytest.raises(WrongOption, match=told):
        read_names([text])


def test_annotate_reads_other_peoples_lines() -> None:
    flags = [word for text in MAPPED for word in ("--map", text)]
    result = CliRunner().invoke(app, ["annotate", "-", *flags], input=json.dumps(THEIRS))
    assert result.exit_code == 0
    [found] = [json.loads(line) for line in result.stdout.splitlines()]
    assert {date["value"] for date in found["dates"]} == {"2026-03-10"}
