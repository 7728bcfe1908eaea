"""A choice as a feed: Atom (RFC 4287) and JSON Feed 1.1, for feed readers and programs."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from pipelines.page.choice import Choice
from pipelines.page.directions import all_without_turns, without_turns
from pipelines.page.words import Voice

Row = Mapping[str, Any]
ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def describe(choice: Choice, voice: Voice) -> str:
    """Return what a choice is, in words."""
    told = []
    for name, value in choice.but(sort="").parts.items():
        known = f"{name}.{value}"
        shown = voice.t(known) if voice.has(known) else voice.country(value) if name == "country" else value
        told.append(f"{voice.t(f'filter.{name}')}: {shown}")
    return voice.t("feed.title", what=f"{voice.t('comma')} ".join(told) if told else voice.t("feed.all"))


def summary(story: Row, voice: Voice) -> str:
    """Return in a line who tells a story, and how much."""
    outlets = f"{voice.t('comma')} ".join(name for _, name in story["outlet_names"])
    articles = voice.count("articles", story["article_count"])
    return f"{voice.count('outlets', story['outlet_count'])}: {outlets}. {articles}."


def atom(stories: Sequence[Row], choice: Choice, voice: Voice, home: str, where: str) -> bytes:
    """Return an Atom feed; `home` is the page's own address without a slash at the end, `where` the feed's path."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": voice.language})
    add = _adder(feed)
    add("title", describe(choice, voice))
    add("id", home + where)
    add("link", href=home + where, rel="self")
    add("link", href=home + choice.address("/"), rel="alternate", type="text/html")
    newest = max((one["last_published_at"] for one in stories), default=voice.now)
    add("updated", newest.isoformat())
    for story in stories:
        into = _adder(ET.SubElement(feed, f"{{{ATOM}}}entry"))
        into("title", story["headline"])
        into("id", f"{home}/story/{story['story_id']}")
        into("link", href=f"{home}/story/{story['story_id']}", rel="alternate", type="text/html")
        into("published", story["first_published_at"].isoformat())
        into("updated", story["last_published_at"].isoformat())
        ET.SubElement(into("author", ""), f"{{{ATOM}}}name").text = _clean(story["outlet_names"][0][1])
        into("summary", summary(story, voice))
    written: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return written


def _adder(parent: ET.Element) -> Callable[..., ET.Element]:
    def add(name: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = _clean(text) or None
        return element

    return add


def _clean(text: str) -> str:
    return _NOT_XML.sub("", without_turns(text))


def json_feed(stories: Sequence[Row], choice: Choice, voice: Voice, home: str, where: str) -> dict[str, Any]:
    """Return a JSON Feed; `_rasid` of each item has its numbers."""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": describe(choice, voice),
        "home_page_url": home + choice.address("/"),
        "feed_url": home + where,
        "language": voice.language,
        "items": [story_item(story, voice, home) for story in stories],
    }
    clean: dict[str, Any] = all_without_turns(told)
    return clean


def story_item(story: Row, voice: Voice, home: str) -> dict[str, Any]:
    """Return a story as an item of a JSON Feed; its address begins with `home`."""
    address = f"{home}/story/{story['story_id']}"
    return {
        "id": address,
        "url": address,
        "title": story["headline"],
        "content_text": summary(story, voice),
        "date_published": story["first_published_at"].isoformat(),
        "date_modified": story["last_published_at"].isoformat(),
        "authors": [{"name": name} for _, name in story["outlet_names"]],
        "_rasid": {
            "story_id": story["story_id"],
            "articles": story["article_count"],
            "outlets": story["outlets"],
            "speed": story["speed"],
            "places": story["places"],
            "participants": story["participants"],
        },
    }
