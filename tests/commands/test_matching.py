from pathlib import Path
from typing import Any

import pytest

from pipelines.commands.matching import read_filters
from pipelines.options import WrongOption
from schemas.catalog import folder
from schemas.plain_json import from_json

MEETING = from_json("event", (Path(str(folder())) / "examples/event/2/meeting.json").read_bytes())


def holds(text: str, fields: dict[str, Any] = MEETING) -> bool:
    [found] = read_filters([text], "event")
    return found(fields)


@pytest.mark.parametrize(
    "text",
    [
        *("type=CONSULT", "type!=PROTEST", "mode=visit", "negated=false", "place.country=IQ"),
        *("actors.name~البصره", "confidence>=0.1", "confidence<=1", "date.value>=2024-03-01", "outlets=masdar"),
    ],
)
def test_a_field_that_says_so_is_wanted(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize("text", ["type=consult", "type!=CONSULT", "negated=true", "confidence>=1.01", "place.qid~a"])
def test_a_field_that_says_otherwise_is_not(text: str) -> None:
    assert not holds(text)


def test_no_item_of_a_list_may_be_what_must_not_be() -> None:
    assert not holds("outlets!=masdar")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("type", "write FIELD=VALUE"),
        ("typ=X", "no field typ. Did you mean type?"),
        ("confidence>=much", "'much' is no number"),
    ],
)
def test_what_cannot_be_asked_is_told(text: str, told: str) -> None:
    with pytest.raises(WrongOption, match=told.replace("?", r"\?")):
        read_filters([text], "event")
