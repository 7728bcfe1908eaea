from typing import Any

import pytest

from pipelines.core.records import raw_article
from pipelines.core.rejection import MissingField
from schemas import decode_message


def test_takes_every_field_of_a_message() -> None:
    names = ("id", "source", "source_ar", "url", "title", "summary", "body", "published_at", "category", "author")
    fields: dict[str, str | None] = {name: f"<{name}>" for name in names}
    article = raw_article(fields)
    assert {name: getattr(article, name) for name in names} == fields


def test_takes_a_headline_without_a_body_or_a_time() -> None:
    article = raw_article(decode_message('{"source": "sahil", "title": "عاجل: حريق في الميناء"}'.encode()))
    assert (article.title, article.body, article.published_at, article.url) == ("عاجل: حريق في الميناء", "", "", None)


@pytest.mark.parametrize("fields", [{}, {"title": "خبر"}, {"source": "", "title": "خبر"}])
def test_rejects_an_article_without_a_source(fields: dict[str, Any]) -> None:
    with pytest.raises(MissingField, match="source is absent"):
        raw_article(fields)


def test_rejects_an_article_with_neither_title_nor_body() -> None:
    with pytest.raises(MissingField, match="title and body"):
        raw_article({"source": "sahil", "body": None})
