import io

import pytest
from rich.console import Console
from rich.text import Text

from pipelines.commands.layout import make_console, print_block, print_rows
from pipelines.commands.links import link, site

SENTENCE = "التقى محافظ البصرة وفدا من الكويت وبحثا معه مشاريع الطاقة والمياه والنقل والموانئ في جنوب البلاد"
WORDS = SENTENCE.split(" ")
BLOCK = Text(f"CONSULT\n    {' '.join(WORDS)}\n    told by 2 outlets")


def printed(width: int | None, block: Text) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None)
    print_block(console, block)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_a_line_is_as_wide_as_the_terminal_and_cut_between_words(width: int) -> None:
    lines = printed(width, BLOCK)
    assert [word for line in lines[1:-1] for word in line.split()] == WORDS
    assert all(len(line) <= width for line in lines)
    assert all(line.startswith("    ") for line in lines[1:])


def test_a_word_longer_than_the_terminal_stays_whole() -> None:
    assert printed(24, Text("a " + "w" * 60)) == ["a", "w" * 60]


def test_in_a_pipe_each_thing_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_block(make_console(), BLOCK)
    assert capsys.readouterr().out.splitlines() == BLOCK.plain.splitlines()


def table(width: int) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None)
    print_rows(console, ["event_id", "quote"], [["0123456789abcdef0123", " ".join(WORDS)], ["b", "c"]])
    return out.getvalue().splitlines()


def test_a_table_that_fits_is_a_table() -> None:
    assert table(60)[0].startswith("┏")
    assert any("0123456789abcdef0123" in line for line in table(60))


def test_a_table_that_would_cut_a_word_is_lines_of_names_and_values() -> None:
    lines = table(30)
    assert lines[0] == "event_id  0123456789abcdef0123"
    assert "" in lines
    assert lines[-1] == "quote     c"


def test_an_address_shows_its_site_and_leads_there() -> None:
    address = "https://www.example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/17"
    assert (site(address), site("urn:x"), site("http://[")) == ("example.org", "", "")
    assert getattr(link(address).style, "link", None) == address
    assert getattr(link("https://example.org/\x1b]8;;").style, "link", None) is None
