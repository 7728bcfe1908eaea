"""Write records for people to read: a few lines each, Arabic kept apart from what stands around it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.text import Text

from pipelines.commands.links import link, site

Fields = Mapping[str, Any]

FLAGS = ("retracted", "negated", "future", "hypothetical", "historical")
MOST_OUTLETS = 4
MOST_NAMES = 6


def render(record: str, fields: Fields) -> Text:
    """Return a record as a block of text; LookupError where there is no such record.

    >>> render("ledger", {"origin": {"topic": "t", "partition": 0, "offset": 3}, "outcome": "article", "reason": None,
    ...     "record_id": "c29e8653a5767d57c163"}).plain
    'ledger t/0@3 became article c29e8653a5767d57c163'
    """
    return _RENDERERS[record](fields)


def isolate(text: str) -> str:
    """Keep a piece of text from turning the direction of its neighbours (U+2067 right-to-left, to U+2069).

    >>> isolate("بغداد") == "\u2067بغداد\u2069"
    True
    """
    return f"\u2067{text}\u2069" if any("\u0590" <= letter <= "\u08ff" for letter in text) else text


def write_origin(origin: Fields) -> str:
    """Write where a message came from, as Kafka people do: topic/partition@offset.

    >>> write_origin({"topic": "rasid.raw-articles", "partition": 2, "offset": 7})
    'rasid.raw-articles/2@7'
    """
    return f"{origin['topic']}/{origin['partition']}@{origin['offset']}"


def render_event(event: Fields) -> Text:
    """Say who did what to whom, where and when, in whose words, and how many outlets tell it."""
    block = Text()
    block.append(event["type"], "bold cyan").append(f" {event['mode']}" if event["mode"] else "", "cyan")
    block.append("  ").append(_names(event["actors"]), "bold")
    if event["recipients"]:
        block.append(" \u2192 ").append(_names(event["recipients"]), "bold")
    if event["place"]:
        block.append("  in ").append(isolate(event["place"]["name"]), "green")
    if event["date"]:
        block.append("  on ").append(event["date"]["value"], "green")
    for flag in FLAGS:
        block.append(f"  {flag}", "magenta") if event[flag] else None
    block.append(f"  {event['confidence']:.2f}", "dim")
    _line(block, _told_by(event), "dim")
    if event["evidence"]:
        first = event["evidence"][0]
        _line(block, isolate(f"«{first['quote']['text']}»"), "italic")
        _line(block, f"{isolate(first['source'])}, {_time(first['published_at'])}  ", "dim").append(link(first["url"]))
    return block


def render_article(article: Fields) -> Text:
    """Say what an article is called, who published it when, and what was found in it."""
    revision = f" revision {article['revision']}" if article["revision"] else ""
    block = Text().append(f"article{revision}", "bold blue").append("  ").append(isolate(article["title"]), "bold")
    agency = article["byline"] and article["byline"]["agency"]
    facts = [article["source_ar"] or article["source"], article["country"], _time(article["published_at"])]
    _line(block, " · ".join(isolate(fact) for fact in [*facts, agency] if fact), "dim")
    found = f"{len(article['mentions'])} names, {len(article['dates'])} dates, {len(article['event_ids'])} events"
    names = _names(article["mentions"])
    _line(block, f"{found}: {names}" if article["mentions"] else found)
    # Records of version 1 have none.
    if offices := article.get("offices"):
        _line(block, f"{len(offices)} offices: {_names(offices)}")
    if article["url"]:
        _line(block, "").append(link(article["url"]))
    return block


def render_duplicate(copy: Fields) -> Text:
    """Say which message copies which article, and how much of it."""
    block = Text().append(f"duplicate {copy['kind']}", "bold yellow")
    agency = f", both from {isolate(copy['agency'])}" if copy["agency"] else ""
    block.append(f"  {isolate(copy['source'])} repeats {isolate(copy['original_source'])}{agency}")
    block.append(f"  similarity {copy['similarity']:.2f}, containment {copy['containment']:.2f}", "dim")
    for prefix in ("", "original_"):
        where = link(copy[f"{prefix}url"]) or Text(write_origin(copy[f"{prefix}origin"]), "dim")
        line = f"{prefix.strip('_') or 'copy':<8}  {_time(copy[f'{prefix}published_at'])}  "
        _line(block, line, "dim").append(where)
    return block


def render_story(story: Fields) -> Text:
    """Say what happened, who tells it, since when and how fast, and whom and what it names."""
    block = Text().append("story", "bold magenta").append("  ").append(isolate(story["headline"]), "bold")
    if story["merged_into"]:
        return _line(block, f"is the older story {story['merged_into']}", "dim")
    times = f"{_time(story['first_published_at'])} to {_time(story['last_published_at'])}"
    _line(block, f"{story['article_count']} articles, {times}, {story['speed']:.1f} an hour lately", "dim")
    agencies = ", ".join(map(isolate, story["agencies"][:MOST_OUTLETS]))
    _line(block, _told_by(story) + (f"; from {agencies}" if agencies else ""), "dim")
    if named := [*story["places"], *story["participants"]]:
        _line(block, _names(sorted(named, key=lambda one: -one["articles"])))
    return _line(block, f"{isolate(story['headline_source'])}  ", "dim").append(link(story["headline_url"]))


def render_trend(trend: Fields) -> Text:
    """Say what was in the news more than the day before."""
    block = Text().append("trend", "bold green").append("  ").append(isolate(trend["name"]), "bold")
    block.append(f" {trend['type']}", "dim")
    block.append("  no longer unusual" if trend["retracted"] else f"  score {trend['score']:.1f}", "green")
    window = f"{_time(trend['window_start'])} to {_time(trend['window_end'])[-5:]}"
    usual = f"{trend['baseline_mean']:.1f} in such a window the day before"
    _line(block, f"{trend['count']} articles of {trend['outlets']} outlets, {window} ({usual})", "dim")
    return _line(block, f"explained by story {trend['story_id']}", "dim") if trend["story_id"] else block


def render_rejection(rejection: Fields) -> Text:
    """Say what was refused, and why."""
    block = Text().append(f"rejected {rejection['reason']}", "bold red")
    block.append(f"  {write_origin(rejection['origin'])}", "dim")
    _line(block, rejection["message"])
    _line(block, excerpt(rejection["payload"]), "dim")
    return block


def excerpt(payload: bytes | None, most: int = 160) -> str:
    r"""Return the beginning of a message as it can be shown.

    >>> excerpt('{"title": "خبر"}'.encode()) == isolate('{"title": "خبر"}')
    True
    >>> print(excerpt(bytes.fromhex("c301ff41")))
    b"\xc3\x01\xffA"
    """
    if not payload:
        return "(no bytes)"
    try:
        shown = payload.decode()
    except UnicodeDecodeError:
        shown = 'b"' + repr(payload[: most // 2])[2:-1] + '"'
    shown = "".join(letter if letter.isprintable() else " " for letter in shown[: most + 1])
    return isolate(shown if len(shown) <= most else shown[: shown.rfind(" ", most // 2, most + 1)].rstrip() + " …")


def render_ledger(line: Fields) -> Text:
    """Say what became of a message."""
    block = Text().append("ledger", "bold").append(f" {write_origin(line['origin'])} became ")
    block.append(line["outcome"], "cyan").append(f" {line['record_id']}", "dim")
    return block.append(f" ({line['reason']})" if line["reason"] else "")


def render_raw_article(raw: Fields) -> Text:
    """Say what a publisher sent."""
    block = Text().append("raw article", "bold").append("  ").append(isolate(raw["title"] or "(no title)"), "bold")
    facts = (raw["source"], raw["published_at"], raw["id"], site(raw["url"]))
    return _line(block, " · ".join(isolate(fact) for fact in facts if fact), "dim")


_RENDERERS: dict[str, Callable[[Fields], Text]] = {
    "article": render_article,
    "duplicate": render_duplicate,
    "event": render_event,
    "ledger": render_ledger,
    "raw_article": render_raw_article,
    "rejection": render_rejection,
    "story": render_story,
    "trend": render_trend,
}


def _told_by(told: Fields) -> str:
    outlets = told["outlets"]
    if not outlets:
        return "told by nobody any more"
    shown = ", ".join(map(isolate, outlets[:MOST_OUTLETS])) + (", …" if len(outlets) > MOST_OUTLETS else "")
    return f"told by {len(outlets)} outlet{'s' * (len(outlets) > 1)}: {shown}"


def _names(named: Iterable[Fields]) -> str:
    names = list(dict.fromkeys(entity["name"] for entity in named))
    shown = ", ".join(map(isolate, names[:MOST_NAMES])) + (", …" if len(names) > MOST_NAMES else "")
    return shown or "somebody"


def _time(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "no date"


def _line(block: Text, text: str, style: str = "") -> Text:
    return block.append("\n    ").append(text, style)
