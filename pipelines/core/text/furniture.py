"""Find what a page puts around an article: links to others, calls to share, photo credits, notices, repetitions."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.core.article import Aside
from pipelines.core.text.alphabet import MARKS
from pipelines.core.text.credits import MARK, NAMING_KINDS, fold_in_place, read_credits

_BULLET = r"[\s•▪■●◄►▶»«>*#+\"'“”(\[–—-]*"
_FIRST = re.compile(rf"{_BULLET}([^\W\d_]+|©|\d+)")
_MARK = f"{MARK}*"
_ENDS = r"(?=\s*(?::|\.{2,}|…|\||[-–—<>]|[\])]|\Z))"
_COUNT = re.compile(r"\W*\d+\W*(?:تعليق|تعليقات|مشاهده|مشاهدات|قراءه|دقائق|دقيقه|مشاركات?)\W*")
_STOP = re.compile(r"[.!؟?](?=[\s)\]»\"”]|\Z)")
_SENTENCE = re.compile(r"(?<=[.!؟?»\"”)…]) (?=\S)")
_LAST_PIECE, _LONGEST_SUFFIX = re.compile(r"\s+[-–—|]+\s+([^-–—|]{2,45})\Z"), 60
_OUTLET = re.compile(r"(?:صحيفه|جريده|قناه|موقع|مجله|وكاله|بوابه|شبكه|اذاعه|تلفزيون)\s")
_LONGEST_CALL, _LONGEST_LINE, _LONGEST_HEADLINE, _FEWEST_REPEATED = 30, 14, 25, 8
_MOST_LOOKED_AT = 100_000
"""In characters: six times the longest report; nobody reads a page's furniture behind it."""
_CALL_WITHIN, _ASK_WITHIN = 3, 10


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
    folded = fold_in_place(title)
    flag = _patterns()["flag"].match(folded)
    begin = flag.end() if flag else 0
    if 0 < begin < len(title):
        yield Aside("title", 0, begin, "notice")
    last = _LAST_PIECE.search(folded, max(begin, len(title) - _LONGEST_SUFFIX))
    if last and last.start() > begin:
        if _patterns()["flag"].fullmatch(f"{last[1]}:"):
            yield Aside("title", last.start(), len(title), "notice")
        elif _OUTLET.match(last[1]) or {part.kind for part in read_credits(folded, *last.span(1))} <= NAMING_KINDS:
            yield Aside("title", last.start(), len(title), "credit")


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
    if not _may_begin(line, 0):
        return "", False
    patterns, words = _patterns(), line.count(" ") + 1
    head = patterns["heading"].match(line) or patterns["lead"].match(line)
    if head:
        return "related", not re.search(r"\w", line[head.end() :])
    if words <= _LONGEST_LINE and (_COUNT.fullmatch(line) or patterns["notice"].match(line)):
        return "notice", False
    if words <= _LONGEST_LINE and (patterns["whole"].fullmatch(line) or patterns["credit"].match(line)):
        return ("credit" if patterns["credit"].match(line) or patterns["archive"].fullmatch(line) else "share"), False
    return ("share", False) if words <= _LONGEST_CALL and _is_call(line) else ("", False)


def _is_call(line: str) -> bool:
    """Return whether a line asks for something and soon says for what: a network, a letter, an app, this article."""
    for form, within in (("call", _CALL_WITHIN), ("ask", _ASK_WITHIN)):
        asks = _patterns()[form].match(line)
        if asks and _patterns()["aim"].search(" ".join(line[asks.end() :].split()[:within])):
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
        if at < covered or not _may_begin(line.folded, at):
            continue
        stop = _STOP.search(line.folded, at)
        covered = stop.end() if stop else len(line.folded)
        kind, _ = _judge(line.folded[at:covered])
        if kind and line.folded.count(" ", at, covered) < _LONGEST_CALL:
            yield Aside("body", line.start + at, line.start + covered, kind)


def _may_begin(line: str, at: int) -> bool:
    """Tell cheaply whether furniture may begin at a position: by its first word."""
    first = _FIRST.match(line, at)
    return first is not None and (first[1] in _first_words() or first[1][0].isdecimal())


@cache
def _first_words() -> frozenset[str]:
    phrases = (phrase for _, form, found in _rows() if form != "aim" for phrase in found)
    return frozenset(first[1] for phrase in phrases if (first := _FIRST.match(fold_in_place(phrase))))


def _rows() -> Iterator[tuple[str, str, list[str]]]:
    rows = files("pipelines").joinpath("resources/text/furniture.tsv").read_text("utf-8").splitlines()
    for kind, form, phrases in (row.split("\t") for row in rows if not row.startswith(("#", "kind"))):
        yield kind, form, [re.sub(f"[{MARKS}]", "", phrase) for phrase in phrases.split("|")]


@cache
def _patterns() -> dict[str, "re.Pattern[str]"]:
    """Compile the table: one pattern a form, over text that `fold_in_place` folded."""
    words: dict[tuple[str, str], list[str]] = {}
    for kind, form, phrases in _rows():
        words.setdefault((kind, form), []).extend(map(_spell, phrases))
    one_of = {key: "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")" for key, found in words.items()}
    heading = rf"{_BULLET}{one_of['related', 'heading']}(?!\w)"
    lead = rf"{_BULLET}{one_of['related', 'lead']}{_ENDS}"
    call = rf"{_BULLET}{one_of['share', 'call']}(?!\w)"
    credit = rf"{_BULLET}{one_of['credit', 'line']}\s*(?:[:/|,،©]|getty)|{_BULLET}{one_of['credit', 'whole']}\W*\Z"
    ask = rf"{_BULLET}{one_of['share', 'ask']}(?!\w)"
    notice = rf"{_BULLET}(?:{one_of['notice', 'line']}(?!\w)|{one_of['notice', 'label']}\s*(?:[:#|]|\(?\d))"
    alone = f"(?:{one_of['share', 'whole']}|{one_of['credit', 'whole']})"
    found = {
        "heading": heading,
        "lead": lead,
        "call": call,
        "ask": ask,
        "credit": credit,
        "notice": notice,
        "whole": rf"\W*(?:{alone}\W+)*{alone}\W*",
        "archive": rf"\W*{one_of['credit', 'whole']}\W*",
        "aim": rf"(?<!\w)[وبل]?{one_of['share', 'aim']}(?!\w)",
        "flag": rf"\s*[(\[#]?{one_of['notice', 'flag']}[)\]]?\s*(?::|\.{{2,}}|…|\||[-–—/!])+\s*",
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


def _spell(phrase: str) -> str:
    """Let marks stand behind each letter of a phrase, and any space between its words."""
    letters = (re.escape(letter) + _MARK for letter in fold_in_place(phrase))
    return "".join(letters).replace(rf"\ {_MARK}", r"\s+")
