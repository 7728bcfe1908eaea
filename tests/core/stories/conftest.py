"""Articles of a few words to gather into stories."""

from array import array
from collections.abc import Callable
from zlib import crc32

import pytest

from pipelines.core.stories.telling import UNIT, Copied, Facts, Telling, pack_facts
from pipelines.core.units import HOUR
from tests.core.stories.reports import reported

Tell = Callable[..., Telling]
Copy = Callable[..., Copied]


@pytest.fixture
def tell() -> Tell:
    """Return a maker of articles: a number, the words it can be told by, the hour, the outlet."""

    def make(number: int, words: str, hour: float = 0, source: str = "", revision: int = 0, title: str = "") -> Telling:
        keys = [crc32(word.encode()) for word in words.split()]
        facts = Facts(
            title or f"عنوان من كلمات {number}",
            f"https://n.example/{number}",
            "LY",
            None,
            (reported(f"e{number}"),),
            (),
        )
        return Telling(
            int(hour * HOUR),
            f"a{number:03}",
            revision,
            source or f"paper {number % 3}",
            array("I", keys).tobytes(),
            array("H", [UNIT] * len(keys)).tobytes(),
            array("H", [0] * len(keys)).tobytes(),
            pack_facts(facts),
        )

    return make


@pytest.fixture
def copy() -> Copy:
    """Return a maker of copies: a number, that of its original, the hour, the outlet."""

    def make(number: int, original: int, hour: float = 0, source: str = "") -> Copied:
        source = source or f"paper {number % 3}"
        return Copied(int(hour * HOUR), f"a{number:03}", 0, source, f"a{original:03}", None, "LY", "وكالة المرسى")

    return make
