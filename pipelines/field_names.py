"""Other people's names for the fields of an article: `--map body=maintext`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from connectors.message import Message
from pipelines.options import WrongOption
from schemas.catalog import load_schema

Names = Mapping[str, str]
"""Their field by ours; a path (content.text) leads into what is nested, and what stands in quotes is said of all."""


def read_names(texts: Sequence[str] | None) -> dict[str, str]:
    """Read what `--map` says; raises WrongOption where that is no field of an article.

    >>> read_names(["body=maintext", 'source="ahram"'])
    {'body': 'maintext', 'source': '"ahram"'}
    """
    ours = [field["name"] for field in load_schema("raw_article")["fields"]]
    found = {}
    for text in texts or ():
        name, equals, theirs = text.partition("=")
        if not equals or not theirs:
            raise WrongOption(f"--map {text!r}: write OURS=THEIRS, such as body=maintext.")
        if name not in ours:
            raise WrongOption(f"--map {text!r}: an article has no field {name!r}; it has {', '.join(ours)}.")
        found[name] = theirs
    return found


def rename(value: bytes, names: Names) -> bytes:
    """Return an article with our names for its fields; what is no JSON object stays as it is.

    >>> rename('{"maintext": "خبر"}'.encode(), {"body": "maintext", "source": '"ahram"'}).decode()
    '{"maintext":"خبر","body":"خبر","source":"ahram"}'
    """
    if not names:
        return value
    try:
        told = orjson.loads(value.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return value
    if not isinstance(told, dict):
        return value
    return orjson.dumps(told | {ours: _find(told, theirs) for ours, theirs in names.items()})


def rename_message(message: Message, names: Names) -> Message:
    """Return a message whose article has our names for its fields."""
    return replace(message, value=rename(message.value, names)) if names else message


def _find(told: Any, theirs: str) -> Any:
    if theirs.startswith('"'):
        return json.loads(theirs) if theirs.endswith('"') and len(theirs) > 1 else theirs.strip('"')
    if isinstance(told, dict) and theirs in told:
        return told[theirs]
    first, _, rest = theirs.partition(".")
    return _find(told.get(first), rest) if rest and isinstance(told, dict) else None
