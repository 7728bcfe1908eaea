"""What the page carries is what its card says, and all that it needs is there."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from pipelines.core.events.event import TYPES
from pipelines.core.rejection import REASONS
from pipelines.page.words import LANGUAGES, Voice, _words

HOME = Path(str(files("pipelines").joinpath("page")))
VENDOR = HOME / "static" / "vendor"
CARD = (VENDOR / "CARD.md").read_text("utf-8")
TEMPLATES = "\n".join(path.read_text("utf-8") for path in sorted((HOME / "templates").glob("*.html")))


@pytest.mark.parametrize(
    "path", sorted(path for path in VENDOR.iterdir() if path.suffix != ".md"), ids=lambda p: p.name
)
def test_every_file_of_others_is_the_one_the_card_names(path: Path) -> None:
    assert re.search(
        rf"^\| {path.name} \| .* \| {hashlib.sha256(path.read_bytes()).hexdigest()} \|$", CARD, re.MULTILINE
    )


def test_every_word_that_a_screen_says_is_there_in_both_languages() -> None:
    used = set(re.findall(r'v\.t\("([a-z0-9_.]+[a-z0-9_])"[,)]', TEMPLATES))
    assert used <= set(_words())
    assert all(arabic and english for arabic, english in _words().values())


def test_no_word_is_left_over() -> None:
    counted = set(re.findall(r"v\.count\([\"']([a-z.]+)[\"']", TEMPLATES))
    looked_up = set(re.findall(r"[\"']([a-z]+\.)[\"'] ~", TEMPLATES))
    for key in _words():
        told = re.search(rf"[\"']{re.escape(key)}[\"']", TEMPLATES) or key.rpartition(".")[0] in counted
        assert told or key.startswith((*looked_up, "apart.", "feed.")), key


def test_types_and_reasons_have_names() -> None:
    for language in LANGUAGES:
        voice = Voice(language)
        assert all(voice.t(f"type.{one}") for one in TYPES)
        assert all(voice.t(f"{kind}.{one}") for one in REASONS for kind in ("reason", "mend"))


def test_the_page_loads_nothing_from_elsewhere() -> None:
    css = (HOME / "static" / "page.css").read_text("utf-8")
    assert all(not address.startswith(("http", "//", "data")) for address in re.findall(r'url\("?([^")]+)', css))
    assert not re.search(
        r"\b(left|right|margin-left|margin-right|padding-left|padding-right|text-align: (left|right))\b:?", css
    )
