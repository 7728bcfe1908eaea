"""Take out of other people's texts what turns the direction of all that follows."""

import re
from typing import Any

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without_turns(text: str) -> str:
    r"""Return a text without embeddings, overrides and isolates (UAX 9); marks, which turn nothing else, stay.

    >>> without_turns("خبر\u202eعاجل")
    'خبرعاجل'
    """
    return _TURNS.sub("", text) if _TURNS.search(text) else text


def all_without_turns(told: Any) -> Any:
    r"""Return what JSON can hold, with all its texts so.

    >>> all_without_turns({"title": "خبر\u202e", "n": [1, "\u2067ا"]})
    {'title': 'خبر', 'n': [1, 'ا']}
    """
    if isinstance(told, str):
        return without_turns(told)
    if isinstance(told, dict):
        return {name: all_without_turns(value) for name, value in told.items()}
    return [all_without_turns(one) for one in told] if isinstance(told, list) else told
