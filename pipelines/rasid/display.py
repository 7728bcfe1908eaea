"""Show an article as a page shows it: from right to left, what was found in it marked."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from rasid.spans import Event, Name, Span

_COLOURS = {"PER": "#ffd9a8", "LOC": "#bfe3c0", "ORG": "#bcd9f5", "MISC": "#e4d0f0"}
# Without padding, border or margin, the letters of a word stay joined across the edges of a mark.
_PLAIN = "padding:0;margin:0;border:0;border-radius:0;color:#111"
_UNDERLINED = "text-decoration:underline 2px #c22"


def html_of(title: str, body: str, names: Sequence[Name], events: Sequence[Event]) -> str:
    """Return HTML that stands by itself: the text, marked, and a line for each event."""
    triggers = [event.trigger for event in events]
    head = f"<h4>{_marked('title', title, names, triggers)}</h4>" if title else ""
    text = _marked("body", body, names, triggers).replace("\n", "<br>")
    lines = "".join(f"<li>{_event(event)}</li>" for event in events)
    told = f'<ul style="font-size:90%">{lines}</ul>' if lines else ""
    return f'<div dir="rtl" lang="ar" style="line-height:1.9;max-width:50em">{head}<p>{text}</p>{told}</div>'


def _marked(field: str, text: str, names: Sequence[Name], triggers: Sequence[Span]) -> str:
    named = [name for name in names if name.field == field]
    told = [trigger for trigger in triggers if trigger.field == field]
    cuts = sorted({0, len(text), *(edge for span in (*named, *told) for edge in (span.start, span.end))})
    return "".join(
        _piece(
            text[start:end],
            [name for name in named if name.start <= start < name.end],
            any(trigger.start <= start < trigger.end for trigger in told),
        )
        for start, end in pairwise(cuts)
    )


def _piece(text: str, names: list[Name], is_trigger: bool) -> str:
    if not names and not is_trigger:
        return escape(text)
    colour = f"background:{_COLOURS.get(names[0].type, '#eee')}" if names else "background:none"
    style = ";".join([_PLAIN, colour, *([_UNDERLINED] if is_trigger else [])])
    told = f"{names[0].type} {names[0].name} {names[0].entity_id}" if names else "event"
    return f'<mark style="{style}" title="{escape(told)}">{escape(text)}</mark>'


def _event(event: Event) -> str:
    flags = [name for name in ("negated", "future", "hypothetical", "historical") if getattr(event, name)]
    parts = (
        f'<b dir="ltr">{escape(" ".join(filter(None, (event.type, event.mode))))}</b>',
        escape("، ".join(party.name for party in event.actors) or "؟"),
        "← " + escape("، ".join(party.name for party in event.recipients)) if event.recipients else "",
        f"في {escape(event.place.name)}" if event.place else "",
        f'<span dir="ltr">{escape(event.date.value)}</span>' if event.date else "",
        f'<span dir="ltr">{" ".join(flags)} {event.confidence:.2f}</span>',
    )
    return " ".join(part for part in parts if part)
