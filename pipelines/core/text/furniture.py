"""Find what a page puts around an article: links to others, calls to share, photo credits, notices, repetitions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.core.article import Aside
from pipelines.core.text.credits import NAMING_KINDS, fold_in_place, read_credits
from pipelines.core.text.furniture_phrases import may_begin, patterns

_STOP = re.compile(r"[.!؟?](?=[\s)\]»\"”]|\Z)")
_SENTENCE = re.compile(r"(?<=[.!؟?»\"”)…]) (?=\S)")
_LAST_PIECE, _LONGEST_SUFFIX = re.compile(r"\s+[-–—|]+\s+([^-–—|]{2,45})\Z"), 60
_OUTLET = re.compile(r"(?:صحيفه|جريده|قناه|موقع|مجله|وكاله|بوابه|شبكه|اذاعه|تلفزيون)\s")
_CALLED = re.compile(
    r"(?<!\w)(?:نيوز|برس|اونلاين|اون لاين|تي في|news|tv|online|press)(?: عربي| عربيه|)\s*\Z", re.IGNORECASE
)
_LONGEST_CALL, _LONGEST_LINE, _LONGEST_HEADLINE, _FEWEST_REPEATED = 30, 14, 25, 8
_MOST_LOOKED_AT = 100_000
"""In characters: six times the longest report; nobody reads a page's furniture behind it."""
_CALL_WITHIN, _ASK_WITHIN = 3, 10
_NOTICES = ("own", "count", "tags", "link", "clock", "path", "ago")


class _Line(NamedTuple):
    start: int
    end: int
    folded: str


def find_furniture(title: str, body: str) -> tuple[Aside, ...]:
    r"""Return what of title and body belongs to the page and not to the article, title first, in order and apart.

    Kinds are related, share, credit, notice and repeated (see `schemas/article`); the texts are as `normalize_text`
    gives them. Where a heading stands alone, the headlines below it go with it, up to the next full sentence.

    >>> body = "افتتح المعرض أمس.\nاقرأ أيضا: حريق في مصنع\nوقال المدير إنه يستمر أسبوعا."
    >>> [(aside.kind, body[aside.start : aside.end]) for aside in find_furniture("", body)]
    [('related', 'اقرأ أيضا: حريق في مصنع')]
    """
    return (*_in_title(title), *_in_body(body))


def _in_title(title: str) -> Iterator[Aside]:
    folded, begin, end = fold_in_place(title), 0, len(title)
    while (flag := patterns()["flag"].match(folded, begin)) and begin < flag.end() < end:
        begin = flag.end()
    behind = patterns()["flag_behind"].search(folded, max(begin, end - _LONGEST_SUFFIX))
    if behind and behind.start() > begin:
        end = behind.start()
    last = _LAST_PIECE.search(folded, max(begin, end - _LONGEST_SUFFIX), end)
    outlet = last.start() if last and last.start() > begin and _is_outlet(folded, *last.span(1)) else end
    if begin:
        yield Aside("title", 0, begin, "notice")
    if outlet < end:
        yield Aside("title", outlet, end, "credit")
    if end < len(title):
        yield Aside("title", end, len(title), "notice")


def _is_outlet(folded: str, start: int, end: int) -> bool:
    """Return whether what a title ends with is the name of an outlet: known, or called as outlets are."""
    name = folded[start:end]
    if _OUTLET.match(name) or _CALLED.search(name):
        return True
    return {part.kind for part in read_credits(folded, start, end)} <= NAMING_KINDS


def _in_body(body: str) -> Iterator[Aside]:
    seen: set[str] = set()
    lists_headlines = False
    for line in _lines(body[:_MOST_LOOKED_AT]):
        kind, heads = _judge(line.folded)
        if not kind and lists_headlines and _is_headline(line.folded):
            kind, heads = "related", True
        if not kind and line.folded in seen and line.folded.count(" ") >= _FEWEST_REPEATED - 1:
            kind = "repeated"
        seen.add(line.folded)
        lists_headlines = heads
        if kind:
            yield Aside("body", line.start, line.start + _reach(line.folded, kind), kind)
        else:
            yield from _within(line)


def _lines(body: str) -> Iterator[_Line]:
    folded, start = fold_in_place(body), 0
    for line in folded.split("\n"):
        if line.strip():
            yield _Line(start, start + len(line), line)
        start += len(line) + 1


def _judge(line: str) -> tuple[str, bool]:
    """Return what kind of furniture a line is, if any, and whether headlines follow it."""
    if not may_begin(line, 0):
        return "", False
    forms, words = patterns(), line.count(" ") + 1
    head = forms["heading"].match(line) or forms["lead"].match(line) or forms["alone"].match(line)
    calls = words <= _LONGEST_CALL and _is_call(line)
    if head and not calls:
        return "related", not re.search(r"\w", line[head.end() :])
    if words <= _LONGEST_LINE:
        if forms["credit"].match(line) or forms["archive"].fullmatch(line) or forms["caption"].match(line):
            return "credit", False
        if forms["whole"].fullmatch(line):
            return "share", False
        if (
            forms["notice"].match(line)
            or forms["label"].match(line)
            or any(forms[form].fullmatch(line) for form in _NOTICES)
        ):
            return "notice", False
    return ("share", False) if calls else ("", False)


def _is_call(line: str) -> bool:
    """Return whether a line asks for something and soon says for what: a network, a letter, an app, this article."""
    for form, within in (("call", _CALL_WITHIN), ("ask", _ASK_WITHIN)):
        asks = patterns()[form].match(line)
        if asks and patterns()["aim"].search(" ".join(line[asks.end() :].split()[:within])):
            return True
    return False


def _is_headline(line: str) -> bool:
    """Return whether a line below a heading may be another article's title, and not the text that goes on."""
    bulleted = re.match(r"\s*[-•▪■●*>]", line) is not None
    ends = line.rstrip(' »"”)')[-1:] in (".", ":", "،", ",")
    return bulleted or (line.count(" ") < _LONGEST_HEADLINE and not ends and not line.startswith("و"))


def _reach(line: str, kind: str) -> int:
    """Return how far furniture reaches that begins a line: to its end, or to a stop behind which prose goes on."""
    stop = _STOP.search(line) if kind in ("related", "share") else None
    rest = line[stop.end() :].strip() if stop else ""
    goes_on = rest.count(" ") >= _FEWEST_REPEATED and rest[-1:] in (".", "؟", "!", "»", '"')
    return stop.end() if stop and goes_on else len(line)


def _within(line: _Line) -> Iterator[Aside]:
    """Find furniture behind a sentence of the same line, where a crawler lost the line breaks."""
    covered = 0
    for sentence in _SENTENCE.finditer(line.folded):
        at = sentence.end()
        if at < covered or not may_begin(line.folded, at):
            continue
        stop = _STOP.search(line.folded, at)
        covered = stop.end() if stop else len(line.folded)
        kind, _ = _judge(line.folded[at:covered])
        if kind and line.folded.count(" ", at, covered) < _LONGEST_CALL:
            yield Aside("body", line.start + at, line.start + covered, kind)
