import re
from html.parser import HTMLParser
from itertools import pairwise

import rasid

TITLE, BODY = "زلزال يضرب <المغرب>", "قال وزير الخارجية المصري سامح شكري إن مصر وبغداد وقعتا اتفاقا. وغادر بيروت."
ARTICLE = rasid.read({"title": TITLE, "body": BODY, "published_at": "2026-03-10"})


class Page(HTMLParser):
    """What a page shows, and what of it is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.marked, self.styles = "", list[str](), list[str]()
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "mark" or self._inside
        self.styles += [value or "" for name, value in attrs if tag == "mark" and name == "style"]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += [data] * self._inside


def test_the_page_reads_from_right_to_left_and_loses_no_letter() -> None:
    html = ARTICLE._repr_html_()
    page = Page(html)
    assert html.startswith('<div dir="rtl" lang="ar"')
    assert page.text.startswith(TITLE + BODY)


def test_names_are_marked_so_that_letters_stay_joined() -> None:
    page = Page(ARTICLE._repr_html_())
    assert {"سامح شكري", "بيروت"} <= set(page.marked)
    assert "بغداد" in page.marked, "the name alone, without the و joined to it"
    assert all("padding:0;margin:0;border:0" in style for style in page.styles)


def test_spacy_gets_one_text_and_where_the_names_stand_in_it() -> None:
    text, told = ARTICLE.to_spacy()
    assert text == f"{TITLE}\n{BODY}"
    spans = told["entities"]
    assert {(text[start:end], kind) for start, end, kind in spans} >= {("سامح شكري", "PER"), ("بيروت", "LOC")}
    assert all(end <= following[0] for (_, end, _), following in pairwise(spans))
    shown = ARTICLE.to_displacy()
    assert [(one["start"], one["end"], one["label"]) for one in shown["ents"]] == spans


def test_conll_has_a_line_for_each_word_and_a_gap_behind_each_sentence() -> None:
    blocks = ARTICLE.to_conll().strip().split("\n\n")
    assert len(blocks) == 3
    rows = [line.split("\t") for block in blocks for line in block.splitlines()]
    assert re.sub(r"\s", "", TITLE + BODY) == "".join(word for word, _ in rows)
    tags = dict(rows)
    assert (tags["سامح"], tags["شكري"], tags["وبغداد"], tags["قال"]) == ("B-PER", "I-PER", "B-LOC", "O")
