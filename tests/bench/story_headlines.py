"""See on pairs of headlines, paired by hand, how well likeness tells one story from another: a sanity figure."""

import json
from pathlib import Path

from pipelines.core.analysis import analyze_article
from pipelines.core.arrival import Analyzed
from pipelines.core.article import Origin, RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.stories.nearest import Nearest
from pipelines.core.stories.telling import WHOLE, tell
from pipelines.core.units import DAY


def print_headlines(path: Path, most: int = 2_000) -> None:
    """Print how well the likeness of headlines alone parts pairs of one story from others (arentail)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:most]]
    scores = [(_likeness(row["premise"], row["hypothesis"]), row["label"] == "entails") for row in rows]
    same, other = [score for score, is_same in scores if is_same], [score for score, is_same in scores if not is_same]
    above = sum((one > two) + (one == two) / 2 for one in same for two in other) / (len(same) * len(other))
    best = max(sum((score >= cut) == is_same for score, is_same in scores) for cut, _ in scores) / len(scores)
    print(f"\narentail, {len(rows):,} pairs of headlines, likeness in the right order (AUC): {above:.3f}; ", end="")
    print(f"at the best threshold {best:.3f} are right")


def _likeness(one: str, other: str) -> float:
    nearest = Nearest(3 * DAY)
    first, second = (nearest.weigh(tell(_read(title))) for title in (one, other))
    shared = sum(weight * second.get(key, 0) for key, weight in first.items())
    return shared / (WHOLE * WHOLE)


def _read(title: str) -> Analyzed:
    article = normalize_article(RawArticle("arentail", title, "", "2021-01-01T00:00:00Z")).article
    return Analyzed(Origin("arentail", 0, 0), article, 0, analyze_article(article))
