"""Drop HTML and decode character references."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from pipelines.core.text.draft import Edit

# No alternative may scan past the next "<" without consuming it, or hostile input costs quadratic time; hence also
# `(?<!<)<++`, the possessive quantifiers, and taking a whole chain of "&amp;amp;amp;" at once.
_MARKUP = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
  | <(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)
  | <!\[CDATA\[ | \]\]>
  | <[!?][a-z][^<>]*>
  | (?<!<)<++/?(?P<tag>[a-z][a-z0-9-]*+(?::[a-z]\w*+)?)(?=[\s/>])(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*+>)
  | &(?=[\#a-z])(?P<amp>(?:(?:amp|\#0*38|\#x0*26);)*+)
    (?: (?P<name>\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});
      | (?P<bare>nbsp|quot|\#(?:1[567]|82)[0-9]{2}|\#1(?:60|71|87))(?![a-z0-9=;]) )?  # as browsers read Arabic
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LINE_TAG = re.compile(
    "br|hr|p|div|li|ul|ol|dd|dt|tr|table|h[1-6]|blockquote|section|article|header|footer|figure|figcaption",
    re.IGNORECASE,
)
_CELL_TAG = re.compile("td|th", re.IGNORECASE)


def _reference(name: str) -> str:
    if name[0] == "#":
        return unescape(f"&{name};")
    return html5.get(f"{name};", f"&{name};")


def _replacement(match: "re.Match[str]") -> str:
    tag, name = match["tag"], match["name"] or match["bare"]
    if tag:
        return "\n" if _LINE_TAG.fullmatch(tag) else " " if _CELL_TAG.fullmatch(tag) else ""
    if name:
        return _reference(name)
    return "&" if match[0][0] == "&" else ""


def markup_edits(text: str) -> Iterator[Edit]:
    r"""Give the edits that drop tags, comments, scripts and styles, and decode character references, once.

    Tags of lines and blocks become a newline and table cells a space, so that words do not run together. Unknown
    names ("&foo;") and what is no tag ("5 < 6", "<name@example.org>") stay.

    >>> [edit.replacement for edit in markup_edits("<b>خبر</b>&nbsp;عاجل<br>5 < 6")]
    ['', '', '\xa0', '\n']
    """
    for match in _MARKUP.finditer(text):
        yield Edit(match.start(), match.end(), _replacement(match))
