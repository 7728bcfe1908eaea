"""Read the phrases that pages put around an article, as patterns over text that `fold_in_place` folded."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from pipelines.core.text.alphabet import MARKS
from pipelines.core.text.credits import MARK, fold_in_place

_BULLET = r"[^\w©]{0,12}"  # signs, arrows, emoji, brackets; bounded, or a row of them would be read from each anew
_FIRST = re.compile(rf"[^\w©#]{{0,12}}((?:[^\W\d_]{MARK}*)+|[©#]|\d+)")
_MARK = f"{MARK}*"
_ENDS = r"(?=\s*(?::|\.{2,}|…|\||[-–—<>»]|[\])]|\Z))"
_NO_STOP = r"[^.؟!]*\Z"
_NO_END = r"(?:\.{2,}|[^\w.])*"  # no full stop: a sentence's last words may look like a button
_MORE = r"(?:[^\w.]{1,4}\w+){1,4}[^\w.؟!]*\Z"
# Lines of the page that are known by their form; letters folded: a hamza is gone, ة is ه.
_OWN_FORMS = {
    "count": r"\W*\d[\d.,]*k?\W*(?:(?:تعليق|مشاهد|قراء|مشارك)(?:ات|ه)?|اعجاب|تعليقات"
    r"|(?:دقايق|دقيقه)(?:\s+(?:قراءه|للقراءه))?|comments?|shares?|views?|min(?:utes?)?(?: read)?)\W*",
    "tags": rf"[^\w#]{{0,12}}(?:#\s?\w[\w{MARK}]*[^\w#]*){{2,}}",
    "link": r"\W{0,12}(?:https?://|www\.|pic\.twitter\.com/)\S+\W*",
    "clock": r"\W{0,12}\d{1,2}:\d\d\s*/\s*\d{1,2}:\d\d\W*|\W{0,12}(?:صوره|صفحه)?\s*\d{1,2}\s*(?:من|/)\s*\d{1,2}\W*",
    "path": r"\W{0,12}(?:انت هنا\s*:?\s*)?(?:الصفحه )?الرييسيه\s*[>/»|←›\\<].*",
    "ago": r"\W{0,12}(?:منذ|قبل)\s+(?:\d+\s+)?"
    r"(?:ساع(?:ه|ات|تين)|دقيق(?:ه|تين)|دقايق|يوم(?:ين)?|ايام|اسبوع(?:ين)?|شهر)[^\w.]*",
}


def may_begin(line: str, at: int) -> bool:
    """Tell cheaply whether furniture may begin at a position: by its first word."""
    first = _FIRST.match(line, at)
    return first is not None and (_bare(first[1]) in _first_words() or not first[1][0].isalpha())


@cache
def patterns() -> dict[str, "re.Pattern[str]"]:
    """Compile the table: one pattern a form, over text that `fold_in_place` folded."""
    words: dict[tuple[str, str], list[str]] = {}
    for kind, form, phrases in _rows():
        words.setdefault((kind, form), []).extend(map(_spell, phrases))
    one_of = {key: "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")" for key, found in words.items()}
    forms = _OWN_FORMS | _title_forms(one_of["notice", "flag"]) | _line_forms(one_of)
    return {name: re.compile(pattern) for name, pattern in forms.items()}


def _line_forms(one_of: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return what finds lines of the page, by the phrases of each kind and form."""
    alone = f"(?:{one_of['share', 'whole']}|{one_of['credit', 'whole']})"
    dated = rf"[\W\d]*(?:{one_of['notice', 'date']}(?!\w)[\W\d]*)*\Z"
    return {
        "heading": rf"{_BULLET}{one_of['related', 'heading']}(?!\w)",
        "lead": rf"{_BULLET}{one_of['related', 'lead']}{_ENDS}",
        "alone": rf"{_BULLET}{one_of['related', 'alone']}\W*\Z|{_BULLET}{one_of['related', 'more']}{_MORE}",
        "call": rf"{_BULLET}{one_of['share', 'call']}(?!\w)",
        "ask": rf"{_BULLET}{one_of['share', 'ask']}(?!\w)",
        "credit": rf"{_BULLET}(?:{one_of['credit', 'line']}\s*(?:[:/|,،©]|getty)|{one_of['credit', 'whole']}\W*\Z)",
        "caption": rf"{_BULLET}{one_of['credit', 'caption']}(?!\w){_NO_STOP}",
        "notice": rf"{_BULLET}(?:{one_of['notice', 'line']}(?!\w)|{one_of['notice', 'caption']}(?!\w){_NO_STOP})",
        "label": rf"{_BULLET}{one_of['notice', 'label']}(?:\s*(?:[:#|]|\(?\d)|{dated})",
        "own": rf"\W*(?:{one_of['notice', 'whole']}\W+)*{one_of['notice', 'whole']}{_NO_END}",
        "whole": rf"\W*(?:{alone}\W+)*{alone}{_NO_END}",
        "archive": rf"\W*{one_of['credit', 'whole']}\W*",
        "aim": rf"(?<!\w)[وبل]?{one_of['share', 'aim']}(?!\w)",
    }


def _title_forms(flag: str) -> dict[str, str]:
    """Return what finds one flag or several ("فيديو وصور") before a title, and behind it."""
    flags = rf"{flag}(?:\s+و\s?{flag}|\s+{flag})*"
    return {
        "flag": rf"{_BULLET}(?:[(\[]\s*{flags}\s*[)\]]|#{_MARK}{flag}(?!\w)|{flags}\s*(?=[:.…|/!–—-]))"
        r"\s*(?:(?::|\.{2,}|…|\||[-–—/!])+\s*)?(?=[\w#«\"(\[])",
        "flag_behind": rf"\s*(?:[(\[]\s*{flags}\s*[)\]]|(?:\.{{2,}}|…|\s[-–—|]|\|)\s*{flags})[\s.!]*\Z",
    }


@cache
def _first_words() -> frozenset[str]:
    phrases = (phrase for _, form, found in _rows() if form not in ("aim", "date") for phrase in found)
    first_words = {_bare(first[1]) for phrase in phrases if (first := _FIRST.match(fold_in_place(phrase)))}
    return frozenset({*first_words, "https", "http", "www", "pic", "منذ", "قبل", "انت", "صفحه"})


def _bare(word: str) -> str:
    return word.replace(MARK, "")


def _rows() -> Iterator[tuple[str, str, list[str]]]:
    rows = files("pipelines").joinpath("resources/text/furniture.tsv").read_text("utf-8").splitlines()
    for kind, form, phrases in (row.split("\t") for row in rows if not row.startswith(("#", "kind"))):
        yield kind, form, [re.sub(f"[{MARKS}]", "", phrase) for phrase in phrases.split("|")]


def _spell(phrase: str) -> str:
    """Let marks stand behind each letter of a phrase, and any space between its words."""
    letters = (re.escape(letter) + _MARK for letter in fold_in_place(phrase))
    return "".join(letters).replace(rf"\ {_MARK}", r"\s+")
