"""Learn what Arabic letters are written as in Latin ones: `python -m pipelines.training.build_spellings`.

From 64,973 pairs of one name in both scripts, by expectation maximisation: each letter of the Arabic word, told apart
where it is the first or last, is written as none to three Latin ones (the joint-sequence model of Bisani and Ney 2008,
of order one). Some three minutes on one core; `--hold-out` measures it on a tenth that it did not learn from.
"""

import argparse
import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipelines.core.entities import latin_nearest
from pipelines.core.entities.latin import plain_latin
from pipelines.core.entities.latin_spelling import LONGEST, marked_letters
from pipelines.core.entities.name_words import bare
from pipelines.core.entities.names import fold_name
from pipelines.training.build_gazetteer import write_rows
from pipelines.training.sources import RESOURCES, require

_LATIN, _ARABIC = re.compile("[a-z]{2,}"), re.compile("[ء-ي]{2,}")
_COURSES = 5
_FIRST_GUESS = (0.1, 0.3, 0.1, 0.02)
_SELDOM, _UNLIKELY = 0.5, 2e-4
_TENTH = 10
Pair = tuple[str, str, float]
Shares = dict[str, dict[str, float]]


def read_pairs(data: Path) -> list[Pair]:
    """Read the pairs: plain Latin letters, folded Arabic ones without article, a weight by the count."""
    table = require(data / "gazetteer/transliteration_pairs/person_name_tokens_en_ar.tsv")
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines()[1:])
    pairs = ((plain_latin(a).replace(" ", ""), bare(fold_name(b)), 1 + math.log(int(count))) for a, b, count in rows)
    return [pair for pair in pairs if _LATIN.fullmatch(pair[0]) and _ARABIC.fullmatch(pair[1])]


def learn(pairs: Sequence[Pair]) -> Shares:
    """Return for each letter the share of each way to write it."""
    shares: Shares | None = None
    for _ in range(_COURSES):
        counts: Shares = defaultdict(lambda: defaultdict(float))
        for token, word, weight in pairs:
            if len(token) <= LONGEST * len(word):
                _count(token, marked_letters(word), weight, shares, counts)
        shares = {letter: _shares(found) for letter, found in counts.items()}
    return shares or {}


def _shares(found: dict[str, float]) -> dict[str, float]:
    whole = sum(found.values()) + 1
    return {ch: n / whole for ch, n in found.items() if n > _SELDOM and n / whole > _UNLIKELY}


def _count(token: str, letters: Sequence[str], weight: float, shares: Shares | None, counts: Shares) -> None:
    """Count how often each letter of a pair is written each way, over all alignments (forward, backward)."""
    steps: list[tuple[int, int, str, float]] = []
    ahead = [[0.0] * (len(token) + 1) for _ in range(len(letters) + 1)]
    ahead[0][0] = 1.0
    for at, letter in enumerate(letters):
        for start in range(len(token) + 1):
            for size in range(min(LONGEST, len(token) - start) + 1) if ahead[at][start] else ():
                written = token[start : start + size]
                share = shares.get(letter, {}).get(written, 0.0) if shares else _FIRST_GUESS[size]
                if share:
                    steps.append((at, start, written, share))
                    ahead[at + 1][start + size] += ahead[at][start] * share
    behind = [[0.0] * (len(token) + 1) for _ in range(len(letters) + 1)]
    behind[-1][-1] = 1.0
    for at, start, written, share in reversed(steps):
        behind[at][start] += share * behind[at + 1][start + len(written)]
    whole = ahead[-1][-1]
    for at, start, written, share in steps if whole else ():
        rest = behind[at + 1][start + len(written)]
        counts[letters[at]][written] += weight * ahead[at][start] * share * rest / whole


def is_held_out(token: str) -> bool:
    """Say whether a word belongs to the tenth that `--hold-out` measures on."""
    return zlib.crc32(token.encode()) % _TENTH == 0


def show(pairs: Iterable[Pair]) -> None:
    """Print how many words in Latin letters lead to the Arabic word of their pair, among the words that are known."""
    known = {word for words in latin_nearest._by_sound().values() for word in words}
    asked = [(token, word) for token, word, _ in pairs if word in known]
    found = sum(latin_nearest.nearest_name(token, False) == word for token, word in asked)
    print(f"{found} of {len(asked)} ({found / len(asked):.3f})")


def main() -> None:
    """Write latin_spelling.tsv: what a letter is written as, and -log of its share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--hold-out", action="store_true", help="leave a tenth of the pairs out, and measure on it")
    told = parser.parse_args()
    pairs = read_pairs(told.data)
    shares = learn([pair for pair in pairs if not (told.hold_out and is_held_out(pair[0]))])
    rows = [
        {"letter": letter, "written": written, "cost": f"{-math.log(share):.2f}"}
        for letter, found in sorted(shares.items())
        for written, share in sorted(found.items())
    ]
    write_rows(RESOURCES / "latin_spelling.tsv.gz", ("letter", "written", "cost"), rows)
    if told.hold_out:
        show(pair for pair in pairs if is_held_out(pair[0]))


if __name__ == "__main__":
    main()
