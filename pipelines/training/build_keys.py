"""Write what the names of known people are found by: `python -m pipelines.training.build_keys`.

Reducing some 4,000 names takes most of a second, which every process would spend at its start. To be run again when
people.tsv, people_more.tsv.gz or what reduces names changes; a test says so.
"""

from collections.abc import Iterator

from pipelines.core.entities.known_names import people
from pipelines.core.entities.person_keys import person_key, person_words
from pipelines.training.build_gazetteer import write_rows
from pipelines.training.sources import RESOURCES


def key_rows() -> Iterator[dict[str, str]]:
    """Give each folded name with its key and its words."""
    for name in sorted(name for name, _ in people()):
        yield {"name": name, "key": person_key(name), "words": " ".join(person_words(name))}


def main() -> None:
    """Write people_keys.tsv.gz."""
    write_rows(RESOURCES / "people_keys.tsv.gz", ("name", "key", "words"), key_rows())


if __name__ == "__main__":
    main()
