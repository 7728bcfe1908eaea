"""Write a name in the letters and words that it is looked up by: forms for print, hashtags."""

import re
import unicodedata

from pipelines.core.text.normalize import normalize_text

_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u24ff]+")
"""Full-width, mathematical and circled letters, as posts are decorated with."""
_TAG = re.compile(r"(?<!\w)[#\uff03](?=[^\W_])([\w-]+)")
_HUMP = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_GAP = re.compile(r"_+")


def has_several_tags(name: str) -> bool:
    """Tell whether a name is several hashtags: each is a name.

    >>> has_several_tags("#DonaldTrump #JoeBiden"), has_several_tags("#محمد_صلاح")
    (True, False)
    """
    return len(_TAG.findall(name)) > 1


def plain_letters(name: str) -> str:
    """Return a name in plain letters, the words of a hashtag apart.

    >>> plain_letters("ﻣﺤﻤﺪ ﺑﻦ ﺳﻠﻤﺎﻥ"), plain_letters("#محمد_بن_سلمان"), plain_letters("#DonaldTrump")
    ('محمد بن سلمان', 'محمد بن سلمان', 'Donald Trump')
    >>> plain_letters("McDonald"), plain_letters("Ｏｂａｍａ")
    ('McDonald', 'Obama')
    """
    plain = normalize_text(name).text
    plain = _STYLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain)
    return _GAP.sub(" ", _TAG.sub(lambda tag: _HUMP.sub(" ", tag[1]), plain)).strip()
